/// The fields of a type that is an object on the wire, and what is known about the object as a whole.
public final class StructDefinition: Sendable {
    /// The name in OpenAPI documents, such as `io.k8s.api.core.v1.Pod`.
    public let name: String
    /// What it is, for people; may be empty.
    public let description: String
    /// In the order of declaration.
    public let fields: [Schema.Field]
    public let keywords: [Schema.Keyword]
    private let positions: [String: Int]

    /// - Precondition: no field name twice (the generator refuses it).
    public init(_ name: String, _ description: String, _ keywords: [Schema.Keyword] = [], fields: [Schema.Field]) {
        self.name = name
        self.description = description
        self.keywords = keywords
        self.fields = fields
        positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($0.element.name, $0.offset) })
    }

    /// The definition of a resource, whose `apiVersion`, `kind` and `metadata` come before `fields`.
    public static func resource(_ name: String, _ description: String, _ keywords: [Schema.Keyword] = [], fields: [Schema.Field]) -> StructDefinition {
        StructDefinition(name, description, keywords, fields: typeFields + [Schema.Field("metadata", ObjectMeta.self, [], metadataDescription)] + fields)
    }

    /// `apiVersion` and `kind`, as every object that is sent on its own has them.
    static let typeFields: [Schema.Field] = [
        Schema.Field(
            "apiVersion", String.self, [],
            """
            APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal \
            value, and may reject unrecognized values. More info: \
            https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources
            """),
        Schema.Field(
            "kind", String.self, [],
            """
            Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits \
            requests to. Cannot be updated. In CamelCase. More info: \
            https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
            """),
    ]

    private static let metadataDescription =
        "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata"

    /// The field with this name on the wire.
    public func field(named name: String) -> Schema.Field? { positions[name].map { fields[$0] } }

    /// Whether server-side apply merges the fields (`granular`) or replaces the object (`atomic`); nil means granular.
    public var mapType: String? {
        for case .mapType(let type) in keywords { return type }
        return nil
    }

    /// The validation rules of the object as a whole.
    public var rules: [Schema.Rule] {
        keywords.compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
    }
}
