import Expressions
import KubernetesAPI

/// What the expressions of one policy can refer to. Variables of the policy are compiled in their order and seen by those behind them.
struct PolicyEnvironment {
    /// A problem with an expression, in Kubernetes' words.
    struct Problem: Error {
        let detail: String
        /// What the compiler found, without further words.
        let issues: String
    }

    private(set) var environment: ExpressionEnvironment
    private var objects: DeclaredObjects

    private static let base = ExpressionEnvironment.kubernetes
    private static let variablesType = "kubernetes.variables"

    /// - Parameters:
    ///   - object: the type of `object` and `oldObject`.
    ///   - params: the type of `params`; nil where the policy has none.
    ///   - hasAuthorizer: whether `authorizer` is there.
    ///   - types: where the fields of these types are known.
    init(object: ExpressionType = .dyn, params: ExpressionType?, hasAuthorizer: Bool = true, types: (any ObjectTypeProvider)? = nil) {
        environment = Self.base
        objects = DeclaredObjects([AdmissionTypes.request, AdmissionTypes.namespace])
        objects.next = types
        environment.declare("object", object)
        environment.declare("oldObject", object)
        if let params { environment.declare("params", params) }
        environment.declare("request", AdmissionTypes.request.type)
        environment.declare("namespaceObject", AdmissionTypes.namespace.type)
        if hasAuthorizer {
            environment.declare("authorizer", AuthorizerValue.authorizerType)
            environment.declare("authorizer.requestResource", AuthorizerValue.resourceType)
        }
        environment.objects = objects
    }

    /// Makes `variables` known, at first without members.
    mutating func addVariables() {
        objects.add(Self.variablesType, [:])
        environment.objects = objects
        environment.declare("variables", .object(Self.variablesType))
    }

    /// Adds a variable of the policy, to be found as `variables.name`.
    mutating func add(variable name: String, _ type: ExpressionType) {
        objects.add(Self.variablesType, [name: type])
        environment.objects = objects
        environment.declare("variables.\(name)", type)
    }

    func compile(_ text: String, as types: [ExpressionType]) throws(Problem) -> CompiledExpression {
        let compiled: CompiledExpression
        do { compiled = try environment.compile(text) } catch { throw Problem(detail: "compilation failed: \(error.rendered)", issues: error.rendered) }
        guard types.isEmpty || types.contains(compiled.type) else {
            let names = types.map(\.runtimeName)
            let detail = "must evaluate to " + (names.count == 1 ? names[0] : "one of [\(names.joined(separator: " "))]")
            throw Problem(detail: detail, issues: detail)
        }
        return compiled
    }
}
