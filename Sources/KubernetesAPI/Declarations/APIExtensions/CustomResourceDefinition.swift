#definitions("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1")

@resource(group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions", singular: "customresourcedefinition", shortNames: ["crd", "crds"],
    categories: ["api-extensions"], scope: "Cluster", subresources: ["status"])
struct CustomResourceDefinition {
    var spec: CustomResourceDefinitionSpec
    var status: CustomResourceDefinitionStatus?
}

struct CustomResourceDefinitionSpec {
    var group: String
    var names: CustomResourceDefinitionNames
    var scope: String
    @listType("atomic")
    var versions: [CustomResourceDefinitionVersion]
    var conversion: CustomResourceConversion?
    var preserveUnknownFields: Bool?
}

struct CustomResourceDefinitionNames {
    var kind: String
    var plural: String
    @listType("atomic")
    var categories: [String]?
    var listKind: String?
    @listType("atomic")
    var shortNames: [String]?
    var singular: String?
}

struct CustomResourceDefinitionVersion {
    var name: String
    var served: Bool
    var storage: Bool
    @listType("atomic")
    var additionalPrinterColumns: [CustomResourceColumnDefinition]?
    var deprecated: Bool?
    var deprecationWarning: String?
    var schema: CustomResourceValidation?
    @listType("atomic")
    var selectableFields: [SelectableField]?
    var subresources: CustomResourceSubresources?
}

struct CustomResourceColumnDefinition {
    var jsonPath: String
    var name: String
    var type: String
    var description: String?
    var format: String?
    var priority: Int32?
}

struct CustomResourceSubresources {
    var scale: CustomResourceSubresourceScale?
    var status: CustomResourceSubresourceStatus?
}

struct CustomResourceSubresourceStatus {}

struct CustomResourceSubresourceScale {
    var specReplicasPath: String
    var statusReplicasPath: String
    var labelSelectorPath: String?
}

struct CustomResourceValidation {
    var openAPIV3Schema: JSONSchemaProps?
}

struct SelectableField {
    var jsonPath: String
}

struct CustomResourceConversion {
    var strategy: String
    var webhook: WebhookConversion?
}

struct WebhookConversion {
    @listType("atomic")
    var conversionReviewVersions: [String]
    var clientConfig: WebhookClientConfig?
}

struct WebhookClientConfig {
    var caBundle: Base64Data?
    var service: ServiceReference?
    var url: String?
}

struct ServiceReference {
    var name: String
    var namespace: String
    var path: String?
    var port: Int32?
}

struct CustomResourceDefinitionStatus {
    var acceptedNames: CustomResourceDefinitionNames?
    @listType("map", keys: ["type"])
    var conditions: [CustomResourceDefinitionCondition]?
    var observedGeneration: Int64?
    @listType("atomic")
    var storedVersions: [String]?
}

struct CustomResourceDefinitionCondition {
    var status: String
    var type: String
    var lastTransitionTime: Time?
    var message: String?
    var observedGeneration: Int64?
    var reason: String?
}
