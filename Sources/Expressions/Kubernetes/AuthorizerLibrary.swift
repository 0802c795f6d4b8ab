/// Answers what expressions ask of `authorizer`.
public protocol ExpressionAuthorizing: Sendable {
    func decide(_ check: AuthorizerCheck) -> AuthorizerDecision
}

/// What an expression asks: may the user, or a service account, do this?
public struct AuthorizerCheck: Sendable, Hashable {
    /// Asked for instead of the user.
    public struct ServiceAccount: Sendable, Hashable {
        public let namespace: String
        public let name: String
    }

    public var verb = ""
    public var serviceAccount: ServiceAccount?
    /// Of a check that is not about a resource.
    public var path: String?
    public var group = ""
    public var resource = ""
    public var subresource = ""
    public var namespace = ""
    public var name = ""

    public init() {}
    public init(group: String, resource: String, subresource: String = "", namespace: String = "", name: String = "") {
        (self.group, self.resource, self.subresource, self.namespace, self.name) = (group, resource, subresource, namespace, name)
    }
}

/// The answer to a check.
public struct AuthorizerDecision: OpaqueValue, Hashable {
    public let isAllowed: Bool
    public let reason: String
    /// Nil when nothing went wrong.
    public let error: String?

    public init(isAllowed: Bool, reason: String = "", error: String? = nil) { (self.isAllowed, self.reason, self.error) = (isAllowed, reason, error) }

    public var type: ExpressionType { .opaque("kubernetes.authorization.Decision") }
    public func isEqual(to other: any OpaqueValue) -> Bool { other as? AuthorizerDecision == self }
}

/// The value of the variables `authorizer` and `authorizer.requestResource`, and what is between them and a decision.
public struct AuthorizerValue: OpaqueValue {
    enum Stage: String, Sendable { case authorizer = "Authorizer", path = "PathCheck", group = "GroupCheck", resource = "ResourceCheck" }

    let stage: Stage
    let authorizer: any ExpressionAuthorizing
    var check: AuthorizerCheck

    /// The variable `authorizer`.
    public init(_ authorizer: any ExpressionAuthorizing) { (stage, self.authorizer, check) = (.authorizer, authorizer, AuthorizerCheck()) }

    /// A resource to be checked, such as the variable `authorizer.requestResource`.
    public init(_ authorizer: any ExpressionAuthorizing, resource: AuthorizerCheck) { (stage, self.authorizer, check) = (.resource, authorizer, resource) }

    private init(_ stage: Stage, _ authorizer: any ExpressionAuthorizing, _ check: AuthorizerCheck) {
        (self.stage, self.authorizer, self.check) = (stage, authorizer, check)
    }

    /// The types of the variables `authorizer` and `authorizer.requestResource`.
    public static let authorizerType = ExpressionType.opaque("kubernetes.authorization.Authorizer")
    public static let resourceType = ExpressionType.opaque("kubernetes.authorization.ResourceCheck")

    public var type: ExpressionType { .opaque("kubernetes.authorization." + stage.rawValue) }
    public func isEqual(to other: any OpaqueValue) -> Bool { false }

    func advanced(to stage: Stage, _ change: (inout AuthorizerCheck) -> Void) -> AuthorizerValue {
        var check = check
        change(&check)
        return AuthorizerValue(stage, authorizer, check)
    }
}

