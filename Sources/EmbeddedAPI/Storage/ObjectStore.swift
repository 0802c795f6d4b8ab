import Glibc
import KubernetesAPI

/// The objects of the embedded API server: in memory for reading, in SQLite for keeping.
///
/// - Every change, whatever the resource, gets the next version. A write is answered when it is durable, and seen by readers and watchers then.
/// - Reads are answered from memory, on a snapshot that does not change while it is read.
/// - Watches are fed from a bounded history of changes, which is stored too: they go on after a restart.
///
/// Resources and namespaces need no registration here; which of them exist is the API's concern.
public final class ObjectStore: Sendable {
    public struct Configuration: Sendable {
        public var history: HistoryLimits
        /// JSON bytes of the recently used objects that are kept decoded; they take about ten times as much memory.
        public var decodedBytes: Int
        /// The time in seconds since 1970, by which the history ages.
        public var now: @Sendable () -> Int64
        /// The largest size of the database in pages of 4 KiB; nil for no limit but the disk's.
        public var maximumPages: Int?

        public init(
            history: HistoryLimits = HistoryLimits(), decodedBytes: Int = 2 << 20, maximumPages: Int? = nil,
            now: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }
        ) {
            self.history = history
            self.decodedBytes = decodedBytes
            self.maximumPages = maximumPages
            self.now = now
        }
    }

    /// Made when the directory was first used, and the same ever since.
    public let clusterUID: String
    let published: Published
    private let writer: Writer
    private let lock: StorageLock

    /// Opens the store in `directory`, which is made (mode 0700) when it is absent; its parent must exist. Reads all objects: blocks for about a second
    /// per hundred thousand.
    ///
    /// - Throws: ``StorageError``: `locked`, `notWritable`, `newerSchema`, `notOurs`, `diskFull`, `corrupt` or `unavailable`.
    public init(directory: String, configuration: Configuration = Configuration()) throws(StorageError) {
        if mkdir(directory, 0o700) != 0, errno != EEXIST {
            let reason = errno
            if reason == ENOSPC { throw .diskFull(path: directory) }
            throw .notWritable(path: directory, errno: reason)
        }
        lock = try StorageLock(directory: directory)
        let recent = RecentlyDecoded(maximumBytes: configuration.decodedBytes / 2)
        let database = try StorageDatabase(directory: directory, maximumPages: configuration.maximumPages)
        let contents = try database.load(recent: recent)
        clusterUID = contents.clusterUID
        published = Published(state: contents.state, history: contents.history)
        writer = Writer(database: database, published: published, configuration: configuration, recent: recent)
    }

    // MARK: Writing

    /// Makes a decision on the present objects and stores what it changes, all or nothing.
    ///
    /// Decisions run one after another, so what a decision sees is what it replaces: comparing versions in it is optimistic concurrency without a
    /// race. They hold up all other writers: parse, default and validate before. One that touches thousands of objects should be several.
    ///
    /// - Parameter decision: called at most once, on another thread.
    /// - Returns: what the decision returned, once its changes are durable, and visible to readers.
    /// - Throws: what the decision throws, as it is; `CancellationError` when the task is cancelled before the decision is made (afterwards the outcome
    ///   is returned); or ``StorageError`` when the changes could not be stored: then nothing of them is.
    @discardableResult
    public func write<Result: Sendable>(_ decision: @escaping @Sendable (inout WriteTransaction) throws -> Result) async throws -> Result {
        try await writer.write(decision)
    }

    /// Forgets the history: watches and lists from earlier versions are answered with 410 from now on.
    public func compact() async throws(StorageError) { try await writer.compact() }

    /// Ends all watches and waiting writes, closes the files and lets go of the directory. Reading still shows the last state.
    public func close() async throws(StorageError) {
        published.close()
        try await writer.close()
        lock.release()
    }

    /// Ends all watches, so that their readers can go. Writing goes on.
    public func endWatches() { published.close() }

    // MARK: Reading

    /// The version of the last durable change; 0 in a new store.
    public var version: Int64 { published.state.version }

    /// The last version that the history does not reach back to.
    public var compactedVersion: Int64 { published.compacted }

    public func object(at key: ObjectKey, in resource: GroupResource) -> StoredObject? { published.state.trees[resource]?[key] }

    /// The resources that have objects now.
    public var resources: [GroupResource] {
        published.state.trees.filter { $0.value.count > 0 }.keys.sorted { $0.description < $1.description }
    }

    /// A number that rises with every change of an object of one of the resources, and is the same as long as there is none.
    public func changeCount(of resources: [GroupResource]) -> Int64 { published.changeCount(of: resources) }

    public func count(of resource: GroupResource) -> Int { published.state[resource].count }
}
