import HTTPTransport
import KubernetesAPI

/// From where a watch begins, and how it goes on.
public struct WatchOptions: Sendable {
    public var labels: String?
    public var fields: String?
    /// Events after this version. nil begins with an ADDED for everything that is there, in no particular version.
    public var resourceVersion: String?
    /// Begins with an ADDED for everything that is there, and then a bookmark with `endsInitialEvents`: a list and a watch in one request.
    public var sendInitialEvents: Bool
    /// Opens a new request where one ended, from the last version seen, for as long as somebody reads. Otherwise the sequence ends with the request.
    public var resumes: Bool
    /// How long one request lasts at most; nil draws five to ten minutes, so that many watches do not come back at the same moment.
    public var timeoutSeconds: Int?

    public init(
        labels: String? = nil, fields: String? = nil, resourceVersion: String? = nil, sendInitialEvents: Bool = false, resumes: Bool = true,
        timeoutSeconds: Int? = nil
    ) {
        self.labels = labels
        self.fields = fields
        self.resourceVersion = resourceVersion
        self.sendInitialEvents = sendInitialEvents
        self.resumes = resumes
        self.timeoutSeconds = timeoutSeconds
    }
}

/// The changes of a collection, in their order, as long as it is read.
///
/// A request that ends or fails is followed by another from the last version seen, with backoff, so that no event is missed or told twice. The sequence throws
/// ``KubernetesError``: with ``KubernetesError/isGone`` when the server no longer remembers that version (list again), and for what trying again does not mend
/// (not allowed, no such resource). A watch that asked for initial events and fails before they are complete throws, since what it has told is not whole.
public struct Watch<Object: APIObject>: AsyncSequence, Sendable {
    public typealias Element = ResourceEvent<Object>

    let resources: Resources<Object>
    let options: WatchOptions

    public func makeAsyncIterator() -> Iterator { Iterator(resources: resources, options: options) }

    public struct Iterator: AsyncIteratorProtocol {
        private let resources: Resources<Object>
        private let options: WatchOptions
        private var request: OpenRequest?
        private var version: String?
        /// Whether the initial events, where there are any, have been told to their end.
        private var isSynchronized: Bool
        private var hasEnded = false
        /// Requests that failed since the last event.
        private var failures = 0

        private struct OpenRequest {
            var chunks: HTTPBody.AsyncIterator
            var lines: LineSplitter
            let description: String
        }

        init(resources: Resources<Object>, options: WatchOptions) {
            self.resources = resources
            self.options = options
            version = options.resourceVersion
            isSynchronized = !options.sendInitialEvents
        }

        public mutating func next() async throws -> ResourceEvent<Object>? {
            while !hasEnded {
                do {
                    if let event = try await nextOfRequest() {
                        failures = 0
                        remember(event)
                        return event
                    }
                    // The server ends each request after its time.
                    request = nil
                    guard options.resumes else { break }
                    guard isSynchronized else {
                        throw KubernetesError(.undecodable("the watch ended before it had told what is there"), request: description)
                    }
                    try await pauseAfterEmptyRequest()
                } catch let error as KubernetesError {
                    request = nil
                    guard options.resumes, isSynchronized, error.mayEndByItself else {
                        hasEnded = true
                        throw error
                    }
                    failures += 1
                    try await Task.sleep(for: Self.backoff(failures: failures, random: .random(in: 0..<1)))
                }
            }
            hasEnded = true
            return nil
        }

        private var description: String { "GET \((try? resources.path()) ?? "")" }

