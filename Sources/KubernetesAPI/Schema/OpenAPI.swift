/// How schemas are written as OpenAPI v3.
public enum OpenAPIForm: Hashable, Sendable {
    /// Everything in one place, as the structural schema of a CustomResourceDefinition: no references, and only what the API server accepts there.
    ///
    /// A type that contains itself is written once and cut where it recurs, as an object that keeps unknown fields. The metadata of embedded objects has
    /// the fields that templates set (annotations, finalizers, labels, name, namespace), as in controller-gen.
    case structural
    /// Types refer to each other by `$ref`, as in the documents that the API server publishes for built-in types.
    case references
}

extension Schema {
    /// The schema in OpenAPI v3. The same schema always gives the same bytes: keywords have a fixed order, fields that of their declaration.
    public func openAPI(_ form: OpenAPIForm) -> JSONObject { OpenAPIWriter(form: form).write(self) }
}

extension StructDefinition {
    /// The definition of the type itself in OpenAPI v3, also in the form in which other types refer to it.
    public func openAPI(_ form: OpenAPIForm) -> JSONObject { OpenAPIWriter(form: form).write(self, description: description, outer: []) }
}

extension Scheme {
    /// The definitions of all types by name, as in `components.schemas` of an OpenAPI v3 document: structs, lists of resources, and the value types.
    public var openAPIDefinitions: JSONObject {
        var definitions = JSONObject()
        for type in structs {
            var definition = type.definition.openAPI(.references)
            if let resource = (type as? any Resource.Type)?.resource {
                definition["x-kubernetes-group-version-kind"] = [OpenAPIWriter.groupVersionKind(resource, kind: resource.kind)]
                definitions["\(type.definition.name)List"] = .object(OpenAPIWriter.list(of: type.definition.name, resource))
            }
            definitions[type.definition.name] = .object(definition)
        }
        for (name, definition) in OpenAPIWriter.valueDefinitions { definitions[name] = .object(definition) }
        return definitions.sortedByKey()
    }
}
