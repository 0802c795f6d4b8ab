import CCurl
import Glibc

/// The thread's world: one multi handle, its transfers, its clock. Made, used and freed on the loop's thread only.
final class CurlLoop {
    private static let mostIdleHandles = 128

    let settings: LoopSettings
    private(set) var now = ContinuousClock.now
    private let multi: UnsafeMutableRawPointer
    private let inbox: LoopInbox
    private let statistics: StatisticsBox
    private var transfers: [UInt64: Transfer] = [:]
    private var origins: [String: Origin] = [:]
    /// Those with room that may have appeared while libcurl was at work, when nothing can be launched.
    private var originsToServe: Set<String> = []
    private var earlyAnswers: [UInt64] = []
    /// Held-back transfers that libcurl goes on to read.
    private var keptWhilePaused: Set<UInt64> = []
    private var idleHandles: [UnsafeMutableRawPointer] = []
    private var deadlines = DeadlineQueue()

    init(_ configuration: HTTPTransportConfiguration, multi: MultiHandle, inbox: LoopInbox, statistics: StatisticsBox) {
        (settings, self.multi, self.inbox, self.statistics) = (LoopSettings(configuration), multi.pointer, inbox, statistics)
        let options: [(CURLMoption, Int)] = [
            (CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX)), (CURLMOPT_MAX_CONCURRENT_STREAMS, configuration.maximumConcurrentStreams),
            (CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost), (CURLMOPT_MAXCONNECTS, configuration.maximumIdleConnections),
        ]
        for (option, value) in options { martlet_curl_multi_setopt_long(multi.pointer, option, min(max(value, 1), Int(Int32.max))) }
    }

    /// Works until told to stop, then ends what is open and frees everything.
    func run() {
        while true {
            now = .now
            let (commands, isStopping) = inbox.takeCommands()
            for command in commands { carryOut(command) }
            if isStopping { break }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            now = .now
            finishTransfers()
            endEarlyAnswers()
            checkDeadlines()
            for name in originsToServe { origins[name].map(launchWaiting) }
            originsToServe = []
            compactDeadlines()
            curl_multi_poll(multi, nil, 0, timeoutMilliseconds(), nil)
        }
        for transfer in transfers.values { end(transfer, .failure(transfer.exchange.error(.shutdown, "the transport was shut down"))) }
        for command in inbox.close() {
            switch command {
            case .start(_, let exchange, _): exchange.finish(.failure(exchange.error(.shutdown, "the transport was shut down", mayHaveBeenSent: false)))
            case .barrier(let continuation): continuation.resume()
            case .cancel, .resumeReceiving, .resumeSending: break
            }
        }
        for handle in idleHandles { curl_easy_cleanup(handle) }
        curl_multi_cleanup(multi)
        inbox.reportEnd()
    }

    private func carryOut(_ command: LoopInbox.Command) {
        switch command {
        case .start(let request, let exchange, let url):
            let transfer = Transfer(request, exchange, url, on: self)
            transfers[exchange.id] = transfer
            statistics.update {
                $0.openTransfers += 1; $0.transfersStarted += 1
            }
            start(transfer)
        case .cancel(let id):
            guard let transfer = transfers[id] else { return }
            end(transfer, .failure(transfer.exchange.error(.cancelled, "cancelled by the caller")))
        case .resumeReceiving(let id):
            guard let transfer = transfers[id], transfer.isReceivingPaused else { return }
            transfer.isReceivingPaused = false
            keptWhilePaused.remove(id)
            resume(transfer)
        case .resumeSending(let id):
            guard let transfer = transfers[id], transfer.isSendingPaused else { return }
            transfer.isSendingPaused = false
            resume(transfer)
        case .barrier(let continuation): continuation.resume()
        }
    }

    private func resume(_ transfer: Transfer) {
        guard let easy = transfer.easy else { return }
        transfer.lastProgress = now
        reschedule(transfer)
        let still = (transfer.isReceivingPaused ? CURLPAUSE_RECV : 0) | (transfer.isSendingPaused ? CURLPAUSE_SEND : 0)
        // Hands out what libcurl had kept back, so it may fail as any write may. A bad argument is a transfer without a connection, whose end is about to be
        // reported.
        transfer.takesAll = !transfer.isReceivingPaused
        let code = curl_easy_pause(easy, still)
        defer { transfer.takesAll = false }
        if code != CURLE_OK, code != CURLE_BAD_FUNCTION_ARGUMENT { complete(transfer, code) }
    }

    // MARK: beginning

    private func start(_ transfer: Transfer) {
        guard transfer.sharesConnections else { return launch(transfer) }
        let origin = origins[transfer.url.origin] ?? Origin(name: transfer.url.origin)
        origins[origin.name] = origin
        if origin.room > 0 { return launch(transfer, at: origin) }
        origin.wait(transfer.exchange.id)
        reschedule(transfer)
    }

    private func launch(_ transfer: Transfer, at origin: Origin) {
        origin.launched(transfer.exchange.id)
        transfer.origin = origin
        launch(transfer)
    }

    private func launchWaiting(at origin: Origin) {
        while origin.room > 0, let id = origin.popWaiting() {
            // Some have ended meanwhile, or could not wait any longer.
            if let transfer = transfers[id], transfer.easy == nil { launch(transfer, at: origin) }
        }
        if origin.isUnused { origins[origin.name] = nil }
    }

    private func launch(_ transfer: Transfer) {
        guard let easy = idleHandles.popLast() ?? curl_easy_init() else {
            return end(transfer, .failure(transfer.exchange.error(.other, "libcurl has no memory for another transfer", mayHaveBeenSent: false)))
        }
        transfer.easy = easy
        do throws(HTTPTransportError) {
            try transfer.prepare(easy)
            let code = curl_multi_add_handle(multi, easy)
            guard code == CURLM_OK else { throw transfer.exchange.error(.other, String(cString: curl_multi_strerror(code)), mayHaveBeenSent: false) }
            reschedule(transfer)
        } catch {
            end(transfer, .failure(error))
        }
    }

    // MARK: ending

    private func finishTransfers() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            var user: UnsafeMutableRawPointer?
            martlet_curl_getinfo_pointer(easy, CURLINFO_PRIVATE, &user)
            complete(Transfer.at(user), code)
        }
    }

    private func complete(_ transfer: Transfer, _ code: CURLcode) {
        if let failure = transfer.failure { return end(transfer, .failure(failure)) }
        if let target = transfer.redirectTarget, code == CURLE_OK || code == CURLE_WRITE_ERROR {
            release(transfer, isComplete: code == CURLE_OK)
            transfer.follow(to: target)
            statistics.update { $0.redirectsFollowed += 1 }
            return start(transfer)
        }
        if code != CURLE_OK { return end(transfer, .failure(transfer.error(for: code))) }
        guard transfer.phase == .receiving else {
            return end(transfer, .failure(transfer.exchange.error(.protocolViolation, "the exchange ended without a response")))
        }
        end(transfer, .success(()))
    }

    private func endEarlyAnswers() {
        defer { earlyAnswers = [] }
        for id in earlyAnswers {
            if let transfer = transfers[id] { end(transfer, .success(()), isComplete: false) }
        }
    }

    private func end(_ transfer: Transfer, _ result: Result<Void, HTTPTransportError>) {
        if case .success = result { end(transfer, result, isComplete: true) } else { end(transfer, result, isComplete: false) }
    }

    private func end(_ transfer: Transfer, _ result: Result<Void, HTTPTransportError>, isComplete: Bool) {
        guard transfers.removeValue(forKey: transfer.exchange.id) != nil else { return }
        keptWhilePaused.remove(transfer.exchange.id)
        release(transfer, isComplete: isComplete)
        statistics.update { statistics in
            statistics.openTransfers -= 1
            switch result {
            case .success: statistics.transfersCompleted += 1
            case .failure(let error) where error.kind == .cancelled: statistics.transfersCancelled += 1
            case .failure: statistics.transfersFailed += 1
            }
        }
        transfer.exchange.finish(result)
    }

    /// Takes the handle back. What was under way on it is broken off: an HTTP/2 stream is reset, an HTTP/1.1 connection closed.
    private func release(_ transfer: Transfer, isComplete: Bool) {
        let origin = transfer.origin.take()
        // Where the last reset is sent late, see `flush`, a connection without other streams is closed instead. libcurl asks for this only when it is idle.
        if !isComplete, !settings.isCurrentHTTP2, let easy = transfer.easy { martlet_curl_setopt_long(easy, CURLOPT_FORBID_REUSE, 1) }
        if let easy = transfer.easy.take() {
            curl_multi_remove_handle(multi, easy)
            curl_easy_reset(easy)
            if transfer.isReceivingPaused, !settings.isCurrentHTTP2 {
                discard(easy)
            } else if idleHandles.count < Self.mostIdleHandles {
                idleHandles.append(easy)
            } else {
                curl_easy_cleanup(easy)
            }
        }
        guard let origin else { return }
        if !isComplete, !settings.isCurrentHTTP2 { flush(beside: transfer, at: origin) }
        origin.ended(transfer.exchange.id)
        originsToServe.insert(origin.name)
    }

    /// Frees a handle whose transfer ended while it was held back.
    ///
    /// Before 8.1 libcurl forgets what it kept for such a transfer when others use its connection: the bytes leak with the handle, or come to light in the
    /// body of the next transfer with it. They are freed at the end of a transfer that has its connection to itself, and such a one is the reading of an
    /// empty file.
    private func discard(_ easy: UnsafeMutableRawPointer) {
        martlet_curl_setopt_string(easy, CURLOPT_URL, "file:///dev/null")
        martlet_curl_setopt_string(easy, CURLOPT_PROTOCOLS_STR, "file")
        martlet_curl_setopt_long(easy, CURLOPT_NOSIGNAL, 1)
        martlet_curl_set_write(easy, { _, size, count, _ in size * count }, nil)
        curl_easy_perform(easy)
        curl_easy_cleanup(easy)
    }

    /// Makes libcurl send what it has for the connection of a transfer that was broken off.
    ///
    /// Before 8.1 it leaves RST_STREAM in a buffer until another stream sends something, and if the stream was held back, what has come in for the others is
    /// not read until more comes. Pausing and resuming another stream of the connection does both.
    private func flush(beside transfer: Transfer, at origin: Origin) {
        let companion = origin.companion(of: transfer.exchange.id, port: transfer.localPort) {
            transfers[$0].map { $0.easy != nil && !$0.isReceivingPaused } ?? false
        }
        guard let companion = companion.flatMap({ transfers[$0] }), let easy = companion.easy else { return }
        let still = companion.isSendingPaused ? CURLPAUSE_SEND : 0
        curl_easy_pause(easy, CURLPAUSE_RECV | still)
        curl_easy_pause(easy, still)
    }

    // MARK: what transfers report from their callbacks

    func noteHead(of transfer: Transfer) {
        statistics.update { if transfer.head.version == .http2 { $0.http2Responses += 1 } else { $0.http1Responses += 1 } }
        guard let origin = transfer.origin else { return }
        origin.answered(port: transfer.localPort, isMultiplexed: transfer.head.version == .http2)
        originsToServe.insert(origin.name)
    }

    func noteConnection(of transfer: Transfer) {
        countConnections(of: transfer)
        guard let origin = transfer.origin else { return }
        origin.connected(transfer.exchange.id, port: transfer.localPort)
        originsToServe.insert(origin.name)
    }

    private func countConnections(of transfer: Transfer) {
        guard let easy = transfer.easy else { return }
        var made = 0
        martlet_curl_getinfo_long(easy, CURLINFO_NUM_CONNECTS, &made)
        let new = max(0, made - transfer.countedConnections)
        transfer.countedConnections = made
        if new > 0 { statistics.update { $0.connectionsMade += new } }
    }

    func countBody(_ bytes: Int) { statistics.update { $0.bodyBytesReceived += bytes } }
    func noteEarlyAnswer(of transfer: Transfer) { earlyAnswers.append(transfer.exchange.id) }

    func notePause(of transfer: Transfer) {
        reschedule(transfer)
        statistics.update { $0.responsesPaused += 1 }
        if transfer.keepsReceivingWhilePaused { keptWhilePaused.insert(transfer.exchange.id) }
    }

    // MARK: time

    func reschedule(_ transfer: Transfer) {
        guard let next = transfer.nextDeadline(), next.instant < transfer.scheduled ?? .now + .seconds(1 << 40) else { return }
        transfer.scheduled = next.instant
        deadlines.insert(next.instant, transfer.exchange.id)
    }

    private func checkDeadlines() {
        while let id = deadlines.popFirst(dueBy: now) {
            guard let transfer = transfers[id] else { continue }
            if let scheduled = transfer.scheduled, scheduled <= now { transfer.scheduled = nil }
            if let next = transfer.nextDeadline(), next.instant <= now { expire(transfer, next.cause) }
            if transfers[id] != nil { reschedule(transfer) }
        }
    }

    private func expire(_ transfer: Transfer, _ cause: Transfer.DeadlineCause) {
        let timeouts = transfer.request.timeouts
        func fail(_ timeout: HTTPTransportError.Timeout, _ limit: Duration?, _ what: String) {
            end(transfer, .failure(transfer.exchange.error(.timeout(timeout), "\(what) within \(limit.map { "\($0)" } ?? "its limit")")))
        }
        switch cause {
        case .timeout(.connect): fail(.connect, timeouts.connect, "no connection")
        case .timeout(.responseHead): fail(.responseHead, timeouts.responseHead, "no response")
        case .timeout(.idle): fail(.idle, timeouts.idle, "no byte came or went")
        case .timeout(.total): fail(.total, timeouts.total, "the exchange did not end")
        case .patience:
            transfer.waitBegan = now
            guard let origin = origins[transfer.url.origin] else { return }
            origin.losePatience(at: now)
            originsToServe.insert(origin.name)
        }
    }

    /// Entries of ended transfers would stay until their time comes: a long total timeout must not make short requests pile up.
    private func compactDeadlines() {
        guard deadlines.count > 4 * transfers.count + 1024 else { return }
        deadlines = DeadlineQueue()
        for transfer in transfers.values {
            transfer.scheduled = nil
            reschedule(transfer)
        }
    }

    private func timeoutMilliseconds() -> Int32 {
        // What has come in for a held-back stream can be in the way of the others, and libcurl does not ask to be called for it: only for what the socket
        // still holds.
        let longest = keptWhilePaused.isEmpty ? 60_000 : 20
        guard let earliest = deadlines.earliest else { return Int32(longest) }
        // Rounded up: waking just before a deadline means waking twice.
        return Int32(min(Transfer.milliseconds(earliest - now + .microseconds(999)), longest))
    }
}