        /// The next event of the open request, which is opened if there is none; nil at its end.
        private mutating func nextOfRequest() async throws -> ResourceEvent<Object>? {
            if request == nil { request = try await open() }
            while var open = request {
                let event: ResourceEvent<Object>?
                do {
                    event = try open.lines.next { line in try ResourceEvent(line: line, request: open.description) }
                } catch is LineSplitter.LineTooLong {
                    let limit = open.lines.maxLineBytes
                    throw KubernetesError(.undecodable("a watch event is longer than \(limit) bytes"), request: open.description)
                }
                if let event {
                    request = open
                    return event
                }
                let chunk: [UInt8]?
                do {
                    chunk = try await open.chunks.next()
                } catch {
                    if error.kind == .cancelled { throw CancellationError() }
                    throw KubernetesError(.transport(error), request: open.description)
                }
                guard let chunk else { return nil }
                open.lines.append(chunk)
                request = open
            }
            return nil
        }

        private func open() async throws -> OpenRequest {
            let timeoutSeconds = options.timeoutSeconds ?? Int.random(in: 300..<600)
            var query = Query()
            query.add("watch", true)
            query.add("labelSelector", options.labels)
            query.add("fieldSelector", options.fields)
            query.add("resourceVersion", version)
            query.add("allowWatchBookmarks", true)
            query.add("timeoutSeconds", "\(timeoutSeconds)")
            if !isSynchronized {
                query.add("sendInitialEvents", true)
                query.add("resourceVersionMatch", "NotOlderThan")
            }
            let call = Call(method: .get, path: try resources.path(), query: query, isStream: true)
            let response = try await resources.client.send(call)
            return OpenRequest(
                chunks: response.body.makeAsyncIterator(), lines: LineSplitter(maxLineBytes: resources.client.settings.maxEventBytes),
                description: call.description)
        }

        private mutating func remember(_ event: ResourceEvent<Object>) {
            switch event {
            case .bookmark(let version, let endsInitialEvents):
                self.version = version
                if endsInitialEvents { isSynchronized = true }
            case .added(let object), .modified(let object), .deleted(let object):
                // Initial events come in any order: only the bookmark at their end has a version to resume from.
                guard isSynchronized, let version = object.resourceVersion else { return }
                self.version = version
            }
        }

        /// A server that ends requests at once without an event must not be asked in a tight loop.
        private mutating func pauseAfterEmptyRequest() async throws {
            failures += 1
            guard failures > 1 else { return }
            try await Task.sleep(for: Self.backoff(failures: failures - 1, random: .random(in: 0..<1)))
        }

        /// 0.1 s doubled up to 30 s, of which the upper half is chance.
        static func backoff(failures: Int, random: Double) -> Duration {
            Swift.min(.milliseconds(100) * (1 << Swift.min(failures - 1, 20)), .seconds(30)) * (0.5 + random / 2)
        }
    }
}

extension KubernetesError {
    /// Whether another request may succeed without anybody's doing: the server or the network is in trouble.
    fileprivate var mayEndByItself: Bool {
        switch cause {
        case .transport(let error): error.kind != .shutdown && error.kind != .tls && error.kind != .invalidRequest
        case .status(let status): status.code.map { $0 == 429 || $0 >= 500 } ?? false
        case .configuration(.credential): true
        case .undecodable, .invalidRequest, .configuration: false
        }
    }
}

extension Resources {
    /// The changes of the collection.
    public func watch(_ options: WatchOptions = WatchOptions()) -> Watch<Object> { Watch(resources: self, options: options) }

    /// The collection through a watch with initial events, as reflectors fetch it: cheaper for the server than a list, since nothing is collected before it is sent.
    ///
    /// - Returns: what is there, the version, and the same watch to read on from.
    public func streamingList(_ options: WatchOptions = WatchOptions()) async throws -> (objects: [Object], resourceVersion: String, changes: Watch<Object>.Iterator) {
        var options = options
        options.sendInitialEvents = true
        var events = watch(options).makeAsyncIterator()
        var objects: [Object] = []
        while let event = try await events.next() {
            switch event {
            case .added(let object), .modified(let object): objects.append(object)
            case .deleted: break
            case .bookmark(let version, true): return (objects, version, events)
            case .bookmark: break
            }
        }
        throw KubernetesError(.undecodable("the watch ended before it had told what is there"))
    }
}
