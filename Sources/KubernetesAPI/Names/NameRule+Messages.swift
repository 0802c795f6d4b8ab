// The texts are those of apimachinery, which people search for; "bytes" or "characters" depends on which of its packages a rule is in.
extension NameRule {
    /// Why `text` is refused. Costs more than ``hasForm(_:)``, which is asked first.
    func messages(for text: NameBytes) -> [String] {
        switch self {
        case .dns1123Label:
            Self.tooLong(text, 63, "characters")
                + (text.isDNSLabel ? [] : [text.isDNSSubdomain ? "must not contain dots" : Self.dns1123LabelMessage])
        case .dns1123Subdomain:
            Self.tooLong(text, 253, "characters") + (text.isDNSSubdomain ? [] : [Self.dns1123SubdomainMessage])
        case .dns1035Label:
            Self.tooLong(text, 63, "characters") + (text.isDNSLabel && text.first.isASCIILowercaseLetter ? [] : [Self.dns1035LabelMessage])
        case .wildcardDNS1123Subdomain:
            Self.tooLong(text, 253, "characters")
                + (text.starts(with: "*.".utf8) && NameBytes(rebasing: text.dropFirst(2)).isDNSSubdomain ? [] : [Self.wildcardMessage])
        case .qualifiedName: Self.qualifiedNameMessages(for: text)
        case .labelValue:
            Self.tooLong(text, 63, "bytes") + (text.isEmpty || text.isLabelText ? [] : [Self.labelValueMessage])
        case .environmentVariable:
            text.isEmpty
                ? ["environment variable name must be non-empty"]
                : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
        case .portName: Self.portNameMessages(for: text)
        case .configMapKey:
            Self.tooLong(text, 253, "characters")
                + (!text.isEmpty && text.allSatisfy(\.isConfigMapKeyCharacter) ? [] : [Self.configMapKeyMessage])
                + Self.parentFolderMessages(for: text)
        case .percentage: [Self.percentageMessage]
        case .conditionReason: [Self.conditionReasonMessage]
        case .pathSegment:
            if text.elementsEqual(".".utf8) || text.elementsEqual("..".utf8) {
                ["may not be '\(String(decoding: text, as: UTF8.self))'"]
            } else {
                ["/", "%"].filter { text.contains(UInt8(ascii: $0)) }.map { "may not contain '\($0)'" }
            }
        }
    }

    private static func tooLong(_ text: NameBytes, _ length: Int, _ unit: String) -> [String] {
        text.count > length ? ["must be no more than \(length) \(unit)"] : []
    }

    private static func qualifiedNameMessages(for text: NameBytes) -> [String] {
        let slashes = text.reduce(0) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) }
        guard slashes < 2 else { return ["a valid label key \(labelKeyMessage) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"] }
        var messages: [String] = []
        var name = text
        if let slash = text.firstIndex(of: UInt8(ascii: "/")) {
            let prefix = NameBytes(rebasing: text[..<slash])
            name = NameBytes(rebasing: text[(slash + 1)...])
            if prefix.isEmpty {
                messages.append("prefix part must be non-empty")
            } else {
                messages += tooLong(prefix, 253, "bytes").map { "prefix part \($0)" }
                if !prefix.isDNSSubdomain { messages.append("prefix part \(dns1123SubdomainMessage)") }
            }
        }
        messages += name.isEmpty ? ["name part must be non-empty"] : tooLong(name, 63, "bytes").map { "name part \($0)" }
        if !name.isLabelText { messages.append("name part \(labelKeyMessage)") }
        return messages
    }

    private static func portNameMessages(for text: NameBytes) -> [String] {
        var messages = tooLong(text, 15, "characters")
        if text.isEmpty || !text.allSatisfy(\.isDNSLabelCharacter) {
            messages.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
        }
        if !text.contains(where: \.isASCIILowercaseLetter) { messages.append("must contain at least one letter (a-z)") }
        let dash = UInt8(ascii: "-")
        if zip(text, text.dropFirst()).contains(where: { $0 == dash && $1 == dash }) { messages.append("must not contain consecutive hyphens") }
        if text.first == dash || text.last == dash { messages.append("must not begin or end with a hyphen") }
        return messages
    }

    private static func parentFolderMessages(for text: NameBytes) -> [String] {
        if text.elementsEqual(".".utf8) { return ["must not be '.'"] }
        if text.elementsEqual("..".utf8) { return ["must not be '..'"] }
        return text.starts(with: "..".utf8) ? ["must not start with '..'"] : []
    }

    private static func explained(_ rule: String, by expression: String, examples: String...) -> String {
        "\(rule) (e.g. \(examples.map { "'\($0)', " }.joined(separator: " or "))regex used for validation is '\(expression)')"
    }

    private static let dns1123LabelExpression = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
    private static let dns1123SubdomainExpression = dns1123LabelExpression + "(\\." + dns1123LabelExpression + ")*"
    private static let labelKeyExpression = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"

    private static let dns1123LabelMessage = explained(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
        by: dns1123LabelExpression, examples: "my-name", "123-abc")
    private static let dns1123SubdomainMessage = explained(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        by: dns1123SubdomainExpression, examples: "example.com")
    private static let dns1035LabelMessage = explained(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, "
            + "and end with an alphanumeric character",
        by: "[a-z]([-a-z0-9]*[a-z0-9])?", examples: "my-name", "abc-123")
    private static let wildcardMessage = explained(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, "
            + "'-' or '.' and end with an alphanumeric character",
        by: "\\*\\." + dns1123SubdomainExpression, examples: "*.example.com")
    private static let labelKeyMessage = explained(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        by: labelKeyExpression, examples: "MyName", "my.name", "123-abc")
    private static let labelValueMessage = explained(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        by: "(" + labelKeyExpression + ")?", examples: "MyValue", "my_value", "12345")
    private static let configMapKeyMessage = explained(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        by: "[-._a-zA-Z0-9]+", examples: "key.name", "KEY_NAME", "key-name")
    private static let percentageMessage = explained(
        "a valid percent string must be a numeric string followed by an ending '%'",
        by: "[0-9]+%", examples: "1%", "93%")
    private static let conditionReasonMessage = explained(
        "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', "
            + "and must end with an alphanumeric character or '_'",
        by: "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?", examples: "my_name", "MY_NAME", "MyName", "ReasonA,ReasonB", "ReasonA:ReasonB")
}
