/// A strategic merge patch of Kubernetes: a merge patch that knows how lists are merged, with directives for what a merge cannot say.
///
/// The rules are those of `pkg/util/strategicpatch` in <https://github.com/kubernetes/apimachinery>:
///
/// * A null removes a member. Objects merge member by member, unless the field's strategy is `replace`.
/// * Lists are replaced, unless the field's strategy is `merge`: objects then merge by the field's merge key, scalars as a set.
///   Elements that the patch names come in the patch's order, the others in their own; an element that is new stands before them, as early as this allows.
/// * `$patch` in an object: `replace` takes the patch's object as it is, `delete` leaves an empty one. In an element of a merged list: `delete` removes the
///   elements with that key, `replace` makes the patch's other elements the whole list. In a value that the object lacks, it only drops what it is in.
/// * `$retainKeys` (a list of names) removes all other members first; it must name all that the patch sets.
/// * `$deleteFromPrimitiveList/<field>` removes scalars from a list, before others are added.
/// * `$setElementOrder/<field>` gives the order of the merged list; it must name what the patch's list has, in the same order. What it does not name keeps its
///   place where possible.
///
/// A value that is taken over whole (a replaced list or object, a new element) stays as it is in the patch: nulls and directives in it are for the server's
/// validation to refuse. Only in values of members that the object lacks, nulls and parts with `$patch` are left out.
public struct StrategicMergePatch: Hashable, Sendable {
    public var json: JSONObject

    public init(_ json: JSONObject) { self.json = json }

    /// The object after the patch. Members that the patch names keep their places, new ones come last.
    ///
    /// - Parameter schema: how the fields of the object are merged; without one, lists are replaced as in a merge patch, and directives work as far as they
    ///   need no schema.
    /// - Throws: ``PatchError``: `invalidDirective`, `missingMergeKey`, `wrongType`, or `limitExceeded` when the patch is nested deeper than 1,000 levels.
    public func applied(to object: JSONObject, schema: (any PatchSchema)?) throws(PatchError) -> JSONObject {
        var result = object
        var merger = StrategicMerger()
        try merger.merge(json, into: &result, as: schema.map { .object($0) } ?? .plain, at: FieldPath())
        return result
    }
}
