import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct AccessReviewTests {
    let authorizer = RoleBasedAuthorizer(reading: MemoryObjects())

    @Test(
        arguments: [
            (
                "a name", ["metadata": ["name": "x"], "spec": ["user": "u", "resourceAttributes": ["verb": "get"]]],
                #".authorization.k8s.io "" is invalid: metadata: Invalid value: {"name":"x"}: must be empty"#
            ),
            (
                "a selector without content", ["spec": ["user": "u", "resourceAttributes": ["fieldSelector": [:]]]],
                #".authorization.k8s.io "" is invalid: spec.resourceAttributes.fieldSelector.requirements: Required value: "#
                    + "when spec.resourceAttributes.fieldSelector is specified, requirements or rawSelector is required"
            ),
            (
                "nothing at all", [:],
                #".authorization.k8s.io "" is invalid: [spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes "#
                    + #"must be specified, spec.user: Invalid value: "": at least one of user or group must be specified]"#
            ),
        ] as [(String, JSONObject, String)])
    func refuses(_ rule: String, _ review: JSONObject, _ message: String) {
        let status = #expect(throws: Status.self) { try AccessReviews.subjectAccessReview(review, authorizer: authorizer) }
        #expect(status?.message == message)
    }

    @Test func aLocalReviewIsAboutItsNamespace() throws {
        func review(_ namespace: String) throws(Status) -> JSONObject {
            try AccessReviews.localSubjectAccessReview(
                ["spec": ["user": "u", "resourceAttributes": ["namespace": .string(namespace), "verb": "get"]]], namespace: "n", authorizer: authorizer)
        }
        #expect(try review("n")["status"] == ["allowed": false])
        let status = #expect(throws: Status.self) { try review("m") }
        let message = #".authorization.k8s.io "" is invalid: spec.resourceAttributes.namespace: Invalid value: "m": must match metadata.namespace"#
        #expect(status?.message == message)
    }

    @Test func unreadableSelectorsAreToldAndIgnored() throws {
        let review: JSONObject = ["spec": ["resourceAttributes": ["verb": "list", "labelSelector": ["rawSelector": "a in ("]]]]
        let answer = try AccessReviews.selfSubjectAccessReview(review, by: .administrator, authorizer: authorizer)
        #expect(answer["status"] == ["allowed": true, "evaluationError": "spec.resourceAttributes.labelSelector ignored due to parse error"])
    }

    @Test func aTokenReviewNeedsAToken() {
        let authenticator = Authenticator(
            administratorToken: "secret", issuer: TokenIssuer(key: SigningKey()), reading: MemoryObjects(), now: { 1_700_000_000 })
        let status = #expect(throws: Status.self) { try IdentityReviews.tokenReview(["spec": [:]], authenticator: authenticator) }
        #expect(status?.message == "token is required for TokenReview in authentication")
    }
}