extension ExpressionLibrary {
    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-authorizer-library>. Selectors are taken and do not restrict the check.
    public static let authorizer: ExpressionLibrary = {
        let (authorizer, resource) = (AuthorizerValue.authorizerType, AuthorizerValue.resourceType)
        let path = ExpressionType.opaque("kubernetes.authorization.PathCheck")
        let group = ExpressionType.opaque("kubernetes.authorization.GroupCheck")
        let decision = ExpressionType.opaque("kubernetes.authorization.Decision")
        func check(_ on: ExpressionType) -> ExpressionFunction.Overload {
            .member([on, .string], decision, cost: .fixed(350_000)) { (arguments) throws(EvaluationFailure) in
                let value = try arguments.opaque(0, as: AuthorizerValue.self)
                var check = value.check
                check.verb = try arguments.string(1)
                return .opaque(value.authorizer.decide(check))
            }
        }
        /// A selector is a list of requirements, each of two characters at least.
        let selector: @Sendable ([ExpressionValue]) -> UInt64 = {
            10 + ExpressionFunction.Cost.tenth($0[1].size) + UInt64(($0[1].size + 1) / 2) * 50
        }
        func refined(
            _ name: String, cost: ExpressionFunction.Cost = .one, _ change: @escaping @Sendable (inout AuthorizerCheck, String) -> Void
        ) -> ExpressionFunction {
            ExpressionFunction(
                name,
                [
                    .member([resource, .string], resource, cost: cost) { (arguments) throws(EvaluationFailure) in
                        let text = try arguments.string(1)
                        return .opaque(try arguments.opaque(0, as: AuthorizerValue.self).advanced(to: .resource) { change(&$0, text) })
                    }
                ])
        }
        func answer(_ name: String, _ type: ExpressionType, _ get: @escaping @Sendable (AuthorizerDecision) -> ExpressionValue) -> ExpressionFunction {
            ExpressionFunction(name, [.member([decision], type) { (arguments) throws(EvaluationFailure) in get(try arguments.opaque(0)) }])
        }
        return ExpressionLibrary(
            functions: [
                ExpressionFunction(
                    "path",
                    [
                        .member([authorizer, .string], path) { (arguments) throws(EvaluationFailure) in
                            let text = try arguments.string(1)
                            if text.allSatisfy(\.isWhitespace) { throw EvaluationFailure("path must not be empty") }
                            return .opaque(try arguments.opaque(0, as: AuthorizerValue.self).advanced(to: .path) { $0.path = text })
                        }
                    ]),
                ExpressionFunction(
                    "group",
                    [
                        .member([authorizer, .string], group) { (arguments) throws(EvaluationFailure) in
                            let text = try arguments.string(1)
                            return .opaque(try arguments.opaque(0, as: AuthorizerValue.self).advanced(to: .group) { $0.group = text })
                        }
                    ]),
                ExpressionFunction(
                    "serviceAccount",
                    [
                        .member([authorizer, .string, .string], authorizer) { (arguments) throws(EvaluationFailure) in
                            let account = AuthorizerCheck.ServiceAccount(namespace: try arguments.string(1), name: try arguments.string(2))
                            guard NamedFormat.isSubdomainName(account.name) else { throw EvaluationFailure("Invalid service account name") }
                            guard NamedFormat.isLabelName(account.namespace) else { throw EvaluationFailure("Invalid service account namespace") }
                            return .opaque(try arguments.opaque(0, as: AuthorizerValue.self).advanced(to: .authorizer) { $0.serviceAccount = account })
                        }
                    ]),
                ExpressionFunction(
                    "resource",
                    [
                        .member([group, .string], resource) { (arguments) throws(EvaluationFailure) in
                            let text = try arguments.string(1)
                            if text.allSatisfy(\.isWhitespace) { throw EvaluationFailure("resource must not be empty") }
                            return .opaque(try arguments.opaque(0, as: AuthorizerValue.self).advanced(to: .resource) { $0.resource = text })
                        }
                    ]),
                refined("subresource") { $0.subresource = $1 },
                refined("namespace") { $0.namespace = $1 },
                refined("name") { $0.name = $1 },
                refined("fieldSelector", cost: .computed(selector)) { _, _ in },
                refined("labelSelector", cost: .computed(selector)) { _, _ in },
                ExpressionFunction("check", [check(path), check(resource)]),
                answer("allowed", .bool) { .bool($0.isAllowed) },
                answer("reason", .string) { .string($0.reason) },
                answer("errored", .bool) { .bool($0.error != nil) },
                answer("error", .string) { .string($0.error ?? "") },
            ], types: [authorizer, path, group, resource, decision])
    }()
}

extension NamedFormat {
    static func isSubdomainName(_ text: String) -> Bool { subdomain(text).isEmpty }
    static func isLabelName(_ text: String) -> Bool { label(text).isEmpty }
}
