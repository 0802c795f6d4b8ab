#definitions("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1")

/// Adds a kind of object to the API. Its name must be PLURAL.GROUP.
@resource(
    group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions", singular: "customresourcedefinition", shortNames: ["crd", "crds"],
    categories: ["api-extensions"], scope: "Cluster", subresources: ["status"])
struct CustomResourceDefinition {
    /// What the kind is.
    var spec: CustomResourceDefinitionSpec
    /// Whether the kind is served, and under which names.
    var status: CustomResourceDefinitionStatus?
}

/// The group, names, scope and versions of a kind.
struct CustomResourceDefinitionSpec {
    /// The API group, such as example.com. Objects are served below /apis/GROUP.
    var group: String
    /// The names of the kind.
    var names: CustomResourceDefinitionNames
    /// Whether its objects live in namespaces: Namespaced or Cluster.
    var scope: String
    /// The versions of the kind. Clients prefer stable versions to beta and alpha ones, and higher numbers to lower.
    @listType("atomic")
    var versions: [CustomResourceDefinitionVersion]
    /// How objects are converted from one version to another. Only the apiVersion is changed by default.
    var conversion: CustomResourceConversion?
    /// Deprecated: must be false. Set x-kubernetes-preserve-unknown-fields in the schema instead.
    var preserveUnknownFields: Bool?
}

/// The names of a kind.
struct CustomResourceDefinitionNames {
    /// The name of the resource in URLs, in lower case: /apis/GROUP/VERSION/namespaces/NAMESPACE/PLURAL.
    var plural: String
    /// The name for one object on the command line. The kind in lower case by default.
    var singular: String?
    /// The kind in objects: CamelCase and singular.
    var kind: String
    /// The kind of lists. KIND followed by List by default.
    var listKind: String?
    /// Short names for the command line, in lower case.
    @listType("atomic")
    var shortNames: [String]?
    /// Groups of resources that the kind belongs to, such as all.
    @listType("atomic")
    var categories: [String]?
}

/// One version of a kind.
struct CustomResourceDefinitionVersion {
    /// The version, such as v1alpha1 or v1.
    var name: String
    /// Whether the API serves this version.
    var served: Bool
    /// Whether objects are stored in this version. It must be true for exactly one version.
    var storage: Bool
    /// The schema of the objects.
    var schema: CustomResourceValidation?
    /// The subresources of the objects. None by default.
    var subresources: CustomResourceSubresources?
    /// The columns of tables, such as those of kubectl get. The age by default.
    @listType("atomic")
    var additionalPrinterColumns: [CustomResourceColumnDefinition]?
    /// Fields that can be used in field selectors, at most 8.
    @listType("atomic")
    var selectableFields: [SelectableField]?
    /// Whether this version is deprecated. Requests for it get a warning. False by default.
    var deprecated: Bool?
    /// The text of that warning. A general one by default.
    var deprecationWarning: String?
}

/// A column of tables.
struct CustomResourceColumnDefinition {
    /// The column's title.
    var name: String
    /// The OpenAPI type of the value, such as string, integer, number, boolean or date.
    var type: String
    /// The OpenAPI format of the value. With name, the column holds the object's main name.
    var format: String?
    /// A simple JSON path of the value in the object, such as .spec.replicas.
    var jsonPath: String
    /// What the column shows.
    var description: String?
    /// How soon the column is left out. 0, the default, is always shown; others only in wide output.
    var priority: Int32?
}

/// The subresources of a kind.
struct CustomResourceSubresources {
    /// The status subresource: status is then only written there, and everything else is ignored there.
    var status: CustomResourceSubresourceStatus?
    /// The scale subresource, through which the number of replicas is read and written.
    var scale: CustomResourceSubresourceScale?
}

/// The status subresource. It has no settings.
struct CustomResourceSubresourceStatus {}

/// Where the scale subresource finds its values.
struct CustomResourceSubresourceScale {
    /// The JSON path of the number of replicas wanted, below .spec, such as .spec.replicas. An object without it has no scale.
    var specReplicasPath: String
    /// The JSON path of the number of replicas there are, below .status, such as .status.replicas. 0 where it is missing.
    var statusReplicasPath: String
    /// The JSON path of the text of the pods' label selector, below .status or .spec. HorizontalPodAutoscaler needs it.
    var labelSelectorPath: String?
}

/// How objects are checked.
struct CustomResourceValidation {
    /// The schema: structural OpenAPI v3.
    var openAPIV3Schema: JSONSchemaProps?
}

/// A field that can be used in field selectors.
struct SelectableField {
    /// A simple JSON path of the field, which must be a string, boolean or integer and must not be in metadata. Required.
    var jsonPath: String
}

/// How objects are converted from one version to another.
struct CustomResourceConversion {
    /// None, where only the apiVersion is changed, or Webhook.
    var strategy: String
    /// The webhook. Required for Webhook and only allowed there.
    var webhook: WebhookConversion?
}

/// A webhook that converts objects.
struct WebhookConversion {
    /// How it is called. Required.
    var clientConfig: WebhookClientConfig?
    /// The versions of ConversionReview that it understands, preferred ones first. The API server takes the first that it knows.
    @listType("atomic")
    var conversionReviewVersions: [String]
}

/// How a webhook is called. Exactly one of url and service must be set.
struct WebhookClientConfig {
    /// The https URL. It must have no user, query or fragment.
    var url: String?
    /// A Service of the cluster.
    var service: ServiceReference?
    /// The certificates of authorities that the webhook's certificate is checked with, in PEM. Those of the API server's system by default.
    var caBundle: Base64Data?
}

/// A Service of the cluster and a path.
struct ServiceReference {
    /// The Service's namespace.
    var namespace: String
    /// The Service's name.
    var name: String
    /// The path to call. / by default.
    var path: String?
    /// The port of the Service, from 1 to 65535. 443 by default.
    var port: Int32?
}

/// Whether a kind is served, and under which names.
struct CustomResourceDefinitionStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// The conditions: NamesAccepted, Established, NonStructuralSchema, Terminating and KubernetesAPIApprovalPolicyConformant.
    @listType("map", keys: ["type"])
    var conditions: [CustomResourceDefinitionCondition]?
    /// The names that the kind is served under. They differ from those in spec when one is already taken.
    var acceptedNames: CustomResourceDefinitionNames?
    /// Versions in which objects were ever stored. Such a version cannot be removed from spec while it is listed here.
    @listType("atomic")
    var storedVersions: [String]?
}

/// One aspect of a definition's state.
struct CustomResourceDefinitionCondition {
    /// Which aspect, such as NamesAccepted, Established, NonStructuralSchema or Terminating.
    var type: String
    /// Whether the condition holds: True, False or Unknown.
    var status: String
    /// The metadata.generation that the condition is about.
    var observedGeneration: Int64?
    /// When the status last changed from one value to another.
    var lastTransitionTime: Time?
    /// One CamelCase word for the cause of the last change.
    var reason: String?
    /// An explanation of the last change, for people.
    var message: String?
}
