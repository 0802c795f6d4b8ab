/// An absolute URL or an absolute path, by the rules of Go's `url.ParseRequestURI`.
public struct WebAddress: OpaqueValue, CustomStringConvertible {
    public let description: String
    let scheme: String
    let host: String
    let path: String
    let query: String

    public var type: ExpressionType { .opaque("kubernetes.URL") }
    public func isEqual(to other: any OpaqueValue) -> Bool { (other as? WebAddress)?.description.hasSameCodePoints(as: description) ?? false }

    init?(parsing text: String) {
        guard !text.isEmpty, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        var rest = text[...]
        var scheme = ""
        if let first = text.unicodeScalars.first, first.isNameStart, first != "_" {
            let name = text.unicodeScalars.prefix { ($0.isNameStart && $0 != "_") || $0.isDigit || $0 == "+" || $0 == "-" || $0 == "." }
            if name.endIndex < text.endIndex, text.unicodeScalars[name.endIndex] == ":" {
                scheme = String(name).lowercased()
                rest = text[text.unicodeScalars.index(after: name.endIndex)...]
            }
        }
        var query = ""
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        var host = ""
        if rest.hasPrefix("/") {
            if !scheme.isEmpty, rest.hasPrefix("//") {
                rest = rest.dropFirst(2)
                let authority = rest.prefix { $0 != "/" }
                rest = rest.dropFirst(authority.count)
                guard let parsed = Self.host(String(authority)) else { return nil }
                host = parsed
            }
            guard Self.unescape(String(rest)) != nil else { return nil }
        } else if scheme.isEmpty {
            return nil
        } else {
            // An opaque address such as `mailto:a@b` has no path.
            rest = ""
        }
        (self.description, self.scheme, self.host, path, self.query) = (text, scheme, host, String(rest), query)
    }

    private static func host(_ authority: String) -> String? {
        var host = authority[...]
        if let at = authority.lastIndex(of: "@") {
            let allowed: (Unicode.Scalar) -> Bool = { ($0.isNameStart || $0.isDigit) || "-.:~!$&'()*+,;=%@".unicodeScalars.contains($0) }
            guard authority[..<at].unicodeScalars.allSatisfy(allowed), unescape(String(authority[..<at])) != nil else { return nil }
            host = authority[authority.index(after: at)...]
        }
        if host.hasPrefix("[") {
            guard let end = host.lastIndex(of: "]"), isPort(host[host.index(after: end)...]) else { return nil }
        } else if let colon = host.lastIndex(of: ":") {
            guard isPort(host[colon...]), !host[..<colon].contains(":") else { return nil }
        }
        let allowed: (Unicode.Scalar) -> Bool = { !$0.isASCII || $0.isNameStart || $0.isDigit || "-.~!$&'()*+,;=:[]<>\"%".unicodeScalars.contains($0) }
        guard host.unicodeScalars.allSatisfy(allowed) else { return nil }
        return unescape(String(host))
    }

    private static func isPort(_ text: Substring) -> Bool { text.isEmpty || (text.hasPrefix(":") && text.dropFirst().unicodeScalars.allSatisfy { $0.isDigit }) }

    /// The text with `%XX` replaced; nil where an escape is broken.
    private static func unescape(_ text: String, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 43, plusIsSpace {
                bytes.append(32)
            } else if byte == 37 {
                guard let high = rest.popFirst().flatMap({ Unicode.Scalar($0).hexDigit }), let low = rest.popFirst().flatMap({ Unicode.Scalar($0).hexDigit })
                else { return nil }
                bytes.append(UInt8(high * 16 + low))
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    var hostname: String {
        if host.hasPrefix("["), let end = host.lastIndex(of: "]") { return String(host[host.index(after: host.startIndex)..<end]) }
        return String(host[..<(host.lastIndex(of: ":") ?? host.endIndex)])
    }

    var port: String {
        let start = host.hasPrefix("[") ? host.lastIndex(of: "]").map { host.index(after: $0) } ?? host.endIndex : host.lastIndex(of: ":") ?? host.endIndex
        return String(host[start...].dropFirst())
    }

    /// The path with everything escaped that must be.
    var escapedPath: String {
        let plain = Array("-_.~!$&'()*+,;=:@/[]%".utf8)
        return path.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isDigit || (scalar.isNameStart && byte < 128) || plain.contains(byte) { return String(scalar) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// Each parameter with its values in order. What cannot be read is left out.
    var parameters: DictionaryMap {
        var (names, values): ([String], [String: [ExpressionValue]]) = ([], [:])
        for part in query.split(separator: "&") where !part.contains(";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.unescape(String(pair[0]), plusIsSpace: true),
                let value = Self.unescape(pair.count > 1 ? String(pair[1]) : "", plusIsSpace: true)
            else { continue }
            if values[name] == nil { names.append(name) }
            values[name, default: []].append(.string(value))
        }
        var map = DictionaryMap()
        for name in names { _ = map.insert(.list(values[name] ?? []), forKey: .string(name)) }
        return map
    }
}

extension ExpressionLibrary {
    private static let url = ExpressionType.opaque("kubernetes.URL")

    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library>
    public static let urls = ExpressionLibrary(
        functions: [
            ExpressionFunction(
                "url",
                [
                    .function([.string], url, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        let text = try arguments.string(0)
                        guard let value = WebAddress(parsing: text) else {
                            let reason = text.isEmpty ? "empty url" : "invalid URI for request"
                            throw EvaluationFailure("URL parse error during conversion from string: parse \(text.quotedForMessage): \(reason)")
                        }
                        return .opaque(value)
                    }
                ]),
            ExpressionFunction(
                "isURL",
                [
                    .function([.string], .bool, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        .bool(WebAddress(parsing: try arguments.string(0)) != nil)
                    }
                ]),
            part("getScheme") { $0.scheme }, part("getHost") { $0.host }, part("getHostname") { $0.hostname }, part("getPort") { $0.port },
            part("getEscapedPath") { $0.escapedPath },
            ExpressionFunction(
                "getQuery",
                [
                    .member([url], .map(.string, .list(.string))) { (arguments) throws(EvaluationFailure) in
                        .map(try arguments.opaque(0, as: WebAddress.self).parameters)
                    }
                ]),
        ], types: [url])

    private static func part(_ name: String, _ get: @escaping @Sendable (WebAddress) -> String) -> ExpressionFunction {
        ExpressionFunction(name, [.member([url], .string) { (arguments) throws(EvaluationFailure) in .string(get(try arguments.opaque(0))) }])
    }
}
