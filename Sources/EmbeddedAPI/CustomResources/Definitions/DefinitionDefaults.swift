public import KubernetesAPI

/// Fills in what a CustomResourceDefinition leaves out.
public enum DefinitionDefaults {
    public static func apply(_ definition: JSONObject) -> JSONObject {
        var definition = definition
        var spec = definition["spec"]?.object ?? JSONObject()
        var names = spec["names"]?.object ?? JSONObject()
        let kind = names["kind"]?.string ?? ""
        if (names["singular"]?.string ?? "").isEmpty, !kind.isEmpty { names["singular"] = .string(kind.lowercased()) }
        if (names["listKind"]?.string ?? "").isEmpty, !kind.isEmpty { names["listKind"] = .string(kind + "List") }
        spec["names"] = .object(names)
        if spec["conversion"] == nil || spec["conversion"]?.isNull ?? false { spec["conversion"] = ["strategy": "None"] }
        if spec["preserveUnknownFields"]?.bool == false { spec.removeValue(forKey: "preserveUnknownFields") }
        spec["versions"] = spec["versions"]?.array.map { versions in
            .array(
                versions.map { version in
                    guard var version = version.object, let schema = version["schema"]?["openAPIV3Schema"] else { return version }
                    if let changed = withoutNulls(schema, depth: 0) { version["schema"] = ["openAPIV3Schema": changed] }
                    return .object(version)
                })
        }
        definition["spec"] = .object(spec)
        return definition
    }

    /// A schema without defaults and examples that are null, which count as absent; nil when there are none.
    private static func withoutNulls(_ schema: JSONValue, depth: Int) -> JSONValue? {
        guard depth < StructuralSchema.depthLimit, let object = schema.object else { return nil }
        var result: JSONObject?
        func set(_ key: String, _ value: JSONValue?) {
            if result == nil { result = object }
            result?[key] = value
        }
        for (key, value) in object {
            switch key {
            case "default", "example": if value.isNull { set(key, nil) }
            case "items", "additionalProperties", "not":
                if let changed = withoutNulls(value, depth: depth + 1) { set(key, changed) }
            case "properties":
                var properties = value.object ?? JSONObject()
                var isChanged = false
                for (name, property) in properties {
                    guard let changed = withoutNulls(property, depth: depth + 1) else { continue }
                    properties[name] = changed
                    isChanged = true
                }
                if isChanged { set(key, .object(properties)) }
            default: break
            }
        }
        return result.map { .object($0) }
    }
}
