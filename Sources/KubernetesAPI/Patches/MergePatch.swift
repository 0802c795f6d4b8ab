/// A JSON merge patch (RFC 7386): an object in the shape of what it changes. A null removes a member, objects are merged, and any other value, lists included,
/// replaces.
public struct MergePatch: Hashable, Sendable {
    public var json: JSONValue

    public init(_ json: JSONValue) { self.json = json }

    /// The value after the patch. Members that the patch names keep their places, new ones come last.
    ///
    /// - Throws: ``PatchError`` `limitExceeded` when the patch is nested deeper than 1,000 levels.
    public func applied(to value: JSONValue) throws(PatchError) -> JSONValue { try Self.merge(json, into: value, depth: 0) }

    private static func merge(_ patch: JSONValue, into target: JSONValue?, depth: Int) throws(PatchError) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        guard depth < PatchError.maxDepth else { throw PatchError.tooDeep }
        var result = target?.object ?? JSONObject()
        var removes = false
        for (key, change) in changes {
            if change.isNull {
                removes = true
            } else {
                result[key] = try merge(change, into: result[key], depth: depth + 1)
            }
        }
        // Together, since each removal alone moves all members behind it.
        if removes { result.removeAll { changes[$0.key]?.isNull == true } }
        return .object(result)
    }

    /// The smallest patch that makes `old` equal to `new`.
    ///
    /// A null as a member of an object cannot be written in a merge patch: where `new` has one, the patched value lacks that member.
    ///
    /// - Throws: ``PatchError`` `limitExceeded` when both values are nested deeper than 1,000 levels.
    public static func make(from old: JSONValue, to new: JSONValue) throws(PatchError) -> MergePatch {
        guard case .object(let before) = old, case .object(let after) = new else { return MergePatch(new) }
        return MergePatch(.object(try difference(from: before, to: after, depth: 0)))
    }

    private static func difference(from old: JSONObject, to new: JSONObject, depth: Int) throws(PatchError) -> JSONObject {
        guard depth < PatchError.maxDepth else { throw PatchError.tooDeep }
        var changes = JSONObject()
        for key in old.keys where new[key] == nil { changes[key] = .null }
        for (key, value) in new {
            switch (old[key], value) {
            case (.object(let before)?, .object(let after)):
                let inner = try difference(from: before, to: after, depth: depth + 1)
                if !inner.isEmpty { changes[key] = .object(inner) }
            case (let before?, _) where before == value: break
            default: changes[key] = value
            }
        }
        return changes
    }
}
