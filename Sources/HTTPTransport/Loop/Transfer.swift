import CCurl

/// One exchange on the loop's thread: an easy handle, and what the callbacks found so far. Never leaves that thread.
final class Transfer {
    enum Phase { case connecting, sending, awaitingHead, receiving }

    let exchange: Exchange
    let started: ContinuousClock.Instant
    unowned let loop: CurlLoop

    var request: HTTPRequest
    var url: HTTPURL
    /// The origin that the caller named: the only one that gets credentials.
    let firstOrigin: String
    var visited: Set<String> = []
    var redirects = 0

    /// `nil` while the transfer waits for its turn.
    var easy: UnsafeMutableRawPointer?
    var lists: [UnsafeMutablePointer<curl_slist>] = []
    let errorText: UnsafeMutablePointer<CChar>

    var phase = Phase.connecting
    var phaseBegan: ContinuousClock.Instant
    var lastProgress: ContinuousClock.Instant
    var waitBegan: ContinuousClock.Instant
    var head: ResponseHeadReader
    var redirectTarget: HTTPURL?
    var bodyBytes = 0
    var uploadedBytes = 0
    var requestsBegun = 0
    var countedConnections = 0
    var isReceivingPaused = false
    var isSendingPaused = false
    /// Where it counts as open, while it does.
    var origin: Origin?
    var localPort = 0
    /// The length of a response that came before the request had been sent, and makes the rest of that pointless.
    var lengthOfEarlyAnswer: Int?
    /// While libcurl hands out what it kept during a pause.
    var takesAll = false
    /// What went wrong by our own judgement; libcurl then only reports that a callback stopped it.
    var failure: HTTPTransportError?
    /// The entry in the loop's deadline queue that counts.
    var scheduled: ContinuousClock.Instant?

    init(_ request: HTTPRequest, _ exchange: Exchange, _ url: HTTPURL, on loop: CurlLoop) {
        self.exchange = exchange
        self.loop = loop
        self.request = request
        self.url = url
        firstOrigin = url.origin
        started = loop.now
        phaseBegan = loop.now
        lastProgress = loop.now
        waitBegan = loop.now
        head = ResponseHeadReader(limits: request.limits)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.pointee = 0
    }

    deinit {
        for list in lists { curl_slist_free_all(list) }
        errorText.deallocate()
    }

    var isIdempotent: Bool { request.isIdempotent ?? ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(request.method) }
    /// Whether libcurl goes on to take in the stream while it is held back, up to what it has granted.
    var keepsReceivingWhilePaused: Bool { head.version == .http2 && !loop.settings.isCurrentHTTP2 }
    var sharesConnections: Bool { url.isSecure && loop.settings.configuration.version == .automatic }

    func enter(_ next: Phase) {
        phase = next
        phaseBegan = loop.now
        lastProgress = loop.now
        loop.reschedule(self)
    }

    /// When to look at this transfer again, and what has run out then.
    func nextDeadline() -> (instant: ContinuousClock.Instant, cause: DeadlineCause)? {
        var earliest: (instant: ContinuousClock.Instant, cause: DeadlineCause)?
        func consider(_ from: ContinuousClock.Instant, _ duration: Duration?, _ cause: DeadlineCause) {
            guard let duration else { return }
            let instant = from + duration
            if let earlier = earliest, earlier.instant <= instant { return }
            earliest = (instant, cause)
        }
        let timeouts = request.timeouts
        consider(started, timeouts.total, .timeout(.total))
        switch phase {
        case .connecting:
            consider(phaseBegan, timeouts.connect, .timeout(.connect))
            if easy == nil { consider(waitBegan, Origin.patience, .patience) }
        case .sending where !isSendingPaused: consider(lastProgress, timeouts.idle, .timeout(.idle))
        case .sending: break
        case .awaitingHead: consider(phaseBegan, timeouts.responseHead, .timeout(.responseHead))
        case .receiving where isReceivingPaused: break
        case .receiving: consider(lastProgress, timeouts.idle, .timeout(.idle))
        }
        return earliest
    }

    enum DeadlineCause: Equatable {
        case timeout(HTTPTransportError.Timeout)
        case patience
    }

    /// Readies the transfer for `target`, after a redirect.
    func follow(to target: HTTPURL) {
        let status = head.status
        redirects += 1
        visited.insert("\(request.method) \(url.string)")
        // RFC 9110 §15.4: 303 asks for a GET, and 301 and 302 of a POST have always been followed by one.
        if status == 303 && request.method != "HEAD" || (status == 301 || status == 302) && request.method == "POST" {
            request.method = "GET"
            request.body = .none
            request.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        if target.origin != url.origin { request.headers.removeAll { !Self.harmlessHeaders.contains($0.name.lowercased()) } }
        url = target
        var limits = request.limits
        (limits.headerBytes, limits.headerCount) = (head.remaining.bytes, head.remaining.lines)
        head = ResponseHeadReader(limits: limits)
        redirectTarget = nil
        (bodyBytes, uploadedBytes, requestsBegun, countedConnections) = (0, 0, 0, 0)
        (isReceivingPaused, isSendingPaused, lengthOfEarlyAnswer) = (false, false, nil)
        errorText.pointee = 0
        phase = .connecting
        (phaseBegan, waitBegan) = (loop.now, loop.now)
    }

    /// What goes along to another host. All else may be a credential, whatever its name.
    private static let harmlessHeaders: Set<String> = [
        "accept", "accept-encoding", "accept-language", "user-agent", "range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since",
        "if-range",
        "content-type", "content-encoding", "content-language", "traceparent", "tracestate",
    ]
}
