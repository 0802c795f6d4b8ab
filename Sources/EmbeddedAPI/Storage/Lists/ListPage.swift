/// A list, or a page of it.
public struct ListPage: Sendable {
    /// In the order of their keys.
    public let objects: [StoredObject]
    /// The version of the snapshot: `metadata.resourceVersion` of the list.
    public let version: Int64
    /// For `metadata.continue`; nil on the last page.
    public let continueToken: String?
    /// Objects behind this page; nil on the last page and, as in Kubernetes, for a list with further conditions, where it is not known.
    public let remainingCount: Int?
}

/// Which state a list shows.
public enum ListVersion: Sendable, Equatable {
    /// The present one. Also right for `resourceVersion` absent, and for 0.
    case latest
    /// The present one, which must have reached this version (`resourceVersionMatch=NotOlderThan`).
    case notOlderThan(Int64)
    /// The one at exactly this version (`resourceVersionMatch=Exact`).
    case exact(Int64)
}
