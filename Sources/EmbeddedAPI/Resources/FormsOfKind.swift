import KubernetesAPI

/// The versions in which a built-in kind is served: mostly one, of autoscalers two, with the conversion between them.
struct FormsOfKind: Sendable {
    /// The preferred one first.
    let versions: [String]
    /// By apiVersion.
    let schemas: [String: MergeSchema]
    private let other: (any ConvertedKind)?

    init(of kind: any BuiltInKind) {
        let definition = kind.type.resource
        guard definition.groupResource == Self.autoscaler.storedType.resource.groupResource else {
            (versions, schemas, other) = ([definition.version], [definition.apiVersion: .declared(kind.type)], nil)
            return
        }
        let types = [Self.autoscaler.storedType, Self.autoscaler.type]
        versions = types.map { $0.resource.version }
        schemas = Dictionary(types.map { ($0.resource.apiVersion, MergeSchema.declared($0)) }) { first, _ in first }
        other = Self.autoscaler
    }

    private static let autoscaler = HorizontalPodAutoscalerVersionOneKind()

    /// An object in another version.
    @Sendable func converted(_ object: JSONObject, to apiVersion: String) -> JSONObject {
        guard let other else { return object }
        return apiVersion == other.type.resource.apiVersion ? other.shown(object) : other.stored(object)
    }
}
