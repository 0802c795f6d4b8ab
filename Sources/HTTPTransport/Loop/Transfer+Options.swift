import CCurl

extension Transfer {
    /// Sets every option of the request on a fresh handle.
    ///
    /// - Throws: when libcurl refuses one: out of memory, or built without what it needs.
    func prepare(_ handle: UnsafeMutableRawPointer) throws(HTTPTransportError) {
        let options = OptionWriter(handle: handle)
        setConnection(options)
        setTLS(options)
        setRequest(options)
        setCallbacks(options)
        if let refused = options.refused {
            throw exchange.error(
                .other, "libcurl refuses option \(refused.option): \(String(cString: curl_easy_strerror(refused.code)))", curlCode: Int(refused.code.rawValue),
                mayHaveBeenSent: false)
        }
    }

    private func setConnection(_ options: OptionWriter) {
        let configuration = loop.settings.configuration
        options.set(CURLOPT_PROTOCOLS_STR, "http,https")
        options.set(CURLOPT_PATH_AS_IS, 1)
        // No signals: they are the process's, not ours. The loop's thread blocks SIGPIPE instead.
        options.set(CURLOPT_NOSIGNAL, 1)
        // Without it, ending a transfer waits for its name resolution, which may take many seconds, and all transfers wait with it.
        options.set(CURLOPT_QUICK_EXIT, 1)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, request.timeouts.connect.map(Self.milliseconds) ?? Int(Int32.max))
        options.set(CURLOPT_TCP_KEEPALIVE, 1)
        options.set(CURLOPT_TCP_KEEPIDLE, 30)
        options.set(CURLOPT_TCP_KEEPINTVL, 10)
        options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        switch configuration.version {
        case .automatic:
            options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
            // A request waits for a connection in the making, to share it, rather than making another.
            options.set(CURLOPT_PIPEWAIT, 1)
        case .http1: options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        }
        if let path = configuration.unixSocketPath { options.set(CURLOPT_UNIX_SOCKET_PATH, path) }
        switch configuration.proxy {
        case .environment: break
        // An empty name, as opposed to none, also keeps libcurl from reading the environment.
        case .none: options.set(CURLOPT_PROXY, "")
        case .url(let proxy):
            options.set(CURLOPT_PROXY, proxy)
            options.set(CURLOPT_NOPROXY, "")
        }
    }

    private func setTLS(_ options: OptionWriter) {
        let settings = loop.settings
        let tls = settings.configuration.tls
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let authorities = settings.authorities {
            options.set(CURLOPT_CAINFO_BLOB, authorities)
            options.set(CURLOPT_PROXY_CAINFO_BLOB, authorities)
            // The blob replaces the built-in file, but not the built-in directory: with that the system's authorities would be trusted as well.
            for option in [CURLOPT_CAINFO, CURLOPT_CAPATH, CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAPATH] { options.set(option, nil as String?) }
        }
        if tls.skipsVerification {
            options.set(CURLOPT_SSL_VERIFYPEER, 0)
            options.set(CURLOPT_SSL_VERIFYHOST, 0)
        }
        if url.origin == firstOrigin, let certificate = settings.clientCertificate, let key = settings.clientKey {
            options.set(CURLOPT_SSLCERT_BLOB, certificate)
            options.set(CURLOPT_SSLKEY_BLOB, key)
            options.set(CURLOPT_SSLCERTTYPE, "PEM")
            options.set(CURLOPT_SSLKEYTYPE, "PEM")
            // With no password at all, OpenSSL would ask the terminal for that of an encrypted key.
            options.set(CURLOPT_KEYPASSWD, "")
        }
    }

    private func setRequest(_ options: OptionWriter) {
        var target = url
        var headers: [String] = ["Expect:"]
        // libcurl takes the name for SNI and verification from the URL. So that gets the other name, while the connection goes where it should.
        if url.isSecure, url.origin == firstOrigin, let name = loop.settings.configuration.tls.serverName, let renamed = try? url.withHost(name) {
            target = renamed
            headers.append("Host: \(url.authority)")
            options.set(CURLOPT_CONNECT_TO, list(["\(renamed.host):\(url.port):\(url.host):\(url.port)"]))
        }
        options.set(CURLOPT_URL, target.string)
        if let agent = loop.settings.configuration.userAgent { options.set(CURLOPT_USERAGENT, agent) }
        if request.acceptsCompression { options.set(CURLOPT_ACCEPT_ENCODING, "gzip") }
        switch request.body {
        case .none:
            if request.method == "HEAD" { options.set(CURLOPT_NOBODY, 1) } else { options.set(CURLOPT_HTTPGET, 1) }
            if ["POST", "PUT", "PATCH"].contains(request.method) { headers.append("Content-Length: 0") }
        case .bytes(let bytes):
            options.set(CURLOPT_UPLOAD, 1)
            options.set(CURLOPT_INFILESIZE_LARGE, offset: bytes.count)
        case .streamed(let stream):
            options.set(CURLOPT_UPLOAD, 1)
            options.set(CURLOPT_INFILESIZE_LARGE, offset: stream.length ?? -1)
        }
        options.set(CURLOPT_CUSTOMREQUEST, request.method)
        // "Name;" is libcurl's way to send a field without a value; "Name:" would take a default one away.
        headers += request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        options.set(CURLOPT_HTTPHEADER, list(headers))
    }

    private func list(_ items: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for item in items { list = curl_slist_append(list, item) ?? list }
        if let list { lists.append(list) }
        return list
    }

    static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        // libcurl keeps milliseconds in an int in places, and takes 0 for "the default".
        return Int(min(max(seconds, 0), 1_000_000) * 1000 + max(attoseconds, 0) / 1_000_000_000_000_000).clamped(to: 1...Int(Int32.max))
    }
}

extension Comparable {
    fileprivate func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}

/// Sets options and remembers the first that libcurl refuses.
final class OptionWriter {
    let handle: UnsafeMutableRawPointer
    private(set) var refused: (option: UInt32, code: CURLcode)?

    init(handle: UnsafeMutableRawPointer) { self.handle = handle }

    func set(_ option: CURLoption, _ value: Int) { note(option, martlet_curl_setopt_long(handle, option, value)) }
    func set(_ option: CURLoption, offset value: Int) { note(option, martlet_curl_setopt_offset(handle, option, curl_off_t(value))) }
    func set(_ option: CURLoption, _ value: String?) { note(option, martlet_curl_setopt_string(handle, option, value)) }
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) { note(option, martlet_curl_setopt_pointer(handle, option, value)) }
    func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) { note(option, martlet_curl_setopt_list(handle, option, value)) }
    func set(_ option: CURLoption, _ value: LoopSettings.Blob) { note(option, value.set(option, on: handle)) }

    private func note(_ option: CURLoption, _ code: CURLcode) {
        if code != CURLE_OK, refused == nil { refused = (option.rawValue, code) }
    }
}
