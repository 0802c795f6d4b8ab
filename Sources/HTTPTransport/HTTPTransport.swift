import CCurl
import Glibc
import Synchronization

/// An HTTP/1.1 and HTTP/2 client on libcurl, with one thread for all its exchanges.
///
/// Exchanges with one host share a connection where the server speaks HTTP/2. The thread ends with ``shutdown()``, or when the transport and the last body
/// that it has handed out are dropped.
public final class HTTPTransport: Sendable {
    private let inbox: LoopInbox
    private let counters = StatisticsBox()
    private let identifiers = Atomic<UInt64>(0)
    /// The running thread, until someone joins or detaches it.
    private let thread: Mutex<pthread_t?>

    /// - Throws: ``HTTPTransportError`` of kind `invalidConfiguration` for a server name or proxy that cannot be one, or without memory or a thread.
    public init(_ configuration: HTTPTransportConfiguration = HTTPTransportConfiguration()) throws(HTTPTransportError) {
        guard Self.globalResult == CURLE_OK else { throw Self.unusable("libcurl does not start: \(String(cString: curl_easy_strerror(Self.globalResult)))") }
        if let name = configuration.tls.serverName, (try? HTTPURL("https://\(name)/"))?.host != name.lowercased() {
            throw Self.unusable("the TLS server name \"\(name)\" is not a host name")
        }
        if case .url(let proxy) = configuration.proxy { try Self.checkProxy(proxy) }
        guard let pointer = curl_multi_init() else { throw Self.unusable("libcurl has no memory for a transport") }
        let multi = MultiHandle(pointer: pointer)
        inbox = LoopInbox(waking: multi)
        let (inbox, counters) = (inbox, counters)
        let work = LoopThread { CurlLoop(configuration, multi: multi, inbox: inbox, statistics: counters).run() }
        guard let started = work.start() else {
            curl_multi_cleanup(pointer)
            thread = Mutex(nil)
            throw Self.unusable("no thread can be started")
        }
        thread = Mutex(started)
    }

    deinit {
        inbox.stop()
        if let thread = thread.withLock({ $0.take() }) { pthread_detach(thread) }
    }

    /// Sends a request, and returns when the head of its response is there.
    ///
    /// A response of any status is a response. Cancelling the task ends the exchange at once.
    public func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        let url = try request.validate()
        var upload: UploadBuffer?
        if case .streamed = request.body { upload = UploadBuffer() }
        let id = identifiers.wrappingAdd(1, ordering: .relaxed).newValue
        let exchange = Exchange(id: id, method: request.method, url: url.withoutQuery, upload: upload, inbox: inbox)
        let inbox = inbox
        if let upload, case .streamed(let stream) = request.body { Self.produce(stream, into: upload, resuming: id, by: inbox) }
        let head = try await exchange.waitForHead { inbox.post(.start(request, exchange, url)) }.get()
        return HTTPResponse(status: head.status, headers: head.headers, version: head.version, url: head.url, body: HTTPBody(exchange, of: self))
    }

    /// Ends all exchanges with an error of kind `shutdown`, frees everything, and returns when the thread is gone. May be called more than once.
    public func shutdown() async {
        inbox.stop()
        await inbox.waitUntilEnded()
        // It has done its last act: this waits for a return from a function.
        if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
    }

    public var statistics: HTTPTransportStatistics { counters.current }

    /// Returns when everything asked for before has been carried out, cancellations too.
    func settle() async {
        let inbox = inbox
        await withCheckedContinuation { continuation in
            if !inbox.post(.barrier(continuation)) { continuation.resume() }
        }
    }

    /// Reads a body's sequence until the exchange wants no more of it.
    private static func produce(_ stream: HTTPUploadStream, into upload: UploadBuffer, resuming id: UInt64, by inbox: LoopInbox) {
        let ready: @Sendable () -> Void = { inbox.post(.resumeSending(id: id)) }
        let task = Task {
            do {
                try await stream.produce { await upload.push($0, ready: ready) }
                upload.finish(failure: nil, ready: ready)
            } catch {
                upload.finish(failure: "\(error)", ready: ready)
            }
        }
        upload.onClose { task.cancel() }
    }

    private static func unusable(_ message: String) -> HTTPTransportError {
        HTTPTransportError(kind: .invalidConfiguration, method: "", url: "", message: message, curlCode: nil, requestMayHaveBeenSent: false)
    }

    private static func checkProxy(_ proxy: String) throws(HTTPTransportError) {
        let schemes = ["http://", "https://", "socks4://", "socks4a://", "socks5://", "socks5h://"]
        guard schemes.contains(where: proxy.lowercased().hasPrefix), !proxy.utf8.contains(0) else {
            throw unusable("the proxy's URL must begin with one of \(schemes.joined(separator: ", "))")
        }
    }

    /// Once in a process, and never undone: others may use libcurl too.
    private static let globalResult = martlet_curl_global_init()
}

/// Counters that the loop writes and anyone reads.
final class StatisticsBox: Sendable {
    private let statistics = Mutex(HTTPTransportStatistics())

    var current: HTTPTransportStatistics { statistics.withLock { $0 } }
    func update(_ change: (inout HTTPTransportStatistics) -> Void) { statistics.withLock { change(&$0) } }
}
