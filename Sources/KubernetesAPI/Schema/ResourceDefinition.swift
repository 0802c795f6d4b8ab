/// Whether the objects of a resource live in namespaces.
public enum ResourceScope: String, Hashable, Sendable {
    case namespaced = "Namespaced"
    case cluster = "Cluster"
}

/// How a resource is named and served: what discovery and a CustomResourceDefinition say about it.
public struct ResourceDefinition: Hashable, Sendable {
    /// The API group; empty for the core group.
    public let group: String
    public let version: String
    public let kind: String
    public let plural: String
    public let singular: String
    public let shortNames: [String]
    public let categories: [String]
    public let scope: ResourceScope
    /// Names such as `status` and `scale`.
    public let subresources: [String]
    /// Where replicas are, for resources that can be scaled.
    public let scale: Scale?
    /// What `kubectl get` shows.
    public let columns: [Column]
    /// Fields that field selectors may use, as JSON paths: `.spec.color`.
    public let selectableFields: [String]

    /// Where the `scale` subresource of a custom resource reads and writes, as JSON paths.
    public struct Scale: Hashable, Sendable {
        public let specReplicas: String
        public let statusReplicas: String
        public let labelSelector: String?

        public init(specReplicas: String, statusReplicas: String, labelSelector: String? = nil) {
            self.specReplicas = specReplicas
            self.statusReplicas = statusReplicas
            self.labelSelector = labelSelector
        }
    }

    /// A column of `kubectl get`.
    public struct Column: Hashable, Sendable {
        public let name: String
        /// `integer`, `number`, `string`, `boolean` or `date`.
        public let type: String
        public let jsonPath: String
        public let description: String?
        /// 0 is always shown, higher ones only in wide output.
        public let priority: Int
        public let format: String?

        public init(_ name: String, type: String, jsonPath: String, description: String? = nil, priority: Int = 0, format: String? = nil) {
            self.name = name
            self.type = type
            self.jsonPath = jsonPath
            self.description = description
            self.priority = priority
            self.format = format
        }
    }

    public init(
        group: String, version: String, kind: String, plural: String, singular: String, shortNames: [String] = [], categories: [String] = [],
        scope: ResourceScope, subresources: [String] = [], scale: Scale? = nil, columns: [Column] = [], selectableFields: [String] = []
    ) {
        self.group = group
        self.version = version
        self.kind = kind
        self.plural = plural
        self.singular = singular
        self.shortNames = shortNames
        self.categories = categories
        self.scope = scope
        self.subresources = subresources
        self.scale = scale
        self.columns = columns
        self.selectableFields = selectableFields
    }

    /// Group and version as objects carry them: `apps/v1`, or `v1` in the core group.
    public var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
    public var groupVersionKind: GroupVersionKind { GroupVersionKind(group: group, version: version, kind: kind) }
    public var groupVersionResource: GroupVersionResource { GroupVersionResource(group: group, version: version, resource: plural) }
    public var groupResource: GroupResource { GroupResource(group: group, resource: plural) }
    /// The kind of lists of this resource.
    public var listKind: String { "\(kind)List" }
}
