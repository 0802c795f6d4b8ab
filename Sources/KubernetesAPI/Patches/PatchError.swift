/// Why a patch cannot be read or applied. The object that was to be patched is unchanged.
public struct PatchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What callers tell apart; the answer of a Kubernetes API server is named with each.
    public enum Reason: Hashable, Sendable {
        /// The whole is no patch of its type: a JSON Patch that is no list of objects (400).
        case invalidPatch
        /// A JSON Patch has more operations than are allowed, or its copies grow too large (413).
        case limitExceeded
        /// An operation of a JSON Patch is incomplete, unknown, or does not fit the object (422).
        case doesNotApply
        /// A `test` of a JSON Patch found another value (422).
        case testFailed
        /// A directive of a strategic merge patch is unknown, of the wrong form, or contradicts the rest of the patch (500).
        case invalidDirective
        /// An element of a list that is merged by key has no such key (500).
        case missingMergeKey
        /// A value of a strategic merge patch is of another type than its field needs (500).
        case wrongType
    }

    /// Where in the patch the fault is.
    public enum Place: Hashable, Sendable {
        case patch
        /// An operation of a JSON Patch, counted from 0, and the pointer that it could not follow.
        case operation(Int, JSONPointer?)
        /// A field of a merge patch, directives included: `spec.$setElementOrder/containers`.
        case field(FieldPath)
    }

    public let reason: Reason
    public let place: Place
    /// What is wrong, where, and what to do. Holds names of fields and merge keys, no values of the object.
    public let message: String

    public init(_ reason: Reason, at place: Place, _ message: String) {
        self.reason = reason
        self.place = place
        self.message = message
    }

    public var description: String { message }

    /// How deep the results of merge patches may be nested; nothing that is read under ``JSONLimits`` is deeper.
    static let maxDepth = 1_000

    static var tooDeep: PatchError { PatchError(.limitExceeded, at: .patch, "the patch is nested deeper than \(maxDepth) levels") }
}

extension String {
    /// A part of a patch in quotes for a message, cut where it is long.
    var quotedForMessage: String { count > 128 ? "\"\(prefix(128))…\"" : "\"\(self)\"" }
}
