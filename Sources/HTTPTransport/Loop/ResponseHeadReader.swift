/// Puts the header lines of a response together, as libcurl hands them out: interim responses first, trailers last.
struct ResponseHeadReader {
    enum Outcome: Equatable {
        case more
        /// A final response's head is complete.
        case complete
        case tooLarge(HTTPTransportError.Limit)
        case malformed
    }

    let limits: HTTPRequest.Limits
    private(set) var status = 0
    private(set) var version = HTTPVersion.http11
    private(set) var headers = HTTPHeaders()
    private var bytes = 0
    private var lines = 0
    private var isComplete = false

    init(limits: HTTPRequest.Limits) { self.limits = limits }

    /// What is left of the limits, for the next response of the same exchange.
    var remaining: (bytes: Int, lines: Int) { (limits.headerBytes - bytes, limits.headerCount - lines) }

    mutating func read(_ line: UnsafeRawBufferPointer) -> Outcome {
        bytes += line.count
        lines += 1
        if bytes > limits.headerBytes { return .tooLarge(.headerBytes) }
        if lines > limits.headerCount { return .tooLarge(.headerCount) }
        // Trailers count, and are dropped: nothing that we speak to gives them a meaning.
        if isComplete { return .more }
        var text = line[...]
        while let last = text.last, last == 0x0A || last == 0x0D { text = text.dropLast() }
        if text.isEmpty {
            guard status >= 200 else {
                guard status >= 100 else { return .malformed }
                return .more
            }
            isComplete = true
            return .complete
        }
        if text.starts(with: "HTTP/".utf8) { return readStatus(text) }
        if let first = text.first, first == 0x20 || first == 0x09 {
            headers.extendLast(with: Self.trimmed(text))
            return .more
        }
        guard let colon = text.firstIndex(of: 0x3A) else { return .malformed }
        headers.add(String(decoding: text[..<colon], as: UTF8.self), Self.trimmed(text[(colon + 1)...]))
        return .more
    }

    private mutating func readStatus(_ text: Slice<UnsafeRawBufferPointer>) -> Outcome {
        let parts = String(decoding: text, as: UTF8.self).split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, let status = Int(parts[1]), (100...999).contains(status) else { return .malformed }
        switch parts[0] {
        case "HTTP/1.0": version = .http10
        case "HTTP/1.1": version = .http11
        case "HTTP/2", "HTTP/2.0": version = .http2
        default: return .malformed
        }
        self.status = status
        headers = HTTPHeaders()
        return .more
    }

    private static func trimmed(_ text: Slice<UnsafeRawBufferPointer>) -> String {
        var text = text
        while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return String(decoding: text, as: UTF8.self)
    }
}
