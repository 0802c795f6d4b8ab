/// What can go wrong in the store. The description is for the person who runs `martlet up` or who sent the request.
public enum StorageError: Error, Sendable, Equatable {
    // Opening
    /// Another process uses the directory. `processID` is nil when it did not write it down.
    case locked(directory: String, processID: Int32?)
    /// The directory or a file in it cannot be made or written.
    case notWritable(path: String, reason: String)
    /// The data was written by a newer Martlet.
    case newerSchema(path: String, found: Int, supported: Int)
    /// The file is a database of something else.
    case notOurs(path: String)

    // Running
    /// No space left. Nothing of the failed write is stored; writes work again when there is space.
    case diskFull(path: String)
    /// What is on the disk is not what was written.
    case corrupt(String)
    /// Another program, such as a `sqlite3` in the middle of a transaction, kept the database to itself for too long.
    case busy(path: String)
    /// The disk failed. The store takes no more writes then.
    case unavailable(String)
    case closed

    // Requests
    /// The object given to a write cannot be stored.
    case invalidObject(ObjectKey, reason: String)
    /// Changes after `requested` are no longer known: they are up to `compacted`. 410 Expired; the client must list again.
    case watchExpired(requested: Int64, compacted: Int64)
    /// The list at exactly this version cannot be made any more. 410 Expired.
    case listExpired(requested: Int64, compacted: Int64)
    /// The snapshot of a continued list is gone. 410 Expired; `fresh` goes to `metadata.continue` of the status and continues at the present state.
    case continueExpired(fresh: String)
    /// 400 Bad Request.
    case invalidContinue(String)
    /// The version does not exist yet. 504 Timeout.
    case versionInFuture(requested: Int64, current: Int64)
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .locked(let directory, let processID):
            let owner = processID.map { " (process \($0))" } ?? ""
            return "The data directory \"\(directory)\" is in use by another martlet up\(owner). Stop that one, or choose another directory with --data."
        case .notWritable(let path, let reason):
            return "\"\(path)\" cannot be written: \(reason). Make it writable for this user, or choose another directory with --data."
        case .newerSchema(let path, let found, let supported):
            return "\"\(path)\" was written by a newer Martlet: its schema is version \(found), and this one knows up to \(supported). "
                + "Update Martlet, or choose another directory with --data."
        case .notOurs(let path):
            return "\"\(path)\" is a database of another program. Choose another directory with --data."
        case .diskFull(let path):
            return "No space is left for \"\(path)\": the write was not stored. Free some space and send it again."
        case .corrupt(let what):
            return "The stored data is damaged: \(what). Restore the data directory from a copy, or start with an empty one."
        case .busy(let path): return "\"\(path)\" is held by another program: the write was not stored. End that program and send it again."
        case .unavailable(let what): return "The store cannot be used: \(what)"
        case .closed: return "The store is closed: the server is shutting down."
        case .invalidObject(let key, let reason): return "\"\(key)\" cannot be stored: \(reason)."
        // From here on the words of Kubernetes, which clients match.
        case .watchExpired(let requested, let compacted): return "too old resource version: \(requested) (\(compacted))"
        case .listExpired: return "The resourceVersion for the provided list is too old."
        case .continueExpired:
            return "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, "
                + "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in "
                + "an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list."
        case .invalidContinue(let reason): return "continue key is not valid: \(reason)"
        case .versionInFuture(let requested, let current): return "Too large resource version: \(requested), current: \(current)"
        }
    }
}
