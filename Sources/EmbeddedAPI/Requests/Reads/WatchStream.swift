import KubernetesAPI

/// The body of a watch: one line of JSON for each event.
///
/// A watch that cannot go on ends with an ERROR event that holds a `Status`, as Kubernetes' does.
struct WatchStream: AsyncSequence, Sendable {
    let watch: ObjectWatch
    let answer: ObjectAnswer

    func makeAsyncIterator() -> Iterator { Iterator(events: watch.makeAsyncIterator(), answer: answer) }

    struct Iterator: AsyncIteratorProtocol {
        private var events: ObjectWatch.AsyncIterator
        private let answer: ObjectAnswer
        private var isFirst = true
        private var hasFailed = false

        fileprivate init(events: ObjectWatch.AsyncIterator, answer: ObjectAnswer) {
            self.events = events
            self.answer = answer
        }

        mutating func next() async throws -> [UInt8]? { try await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> [UInt8]? {
            guard !hasFailed else { return nil }
            do {
                guard let event = try await events.next(isolation: actor) else { return nil }
                return try frame(event)
            } catch let error as StorageError {
                hasFailed = true
                return WatchFrame.bytes("ERROR", object: RequestErrors.status(of: error).members)
            }
        }

        private mutating func frame(_ event: ObjectEvent) throws -> [UInt8] {
            defer { isFirst = false }
            switch event {
            case .added(let object): return WatchFrame.bytes("ADDED", object: try answer.eventObject(object, isFirst: isFirst))
            case .modified(let object): return WatchFrame.bytes("MODIFIED", object: try answer.eventObject(object, isFirst: isFirst))
            case .deleted(let object): return WatchFrame.bytes("DELETED", object: try answer.eventObject(object, isFirst: isFirst))
            case .bookmark(let version, let endsInitialEvents):
                return WatchFrame.bytes("BOOKMARK", object: answer.bookmark(version: version, endsInitialEvents: endsInitialEvents))
            }
        }
    }
}
