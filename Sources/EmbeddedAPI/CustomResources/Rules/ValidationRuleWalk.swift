public import KubernetesAPI

extension StructuralSchema {
    /// Every schema with `x-kubernetes-validations`, this one and those below, in the order in which they are checked.
    ///
    /// - Parameter path: where this schema stands in the definition.
    public func ruleSites(at path: FieldPath) -> [ValidationRuleSite] {
        var sites: [ValidationRuleSite] = []
        collectRuleSites(at: path, uncorrelatable: nil, cardinality: 1, isResource: true, into: &sites)
        return sites
    }

    private func collectRuleSites(
        at path: FieldPath, uncorrelatable: FieldPath?, cardinality: UInt64?, isResource: Bool, into sites: inout [ValidationRuleSite]
    ) {
        guard hasValidations else { return }
        func multiplied(by limit: Int64?) -> UInt64? {
            guard let cardinality, let limit, limit >= 0 else { return nil }
            let (product, overflows) = cardinality.multipliedReportingOverflow(by: UInt64(limit))
            return overflows ? .max : product
        }
        if let schema = additionalProperties?.schema {
            schema.collectRuleSites(
                at: path.field("additionalProperties"), uncorrelatable: uncorrelatable, cardinality: multiplied(by: maxProperties),
                isResource: schema.isEmbeddedResource, into: &sites)
        }
        for name in propertyNames {
            guard let schema = properties[name] else { continue }
            schema.collectRuleSites(
                at: path.field("properties").key(name), uncorrelatable: uncorrelatable ?? (isMapCorrelatable ? nil : path), cardinality: cardinality,
                isResource: schema.isEmbeddedResource, into: &sites)
        }
        if let items {
            items.collectRuleSites(
                at: path.field("items"), uncorrelatable: uncorrelatable ?? (listType == .map ? nil : path), cardinality: multiplied(by: maxItems),
                isResource: items.isEmbeddedResource, into: &sites)
        }
        guard !validations.isEmpty else { return }
        sites.append(
            ValidationRuleSite(schema: self, path: path, uncorrelatablePath: uncorrelatable, maxCardinality: cardinality, isResource: isResource))
    }
}

/// Takes an engine to every value of an object that has rules, with the value that it replaces.
public struct ValidationRuleWalk {
    private let engine: any ValidationRuleEngine
    private var budget = validationRuleCostBudget
    private var findings = ValidationRuleFindings()

    /// What the rules find in `value`.
    ///
    /// - Parameter old: what the value replaces; nil when it is new.
    public static func findings(
        in value: JSONValue, schema: StructuralSchema, replacing old: JSONValue?, engine: any ValidationRuleEngine, at path: FieldPath = FieldPath(),
        isResource: Bool = true
    ) -> ValidationRuleFindings {
        var walk = ValidationRuleWalk(engine: engine)
        let isUnchanged = schema.hasValidations && old.map { $0 == value } ?? false
        walk.visit(value, schema, old: old, isCorrelatable: true, isUnchanged: isUnchanged, at: path, isResource: isResource)
        return walk.findings
    }

    private init(engine: any ValidationRuleEngine) { self.engine = engine }

    private mutating func visit(
        _ value: JSONValue, _ schema: StructuralSchema, old: JSONValue?, isCorrelatable: Bool, isUnchanged: Bool, at path: FieldPath, isResource: Bool
    ) {
        // Rules apply to values; what asks for the presence of a field is a rule of the object around it.
        guard schema.hasValidations, !value.isNull, budget >= 0 else { return }
        let old = old.present
        if !schema.validations.isEmpty {
            let subject = ValidationRuleSubject(
                schema: schema, value: value, oldValue: old, isCorrelatable: isCorrelatable, path: path, isResource: isResource, isUnchanged: isUnchanged)
            let found = engine.violations(by: subject, budget: &budget)
            findings.errors += found.errors
            findings.warnings += found.warnings
        }
        switch value {
        case .object(let object):
            let matchesFields = isCorrelatable && schema.isMapCorrelatable
            for (name, value) in object {
                guard let field = schema.field(name), field.hasValidations else { continue }
                let fieldPath = schema.properties[name] == nil ? path.key(name) : path.field(name)
                let oldField = matchesFields ? old?[name] : .none
                visit(
                    value, field, old: oldField, isCorrelatable: matchesFields, isUnchanged: isUnchanged || oldField.map { $0 == value } ?? false,
                    at: fieldPath, isResource: field.isEmbeddedResource)
            }
        case .array(let items):
            guard let itemSchema = schema.items, itemSchema.hasValidations else { return }
            let olds = Correlation(structural: schema, old: isCorrelatable ? old : .none).items(of: items)
            for (index, item) in items.enumerated() {
                let oldItem = olds.item(at: index).old
                visit(
                    item, itemSchema, old: oldItem, isCorrelatable: isCorrelatable && schema.listType == .map,
                    isUnchanged: isUnchanged || oldItem.map { $0 == item } ?? false, at: path.index(index), isResource: itemSchema.isEmbeddedResource)
            }
        default: break
        }
    }
}
