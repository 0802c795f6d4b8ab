import KubernetesAPI
import KubernetesClient
import TestSupport
import Testing

@testable import ControllerKit

@Suite struct StoreContentsTests {
    enum Step: Sendable {
        case list([ConfigMap], at: Int)
        case added(ConfigMap), modified(ConfigMap), deleted(ConfigMap)
        case bookmark(Int)
        /// Our own write, and our own deletion.
        case wrote(ConfigMap), removed(ConfigMap)
        case movedAway(ConfigMap)
    }

    private static let (a1, a2, a5, a9) = (thing("a", version: 1), thing("a", version: 2), thing("a", version: 5), thing("a", version: 9))
    private static let (b3, b7) = (thing("b", version: 3), thing("b", version: 7))
    private static let other9 = thing("a", version: 9, uid: "another")

    @Test(
        arguments: [
            ("a list fills the store", [.list([a1, b3], at: 3)], ["a@1", "b@3"], ["a: - → 1", "b: - → 3"]),
            ("events change it", [.list([a1], at: 1), .modified(a2), .added(b3), .deleted(a5)], ["b@3"], ["a: - → 1", "a: 1 → 2", "b: - → 3", "a: 2 → -"]),
            ("what was deleted unseen shows at the next list", [.list([a1, b3], at: 3), .list([b3], at: 8)], ["b@3"], ["a: - → 1", "b: - → 3", "a: 1 → -"]),
            ("a list that shows the same changes nothing", [.list([a1], at: 1), .list([a1], at: 8)], ["a@1"], ["a: - → 1"]),
            ("a list shows an object that replaced one of its name", [.list([a1], at: 1), .list([other9], at: 9)], ["a@9"], ["a: - → 1", "a: 1 → 9"]),
            ("an own write shows at once", [.list([a1], at: 1), .wrote(a5)], ["a@5"], ["a: - → 1", "a: 1 → 5"]),
            ("an own creation shows at once", [.list([], at: 1), .wrote(b3)], ["b@3"], ["b: - → 3"]),
            ("its echo is no change", [.list([a1], at: 1), .wrote(a5), .modified(a5)], ["a@5"], ["a: - → 1", "a: 1 → 5"]),
            ("events from before it do not undo it", [.list([a1], at: 1), .wrote(a5), .modified(a2)], ["a@5"], ["a: - → 1", "a: 1 → 5"]),
            ("events after it count", [.list([a1], at: 1), .wrote(a5), .modified(a9)], ["a@9"], ["a: - → 1", "a: 1 → 5", "a: 5 → 9"]),
            ("an end after it counts", [.list([a1], at: 1), .wrote(a5), .deleted(a9)], [], ["a: - → 1", "a: 1 → 5", "a: 5 → -"]),
            ("an end before it is of the object before", [.list([a1], at: 1), .wrote(other9), .deleted(a5)], ["a@9"], ["a: - → 1", "a: 1 → 9"]),
            ("a list from before it does not undo it", [.list([a1], at: 1), .wrote(a5), .wrote(b7), .list([a2], at: 4)], ["a@5", "b@7"], nil),
            ("a list after it counts", [.list([a1], at: 1), .wrote(a5), .wrote(b7), .list([a9], at: 9)], ["a@9"], nil),
            ("the answer to a write may come after its event", [.list([a1], at: 1), .modified(a9), .wrote(a5)], ["a@9"], ["a: - → 1", "a: 1 → 9"]),
            ("or after the end of the object", [.list([], at: 1), .added(a5), .deleted(a9), .wrote(a5)], [], ["a: - → 5", "a: 5 → -"]),
            ("or after a bookmark beyond it", [.list([], at: 1), .bookmark(9), .wrote(a5)], [], []),
            ("an own deletion shows at once", [.list([a1], at: 1), .removed(a1)], [], ["a: - → 1", "a: 1 → -"]),
            ("events from before it do not raise the dead", [.list([a1], at: 1), .removed(a1), .modified(a2), .deleted(a5)], [], ["a: - → 1", "a: 1 → -"]),
            ("nor does a list", [.list([a1], at: 1), .removed(a1), .list([a2], at: 2)], [], ["a: - → 1", "a: 1 → -"]),
            ("a later object of the name lives", [.list([a1], at: 1), .removed(a1), .added(other9)], ["a@9"], ["a: - → 1", "a: 1 → -", "a: - → 9"]),
            ("a deletion seen already leaves nothing behind", [.list([a1], at: 1), .deleted(a2), .removed(a1), .added(a5)], ["a@5"], nil),
            ("a write out of the scope removes", [.list([a1], at: 1), .movedAway(a5), .modified(a2), .deleted(a5)], [], ["a: - → 1", "a: 1 → -"]),
            ("a write out of the scope of what was never in is nothing", [.list([], at: 1), .movedAway(a5)], [], []),
            (
                "a server restored from a backup counts", [.list([a9], at: 9), .list([a2], at: 2), .modified(a5)], ["a@5"],
                ["a: - → 9", "a: 9 → 2", "a: 2 → 5"]
            ),
        ] as [(String, [Step], [String], [String]?)])
    func follows(_ rule: String, _ steps: [Step], _ content: [String], _ changes: [String]?) {
        var contents = StoreContents<ConfigMap>()
        var told: [String] = []
        for step in steps { told += Self.play(step, &contents).map(\.summary).sorted() }
        #expect(contents.summary == content)
        if let changes { #expect(told == changes) }
    }

    private static func play(_ step: Step, _ contents: inout StoreContents<ConfigMap>) -> [Change<ConfigMap>] {
        switch step {
        case .list(let objects, let version): contents.replace(with: objects, version: "\(version)", isInitial: false)
        case .added(let object): contents.apply(.added(object))
        case .modified(let object): contents.apply(.modified(object))
        case .deleted(let object): contents.apply(.deleted(object))
        case .bookmark(let version): contents.apply(.bookmark(resourceVersion: "\(version)", endsInitialEvents: false))
        case .wrote(let object): contents.record(object, isInScope: true)
        case .movedAway(let object): contents.record(object, isInScope: false)
        case .removed(let object): contents.recordEnd(of: ObjectKey(object), uid: object.uid)
        }
    }

    /// A server with a history; the watch tells it late, own writes are recorded at once or late, lists come in between. What we see of an object is never older than our
    /// own last write of it, and in the end it is what the server has.
    @Test(arguments: 0..<40) func neverShowsLessThanItsOwnWritesAndEndsWithTheTruth(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var contents = StoreContents<ConfigMap>()
        var (history, server, version): ([ResourceEvent<ConfigMap>], [String: ConfigMap], Int) = ([], [:], 1)
        var (told, answers): (Int, [ConfigMap?]) = (0, [])
        var own: [String: Int] = [:]
        _ = contents.replace(with: [], version: "1", isInitial: true)
        for _ in 0..<300 {
            let name = ["a", "b", "c"].randomElement(using: &random) ?? "a"
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                version += 1
                let object = thing(name, version: version, uid: server[name]?.uid ?? "uid-\(version)")
                history.append(server[name] == nil ? .added(object) : .modified(object))
                server[name] = object
                if Bool.random(using: &random) {
                    _ = contents.record(object, isInScope: true)
                    own[name] = version
                } else {
                    answers.append(object)
                }
            case 4:
                guard let gone = server[name] else { continue }
                version += 1
                history.append(.deleted(thing(name, version: version, uid: gone.uid)))
                server[name] = nil
                own[name] = nil
                if Bool.random(using: &random) { _ = contents.recordEnd(of: ObjectKey(gone), uid: gone.uid) }
            case 5 where !answers.isEmpty:
                if let late = answers.removeFirst() { _ = contents.record(late, isInScope: true) }
            case 6 where Int.random(in: 0..<5, using: &random) == 0:
                // The watch broke off, and begins anew with a list of any moment since.
                let moment = Int.random(in: told...history.count, using: &random)
                var (state, at): ([String: ConfigMap], Int) = ([:], 1)
                for event in history[..<moment] {
                    guard let object = event.object else { continue }
                    if case .deleted = event { state[object.name] = nil } else { state[object.name] = object }
                    at = Int(object.resourceVersion ?? "") ?? 0
                }
                _ = contents.replace(with: Array(state.values), version: "\(at)", isInitial: false)
                told = moment
            default:
                guard told < history.count else { continue }
                _ = contents.apply(history[told])
                told += 1
            }
            for (name, written) in own {
                let seen = contents.objects[ObjectKey(namespace: "ns", name: name)]?.resourceVersion.flatMap { Int($0) } ?? 0
                #expect(seen >= written, "\(name) is older than our own write, seed \(seed)")
            }
        }
        for event in history[told...] { _ = contents.apply(event) }
        for case let late? in answers { _ = contents.record(late, isInScope: true) }
        #expect(contents.summary == server.values.map { "\($0.name)@\($0.resourceVersion ?? "")" }.sorted(), "seed \(seed)")
    }
}
