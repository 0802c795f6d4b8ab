import FoundationEssentials
public import KubernetesAPI
import Synchronization

/// Makes and verifies service account tokens (JSON Web Tokens with Kubernetes' claims).
public final class TokenIssuer: Sendable {
    /// Kubernetes' own name within a cluster.
    public static let defaultIssuer = "https://kubernetes.default.svc.cluster.local"

    /// Who issues the tokens (`iss`).
    public let issuer: String
    /// Whom a token is for when the request does not say it, and one of which it must be for to be accepted by this server.
    public let audiences: [String]
    private let key: SigningKey
    private let verified = Mutex<[String: TokenClaims]>([:])
    /// How many tokens are remembered whose signature was found right.
    private static let maximumVerified = 1024

    public init(key: SigningKey, issuer: String = TokenIssuer.defaultIssuer, audiences: [String] = [TokenIssuer.defaultIssuer]) {
        self.key = key
        self.issuer = issuer
        self.audiences = audiences
    }

    /// The signed token; nil where the key does not sign.
    func token(for claims: TokenClaims) -> String? {
        let header: JSONValue = ["alg": "ES256", "kid": .string(key.id)]
        let text = Base64URL.text(of: header.serialized()) + "." + Base64URL.text(of: JSONValue.object(claims.json).serialized())
        return key.signature(of: text).map { text + "." + Base64URL.text(of: $0) }
    }

    /// What a token says; nil when it is not from here: of another form or issuer.
    ///
    /// - Throws: ``TokenError`` when it claims to be from here and is not signed with this key.
    func claims(in token: String) throws(TokenError) -> TokenClaims? {
        if let known = verified.withLock({ $0[token] }) { return known }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.bytes(of: parts[1]), let json = try? JSONValue(parsing: payload), json["iss"]?.string == issuer else {
            return nil
        }
        guard let header = Base64URL.bytes(of: parts[0]), let header = try? JSONValue(parsing: header), let signature = Base64URL.bytes(of: parts[2]) else {
            return nil
        }
        // Only the one algorithm: what a header says is not what decides.
        guard header["alg"]?.string == "ES256", key.isValid(signature, of: token.prefix(upTo: parts[2].startIndex).dropLast()) else {
            throw TokenError("invalid signature")
        }
        guard let claims = TokenClaims(json: json) else { throw TokenError("service account token claims could not be validated") }
        verified.withLock { verified in
            if verified.count >= Self.maximumVerified { verified.removeAll(keepingCapacity: true) }
            verified[token] = claims
        }
        return claims
    }

    /// The document at `/.well-known/openid-configuration`.
    ///
    /// - Parameter keySetURL: where ``keySet`` is served.
    public func discovery(keySetURL: String) -> JSONObject {
        [
            "issuer": .string(issuer), "jwks_uri": .string(keySetURL), "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        ]
    }

    /// The document at `/openid/v1/jwks`.
    public var keySet: JSONObject {
        let (x, y) = key.coordinates
        let key: JSONValue = [
            "use": "sig", "kty": "EC", "kid": .string(key.id), "crv": "P-256", "alg": "ES256", "x": .string(x), "y": .string(y),
        ]
        return ["keys": [key]]
    }
}

/// Why a token is not accepted, in Kubernetes' words.
struct TokenError: Error, Hashable {
    let message: String
    init(_ message: String) { self.message = message }
}
