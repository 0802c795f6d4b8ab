import Expressions
import KubernetesAPI

/// Finds what kinds and resources there are: built-in ones, and those of stored definitions.
struct ServedKinds {
    let reading: any ObjectReading

    static let definitions = GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions")

    /// The resource whose objects are of this kind, and whether they are in namespaces; nil when there is none.
    func resource(of kind: GroupVersionKind) -> (resource: GroupResource, isNamespaced: Bool)? {
        if let type = Scheme.kubernetesAPI.resource(apiVersion: kind.apiVersion, kind: kind.kind) {
            return (type.resource.groupResource, type.resource.scope == .namespaced)
        }
        guard let (spec, _) = definition(where: { $0["group"]?.string == kind.group && $0["names"]?["kind"]?.string == kind.kind }, version: kind.version)
        else { return nil }
        return (GroupResource(group: kind.group, resource: spec["names"]?["plural"]?.string ?? ""), spec["scope"]?.string == "Namespaced")
    }

    /// The kind of a resource's objects; nil when there is no such resource.
    func kind(of resource: GroupVersionResource) -> GroupVersionKind? {
        if let type = Scheme.kubernetesAPI.resources.first(where: { $0.resource.groupVersionResource == resource }) { return type.resource.groupVersionKind }
        guard
            let (spec, _) = definition(
                where: { $0["group"]?.string == resource.group && $0["names"]?["plural"]?.string == resource.resource }, version: resource.version)
        else { return nil }
        return GroupVersionKind(group: resource.group, version: resource.version, kind: spec["names"]?["kind"]?.string ?? "")
    }

    /// The type that expressions see objects of the kind as; nil when nothing is known about it.
    func type(of kind: GroupVersionKind) -> (type: ExpressionType, fields: any ObjectTypeProvider)? {
        if let type = Scheme.kubernetesAPI.resource(apiVersion: kind.apiVersion, kind: kind.kind) {
            return (.object(type.definition.name), SchemeFields())
        }
        guard let (_, version) = definition(where: { $0["group"]?.string == kind.group && $0["names"]?["kind"]?.string == kind.kind }, version: kind.version),
            let json = version["schema"]?["openAPIV3Schema"]
        else { return nil }
        let schema = StructuralSchema(json, patterns: LinearPatterns())
        guard let declared = DeclaredType.of(schema, named: kind.kind, isResource: true) else { return nil }
        var objects = DeclaredObjects([declared])
        objects.add(kind.kind, ["metadata": .object(ObjectMeta.definition.name)])
        objects.next = SchemeFields()
        return (declared.type, objects)
    }

    private func definition(where isMeant: (JSONValue) -> Bool, version: String) -> (spec: JSONValue, version: JSONValue)? {
        for object in reading.objects(Self.definitions, namespace: nil) {
            guard let spec = object["spec"], isMeant(spec) else { continue }
            guard let found = spec["versions"]?.array?.first(where: { $0["name"]?.string == version && $0["served"]?.bool == true }) else { continue }
            return (spec, found)
        }
        return nil
    }
}

/// The fields of the types that KubernetesAPI declares, as expressions see them.
struct SchemeFields: ObjectTypeProvider {
    func type(ofField field: String, in object: String) -> ExpressionType? {
        guard let definition = Scheme.kubernetesAPI.type(definition: object)?.definition,
            let found = definition.field(named: PropertyName.unescaped(field) ?? field)
        else { return nil }
        return Self.type(of: found.schema)
    }

    private static func type(of schema: Schema) -> ExpressionType {
        switch schema.type {
        case .string, .enumeration, .duration, .quantity: .string
        case .boolean: .bool
        case .int32, .int64: .int
        case .double: .double
        case .time, .microTime: .timestamp
        case .base64: .bytes
        case .integerOrString, .any, .anyObject: .dyn
        case .array(let element): .list(type(of: element))
        case .map(let value): .map(.string, type(of: value))
        case .structure(let type): .object(type.definition.name)
        }
    }
}

/// The fields of the types of several schemas.
struct TypeFields: ObjectTypeProvider {
    var parts: [any ObjectTypeProvider]

    func type(ofField field: String, in object: String) -> ExpressionType? {
        for part in parts { if let type = part.type(ofField: field, in: object) { return type } }
        return nil
    }
}
