/// A format that `format.named(…)` knows, with Kubernetes' words for what does not fit.
public struct NamedFormat: OpaqueValue, CustomStringConvertible {
    let name: String
    let check: @Sendable (String) -> [String]
    /// Characters of the pattern that Kubernetes reckons with for a check.
    let patternSize: Int

    public var type: ExpressionType { .opaque("kubernetes.NamedFormat") }
    public var description: String { name }
    public func isEqual(to other: any OpaqueValue) -> Bool { (other as? NamedFormat)?.name == name }

    private static let labelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
    private static let labelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
        + " (e.g. 'my-name',  or '123-abc', regex used for validation is '\(labelPattern)')"
    private static let subdomainPattern = labelPattern + "(\\." + labelPattern + ")*"
    private static let subdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
        + " (e.g. 'example.com', regex used for validation is '\(subdomainPattern)')"
    private static let oldLabelPattern = "[a-z]([-a-z0-9]*[a-z0-9])?"
    private static let oldLabelRule =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character"
        + " (e.g. 'my-name',  or 'abc-123', regex used for validation is '\(oldLabelPattern)')"
    private static let keyPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
    private static let keyRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
        + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '\(keyPattern)')"
    private static let valueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
        + " (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(\(keyPattern))?')"

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }

    private static func isLabel(_ text: some Collection<UInt8>) -> Bool {
        guard let first = text.first, isLower(first) else { return false }
        var last = first
        for byte in text {
            guard isLower(byte) || byte == 45 else { return false }
            last = byte
        }
        return last != 45
    }

    private static func isSubdomain(_ text: String) -> Bool { text.utf8.split(separator: 46, omittingEmptySubsequences: false).allSatisfy(isLabel) }

    private static func isKeyName(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isLetterOrDigit(first), isLetterOrDigit(last) else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 45 || $0 == 46 || $0 == 95 }
    }

    private static func tooLong(_ text: String, _ limit: Int) -> [String] { text.utf8.count > limit ? ["must be no more than \(limit) characters"] : [] }

    @Sendable static func label(_ text: String) -> [String] {
        tooLong(text, 63) + (isLabel(text.utf8) ? [] : [isSubdomain(text) ? "must not contain dots" : labelRule])
    }

    @Sendable static func subdomain(_ text: String) -> [String] { tooLong(text, 253) + (isSubdomain(text) ? [] : [subdomainRule]) }

    @Sendable private static func oldLabel(_ text: String) -> [String] {
        tooLong(text, 63) + (isLabel(text.utf8) && text.utf8.first.map { !(48...57).contains($0) } == true ? [] : [oldLabelRule])
    }

    /// A prefix for `generateName`: a dash at its end is part of a longer name.
    private static func asPrefix(_ check: @escaping @Sendable (String) -> [String]) -> @Sendable (String) -> [String] {
        { text in check(text.hasSuffix("-") && text.utf8.count > 1 ? text.dropLast() + "a" : text) }
    }

    @Sendable private static func qualifiedName(_ text: String) -> [String] {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let name = parts.last else {
            return ["a valid label key \(keyRule) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"]
        }
        var errors: [String] = []
        if parts.count == 2 {
            errors += parts[0].isEmpty ? ["prefix part must be non-empty"] : subdomain(parts[0]).map { "prefix part " + $0 }
        }
        if name.isEmpty { errors.append("name part must be non-empty") }
        errors += tooLong(name, 63).map { "name part " + $0 }
        if !isKeyName(name) { errors.append("name part " + keyRule) }
        return errors
    }

    @Sendable private static func labelValue(_ text: String) -> [String] { tooLong(text, 63) + (text.isEmpty || isKeyName(text) ? [] : [valueRule]) }

    @Sendable private static func uuid(_ text: String) -> [String] {
        let groups = text.unicodeScalars.split(separator: "-", omittingEmptySubsequences: false)
        let isValid = groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy { $0.hexDigit != nil } }
        return isValid ? [] : ["does not match the UUID format"]
    }

    @Sendable private static func base64(_ text: String) -> [String] {
        let content = text.utf8.reversed().drop { $0 == 61 }
        let padding = text.utf8.count - content.count
        let isValid = text.utf8.count % 4 == 0 && padding <= 2 && content.allSatisfy { isLetterOrDigit($0) || $0 == 43 || $0 == 47 }
        return isValid ? [] : ["invalid base64"]
    }

    @Sendable private static func date(_ text: String) -> [String] {
        text.utf8.count == 10 && Timestamp(parsing: text + "T00:00:00Z") != nil ? [] : ["invalid date"]
    }

    @Sendable private static func dateTime(_ text: String) -> [String] { Timestamp(parsing: text) != nil ? [] : ["invalid datetime"] }
    @Sendable private static func uri(_ text: String) -> [String] { WebAddress(parsing: text) != nil ? [] : ["invalid URI: \(text.quotedForMessage)"] }

    static let all: [NamedFormat] = [
        NamedFormat(name: "dns1123Label", check: label, patternSize: 30), NamedFormat(name: "dns1123Subdomain", check: subdomain, patternSize: 60),
        NamedFormat(name: "dns1035Label", check: oldLabel, patternSize: 30), NamedFormat(name: "qualifiedName", check: qualifiedName, patternSize: 60),
        NamedFormat(name: "dns1123LabelPrefix", check: asPrefix(label), patternSize: 30),
        NamedFormat(name: "dns1123SubdomainPrefix", check: asPrefix(subdomain), patternSize: 60),
        NamedFormat(name: "dns1035LabelPrefix", check: asPrefix(oldLabel), patternSize: 30),
        NamedFormat(name: "labelValue", check: labelValue, patternSize: 40),
        NamedFormat(name: "uri", check: uri, patternSize: 1000), NamedFormat(name: "uuid", check: uuid, patternSize: 20),
        NamedFormat(name: "byte", check: base64, patternSize: 6),
        NamedFormat(name: "date", check: date, patternSize: 6), NamedFormat(name: "datetime", check: dateTime, patternSize: 21),
    ]
}

extension ExpressionLibrary {
    private static let namedFormat = ExpressionType.opaque("kubernetes.NamedFormat")

    private static let checking: @Sendable ([ExpressionValue]) -> UInt64 = { arguments in
        ExpressionFunction.Cost.pattern(size: (try? arguments.opaque(0, as: NamedFormat.self))?.patternSize ?? 0, in: arguments[1])
    }

    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library>
    public static let formats = ExpressionLibrary(
        functions: NamedFormat.all.map { format in
            ExpressionFunction("format." + format.name, [.function([], namedFormat) { (_) throws(EvaluationFailure) in .opaque(format) }])
        } + [
            ExpressionFunction(
                "format.named",
                [
                    .function([.string], .optional(namedFormat)) { (arguments) throws(EvaluationFailure) in
                        let name = try arguments.string(0)
                        return .optional(NamedFormat.all.first { $0.name == name }.map { .opaque($0) })
                    }
                ]),
            ExpressionFunction(
                "validate",
                [
                    .member([namedFormat, .string], .optional(.list(.string)), cost: .computed(checking)) { (arguments) throws(EvaluationFailure) in
                        let errors = try arguments.opaque(0, as: NamedFormat.self).check(try arguments.string(1))
                        return .optional(errors.isEmpty ? nil : .list(errors.map { .string($0) }))
                    }
                ]),
        ], types: [namedFormat])
}
