/// A decision that waits for its turn, and the caller that waits for its outcome.
struct WriteJob: Sendable {
    /// Makes the decision. Returns what tells the caller its result once that is durable; throws what the decision throws.
    let decide: @Sendable (inout WriteTransaction) throws -> @Sendable () -> Void
    /// Tells the caller that there is no result.
    let fail: @Sendable (any Error) -> Void
}

/// The jobs that wait, in the order in which they came. A job can leave while it waits.
struct WaitingJobs {
    private var jobs: [Int: WriteJob] = [:]
    private var next = 0
    private var end = 0

    var isEmpty: Bool { jobs.isEmpty }
    var count: Int { jobs.count }

    /// - Returns: the number under which the job can be removed.
    mutating func append(_ job: WriteJob) -> Int {
        defer { end += 1 }
        jobs[end] = job
        return end
    }

    /// Nil when the job is no longer waiting.
    mutating func remove(_ number: Int) -> WriteJob? { jobs.removeValue(forKey: number) }

    mutating func popFirst() -> WriteJob? {
        while next < end {
            defer { next += 1 }
            if let job = jobs.removeValue(forKey: next) { return job }
        }
        return nil
    }
}
