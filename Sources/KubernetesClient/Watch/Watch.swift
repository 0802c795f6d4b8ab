import HTTPTransport
import KubernetesAPI

/// From where a watch begins, and how it goes on.
public struct WatchOptions: Sendable {
    public var labels: String?
    public var fields: String?
    /// Events after this version. nil and `0` begin with an ADDED for everything that is there, in no particular order: such a watch cannot go on after
    /// an end until a bookmark has come, as a rule within a minute.
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
/// (not allowed, no such resource, an event that cannot be read). A watch that ends or fails before there is a version to go on from throws too, since
/// what it has told is not whole. When the task is cancelled, it throws `CancellationError`. After an error it is at its end.
///
/// Each iterator is a watch of its own. Dropping it closes its request.
public struct Watch<Object: APIObject>: AsyncSequence, Sendable {
    public typealias Element = ResourceEvent<Object>

    let resources: Resources<Object>
    let options: WatchOptions

    public func makeAsyncIterator() -> Iterator { Iterator(resources: resources, options: options) }

    /// A watch that is being read. The first call of ``next()`` sends the request.
    public struct Iterator: AsyncIteratorProtocol {
        private let resources: Resources<Object>
        private let options: WatchOptions
        private var request: OpenRequest?
        private var version: String?
        /// Whether ``version`` is one after which nothing has been told, and before which everything.
        private var canResume: Bool
        private var hasEnded = false
        /// Requests that failed or told nothing since the last event.
        private var failures = 0

        private struct OpenRequest {
            var chunks: HTTPBody.AsyncIterator
            var lines: LineSplitter
            let description: String
        }

        /// The request ended in the middle of an event, in order for HTTP: another may do better.
        private struct BrokenOff: Error { let error: KubernetesError }

        init(resources: Resources<Object>, options: WatchOptions) {
            self.resources = resources
            self.options = options
            version = options.resourceVersion
            canResume = !options.sendInitialEvents && !["", "0"].contains(options.resourceVersion ?? "")
        }

        /// The next event, as soon as there is one; nil at the end of the request of a watch that does not resume.
        public mutating func next() async throws -> ResourceEvent<Object>? {
            guard !hasEnded else { return nil }
            do {
                let event = try await nextOfRequests()
                hasEnded = event == nil
                return event
            } catch {
                request = nil
                hasEnded = true
                throw error
            }
        }

        private mutating func nextOfRequests() async throws -> ResourceEvent<Object>? {
            while true {
                do {
                    if let event = try await nextOfRequest() {
                        remember(event)
                        return event
                    }
                    // The server ends each request after its time.
                    request = nil
                    guard options.resumes else { return nil }
                    guard canResume else {
                        throw KubernetesError(.undecodable("the watch ended before the server had told from which version to go on"), request: description)
                    }
                    try await pauseAfterEmptyRequest()
                } catch let broken as BrokenOff {
                    try await pause(after: broken.error, mayEndByItself: true)
                } catch let error as KubernetesError {
                    try await pause(after: error, mayEndByItself: error.mayEndByItself)
                }
            }
        }

        private var description: String { "GET \((try? resources.path()) ?? "")" }

        /// The next event of the open request, which is opened if there is none; nil at its end.
        private mutating func nextOfRequest() async throws -> ResourceEvent<Object>? {
            if request == nil { request = try await open() }
            let description = request?.description ?? description
            while true {
                if let event = try nextLine(description) { return event }
                let chunk: [UInt8]?
                do {
                    chunk = try await request?.chunks.next()
                } catch {
                    if error.kind == .cancelled { throw CancellationError() }
                    throw KubernetesError(.transport(error), request: description)
                }
                guard let chunk else {
                    // A cancelled reader may be told of an end although there was more.
                    try Task.checkCancellation()
                    return try lastLine(description)
                }
                // In place: a copy for every piece of a long event would cost its length each time.
                request?.lines.append(chunk)
            }
        }

        private mutating func nextLine(_ description: String) throws -> ResourceEvent<Object>? {
            do {
                while let line = try request?.lines.next({ line in
                    try line.isBlank ? nil : ResourceEvent<Object>(line: line, request: description)
                }) {
                    if let event = line { return event }
                }
                return nil
            } catch is LineSplitter.LineTooLong {
                let limit = resources.client.settings.maxEventBytes
                throw KubernetesError(.undecodable("a watch event is longer than \(limit) bytes"), request: description)
            }
        }

        /// What stands after the last line feed at the end of a request: nothing, an event all the same, or a part of one.
        private mutating func lastLine(_ description: String) throws -> ResourceEvent<Object>? {
            guard let rest = request?.lines.takeRest(),
                let event = try rest.withUnsafeBytes({ line -> ResourceEvent<Object>? in
                    if line.isBlank { return nil }
                    guard (try? JSONValue(parsing: line)) != nil else {
                        throw BrokenOff(
                            error: KubernetesError(
                                .undecodable("the watch ended in the middle of an event, after \(line.count) bytes of it"), request: description))
                    }
                    return try ResourceEvent(line: line, request: description)
                })
            else { return nil }
            return event
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
            if options.sendInitialEvents, !canResume {
                query.add("sendInitialEvents", true)
                query.add("resourceVersionMatch", "NotOlderThan")
            }
            var call = Call(method: .get, path: try resources.path(), query: query, isStream: true)
            call.lifetime = .seconds(timeoutSeconds) + resources.client.settings.timeout
            let response = try await resources.client.send(call)
            return OpenRequest(
                chunks: response.body.makeAsyncIterator(), lines: LineSplitter(maxLineBytes: resources.client.settings.maxEventBytes),
                description: call.description)
        }

        private mutating func remember(_ event: ResourceEvent<Object>) {
            switch event {
            case .bookmark(let version, let endsInitialEvents):
                // A server that only repeats where we are makes no progress, and its requests are not to follow each other without a pause.
                if version != self.version { failures = 0 }
                self.version = version
                if endsInitialEvents || !options.sendInitialEvents { canResume = true }
            case .added(let object), .modified(let object), .deleted(let object):
                failures = 0
                // Initial events come in any order: only a bookmark after them has a version to resume from.
                guard canResume, let version = object.resourceVersion else { return }
                self.version = version
            }
        }

        private mutating func pause(after error: KubernetesError, mayEndByItself: Bool) async throws {
            request = nil
            guard options.resumes, canResume, mayEndByItself else { throw error }
            failures += 1
            try await Task.sleep(for: Self.backoff(failures: failures, random: .random(in: 0..<1)))
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

extension UnsafeRawBufferPointer {
    /// Whether it holds nothing but JSON's white space.
    fileprivate var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A } }
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

    /// The collection through a watch with initial events, as reflectors fetch it: cheaper for the server than a list, since nothing is collected before
    /// it is sent.
    ///
    /// - Returns: what is there, the version, and the same watch to read on from.
    public func streamingList(_ options: WatchOptions = WatchOptions()) async throws -> (
        objects: [Object], resourceVersion: String, changes: Watch<Object>.Iterator
    ) {
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
