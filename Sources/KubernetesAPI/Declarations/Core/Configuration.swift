#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "configmaps", singular: "configmap", shortNames: ["cm"], scope: "Namespaced")
struct ConfigMap {
    var binaryData: [String: Base64Data]?
    var data: [String: String]?
    var immutable: Bool?
}

@resource(group: "", version: "v1", plural: "secrets", singular: "secret", scope: "Namespaced")
struct Secret {
    var data: [String: Base64Data]?
    var immutable: Bool?
    var stringData: [String: String]?
    var type: String?
}

@resource(group: "", version: "v1", plural: "serviceaccounts", singular: "serviceaccount", shortNames: ["sa"], scope: "Namespaced", subresources: ["token"])
struct ServiceAccount {
    var automountServiceAccountToken: Bool?
    @listType("atomic")
    var imagePullSecrets: [LocalObjectReference]?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var secrets: [ObjectReference]?
}
