import Dispatch
import KubernetesAPI
import Synchronization

/// The one writer: takes all decisions that wait, makes them one after another in memory, stores their changes in one transaction, publishes
/// them and only then answers the callers.
///
/// While one transaction waits for the disk the next callers queue up, so the price of an fsync is shared by as many as come in its time.
/// Decisions run before the transaction begins: one that throws leaves no trace, neither in memory (states are values) nor on the disk.
final class Writer: Sendable {
    private struct Queue {
        var waiting = WaitingJobs()
        var isRunning = false
        var isClosed = false
        /// Set when the disk failed: what is durable is then unknown, and only a restart can tell (<https://lwn.net/Articles/752063/>).
        var failure: StorageError?

        mutating func takeAll() -> [WriteJob] {
            var jobs: [WriteJob] = []
            while let job = waiting.popFirst() { jobs.append(job) }
            return jobs
        }
    }

    /// Bounds the transaction, and so the wait of the first caller in it.
    private static let maximumJobs = 512
    private static let maximumBytes = 8 << 20

    private let queue = Mutex(Queue())
    private let database: StorageDatabase
    private let published: Published
    private let configuration: ObjectStore.Configuration
    private let recent: RecentlyDecoded
    /// A thread may block on the disk here; those of Swift's own pool must not.
    private let thread = DispatchQueue(label: "martlet.storage.writer")

    init(database: StorageDatabase, published: Published, configuration: ObjectStore.Configuration, recent: RecentlyDecoded) {
        self.database = database
        self.published = published
        self.configuration = configuration
        self.recent = recent
    }

    func write<Result: Sendable>(_ decision: @escaping @Sendable (inout WriteTransaction) throws -> Result) async throws -> Result {
        let number = Mutex<Int?>(nil)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let job = WriteJob(
                    decide: { transaction in
                        let result = try decision(&transaction)
                        return { continuation.resume(returning: result) }
                    },
                    fail: { continuation.resume(throwing: $0) })
                guard let assigned = submit(job) else { return }
                number.withLock { $0 = assigned }
                // The handler below may have run before the number was there.
                if Task.isCancelled { cancel(assigned) }
            }
        } onCancel: {
            if let assigned = number.withLock({ $0 }) { cancel(assigned) }
        }
    }

    /// Nil when the job was refused, and told so.
    private func submit(_ job: WriteJob) -> Int? {
        let (number, starts, refusal) = queue.withLock { queue -> (Int?, Bool, StorageError?) in
            if queue.isClosed { return (nil, false, .closed) }
            if let failure = queue.failure { return (nil, false, failure) }
            let number = queue.waiting.append(job)
            let starts = !queue.isRunning
            queue.isRunning = true
            return (number, starts, nil)
        }
        if let refusal { job.fail(refusal) }
        if starts { thread.async { self.run() } }
        return number
    }

    /// A job that was taken into a transaction cannot be called back: its caller gets the outcome.
    private func cancel(_ number: Int) {
        queue.withLock { $0.waiting.remove(number) }?.fail(CancellationError())
    }

    private func run() {
        while commitNext() {}
    }

    /// One transaction. False when nothing waits.
    private func commitNext() -> Bool {
        let time = configuration.now()
        var state = published.state
        var (changes, bytes, jobs): ([Change], Int, Int) = ([], 0, 0)
        var outcomes: [(job: WriteJob, succeed: (@Sendable () -> Void)?, refusal: (any Error)?)] = []
        while jobs < Self.maximumJobs, bytes < Self.maximumBytes, let job = next(isFirst: jobs == 0) {
            jobs += 1
            var transaction = WriteTransaction(state: state, time: time, recent: recent)
            do {
                let succeed = try job.decide(&transaction)
                state = transaction.state
                changes += transaction.changes
                bytes += transaction.changes.reduce(0) { $0 + ($1.current?.bytes.count ?? 0) + ($1.previous?.bytes.count ?? 0) }
                outcomes.append((job, succeed, nil))
            } catch {
                outcomes.append((job, nil, error))
            }
        }
        guard jobs > 0 else { return false }
        do {
            if !changes.isEmpty { try store(changes, state: state, time: time) }
            for outcome in outcomes {
                outcome.succeed?()
                if let refusal = outcome.refusal { outcome.job.fail(refusal) }
            }
        } catch {
            // A refusal goes down with the rest: it may rest on a change of the same batch that never came to be.
            if case .unavailable = error { fail(with: error) }
            for outcome in outcomes { outcome.job.fail(error) }
        }
        return true
    }

    private func next(isFirst: Bool) -> WriteJob? {
        queue.withLock { queue in
            let job = queue.waiting.popFirst()
            if job == nil, isFirst { queue.isRunning = false }
            return job
        }
    }

    private func store(_ changes: [Change], state: ObjectState, time: Int64) throws(StorageError) {
        let (count, compacted) = published.countToDrop(adding: changes, now: time, limits: configuration.history)
        try database.commit(changes, version: state.version, compacted: compacted)
        published.publish(state, changes: changes, dropping: count)
    }

    /// Forgets all history up to the present. Runs between two transactions.
    func compact() async throws(StorageError) {
        let outcome: Result<Void, StorageError> = await withCheckedContinuation { continuation in
            thread.async {
                let state = self.published.state
                let (count, compacted) = self.published.countToDropAll()
                do throws(StorageError) {
                    try self.database.commit([], version: state.version, compacted: compacted)
                    self.published.publish(state, changes: [], dropping: count)
                    continuation.resume(returning: .success(()))
                } catch {
                    if case .unavailable = error { self.fail(with: error) }
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        try outcome.get()
    }

    private func fail(with error: StorageError) {
        let waiting = queue.withLock { queue in
            queue.failure = error
            return queue.takeAll()
        }
        for job in waiting { job.fail(error) }
    }

    /// Refuses what comes or waits, lets the transaction under way end and closes the database.
    func close() async throws(StorageError) {
        let waiting = queue.withLock { queue in
            queue.isClosed = true
            return queue.takeAll()
        }
        for job in waiting { job.fail(StorageError.closed) }
        let outcome: Result<Void, StorageError> = await withCheckedContinuation { continuation in
            thread.async {
                do throws(StorageError) {
                    try self.database.close()
                    continuation.resume(returning: .success(()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        try outcome.get()
    }
}
