import Testing

@testable import KubernetesAPI

@Suite struct StatusTests {
    static let pods = GroupResource(group: "", resource: "pods")
    static let deployments = GroupResource(group: "apps", resource: "deployments")

    static let failures: [(Status, Status.Reason, Int32, String)] = [
        (.notFound(pods, name: "a"), .notFound, 404, #"pods "a" not found"#),
        (.alreadyExists(deployments, name: "a"), .alreadyExists, 409, #"deployments.apps "a" already exists"#),
        (.conflict(pods, name: "a", "it changed"), .conflict, 409, #"Operation cannot be fulfilled on pods "a": it changed"#),
        (.forbidden(pods, name: "", "no"), .forbidden, 403, "pods is forbidden: no"),
        (.forbidden(pods, name: "a", ""), .forbidden, 403, #"pods "a" is forbidden"#),
        (.badRequest("x"), .badRequest, 400, "x"),
        (.expired("too old"), .expired, 410, "too old"),
        (.gone("gone"), .gone, 410, "gone"),
        (.tooManyRequests("slow down", retryAfterSeconds: 3), .tooManyRequests, 429, "slow down"),
        (.timeout("it took long"), .timeout, 504, "Timeout: it took long"),
        (
            .serverTimeout(pods, operation: "list", retryAfterSeconds: 1), .serverTimeout, 500,
            "The list operation against pods could not be completed at this time, please try again."
        ),
        (.methodNotSupported(pods, action: "delete"), .methodNotAllowed, 405, #"delete is not supported on resources of kind "pods""#),
        (.internalError("oops"), .internalError, 500, "Internal error occurred: oops"),
    ]

    @Test(arguments: failures)
    func failuresAreSaidAsKubernetesDoes(_ status: Status, _ reason: Status.Reason, _ code: Int32, _ message: String) throws {
        #expect(status.is(reason) && status.reason == reason.rawValue && status.code == code && status.message == message)
        #expect(status.json["kind"] == "Status" && status.json["apiVersion"] == "v1" && status.status == "Failure" && !status.isSuccess)
        #expect(try Status(checking: JSONValue(parsing: status.json.serialized())) == status)
        #expect("\(status)" == "\(message) (\(code) \(reason.rawValue))")
    }

    @Test func aTextStandsInAMessageOnce() {
        let (a, b) = (FieldError(.required, at: FieldPath("a")), FieldError(.required, at: FieldPath("b")))
        #expect(FieldErrors([a, a]).description == "a: Required value")
        #expect(FieldErrors([a, b, a]).description == "[a: Required value, b: Required value]")
    }

    @Test func wrongFieldsBecomeCauses() {
        let errors = FieldErrors([
            FieldError(.required, at: FieldPath("spec", "name")), FieldError(.invalid, at: FieldPath("spec", "replicas"), value: -1, "must be positive"),
        ])
        let status = Status.invalid(GroupKind(group: "apps", kind: "Deployment"), name: "a", errors)
        #expect(status.message == "Deployment.apps \"a\" is invalid: [spec.name: Required value, spec.replicas: Invalid value: -1: must be positive]")
        #expect(
            status.details?.json == [
                "causes": [
                    ["field": "spec.name", "message": "Required value", "reason": "FieldValueRequired"],
                    ["field": "spec.replicas", "message": "Invalid value: -1: must be positive", "reason": "FieldValueInvalid"],
                ], "group": "apps", "kind": "Deployment", "name": "a",
            ])
        #expect(status.causes.map(\.field) == ["spec.name", "spec.replicas"])
    }

    @Test func aStatusIsAnErrorThatIsToldByItsReason() {
        #expect {
            throw Status.tooManyRequests("slow down", retryAfterSeconds: 3)
        } throws: {
            ($0 as? Status)?.is(.tooManyRequests) == true && ($0 as? Status)?.retryAfterSeconds == 3
        }
    }

    @Test func withoutAReasonTheCodeDecides() {
        for reason in [Status.Reason.notFound, .conflict, .gone, .invalid, .forbidden, .timeout, .internalError, .unauthorized] {
            #expect(Status(code: reason.code).is(reason))
        }
        #expect(Status(code: 418).failureReason == .unknown && Status().is(.unknown))
        #expect(Status(reason: "Novel").failureReason.rawValue == "Novel" && Status(reason: "Novel").failureReason.code == 500)
    }

    @Test func successNamesWhatItIsAbout() {
        let status = Status.success(group: "apps", kind: "deployments", name: "a", uid: "u")
        #expect(status.isSuccess && status.reason == nil)
        #expect(status.json["details"] == ["group": "apps", "kind": "deployments", "name": "a", "uid": "u"])
        #expect(Status.success().json == ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success"])
    }
}
