import KubernetesAPI

/// What a definition says that Kubernetes accepts and does not act on.
enum DefinitionWarnings {
    static func all(in definition: HoistedDefinition, patterns: any PatternMatching) -> [String] {
        var formats: [String] = []
        var sets: Set<String> = []
        for schema in [definition.shared.schema] + definition.versions.map(\.parts.schema) {
            guard let json = schema?["openAPIV3Schema"] else { continue }
            collect(StructuralSchema(json, patterns: patterns), &formats, &sets)
        }
        return formats + sets.sorted()
    }

    private static func collect(_ schema: StructuralSchema, _ formats: inout [String], _ sets: inout Set<String>) {
        if !schema.format.isEmpty, !SchemaFormat.isChecked(schema.format, type: schema.type) {
            formats.append("unrecognized format \(schema.format.quotedAsGo)")
        }
        if schema.listType == .set, let items = schema.items, items.type == "object" || items.type == "array" {
            sets.insert(
                "x-kubernetes-list-type: set for items of type \(items.type.quotedAsGo) is not supported by server-side apply or CEL validation rules")
        }
        if let items = schema.items { collect(items, &formats, &sets) }
        for part in schema.allOf + schema.anyOf + schema.oneOf { collect(part, &formats, &sets) }
        if let not = schema.not { collect(not, &formats, &sets) }
        for name in schema.propertyNames {
            if let property = schema.properties[name] { collect(property, &formats, &sets) }
        }
        if let values = schema.additionalProperties?.schema { collect(values, &formats, &sets) }
    }
}
