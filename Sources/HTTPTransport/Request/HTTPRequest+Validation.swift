extension HTTPRequest {
    /// Refuses what would not arrive as it is written.
    func validate() throws(HTTPTransportError) -> HTTPURL {
        let url: HTTPURL
        do {
            url = try HTTPURL(self.url)
        } catch {
            throw invalid(error.reason, at: "")
        }
        guard Self.isToken(method), !method.utf8.contains(where: { (0x61...0x7A).contains($0) }) else {
            throw invalid("the method must be an upper-case token", at: url.withoutQuery)
        }
        if method == "HEAD" || method == "CONNECT" || method == "TRACE" {
            if method == "CONNECT" { throw invalid("CONNECT is the proxy configuration's business", at: url.withoutQuery) }
            if case .none = body {} else { throw invalid("a \(method) request has no body", at: url.withoutQuery) }
        }
        for field in headers {
            guard Self.isToken(field.name) else { throw invalid("a header field's name is not a token (RFC 9110 §5.6.2)", at: url.withoutQuery) }
            guard !field.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
                throw invalid("the value of header field \(field.name) contains a control character", at: url.withoutQuery)
            }
            if Self.ownFields.contains(field.name.lowercased()) {
                throw invalid("header field \(field.name) is set by the transport", at: url.withoutQuery)
            }
        }
        if case .streamed(let stream) = body, let length = stream.length, length < 0 { throw invalid("the body's length is negative", at: url.withoutQuery) }
        return url
    }

    private static let ownFields: Set<String> = [
        "content-length", "transfer-encoding", "connection", "host", "expect", "te", "upgrade", "keep-alive", "proxy-connection",
    ]

    private func invalid(_ reason: String, at url: String) -> HTTPTransportError {
        HTTPTransportError(kind: .invalidRequest, method: method, url: url, message: reason, curlCode: nil, requestMayHaveBeenSent: false)
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
