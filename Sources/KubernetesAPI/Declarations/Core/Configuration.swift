#definitions("io.k8s.api.core.v1")

/// Settings that are not secret, as keys with values, for pods to read.
@resource(group: "", version: "v1", plural: "configmaps", singular: "configmap", shortNames: ["cm"], scope: "Namespaced")
struct ConfigMap {
    /// Values that are UTF-8 text. Keys consist of letters, digits, hyphens, underscores and dots.
    var data: [String: String]?
    /// Values that are any bytes, base64 in JSON. No key may be in data as well.
    var binaryData: [String: Base64Data]?
    /// Whether the contents can no longer be changed. Once true it stays. False by default.
    var immutable: Bool?
}

/// Small pieces of sensitive data, as keys with values, for pods to read. In all, values hold at most 1 MiB.
@resource(group: "", version: "v1", plural: "secrets", singular: "secret", scope: "Namespaced")
struct Secret {
    /// What the Secret is for, which can require certain keys. Opaque by default; cannot be changed.
    var type: String?
    /// The values, base64 in JSON. Keys consist of letters, digits, hyphens, underscores and dots.
    var data: [String: Base64Data]?
    /// Values as plain text, for writing only: they are put into data, replace values there and are never returned.
    var stringData: [String: String]?
    /// Whether the contents can no longer be changed. Once true it stays. False by default.
    var immutable: Bool?
}

/// An identity for the processes in pods, and what comes with it.
@resource(group: "", version: "v1", plural: "serviceaccounts", singular: "serviceaccount", shortNames: ["sa"], scope: "Namespaced", subresources: ["token"])
struct ServiceAccount {
    /// Secrets with registry credentials, given to pods of this account that name none themselves.
    @listType("atomic")
    var imagePullSecrets: [LocalObjectReference]?
    /// Whether pods of this account get a token mounted, unless they say otherwise. True by default.
    var automountServiceAccountToken: Bool?
    /// Secrets that pods of this account may use, enforced only where an annotation asks for it. Does not hold token Secrets that pods need today.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var secrets: [ObjectReference]?
}
