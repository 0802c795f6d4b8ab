import CCurl
import Glibc

/// What libcurl calls while it works on a transfer, always on the loop's thread.
extension Transfer {
    /// Each callback gets the transfer back through its user pointer. It is not retained: the loop holds the transfer for as long as its handle is in use.
    func setCallbacks(_ options: OptionWriter) {
        let user = Unmanaged.passUnretained(self).toOpaque()
        martlet_curl_set_header(
            options.handle, { bytes, _, count, user in Transfer.at(user).receiveHeader(UnsafeRawBufferPointer(start: bytes, count: count)) }, user)
        martlet_curl_set_write(
            options.handle, { bytes, _, count, user in Transfer.at(user).receiveBody(UnsafeRawBufferPointer(start: bytes, count: count)) }, user)
        martlet_curl_set_read(
            options.handle, { bytes, size, count, user in Transfer.at(user).sendBody(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) }, user)
        martlet_curl_set_seek(options.handle, { user, offset, origin in Transfer.at(user).rewindBody(to: Int(offset), from: origin) }, user)
        martlet_curl_set_prerequest(options.handle, { user, _, _, _, port in Transfer.at(user).beginRequest(from: Int(port)) }, user)
        martlet_curl_set_open_socket(options.handle, { _, _, address in address.map { Transfer.openSocket($0) } ?? -1 }, nil)
        options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText))
        options.set(CURLOPT_PRIVATE, user)
    }

    static func at(_ user: UnsafeMutableRawPointer?) -> Transfer {
        // Never nil: every callback is set together with its pointer, above.
        Unmanaged<Transfer>.fromOpaque(user.unsafelyUnwrapped).takeUnretainedValue()
    }

    /// The connection is there, and the next byte out is the request's.
    private func beginRequest(from port: Int) -> Int32 {
        requestsBegun += 1
        localPort = port
        loop.noteConnection(of: self)
        // libcurl sends a request again when a kept-alive connection turns out to be closed, whatever the method. The server may have carried it out before.
        if requestsBegun > 1, !isIdempotent {
            failure = exchange.error(
                .connectionClosed,
                "the connection was closed before an answer came; a \(request.method) is not sent again, since the server may have carried it out")
            return CURL_PREREQFUNC_ABORT
        }
        exchange.requestMayHaveBeenSent()
        switch request.body {
        case .none: enter(.awaitingHead)
        case .bytes(let bytes) where bytes.isEmpty: enter(.awaitingHead)
        default: enter(.sending)
        }
        return CURL_PREREQFUNC_OK
    }

    private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        lastProgress = loop.now
        switch head.read(line) {
        case .more: return line.count
        case .tooLarge(let limit):
            let most = limit == .headerBytes ? "\(request.limits.headerBytes) bytes" : "\(request.limits.headerCount) lines"
            return stop(.tooLarge(limit), "the response's header fields exceed \(most)")
        case .malformed: return stop(.protocolViolation, "the response's head is not HTTP")
        case .complete: break
        }
        let isEarly = phase == .sending && head.status >= 300
        enter(.receiving)
        loop.noteHead(of: self)
        if request.maximumRedirects > 0, [301, 302, 303, 307, 308].contains(head.status), let location = head.headers["location"] {
            return redirect(to: location) ? line.count : 0
        }
        var headers = head.headers
        // What arrives is decompressed, and these describe what was sent.
        if request.acceptsCompression, headers.contains(name: "content-encoding") {
            headers["content-encoding"] = nil
            headers["content-length"] = nil
        }
        exchange.deliver(Exchange.Head(status: head.status, headers: headers, version: head.version, url: url.string))
        // The server wants no more of the request, and libcurl would wait for its end all the same.
        if isEarly, !request.acceptsCompression { lengthOfEarlyAnswer = head.headers["content-length"].flatMap { Int($0) } }
        endEarlyAnswer()
        return line.count
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        lastProgress = loop.now
        // Read, to keep the connection; a long one is not worth it, and the end of this transfer is expected then.
        if redirectTarget != nil {
            bodyBytes += bytes.count
            return bodyBytes <= 64 << 10 ? bytes.count : 0
        }
        if let limit = request.limits.bodyBytes, bytes.count > limit - bodyBytes {
            return stop(.tooLarge(.bodyBytes), "the response's body exceeds \(limit) bytes")
        }
        if bodyBytes > 1 << 20, isBomb {
            return stop(.tooLarge(.decompressionRatio), "the response's body grows more than \(request.limits.decompressionRatio)-fold by decompression")
        }
        let (limit, resumesBelow) = bufferBounds
        switch exchange.deliver(bytes, limit: limit, resumesBelow: resumesBelow) {
        case .taken:
            bodyBytes += bytes.count
            loop.countBody(bytes.count)
            endEarlyAnswer()
            return bytes.count
        case .full:
            isReceivingPaused = true
            loop.notePause(of: self)
            return Int(CURL_WRITEFUNC_PAUSE)
        // The consumer has left, and the order to end this is on its way.
        case .unwanted: return stop(.cancelled, "cancelled by the caller")
        }
    }

    private func endEarlyAnswer() {
        if bodyBytes == lengthOfEarlyAnswer { loop.noteEarlyAnswer(of: self) }
    }

    private var bufferBounds: (limit: Int, resumesBelow: Int) {
        let configuration = loop.settings.configuration
        guard keepsReceivingWhilePaused else { return (configuration.bodyBufferBytes, max(configuration.bodyBufferBytes / 2, 1)) }
        // Every resumption grants the server another 32 MiB, so what libcurl has kept must all be taken each time, or it would become more and more.
        let isCompressed = request.acceptsCompression && head.headers.contains(name: "content-encoding")
        return (takesAll ? .max : isCompressed ? configuration.compressedBodyBufferBytes : configuration.bodyBufferBytes, 1)
    }

    private var isBomb: Bool {
        guard let easy else { return false }
        var received: curl_off_t = 0
        martlet_curl_getinfo_offset(easy, CURLINFO_SIZE_DOWNLOAD_T, &received)
        return bodyBytes / max(Int(received), 1) > request.limits.decompressionRatio
    }

    private func sendBody(_ target: UnsafeMutableRawBufferPointer) -> Int {
        lastProgress = loop.now
        switch request.body {
        case .none: return 0
        case .bytes(let bytes):
            let part = bytes[uploadedBytes...].prefix(target.count)
            target.copyBytes(from: part)
            uploadedBytes += part.count
            if uploadedBytes == bytes.count, phase == .sending { enter(.awaitingHead) }
            return part.count
        case .streamed(let stream): return sendStreamed(target, length: stream.length)
        }
    }

    private func sendStreamed(_ target: UnsafeMutableRawBufferPointer, length: Int?) -> Int {
        switch exchange.upload?.read(into: target) ?? .end {
        case .bytes(let count):
            uploadedBytes += count
            if let length, uploadedBytes > length { return stopSending("the request's body is longer than the \(length) bytes announced") }
            if uploadedBytes == length, phase == .sending { enter(.awaitingHead) }
            return count
        case .pending:
            isSendingPaused = true
            return Int(CURL_READFUNC_PAUSE)
        case .end:
            if let length, uploadedBytes < length { return stopSending("the request's body ended after \(uploadedBytes) of the \(length) bytes announced") }
            if phase == .sending { enter(.awaitingHead) }
            return 0
        case .failed(let reason): return stopSending("the request's body could not be produced: \(reason)")
        }
    }

    /// libcurl starts over on another connection.
    private func rewindBody(to offset: Int, from origin: Int32) -> Int32 {
        guard origin == SEEK_SET, offset >= 0 else { return CURL_SEEKFUNC_FAIL }
        switch request.body {
        case .bytes(let bytes) where offset <= bytes.count: uploadedBytes = offset
        case .streamed where offset == uploadedBytes: break
        default: return CURL_SEEKFUNC_FAIL
        }
        return CURL_SEEKFUNC_OK
    }

    private func redirect(to location: String) -> Bool {
        func refuse(_ kind: HTTPTransportError.Redirect, _ message: String) -> Bool {
            failure = exchange.error(.redirect(kind), message)
            return false
        }
        guard let target = try? HTTPURL(location, relativeTo: url) else {
            return refuse(.refused, "redirected (\(head.status)) to what is not an http or https URL")
        }
        if url.isSecure, !target.isSecure {
            return refuse(.refused, "redirected (\(head.status)) from https to \(target.withoutQuery), which is not encrypted")
        }
        let method = head.status == 303 && request.method != "HEAD" || [301, 302].contains(head.status) && request.method == "POST" ? "GET" : request.method
        if method == request.method, visited.contains("\(method) \(target.string)") || target == url {
            return refuse(.loop, "redirect loop: redirected (\(head.status)) to \(target.withoutQuery), where it was before")
        }
        guard redirects < request.maximumRedirects else {
            return refuse(.tooMany, "redirected more than \(request.maximumRedirects) times, last to \(target.withoutQuery)")
        }
        if case .streamed = request.body, method == request.method {
            return refuse(.refused, "redirected (\(head.status)) to \(target.withoutQuery), but a streamed body cannot be sent twice")
        }
        redirectTarget = target
        return true
    }

    private func stop(_ kind: HTTPTransportError.Kind, _ message: String) -> Int {
        failure = exchange.error(kind, message)
        return 0
    }

    private func stopSending(_ message: String) -> Int {
        failure = exchange.error(.requestBody, message)
        return Int(CURL_READFUNC_ABORT)
    }

    private static func openSocket(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        // Not inherited by child processes, which would keep the connection open.
        let socket = martlet_curl_open_socket(address, Int32(SOCK_CLOEXEC.rawValue))
        var probes: Int32 = 3
        if socket >= 0, address.pointee.family != AF_UNIX { setsockopt(socket, Int32(IPPROTO_TCP), TCP_KEEPCNT, &probes, socklen_t(MemoryLayout<Int32>.size)) }
        return socket
    }
}
