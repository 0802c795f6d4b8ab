import Foundation
import GRDB
import Glibc
import KubernetesAPI

/// The SQLite file. It is read once, when the store opens; from then on only written.
final class StorageDatabase: Sendable {
    let path: String
    private let queue: DatabaseQueue

    /// Opens or makes `martlet.sqlite` in `directory`.
    ///
    /// - Parameter maximumPages: a limit of the file's size in pages of 4 KiB; nil for none but the disk's.
    init(directory: String, maximumPages: Int? = nil) throws(StorageError) {
        let path = directory + "/martlet.sqlite"
        self.path = path
        // Made here and not by SQLite, so that nobody else can read the secrets in it. The write-ahead log gets the same mode.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notWritable(path: path, errno: errno) }
        _ = Glibc.close(descriptor)

        var configuration = Configuration()
        // The lock file keeps other servers out; a person who looks into the file with sqlite3 must not make writes fail.
        configuration.busyMode = .timeout(10)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                // A transaction is one append to the log and one fsync. FULL is what makes this fsync happen at every commit: with NORMAL, SQLite's
                // usual choice for WAL, a power failure would lose writes that were acknowledged.
                try database.execute(
                    sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864")
                if let maximumPages { try database.execute(sql: "PRAGMA max_page_count = \(maximumPages)") }
            }
            try StorageSchema.migrate(queue, path: path)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Everything that is stored.
    struct Contents {
        var clusterUID: String
        var state: ObjectState
        var history: ChangeHistory
    }

    func load(recent: RecentlyDecoded) throws(StorageError) -> Contents {
        do {
            // The cluster's identity is made with the first start and stays.
            let clusterUID = try queue.write { database in
                try database.execute(sql: "INSERT OR IGNORE INTO meta VALUES ('clusterUID', ?)", arguments: [UUID().uuidString.lowercased()])
                return try String.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'clusterUID'") ?? ""
            }
            return try queue.read { database in
                let meta = try Row.fetchAll(database, sql: "SELECT name, value FROM meta")
                    .reduce(into: [String: String]()) { $0[$1["name"]] = $1["value"] }
                guard let version = meta["version"].flatMap({ Int64($0) }), let compacted = meta["compacted"].flatMap({ Int64($0) }) else {
                    throw StorageError.corrupt("the version is missing in \"\(self.path)\"")
                }
                let state = ObjectState(version: version, trees: try Self.trees(database, upTo: version, recent: recent))
                let history = try Self.history(database, state: state, compacted: compacted, recent: recent)
                return Contents(clusterUID: clusterUID, state: state, history: history)
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private static func trees(_ database: Database, upTo last: Int64, recent: RecentlyDecoded) throws -> [GroupResource: ObjectTree] {
        var trees: [GroupResource: ObjectTree] = [:]
        var (current, objects): (GroupResource?, [StoredObject]) = (nil, [])
        func finish() {
            guard let current else { return }
            // SQLite's index sorts by namespace, then name, which is another order where one namespace begins with another ("a" and "a-b").
            objects.sort { $0.key < $1.key }
            trees[current] = ObjectTree(sorted: objects)
            objects = []
        }
        let rows = try Row.fetchCursor(database, sql: #"SELECT "group", plural, namespace, name, version, json FROM objects ORDER BY "group", plural"#)
        while let row = try rows.next() {
            let resource = GroupResource(group: row[0], resource: row[1])
            if resource != current {
                finish()
                current = resource
            }
            let bytes = try row.withUnsafeData(atIndex: 5) { [UInt8]($0 ?? Data()) }
            let object = StoredObject(key: ObjectKey(namespace: row[2], name: row[3]), resourceVersion: row[4], bytes: bytes, recent: recent)
            guard object.resourceVersion <= last else {
                throw StorageError.corrupt("\(resource) \"\(object.key)\" has version \(object.resourceVersion), and the last one is said to be \(last)")
            }
            objects.append(object)
        }
        finish()
        return trees
    }

    /// Goes back from the present state, since each change is stored with the state before it.
    private static func history(_ database: Database, state: ObjectState, compacted: Int64, recent: RecentlyDecoded) throws -> ChangeHistory {
        var later: [GroupResource: [ObjectKey: StoredObject?]] = [:]
        var changes: [Change] = []
        let sql = #"SELECT version, time, "group", plural, namespace, name, type, previous_version, previous FROM changes ORDER BY version DESC"#
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
            let resource = GroupResource(group: row[2], resource: row[3])
            let key = ObjectKey(namespace: row[4], name: row[5])
            let version: Int64 = row[0]
            let current = if let known = later[resource]?[key] { known } else { state[resource][key] }
            guard (current == nil) == (row[6] == "DELETED"), current.map({ $0.resourceVersion == version }) ?? true else {
                throw StorageError.corrupt("the history of \(resource) \"\(key)\" does not fit its state at version \(version)")
            }
            var previous: StoredObject?
            if let previousVersion = row[7] as Int64? {
                let bytes = try row.withUnsafeData(atIndex: 8) { [UInt8]($0 ?? Data()) }
                previous = StoredObject(key: key, resourceVersion: previousVersion, bytes: bytes, recent: recent)
            }
            later[resource, default: [:]][key] = .some(previous)
            changes.append(Change(resource: resource, version: version, time: row[1], previous: previous, current: current))
        }
        var history = ChangeHistory(compacted: compacted)
        for change in changes.reversed() { history.append(change) }
        return history
    }

    /// Writes `changes` in one transaction and forgets the history up to `compacted`; durable when it returns.
    func commit(_ changes: [Change], version: Int64, compacted: Int64?) throws(StorageError) {
        do {
            try queue.write { database in
                try Self.writeHistory(changes, in: database)
                try Self.writeObjects(changes, in: database)
                let meta = try database.cachedStatement(sql: "UPDATE meta SET value = ? WHERE name = ?")
                try meta.execute(arguments: [String(version), "version"])
                if let compacted {
                    try database.cachedStatement(sql: "DELETE FROM changes WHERE version <= ?").execute(arguments: [compacted])
                    try meta.execute(arguments: [String(compacted), "compacted"])
                }
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private static func writeHistory(_ changes: [Change], in database: Database) throws {
        let insert = try database.cachedStatement(sql: "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for change in changes {
            guard let key = (change.current ?? change.previous)?.key else { continue }
            let type = change.previous == nil ? "ADDED" : change.current == nil ? "DELETED" : "MODIFIED"
            try insert.execute(arguments: [
                change.version, change.time, change.resource.group, change.resource.resource, key.namespace, key.name, type,
                change.previous?.resourceVersion, change.previous.map { Data($0.bytes) },
            ])
        }
    }

    /// Only the last state of each object: one that many clients of a batch write is stored once.
    private static func writeObjects(_ changes: [Change], in database: Database) throws {
        struct Place: Hashable { let resource: GroupResource, key: ObjectKey }
        let upsert = try database.cachedStatement(
            sql: """
                INSERT INTO objects ("group", plural, namespace, name, uid, version, json) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET uid = excluded.uid, version = excluded.version, json = excluded.json
                """)
        let delete = try database.cachedStatement(sql: #"DELETE FROM objects WHERE "group" = ? AND plural = ? AND namespace = ? AND name = ?"#)
        var written: Set<Place> = []
        for change in changes.reversed() {
            let resource = change.resource
            guard let key = (change.current ?? change.previous)?.key, written.insert(Place(resource: resource, key: key)).inserted else { continue }
            if let object = change.current {
                let uid = try object.decoded()["metadata"]?["uid"]?.string ?? ""
                try upsert.execute(arguments: [
                    resource.group, resource.resource, key.namespace, key.name, uid, object.resourceVersion, Data(object.bytes),
                ])
            } else {
                try delete.execute(arguments: [resource.group, resource.resource, key.namespace, key.name])
            }
        }
    }

    /// The value of a `PRAGMA`, as the connection that writes has it.
    func setting(_ name: String) throws -> String? { try queue.read { try String.fetchOne($0, sql: "PRAGMA \(name)") } }

    func close() throws(StorageError) {
        do {
            try queue.close()
        } catch {
            throw StorageError(error, path: path)
        }
    }
}

extension StorageError {
    /// Sorts out what SQLite says (<https://www.sqlite.org/rescode.html>).
    init(_ error: any Error, path: String) {
        if let error = error as? StorageError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unavailable("\(error)")
            return
        }
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull(path: path)
        case .SQLITE_CORRUPT: self = .corrupt("\"\(path)\": \(reason)")
        case .SQLITE_NOTADB: self = .notOurs(path: path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .notWritable(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        default: self = .unavailable("\"\(path)\": \(reason) (SQLite error \(error.extendedResultCode.rawValue)). Look after the disk and start again.")
        }
    }
}
