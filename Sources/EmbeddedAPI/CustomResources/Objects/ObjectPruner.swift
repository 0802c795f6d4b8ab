import KubernetesAPI

/// Removes the fields that a schema does not know, as Kubernetes prunes custom resources. `apiVersion`, `kind` and `metadata` of the object itself and of
/// embedded resources are left alone.
struct ObjectPruner {
    /// Where what was removed stood, such as `spec.l[0].b`, in the order of the names.
    private(set) var removed: [String] = []
    private var path: [FieldPath.Element] = []
    private static let metaFields: Set<String> = ["apiVersion", "kind", "metadata"]

    /// The object without unknown fields, and where these were.
    static func prune(_ object: JSONObject, schema: StructuralSchema, isResource: Bool = true) -> (object: JSONObject, removed: [String]) {
        var pruner = ObjectPruner()
        let pruned = pruner.members(of: object, schema, isResource: isResource || schema.isEmbeddedResource, removesUnknown: !schema.preservesUnknownFields)
        let removed = pruner.removed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (pruned ?? object, removed)
    }

    /// What is left of any value; nil when nothing is removed.
    static func pruned(_ value: JSONValue, schema: StructuralSchema) -> JSONValue? {
        var pruner = ObjectPruner()
        return pruner.prune(value, schema)
    }

    private mutating func prune(_ value: JSONValue, _ schema: StructuralSchema?) -> JSONValue? {
        let preserves = schema?.preservesUnknownFields ?? false
        switch value {
        case .object(let object):
            return members(of: object, schema, isResource: schema?.isEmbeddedResource ?? false, removesUnknown: !preserves).map { .object($0) }
        case .array(let items):
            // Below a list whose fields are preserved, an item without a schema is left as it is.
            if preserves, schema?.items == nil { return nil }
            var changed: [JSONValue]?
            for (index, item) in items.enumerated() {
                path.append(.index(index))
                let pruned = preserves ? pruneKnown(item, schema?.items) : prune(item, schema?.items)
                if let pruned {
                    if changed == nil { changed = items }
                    changed?[index] = pruned
                }
                path.removeLast()
            }
            return changed.map { .array($0) }
        default: return nil
        }
    }

    /// Prunes only what is specified below a value that is preserved.
    private mutating func pruneKnown(_ value: JSONValue, _ schema: StructuralSchema?) -> JSONValue? {
        guard let schema else { return nil }
        guard case .object(let object) = value else { return prune(value, schema) }
        return members(of: object, schema, isResource: schema.isEmbeddedResource, removesUnknown: false).map { .object($0) }
    }

    private mutating func members(of object: JSONObject, _ schema: StructuralSchema?, isResource: Bool, removesUnknown: Bool) -> JSONObject? {
        var kept: [(String, JSONValue)]?
        for (position, member) in object.enumerated() {
            var replacement: JSONValue?
            var isRemoved = false
            if isResource, Self.metaFields.contains(member.key) {
                // left alone
            } else if let schema, schema.properties[member.key] != nil || schema.additionalProperties != nil {
                path.append(.field(member.key))
                replacement = prune(member.value, schema.field(member.key))
                path.removeLast()
            } else if removesUnknown {
                removed.append(FieldPath(path + [.field(member.key)]).description)
                isRemoved = true
            }
            if kept == nil {
                if replacement == nil, !isRemoved { continue }
                kept = object.prefix(position).map { ($0.key, $0.value) }
            }
            if !isRemoved { kept?.append((member.key, replacement ?? member.value)) }
        }
        return kept.map { JSONObject(uniqueKeysWithValues: $0) }
    }
}
