import Expressions
import KubernetesAPI

/// A validation rule ready to be evaluated, or why it cannot be.
struct CompiledRule: Sendable {
    /// What one evaluation of a rule may cost.
    static let costLimit: UInt64 = 1_000_000

    let rule: ValidationRule
    var expression: CompiledExpression?
    /// What is wrong with the rule, in Kubernetes' words.
    var problem: String?
    var message: CompiledExpression?
    var messageProblem: String?
    /// Whether the rule compares with the value that is replaced.
    var usesOldSelf = false
    /// Where below the value the rule puts its errors.
    var fieldPath: FieldPath

    init(_ rule: ValidationRule, _ environment: ExpressionEnvironment, schema: StructuralSchema) {
        self.rule = rule
        fieldPath = rule.fieldPath.isEmpty ? FieldPath() : (try? SchemaPath.resolve(rule.fieldPath, in: schema))?.path ?? FieldPath()
        guard !rule.rule.trimmingWhitespace.isEmpty else { return }
        do throws(ExpressionError) {
            let compiled = try environment.compile(rule.rule)
            guard compiled.type == .bool else {
                problem = "cel expression must evaluate to a bool"
                return
            }
            expression = compiled
            usesOldSelf = compiled.uses("oldSelf")
        } catch {
            problem = "compilation failed: \(error.rendered)"
            return
        }
        guard !rule.messageExpression.isEmpty else { return }
        do throws(ExpressionError) {
            let compiled = try environment.compile(rule.messageExpression)
            if compiled.type == .string { message = compiled } else { messageProblem = "messageExpression must evaluate to a string" }
        } catch {
            messageProblem = "messageExpression compilation failed: \(error.rendered)"
        }
    }

    /// How the rule is named in messages.
    var name: String { String((rule.message.isEmpty ? rule.rule : rule.message).trimmingWhitespace) }
    /// What is said when the value breaks the rule.
    var ownMessage: String { rule.message.isEmpty ? "failed rule: \(name)" : name }
}

/// The rules of a schema, compiled.
final class CompiledRules: Sendable {
    let rules: [CompiledRule]
    /// Nil for values that expressions cannot see.
    let type: DeclaredType?

    private static let base = ExpressionEnvironment.kubernetes

    init(_ schema: StructuralSchema, isResource: Bool) {
        type = DeclaredType.of(schema, named: "selfType", isResource: isResource)
        guard let type else {
            rules = []
            return
        }
        let objects = DeclaredObjects([type])
        func environment(isOptional: Bool) -> ExpressionEnvironment {
            var environment = Self.base
            environment.objects = objects
            environment.declare("self", type.type)
            environment.declare("oldSelf", isOptional ? .optional(type.type) : type.type)
            return environment
        }
        let (plain, optional) = (environment(isOptional: false), environment(isOptional: true))
        rules = schema.validations.map { CompiledRule($0, $0.optionalOldSelf == true ? optional : plain, schema: schema) }
    }
}
