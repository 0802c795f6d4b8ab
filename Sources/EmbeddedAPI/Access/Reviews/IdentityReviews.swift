public import KubernetesAPI

/// Answers who somebody is: the `authentication.k8s.io` reviews. Nothing is stored.
public enum IdentityReviews {
    private static let apiVersion: JSONValue = "authentication.k8s.io/v1"

    /// Whose a token is.
    ///
    /// - Parameter review: a TokenReview of the declared types.
    /// - Throws: 400 for a review without a token. A token that is not valid is an answer, not an error.
    public static func tokenReview(_ review: JSONObject, authenticator: Authenticator) throws(Status) -> JSONObject {
        let token = review["spec"]?["token"]?.string ?? ""
        guard !token.isEmpty else { throw .badRequest("token is required for TokenReview in authentication") }
        let asked = review["spec"]?["audiences"]?.strings ?? []
        var status: JSONObject
        do throws(TokenError) {
            let found = try authenticator.authenticate(token, audiences: asked.isEmpty ? authenticator.issuer.audiences : asked)
            status = ["authenticated": true, "user": .object(found.identity.json), "audiences": JSONValue(strings: found.audiences)]
        } catch {
            let first = "invalid bearer token"
            status = ["user": [:], "error": .string([first, error.message].aggregatedErrors)]
        }
        return [
            "kind": "TokenReview", "apiVersion": apiVersion, "metadata": review["metadata"] ?? [:], "spec": review["spec"] ?? [:], "status": .object(status),
        ]
    }

    /// Who the user who asks is.
    public static func selfSubjectReview(by user: Identity, now: Time) -> JSONObject {
        [
            "kind": "SelfSubjectReview", "apiVersion": apiVersion, "metadata": ["creationTimestamp": now.json],
            "status": ["userInfo": .object(user.json)],
        ]
    }
}
