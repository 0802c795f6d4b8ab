import CCurl

/// An absolute http or https URL, taken apart by libcurl's own parser, so that what we check is what it connects to.
struct HTTPURL: Sendable, Hashable {
    let string: String
    let scheme: String
    /// As it stands in the URL: an IPv6 address has its brackets.
    let host: String
    let port: Int
    /// For messages: no query, which may hold a signature.
    let withoutQuery: String

    var isSecure: Bool { scheme == "https" }
    var origin: String { "\(scheme)://\(host):\(port)" }
    /// The value of a `Host` field.
    var authority: String { port == (isSecure ? 443 : 80) ? host : "\(host):\(port)" }

    /// Reads `text`, relative to `base` if there is one.
    ///
    /// - Throws: ``Invalid`` with the reason, which does not repeat the text: that may hold a password.
    init(_ text: String, relativeTo base: HTTPURL? = nil) throws(Invalid) {
        guard !text.utf8.contains(0) else { throw Invalid(reason: "the URL contains a zero byte") }
        let parts = Parts()
        if let base { try parts.set(CURLUPART_URL, base.string) }
        // A Location often has spaces or other bytes that belong escaped; a caller's URL must be right as it is.
        try parts.set(CURLUPART_URL, text, flags: base == nil ? 0 : UInt32(CURLU_URLENCODE))
        try self.init(parts)
    }

    /// The same URL on another host.
    func withHost(_ name: String) throws(Invalid) -> HTTPURL {
        let parts = Parts()
        try parts.set(CURLUPART_URL, string)
        try parts.set(CURLUPART_HOST, name)
        return try HTTPURL(parts)
    }

    private init(_ parts: Parts) throws(Invalid) {
        guard parts.get(CURLUPART_USER) == nil, parts.get(CURLUPART_PASSWORD) == nil else {
            throw Invalid(reason: "the URL contains credentials; send them in a header field")
        }
        guard let scheme = parts.get(CURLUPART_SCHEME), scheme == "http" || scheme == "https" else {
            throw Invalid(reason: "the URL is neither http nor https")
        }
        guard let host = parts.get(CURLUPART_HOST), !host.isEmpty, let port = parts.get(CURLUPART_PORT, flags: UInt32(CURLU_DEFAULT_PORT)).flatMap({ Int($0) }),
            let string = parts.get(CURLUPART_URL)
        else { throw Invalid(reason: "the URL has no host or no valid port") }
        (self.string, self.scheme, self.host, self.port) = (string, scheme, host.lowercased(), port)
        let authority = port == (scheme == "https" ? 443 : 80) ? host : "\(host):\(port)"
        withoutQuery = "\(scheme)://\(authority)\(parts.get(CURLUPART_PATH) ?? "/")"
    }

    struct Invalid: Error { let reason: String }

    /// Owns a `CURLU`.
    private final class Parts {
        private let handle = curl_url()

        deinit { curl_url_cleanup(handle) }

        func set(_ part: CURLUPart, _ text: String, flags: UInt32 = 0) throws(Invalid) {
            guard let handle else { throw Invalid(reason: "out of memory") }
            let code = curl_url_set(handle, part, text, flags | UInt32(CURLU_PATH_AS_IS))
            guard code == CURLUE_OK else { throw Invalid(reason: "not a valid URL: \(String(cString: curl_url_strerror(code)))") }
        }

        func get(_ part: CURLUPart, flags: UInt32 = 0) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard let handle, curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
    }
}
