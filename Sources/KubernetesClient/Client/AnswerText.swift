import HTTPTransport

/// What to tell people of an answer that has not the API's own form, such as the text of a proxy or the page of a login.
enum AnswerText {
    /// The reason of the cause that marks such an answer, the same as in Kubernetes' own client.
    static let unexpectedServerResponse = "UnexpectedServerResponse"

    /// What kind of content it is: its media type, without parameters.
    static func mediaType(of headers: HTTPHeaders) -> String? {
        guard let type = headers["Content-Type"]?.prefix(while: { $0 != ";" }), !type.isEmpty else { return nil }
        return plain(type, limit: 80).lowercased()
    }

    /// The beginning of a text on one line without control characters; of an HTML page its title.
    static func summary(of body: some Collection<UInt8>) -> String {
        let text = String(decoding: body.prefix(8 << 10), as: UTF8.self)
        return plain(title(of: text) ?? text[...], limit: 300)
    }

    /// The text of `<title>`, where there is one that is not empty. Only ASCII is compared without case, so that offsets stay the same.
    private static func title(of text: String) -> Substring? {
        let bytes = Array(text.utf8)
        let lowercased = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard let tag = index(of: "<title", in: lowercased, from: 0), let start = lowercased[tag...].firstIndex(of: UInt8(ascii: ">")),
            let end = index(of: "</title", in: lowercased, from: start)
        else { return nil }
        let title = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        return title.allSatisfy(\.isWhitespace) ? nil : title[...]
    }

    private static func index(of pattern: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        let pattern = UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount)
        guard bytes.count - start >= pattern.count else { return nil }
        return (start...(bytes.count - pattern.count)).first { bytes[$0...].starts(with: pattern) }
    }

    private static func plain(_ text: Substring, limit: Int) -> String {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
        return String(words.joined(separator: " ".unicodeScalars).map(Character.init).prefix(limit))
    }
}
