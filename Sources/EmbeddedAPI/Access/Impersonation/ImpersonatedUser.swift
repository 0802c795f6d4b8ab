import KubernetesAPI

/// Whom a request says it wants to act as, in `Impersonate-*` headers.
struct ImpersonatedUser: Hashable, Sendable {
    var name = ""
    var uid = ""
    var groups: [String] = []
    var extra: [String: [String]] = [:]

    /// Nil when no header asks for it.
    ///
    /// - Throws: 400 when something is asked for but no user's name.
    init?(headers: [(name: String, value: String)]) throws(Status) {
        for (header, value) in headers {
            let header = header.lowercased()
            guard header.hasPrefix("impersonate-") else { continue }
            switch header {
            case "impersonate-user": if name.isEmpty { name = value }
            case "impersonate-uid": if uid.isEmpty { uid = value }
            case "impersonate-group": groups.append(value)
            default:
                let prefix = "impersonate-extra-"
                guard header.hasPrefix(prefix) else { continue }
                let key = String(header.dropFirst(prefix.count))
                extra[key.percentDecoded ?? key, default: []].append(value)
            }
        }
        if !name.isEmpty { return }
        if !isNameOnly { throw .badRequest("requested \(goDescription) without impersonating a user name") }
        return nil
    }

    /// Whether nothing but the name is asked for.
    var isNameOnly: Bool { uid.isEmpty && groups.isEmpty && extra.isEmpty }

    /// As Kubernetes prints it in its message.
    private var goDescription: String {
        func list(_ texts: [String]) -> String { "[]string{" + texts.map(\.quotedAsGo).joined(separator: ", ") + "}" }
        let keys = extra.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let pairs = keys.map { "\($0.quotedAsGo):\(list(extra[$0] ?? []))" }.joined(separator: ", ")
        return "&user.DefaultInfo{Name:\(name.quotedAsGo), UID:\(uid.quotedAsGo), Groups:\(groups.isEmpty ? "[]string(nil)" : list(groups)), "
            + "Extra:\(extra.isEmpty ? "map[string][]string(nil)" : "map[string][]string{\(pairs)}")}"
    }
}

extension String {
    /// Nil where a percent sign is not followed by two hexadecimal digits.
    fileprivate var percentDecoded: String? {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, digits.utf8.allSatisfy(\.isHexadecimalDigit),
                let value = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }
}
