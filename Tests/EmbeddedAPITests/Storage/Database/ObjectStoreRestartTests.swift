@testable import EmbeddedAPI
import Foundation
import GRDB
import KubernetesAPI
import Synchronization
import TestSupport
import Testing

@Suite struct ObjectStoreRestartTests {
    @Test(arguments: [UInt64(31), 32]) func everythingIsThereAgain(seed: UInt64) async throws {
        let directory = try DataDirectory()
        let before = try directory.open(.init(history: HistoryLimits(maximumChanges: 150)))
        var random = SeededGenerator(seed: seed)
        for number in 0..<400 {
            let path = ["a/", "a-b/", ""].randomElement(using: &random, or: "") + "\(Int.random(in: 0..<40, using: &random))"
            let resource = number % 3 == 0 ? jobs : pods
            if Int.random(in: 0..<3, using: &random) == 0 {
                try await before.delete(path, in: resource)
            } else {
                try await before.put(path, in: resource, labels: [("parity", .string("\(number % 2)"))], value: Int64(number))
            }
        }
        let (version, compacted) = (before.version, before.compactedVersion)
        let lists = try [pods, jobs].map { try before.list($0).objects.map(\.bytes) }
        let past = try before.list(pods, at: .exact(compacted + 20)).objects.map(\.bytes)
        let selection = Selection(matches: hasLabel("parity", "1"))
        let last = try await before.put("last", labels: [("parity", "1")])
        let history = try await Self.events(of: before, selection, after: compacted, to: last.resourceVersion)
        let token = try before.list(pods, limit: 3).continueToken
        let pages = try before.list(pods, continueToken: token).paths
        let clusterUID = before.clusterUID
        try await before.close()

        let after = try directory.open(.init(history: HistoryLimits(maximumChanges: 150)))
        #expect(after.clusterUID == clusterUID && !after.clusterUID.isEmpty)
        #expect(after.version == version + 1 && after.compactedVersion == compacted)
        #expect(try [pods, jobs].map { try after.list($0, at: .exact(version)).objects.map(\.bytes) } == lists)
        #expect(try after.list(pods, at: .exact(compacted + 20)).objects.map(\.bytes) == past)
        #expect(try after.list(pods, continueToken: token).paths == pages)
        #expect(try await Self.events(of: after, selection, after: compacted, to: last.resourceVersion) == history)
        #expect(throws: StorageError.watchExpired(requested: compacted - 1, compacted: compacted)) { try after.watch(pods, from: .after(compacted - 1)) }
        #expect(try await after.put("next").resourceVersion == version + 2)
    }

    private static func events(of store: ObjectStore, _ selection: Selection, after: Int64, to last: Int64) async throws -> [String] {
        var texts: [String] = []
        for try await event in try store.watch(pods, selection, from: .after(after)) {
            texts.append(event.text)
            if event.resourceVersion == last { break }
        }
        return texts
    }

    @Test func commitsWaitForTheDisk() throws {
        let directory = try DataDirectory()
        _ = try directory.open()
        let database = try StorageDatabase(directory: directory.path)
        #expect(try database.setting("journal_mode") == "wal")
        #expect(try database.setting("synchronous") == "2")
    }

    @Test func onlyTheOwnerCanReadTheFiles() async throws {
        let directory = try DataDirectory()
        let store = try ObjectStore(directory: directory.path + "/data")
        try await store.put("secret")
        #expect(try Self.mode(directory.path + "/data") == 0o700)
        let files = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/data")
        #expect(files.contains("martlet.sqlite-wal"))
        for file in files { #expect(try Self.mode(directory.path + "/data/" + file) == 0o600, "\(file)") }
    }

    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func aSecondServerIsToldWhoHoldsTheDirectory() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let locked = StorageError.locked(directory: directory.path, processID: ProcessInfo.processInfo.processIdentifier)
        #expect(throws: locked) { try directory.open() }
        #expect("\(locked)".contains("in use by another martlet up (process \(ProcessInfo.processInfo.processIdentifier))"))
        try await store.put("still-works")
    }

    /// Between fork and exec a child that is being started, by whatever part of the process, has copies of all descriptors.
    @Test func aReleasedLockIsFreeWhileAChildIsBeingStarted() throws {
        let directory = try DataDirectory()
        let lock = try StorageLock(directory: directory.path)
        let path = directory.path + "/martlet.lock"
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        let own = try #require(descriptors.first { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path })
        let copy = dup(own)
        defer { close(copy) }
        #expect(throws: StorageError.self) { try StorageLock(directory: directory.path) }
        lock.release()
        try StorageLock(directory: directory.path).release()
    }

    @Test func dataOfANewerMartletIsLeftAlone() throws {
        let directory = try DataDirectory()
        _ = try directory.open()
        try Self.execute(directory, "PRAGMA user_version = 99")
        let path = directory.path + "/martlet.sqlite"
        #expect(throws: StorageError.newerSchema(path: path, found: 99, supported: StorageSchema.steps.count)) { try directory.open() }
    }

