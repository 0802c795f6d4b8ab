import Expressions
import KubernetesAPI

/// The expressions of a policy, compiled, or why they cannot be.
struct PolicyExpressions: Sendable {
    typealias Compiled = Result<CompiledExpression, PolicyEnvironment.Problem>

    struct Variable: Sendable {
        let name: String
        let text: String
        let compiled: Compiled
    }

    struct Condition: Sendable {
        let name: String
        let text: String
        let compiled: Compiled
    }

    struct Validation: Sendable {
        let text: String
        let message: String
        let reason: String?
        let compiled: Compiled
        /// Nil where there is no `messageExpression`.
        let messageExpression: Compiled?
        let messageText: String
    }

    struct Annotation: Sendable {
        let key: String
        let text: String
        let compiled: Compiled
    }

    let conditions: [Condition]
    let variables: [Variable]
    let validations: [Validation]
    let annotations: [Annotation]

    /// - Parameter spec: the policy's.
    init(spec: JSONValue?) {
        let params: ExpressionType? = spec?["paramKind"]?.object == nil ? nil : .dyn
        var environment = PolicyEnvironment(params: params)
        var messages = PolicyEnvironment(params: params, hasAuthorizer: false)
        func compile(_ text: String, _ types: [ExpressionType], in environment: PolicyEnvironment) -> Compiled {
            Result { () throws(PolicyEnvironment.Problem) in try environment.compile(text, as: types) }
        }
        // Conditions are looked at before variables are computed.
        conditions = (spec?["matchConditions"]?.array ?? []).map {
            let text = String(($0["expression"]?.string ?? "").trimmingWhitespace)
            return Condition(name: $0["name"]?.string ?? "", text: text, compiled: compile(text, [.bool], in: environment))
        }
        environment.addVariables()
        messages.addVariables()
        var variables: [Variable] = []
        for json in spec?["variables"]?.array ?? [] {
            let (name, text) = (json["name"]?.string ?? "", json["expression"]?.string ?? "")
            let compiled = compile(text, [], in: environment)
            let type = (try? compiled.get().type) ?? .dyn
            environment.add(variable: name, type)
            messages.add(variable: name, type)
            variables.append(Variable(name: name, text: text, compiled: compiled))
        }
        self.variables = variables
        let (whole, withoutAuthorizer) = (environment, messages)
        validations = (spec?["validations"]?.array ?? []).map { json in
            let text = json["expression"]?.string ?? ""
            let message = json["messageExpression"]?.string ?? ""
            return Validation(
                text: text, message: json["message"]?.string ?? "", reason: json["reason"]?.string, compiled: compile(text, [.bool], in: whole),
                messageExpression: message.isEmpty ? nil : compile(message, [.string], in: withoutAuthorizer), messageText: message)
        }
        annotations = (spec?["auditAnnotations"]?.array ?? []).map {
            let text = $0["valueExpression"]?.string ?? ""
            return Annotation(key: $0["key"]?.string ?? "", text: text, compiled: compile(text, [.string, .null], in: whole))
        }
    }
}
