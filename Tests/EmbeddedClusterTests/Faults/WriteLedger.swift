import KubernetesAPI
import Synchronization

/// What the writers of a test know of their objects, each of which has one writer: what was acknowledged, and what may or may not have been done.
final class WriteLedger: Sendable {
    struct Entry: Sendable {
        /// The state after the last acknowledged write; a nil value for an object that is not there.
        var value: String?
        var version: Int64 = 0
        /// What the write that has no answer makes of the object, if it was done.
        var pending: Change?
    }

    enum Change: Sendable, Equatable {
        case put(String)
        case deleted
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let acknowledged = Mutex(0)

    subscript(name: String) -> Entry { entries.withLock { $0[name] ?? Entry() } }
    var acknowledgedCount: Int { acknowledged.withLock { $0 } }
    var highestVersion: Int64 { entries.withLock { $0.values.map(\.version).max() ?? 0 } }

    func begin(_ change: Change, of name: String) { entries.withLock { $0[name, default: Entry()].pending = change } }

    /// - Parameter version: of the object after the write; nil where the answer has none.
    func acknowledge(_ name: String, version: Int64?) {
        acknowledged.withLock { $0 += 1 }
        entries.withLock { entries in
            var entry = entries[name] ?? Entry()
            switch entry.pending {
            case .put(let value)?: entry.value = value
            case .deleted?: entry.value = nil
            case nil: break
            }
            entry.pending = nil
            if let version { entry.version = version }
            entries[name] = entry
        }
    }

    /// Compares what is there after a restart with what was acknowledged, and goes on from what is there.
    ///
    /// - Returns: a sentence for each object that is neither as acknowledged nor as the write without an answer would have made it.
    func reconcile(with found: [String: (value: String, version: Int64)]) -> [String] {
        entries.withLock { entries in
            var faults: [String] = []
            for (name, value) in found where entries[name] == nil { faults.append("\(name) = \(value.value) was never written") }
            for (name, entry) in entries {
                let now = found[name]
                let isAsAcknowledged = now?.value == entry.value && (now == nil || entry.value == nil || now?.version == entry.version)
                let isAsPending =
                    switch entry.pending {
                    case .put(let value)?: now?.value == value && (now?.version ?? 0) > entry.version
                    case .deleted?: now == nil
                    case nil: false
                    }
                if !isAsAcknowledged, !isAsPending { faults.append("\(name): acknowledged \(entry), found \(now.map { "\($0)" } ?? "nothing")") }
                entries[name] = Entry(value: now?.value, version: now?.version ?? entry.version, pending: nil)
            }
            return faults
        }
    }
}
