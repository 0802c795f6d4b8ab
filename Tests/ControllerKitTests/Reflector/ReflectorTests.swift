import KubernetesAPI
import KubernetesClient
import Synchronization
import Testing

@testable import ControllerKit

/// A server that plays a script: what each request gets, one after another.
private final class ScriptedSource: ReflectorSource {
    enum Answer: Sendable {
        case list([ConfigMap], version: String, then: [Event])
        case fails(Status.Reason)
    }
    enum Event: Sendable {
        case event(ResourceEvent<ConfigMap>)
        case fails(Status.Reason)
    }

    struct Changes: AsyncIteratorProtocol {
        var events: [Event]
        let ended: @Sendable () async -> Void

        mutating func next() async throws -> ResourceEvent<ConfigMap>? {
            if events.isEmpty {
                await ended()
                try await Task.sleep(for: .seconds(600))
            }
            switch events.removeFirst() {
            case .event(let event): return event
            case .fails(let reason): throw ScriptedSource.error(reason)
            }
        }
    }

    private let script: Mutex<[Answer]>
    /// What was asked for: `stream` or `list`.
    let requests = Mutex<[String]>([])
    private let pending = Mutex<[Event]>([])
    let done = Signal(staysSet: true)

    init(_ script: [Answer]) { self.script = Mutex(script) }

    static func error(_ reason: Status.Reason) -> KubernetesError { KubernetesError(.status(Status(failure: reason, message: "scripted"))) }

    private func answer(_ request: String) throws -> (objects: [ConfigMap], resourceVersion: String, events: [Event]) {
        requests.withLock { $0.append(request) }
        switch script.withLock({ $0.removeFirst() }) {
        case .list(let objects, let version, let events): return (objects, version, events)
        case .fails(let reason): throw Self.error(reason)
        }
    }

    func streamingList() async throws -> (objects: [ConfigMap], resourceVersion: String, changes: Changes) {
        let answer = try answer("stream")
        return (answer.objects, answer.resourceVersion, Changes(events: answer.events) { [done] in done.set() })
    }

    func list() async throws -> (objects: [ConfigMap], resourceVersion: String) {
        let answer = try answer("list")
        pending.withLock { $0 = answer.events }
        return (answer.objects, answer.resourceVersion)
    }

    func changes(after resourceVersion: String) -> Changes { Changes(events: pending.withLock { $0 }) { [done] in done.set() } }
}

@Suite(.timeLimit(.minutes(1))) struct ReflectorTests {
    private static let (a1, a4, b2) = (thing("a", version: 1), thing("a", version: 4), thing("b", version: 2))

    private struct Outcome {
        let requests: [String]
        let content: [String]
        let changes: [String]
        let waits: [Bool]
    }

    /// Plays a script to its end, without waiting for real.
    private func play(_ script: [ScriptedSource.Answer]) async throws -> Outcome {
        let source = ScriptedSource(script)
        let store = Store<ConfigMap>()
        let (changes, waits) = (Captured<String>(), Captured<Bool>())
        store.observe { changes.append($0.summary) }
        var reflector = Reflector(source: source, store: store, name: "configmaps") { _ in }
        reflector.sleep = { waits.append($0 > .zero) }
        let run = Task { [reflector] in await reflector.run() }
        try await source.done.wait()
        run.cancel()
        await run.value
        let content = store.snapshot.objects.map { "\($0.name)@\($0.resourceVersion ?? "")" }.sorted()
        return Outcome(requests: source.requests.withLock { $0 }, content: content, changes: changes.values, waits: waits.values)
    }

    @Test func followsAStreamedList() async throws {
        let outcome = try await play([.list([Self.a1], version: "1", then: [.event(.added(Self.b2)), .event(.modified(Self.a4))])])
        #expect(outcome.requests == ["stream"])
        #expect(outcome.content == ["a@4", "b@2"])
        #expect(outcome.changes == ["a: - → 1", "b: - → 2", "a: 1 → 4"])
    }

    @Test func listsWhereTheServerCannotStream() async throws {
        let outcome = try await play([
            .fails(.invalid), .list([Self.a1], version: "1", then: [.event(.modified(Self.a4)), .fails(.expired)]), .list([], version: "9", then: []),
        ])
        #expect(outcome.requests == ["stream", "list", "list"])
        #expect(outcome.waits == [false, false])
        #expect(outcome.content == [])
    }

    @Test func losesNoDeletionWhenTheVersionIsForgotten() async throws {
        let outcome = try await play([
            .list([Self.a1, Self.b2], version: "2", then: [.fails(.gone)]), .list([Self.b2], version: "9", then: []),
        ])
        #expect(outcome.requests == ["stream", "stream"])
        #expect(outcome.changes.sorted() == ["a: - → 1", "a: 1 → -", "b: - → 2"])
    }

    @Test func waitsWhileTheServerFails() async throws {
        let outcome = try await play([
            .fails(.serviceUnavailable), .fails(.forbidden), .list([Self.a1], version: "1", then: [.fails(.expired)]), .list([Self.a1], version: "9", then: []),
        ])
        #expect(outcome.requests == ["stream", "stream", "stream", "stream"])
        // The third failure in a row, whatever its kind: this server is in trouble.
        #expect(outcome.waits == [true, true, true])
        #expect(outcome.content == ["a@1"])
    }

    @Test func backsOffByTheReflectorsRule() {
        var state = ReflectorState()
        func delay(_ reason: Status.Reason, watching: Bool) -> Duration {
            state.delay(after: ScriptedSource.error(reason), isWatching: watching, random: 0)
        }
        #expect(delay(.serviceUnavailable, watching: false) == .milliseconds(800))
        #expect(delay(.gone, watching: true) == .milliseconds(1600))
        for _ in 0..<20 { _ = delay(.timeout, watching: false) }
        #expect(delay(.timeout, watching: false) == .seconds(30))
        #expect(state.usesStreamingList)
        state.progressed()
        #expect(delay(.gone, watching: true) == .zero)
        #expect(delay(.gone, watching: true) == .milliseconds(1600))
        #expect(delay(.invalid, watching: false) == .zero)
        #expect(!state.usesStreamingList)
        #expect(delay(.invalid, watching: false) == .milliseconds(3200))
    }
}

/// What was told, in its order.
final class Captured<Value: Sendable>: Sendable {
    private let list = Mutex<[Value]>([])
    var values: [Value] { list.withLock { $0 } }
    func append(_ value: Value) { list.withLock { $0.append(value) } }
}
