/// What Kubernetes allows as a name, a label, a key and the like, each rule with the messages of apimachinery's `util/validation` (1.36).
///
/// Every check is one pass over the bytes. The regular expressions in the messages are only shown.
public enum NameRule: Hashable, Sendable, CaseIterable {
    /// The name of a namespace, a Service, a container: 1...63 of `a-z`, `0-9` and `-`, no `-` at either end (RFC 1123).
    case dns1123Label
    /// The name of most objects: labels as above joined by dots, 1...253 in all.
    case dns1123Subdomain
    /// As ``dns1123Label``, beginning with a letter (RFC 1035).
    case dns1035Label
    /// A host of an Ingress: `*.` and a subdomain.
    case wildcardDNS1123Subdomain
    /// The key of a label, an annotation, a finalizer: `name` or `prefix/name`.
    case qualifiedName
    /// The value of a label: empty, or 1...63 of letters, digits, `-`, `_` and `.`, a letter or digit at either end.
    case labelValue
    /// The name of an environment variable: any printable ASCII but `=`.
    case environmentVariable
    /// The name of a container's port (RFC 6335): 1...15 of `a-z`, `0-9` and single `-` inside, at least one letter.
    case portName
    /// A key of a ConfigMap or Secret, which may become a file's name.
    case configMapKey
    /// A percentage, such as `25%`.
    case percentage
    /// The reason of a condition, such as `ImageNotFound`.
    case conditionReason
    /// A name that can stand in a URL's path: anything but `.`, `..`, and what contains `/` or `%`.
    case pathSegment

    /// Whether `text` is allowed; the same as no ``violations(in:)``, without making messages.
    public func allows(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { $0.count <= maximumLength && hasForm($0) }
    }

    /// Why `text` is not allowed, in Kubernetes' words; empty when it is.
    public func violations(in text: String) -> [String] {
        guard !allows(text) else { return [] }
        var text = text
        return text.withUTF8 { messages(for: $0) }
    }

    /// Why `prefix` cannot be `metadata.generateName`: as ``violations(in:)``, but it may end in `-`.
    public func violations(inPrefix prefix: String) -> [String] {
        let bytes = Array(prefix.utf8)
        guard bytes.count > 1, bytes.last == UInt8(ascii: "-") else { return violations(in: prefix) }
        // Kubernetes drops the character before the dash, too.
        return violations(in: String(decoding: bytes.dropLast(2) + [UInt8(ascii: "a")], as: UTF8.self))
    }

    /// How many bytes a text may have.
    public var maximumLength: Int {
        switch self {
        case .dns1123Label, .dns1035Label, .labelValue: 63
        case .dns1123Subdomain, .wildcardDNS1123Subdomain, .configMapKey: 253
        case .qualifiedName: 253 + 1 + 63
        case .portName: 15
        case .environmentVariable, .percentage, .conditionReason, .pathSegment: .max
        }
    }

    private func hasForm(_ text: NameBytes) -> Bool {
        switch self {
        case .dns1123Label: text.isDNSLabel
        case .dns1123Subdomain: text.isDNSSubdomain
        case .dns1035Label: text.isDNSLabel && text.first.isASCIILowercaseLetter
        case .wildcardDNS1123Subdomain: text.starts(with: "*.".utf8) && NameBytes(rebasing: text.dropFirst(2)).isDNSSubdomain
        case .qualifiedName: text.isQualifiedName
        case .labelValue: text.isEmpty || text.isLabelText
        case .environmentVariable: !text.isEmpty && text.allSatisfy(\.isEnvironmentVariableCharacter)
        case .portName: messages(for: text).isEmpty
        case .configMapKey: !text.isEmpty && text.allSatisfy(\.isConfigMapKeyCharacter) && !text.starts(with: "..".utf8) && !text.elementsEqual(".".utf8)
        case .percentage: text.count > 1 && text.last == UInt8(ascii: "%") && text.dropLast().allSatisfy(\.isASCIIDigit)
        case .conditionReason: text.isConditionReason
        case .pathSegment: messages(for: text).isEmpty
        }
    }
}
