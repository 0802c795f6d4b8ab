import KubernetesAPI

extension ValueValidator {
    /// `anyOf`, `oneOf`, `allOf` and `not`. Of failing alternatives, the errors of the one that passed most checks are reported, too.
    mutating func checkCombinations(_ value: JSONValue, _ schema: StructuralSchema, _ correlation: Correlation, _ outcome: inout Outcome) {
        if !schema.anyOf.isEmpty {
            var best: Outcome?
            var isMatched = false
            for alternative in schema.anyOf {
                let result = check(value, alternative, correlation)
                if result.errors.isEmpty {
                    isMatched = true
                    best = result
                    break
                }
                if result.matches > best?.matches ?? -1 { best = result }
            }
            if !isMatched { outcome.errors.append(unplaced("\(quotedPath) must validate at least one schema (anyOf)")) }
            if let best { outcome.merge(best) }
        }
        if !schema.oneOf.isEmpty {
            var best: Outcome?
            var first: Outcome?
            var matched = 0
            for alternative in schema.oneOf {
                let result = check(value, alternative, correlation)
                if result.errors.isEmpty {
                    matched += 1
                    if first == nil { first = result }
                } else if result.matches > best?.matches ?? -1 {
                    best = result
                }
            }
            if matched == 1 {
                if let first { outcome.merge(first) }
            } else {
                let found = matched == 0 ? "Found none valid" : "Found \(matched) valid alternatives"
                outcome.errors.append(unplaced("\(quotedPath) must validate one and only one schema (oneOf). \(found)"))
                if matched == 0, let best { outcome.merge(best) }
            }
        }
        if !schema.allOf.isEmpty {
            var matched = 0
            for part in schema.allOf {
                let result = check(value, part, correlation)
                if result.errors.isEmpty { matched += 1 }
                outcome.merge(result)
            }
            if matched != schema.allOf.count {
                outcome.errors.append(unplaced("\(quotedPath) must validate all the schemas (allOf)\(matched == 0 ? ". None validated" : "")"))
            }
        }
        if let forbidden = schema.not, check(value, forbidden, correlation).errors.isEmpty {
            outcome.errors.append(unplaced("\(quotedPath) must not validate the schema (not)"))
        }
        outcome.matches += 1
    }

    private var quotedPath: String { "\"\(pathText)\"" }
}
