import CCurl

extension Transfer {
    /// What libcurl's result means for the caller.
    func error(for code: CURLcode) -> HTTPTransportError {
        if code == CURLE_OUT_OF_MEMORY, phase == .receiving, isReceivingPaused || takesAll {
            return exchange.error(
                .consumerTooSlow, "the response was not read while libcurl could keep it; read it faster, or without compression", curlCode: Int(code.rawValue))
        }
        let text = errorText.pointee == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: errorText)
        return exchange.error(kind(of: code), message(for: code, text), curlCode: Int(code.rawValue))
    }

    private func message(for code: CURLcode, _ text: String) -> String {
        code == CURLE_OPERATION_TIMEDOUT && phase == .connecting
            ? "no connection within \(request.timeouts.connect.map { "\($0)" } ?? "libcurl's limit"): \(text)" : text
    }

    private func kind(of code: CURLcode) -> HTTPTransportError.Kind {
        switch code {
        case CURLE_URL_MALFORMAT: .invalidRequest
        // Also what libcurl says of an answer that is no HTTP of today.
        case CURLE_UNSUPPORTED_PROTOCOL: phase == .connecting ? .invalidRequest : .protocolViolation
        case CURLE_COULDNT_RESOLVE_HOST: .nameResolution
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: .connect
        case CURLE_OPERATION_TIMEDOUT: .timeout(phase == .connecting ? .connect : .total)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CLIENTCERT:
            .tls
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2: .protocolViolation
        case CURLcode(rawValue: 100): .tooLarge(.headerBytes)  // CURLE_TOO_LARGE, since 8.6
        // Before the request this is the answer to CONNECT, or its absence.
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR: phase == .connecting ? .proxy : .connectionClosed
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND, CURLE_HTTP2_STREAM: .connectionClosed
        default: .other
        }
    }
}