    @Test func theDatabaseOfAnotherProgramIsLeftAlone() throws {
        let path = { (directory: DataDirectory) in directory.path + "/martlet.sqlite" }
        let other = try DataDirectory()
        try Self.execute(other, "CREATE TABLE notes (text)")
        #expect(throws: StorageError.notOurs(path: path(other))) { try other.open() }
        let text = try DataDirectory()
        try String(repeating: "no database ", count: 1000).write(toFile: path(text), atomically: true, encoding: .utf8)
        #expect(throws: StorageError.notOurs(path: path(text))) { try text.open() }
    }

    @Test(arguments: [
        ("UPDATE objects SET version = 1", "pods \"p\""), ("UPDATE meta SET value = '1' WHERE name = 'version'", "the last one is said to be 1"),
        ("DELETE FROM meta WHERE name = 'version'", "the version is missing"), ("DELETE FROM objects", "pods \"p\""),
    ]) func damagedDataIsReported(damage: String, expected: String) async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        for _ in 0..<2 { try await store.put("p") }
        try await store.close()
        try Self.execute(directory, damage)
        do {
            _ = try directory.open()
            Issue.record("damaged data was opened")
        } catch {
            guard case .corrupt(let what)? = error as? StorageError else { throw error }
            #expect(what.contains(expected))
        }
    }

    @Test func aDiskThatFailsStopsTheWriter() async throws {
        let directory = try DataDirectory()
        let database = try StorageDatabase(directory: directory.path)
        let recent = RecentlyDecoded(maximumBytes: 1000)
        let contents = try database.load(recent: recent)
        let published = Published(state: contents.state, history: contents.history)
        let writer = Writer(database: database, published: published, configuration: .init(), recent: recent)
        let key = ObjectKey(name: "p")
        try await writer.write { _ = try $0.put(example(key), at: key, in: pods) }
        // As after a failed fsync: SQLite no longer works, and nobody can tell what is on the disk.
        try database.close()
        var first: StorageError?
        do { try await writer.write { _ = try $0.put(example(key), at: key, in: pods) } } catch { first = error as? StorageError }
        let failure = try #require(first)
        guard case .unavailable = failure else { throw failure }
        let decided = Mutex(false)
        await #expect(throws: failure) { try await writer.write { _ in decided.withLock { $0 = true } } }
        #expect(!decided.withLock { $0 } && published.state.version == 1)
    }

    @Test func aPlaceThatCannotBeWrittenIsNamed() throws {
        let directory = try DataDirectory()
        let file = directory.path + "/file"
        try "text".write(toFile: file, atomically: true, encoding: .utf8)
        for path in [directory.path + "/absent/data", file, file + "/data"] {
            do {
                _ = try ObjectStore(directory: path)
                Issue.record("\(path) was opened")
            } catch {
                guard case .notWritable(let named, let reason) = error else { throw error }
                #expect(named.hasPrefix(path) && !reason.isEmpty)
            }
        }
        // Root may write anywhere.
        guard getuid() != 0 else { return }
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: directory.path)
        #expect(throws: StorageError.self) { try directory.open() }
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory.path)
    }

    @Test(arguments: [
        (ResultCode.SQLITE_FULL, StorageError.diskFull(path: "f")), (.SQLITE_BUSY, .busy(path: "f")), (.SQLITE_NOTADB, .notOurs(path: "f")),
        (.SQLITE_READONLY, .notWritable(path: "f", reason: "why")), (.SQLITE_CANTOPEN, .notWritable(path: "f", reason: "why")),
        (.SQLITE_CORRUPT, .corrupt("\"f\": why")),
        (.SQLITE_IOERR_FSYNC, .unavailable("\"f\": why (SQLite error 1034). Look after the disk and start again.")),
    ]) func sqliteErrorsAreSortedOut(code: ResultCode, expected: StorageError) {
        #expect(StorageError(DatabaseError(resultCode: code, message: "why"), path: "f") == expected)
    }

    @Test func eachSchemaStepRunsOnce() throws {
        let directory = try DataDirectory()
        let queue = try DatabaseQueue(path: directory.path + "/x.sqlite")
        let second: @Sendable (Database) throws -> Void = { try $0.execute(sql: "CREATE TABLE second (x); INSERT INTO second VALUES (1)") }
        try StorageSchema.migrate(queue, path: "x", steps: [StorageSchema.steps[0]])
        try StorageSchema.migrate(queue, path: "x", steps: [StorageSchema.steps[0], second])
        try StorageSchema.migrate(queue, path: "x", steps: [StorageSchema.steps[0], second])
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM second") } == 1)
        // A step that fails leaves the version before it.
        #expect(throws: DatabaseError.self) { try StorageSchema.migrate(queue, path: "x", steps: [StorageSchema.steps[0], second, second]) }
        #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 2)
    }

    private static func execute(_ directory: DataDirectory, _ sql: String) throws {
        try DatabaseQueue(path: directory.path + "/martlet.sqlite").write { try $0.execute(sql: sql) }
    }
}

extension Collection {
    fileprivate func randomElement(using random: inout some RandomNumberGenerator, or fallback: Element) -> Element {
        randomElement(using: &random) ?? fallback
    }
}
