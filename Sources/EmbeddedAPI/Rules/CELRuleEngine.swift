public import KubernetesAPI
import Synchronization

/// Evaluates `x-kubernetes-validations` with the Common Expression Language.
///
/// Compiles the rules of a schema once and keeps them as long as the schema is used; any thread may use the engine.
public final class CELRuleEngine: ValidationRuleEngine {
    private struct Entry {
        weak var schema: StructuralSchema?
        let rules: CompiledRules
    }

    private let compiled = Mutex<[ObjectIdentifier: Entry]>([:])

    public init() {}

    /// The rules of the schema. Schemas that are gone are forgotten, since another one may get their place in memory.
    func rules(of schema: StructuralSchema, isResource: Bool) -> CompiledRules {
        let key = ObjectIdentifier(schema)
        if let known = compiled.withLock({ entries in entries[key].flatMap { $0.schema === schema ? $0.rules : nil } }) { return known }
        let rules = CompiledRules(schema, isResource: isResource)
        compiled.withLock { entries in
            if entries.count >= 64, entries.count.nonzeroBitCount == 1 { entries = entries.filter { $0.value.schema != nil } }
            entries[key] = Entry(schema: schema, rules: rules)
        }
        return rules
    }

    public func problems(with sites: [ValidationRuleSite], schemaPath: FieldPath) -> [FieldError] {
        var budget = RuleCostBudget()
        var errors: [FieldError] = []
        for site in sites {
            // What is checked here may never be stored: nothing is kept.
            let compiled = CompiledRules(site.schema, isResource: site.isResource)
            for (index, rule) in compiled.rules.enumerated() {
                let path = site.path.field("x-kubernetes-validations").index(index)
                errors += problems(with: rule, of: compiled, at: path, site, &budget)
            }
        }
        return errors + budget.errors(schemaPath: schemaPath)
    }

    private func problems(
        with rule: CompiledRule, of compiled: CompiledRules, at path: FieldPath, _ site: ValidationRuleSite, _ budget: inout RuleCostBudget
    ) -> [FieldError] {
        guard let type = compiled.type else { return [] }
        var errors: [FieldError] = []
        let sizes = DeclaredSizes(root: type)
        let cost = rule.expression?.estimatedCost(sizes: sizes).max ?? 0
        let total = cost.multipliedOrMaximum(by: site.maxCardinality ?? type.maxCardinality)
        if let error = budget.spend(total, "rule", at: path.field("rule")) { errors.append(error) }
        if let problem = rule.problem { errors.append(FieldError(.invalid, at: path.field("rule"), value: rule.rule.printed, problem)) }
        if let problem = rule.messageProblem {
            errors.append(FieldError(.invalid, at: path.field("messageExpression"), value: rule.rule.printed, problem))
        } else if let message = rule.message {
            let place = path.field("messageExpression")
            if let error = budget.spend(message.estimatedCost(sizes: sizes).max, "messageExpression", at: place) { errors.append(error) }
        }
        if rule.usesOldSelf {
            if let uncorrelatable = site.uncorrelatablePath {
                let detail = "oldSelf cannot be used on the uncorrelatable portion of the schema within \(uncorrelatable)"
                errors.append(FieldError(.invalid, at: path.field("rule"), value: .string(rule.rule.rule), detail))
            }
        } else if let isOptional = rule.rule.optionalOldSelf {
            errors.append(FieldError(.invalid, at: path.field("optionalOldSelf"), value: .bool(isOptional), "may not be set if oldSelf is not used in rule"))
        }
        return errors
    }

    public func violations(by subject: ValidationRuleSubject, budget: inout Int64) -> ValidationRuleFindings {
        let compiled = rules(of: subject.schema, isResource: subject.isResource)
        guard !compiled.rules.isEmpty else { return ValidationRuleFindings() }
        var evaluation = RuleEvaluation(subject: subject, budget: budget)
        evaluation.run(compiled.rules)
        budget = evaluation.budget
        return evaluation.findings
    }
}

extension ValidationRule {
    /// The rule as Kubernetes prints it in messages.
    fileprivate var printed: JSONValue {
        [
            "Rule": .string(rule), "Message": .string(message), "MessageExpression": .string(messageExpression),
            "Reason": reason.map { .string($0) } ?? .null, "FieldPath": .string(fieldPath),
            "OptionalOldSelf": optionalOldSelf.map { .bool($0) } ?? .null,
        ]
    }
}
