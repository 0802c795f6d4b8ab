import KubernetesAPI
import KubernetesClient

/// What a watcher knows of the objects that it watches, and each change that it was told.
struct WatchedState: Sendable {
    /// A change, as all watchers must tell it.
    struct Change: Hashable, Sendable {
        let kind: String
        let name: String
    }

    private(set) var versions: [String: Int64] = [:]
    /// The version up to which everything is known.
    private(set) var version: Int64
    private(set) var start: Int64
    private(set) var changes: [Int64: Change] = [:]
    private(set) var bookmarkCount = 0
    /// What no watcher may be told: versions that do not rise, changes of what is not there.
    private(set) var faults: [String] = []

    init(_ list: ResourceList<ConfigMap>) {
        version = Int64(list.metadata.resourceVersion ?? "") ?? 0
        start = version
        for object in list.items { versions[object.name] = object.versionNumber }
    }

    init(_ objects: [ConfigMap], version: String) {
        self.version = Int64(version) ?? 0
        start = self.version
        for object in objects { versions[object.name] = object.versionNumber }
    }

    mutating func follow(_ event: ResourceEvent<ConfigMap>) {
        switch event {
        case .bookmark(let version, _):
            let number = Int64(version) ?? 0
            if number < self.version { faults.append("a bookmark goes back from \(self.version) to \(number)") }
            self.version = number
            bookmarkCount += 1
        case .added(let object):
            if versions[object.name] != nil { faults.append("\(object.name) was added twice, at \(object.versionNumber)") }
            change("ADDED", object)
            versions[object.name] = object.versionNumber
        case .modified(let object):
            if versions[object.name] == nil { faults.append("\(object.name) was modified at \(object.versionNumber) before it was added") }
            change("MODIFIED", object)
            versions[object.name] = object.versionNumber
        case .deleted(let object):
            if versions[object.name] == nil { faults.append("\(object.name) was deleted at \(object.versionNumber) before it was added") }
            change("DELETED", object)
            versions[object.name] = nil
        }
    }

    private mutating func change(_ kind: String, _ object: ConfigMap) {
        let number = object.versionNumber
        if number <= version { faults.append("\(kind) \(object.name) at \(number) after \(version)") }
        version = max(version, number)
        changes[number] = Change(kind: kind, name: object.name)
    }
}

extension ConfigMap {
    var versionNumber: Int64 { Int64(resourceVersion ?? "") ?? 0 }
}
