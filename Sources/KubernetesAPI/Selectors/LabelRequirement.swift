/// One condition on an object's labels: `tier in (web, api)`, `canary!=true`, `!legacy`, `cores>4`.
public struct LabelRequirement: Hashable, Sendable {
    /// The raw value is Kubernetes' own name of the operator.
    public enum Operator: String, Hashable, Sendable, CaseIterable {
        /// The label has one of the values.
        case isIn = "in"
        /// The label has none of the values, or is absent.
        case isNotIn = "notin"
        case equals = "="
        /// The same as ``equals``, written `==`.
        case doubleEquals = "=="
        /// The label has another value, or is absent.
        case notEquals = "!="
        /// The label is an integer of 64 bits and greater.
        case isGreaterThan = "gt"
        /// The label is an integer of 64 bits and less.
        case isLessThan = "lt"
        case exists
        case doesNotExist = "!"
    }

    public let key: String
    public let comparison: Operator
    /// In the order of their bytes, each once.
    public let values: [String]
    /// The number of `>` and `<`.
    private let number: Int64?

    /// - Parameters:
    ///   - values: at least one for `in` and `notin`, exactly one for comparisons, none for existence.
    ///   - path: where the requirement stands, for the errors.
    /// - Throws: all that is wrong with it, in Kubernetes' words.
    public init(_ key: String, _ comparison: Operator, _ values: [String] = [], at path: FieldPath = FieldPath()) throws(FieldErrors) {
        var errors: [FieldError] = []
        let valuesPath = path.field("values")
        if let error = Self.keyError(key, at: path.field("key")) { errors.append(error) }
        func refuseValues(_ detail: String) {
            errors.append(FieldError(.invalid, at: valuesPath, value: .array(values.map { .string($0) }), detail))
        }
        switch comparison {
        case .isIn, .isNotIn:
            if values.isEmpty { refuseValues("for 'in', 'notin' operators, values set can't be empty") }
        case .equals, .doubleEquals, .notEquals:
            if values.count != 1 { refuseValues("exact-match compatibility requires one single value") }
        case .exists, .doesNotExist:
            if !values.isEmpty { refuseValues("values set must be empty for exists and does not exist") }
        case .isGreaterThan, .isLessThan:
            if values.count != 1 { refuseValues("for 'Gt', 'Lt' operators, exactly one value is required") }
            for (index, value) in values.enumerated() where Int64(value) == nil {
                errors.append(FieldError(.invalid, at: valuesPath.index(index), value: .string(value), "for 'Gt', 'Lt' operators, the value must be an integer"))
            }
        }
        for (index, value) in values.enumerated() {
            let violations = NameRule.labelValue.violations(in: value)
            guard !violations.isEmpty else { continue }
            errors.append(FieldError(.invalid, at: valuesPath.index(index).key(key), value: .string(value), violations.joined(separator: "; ")))
        }
        guard errors.isEmpty else { throw FieldErrors(errors) }
        self.init(validated: key, comparison, values)
    }

    /// Takes key and values that are known to be right.
    init(validated key: String, _ comparison: Operator, _ values: [String]) {
        self.key = key
        self.comparison = comparison
        // Most have one value or none.
        self.values = values.count < 2 ? values : values.sortedByBytes().withoutRepetitions()
        number = comparison == .isGreaterThan || comparison == .isLessThan ? values.first.flatMap { Int64($0) } : nil
    }

    static func keyError(_ key: String, at path: FieldPath) -> FieldError? {
        let violations = NameRule.qualifiedName.violations(in: key)
        return violations.isEmpty ? nil : FieldError(.invalid, at: path, value: .string(key), violations.joined(separator: "; "))
    }

    /// Whether an object matches whose label ``key`` has this value, or which has no such label.
    public func matches(_ value: String?) -> Bool {
        switch comparison {
        case .isIn, .equals, .doubleEquals: value.map(has) ?? false
        case .isNotIn, .notEquals: !(value.map(has) ?? false)
        case .exists: value != nil
        case .doesNotExist: value == nil
        case .isGreaterThan: compare(value, >)
        case .isLessThan: compare(value, <)
        }
    }

    private func has(_ value: String) -> Bool { values.contains { $0.hasSameUTF8(as: value) } }

    private func compare(_ value: String?, _ isOrdered: (Int64, Int64) -> Bool) -> Bool {
        guard let number, let value = value.flatMap({ Int64($0) }) else { return false }
        return isOrdered(value, number)
    }
}

extension LabelRequirement: CustomStringConvertible {
    public var description: String {
        switch comparison {
        case .isIn: "\(key) in (\(values.joined(separator: ",")))"
        case .isNotIn: "\(key) notin (\(values.joined(separator: ",")))"
        case .equals, .doubleEquals, .notEquals: key + comparison.rawValue + (values.first ?? "")
        case .isGreaterThan: "\(key)>\(values.first ?? "")"
        case .isLessThan: "\(key)<\(values.first ?? "")"
        case .exists: key
        case .doesNotExist: "!\(key)"
        }
    }
}

extension [String] {
    func sortedByBytes() -> [String] { sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// A sorted list with each text once.
    fileprivate func withoutRepetitions() -> [String] {
        var unique: [String] = []
        for text in self where unique.last.map({ !$0.hasSameUTF8(as: text) }) ?? true { unique.append(text) }
        return unique
    }
}
