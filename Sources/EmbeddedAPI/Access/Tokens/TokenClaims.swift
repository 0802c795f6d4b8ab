import KubernetesAPI

/// What a service account token says.
struct TokenClaims: Hashable, Sendable {
    /// An object that the token belongs to.
    struct Reference: Hashable, Sendable {
        var name: String
        var uid: String
    }

    var issuer: String
    var audiences: [String]
    /// Times in seconds since 1970.
    var issuedAt: Int64
    var notBefore: Int64
    var expiresAt: Int64
    /// From when on the use of the token is a reason to warn; 0 for never.
    var warnAfter: Int64 = 0
    var id: String
    var namespace: String
    var serviceAccount: Reference
    var pod: Reference?
    var secret: Reference?
    var node: Reference?

    var json: JSONObject {
        var kubernetes: JSONObject = ["namespace": .string(namespace)]
        if let node { kubernetes["node"] = node.json }
        if let pod { kubernetes["pod"] = pod.json }
        if let secret { kubernetes["secret"] = secret.json }
        kubernetes["serviceaccount"] = serviceAccount.json
        if warnAfter != 0 { kubernetes["warnafter"] = .integer(warnAfter) }
        return [
            "aud": JSONValue(strings: audiences), "exp": .integer(expiresAt), "iat": .integer(issuedAt), "iss": .string(issuer), "jti": .string(id),
            "kubernetes.io": .object(kubernetes), "nbf": .integer(notBefore),
            "sub": .string(Identity.serviceAccountName(namespace: namespace, name: serviceAccount.name)),
        ]
    }
}

extension TokenClaims {
    /// Nil when something is missing that every token has.
    init?(json: JSONValue) {
        guard let issuer = json["iss"]?.string, let expiresAt = json["exp"]?.integer, let kubernetes = json["kubernetes.io"],
            let namespace = kubernetes["namespace"]?.string, let account = kubernetes["serviceaccount"].flatMap(Reference.init(json:))
        else { return nil }
        self.init(
            issuer: issuer, audiences: json["aud"]?.string.map { [$0] } ?? json["aud"]?.strings ?? [], issuedAt: json["iat"]?.integer ?? 0,
            notBefore: json["nbf"]?.integer ?? 0, expiresAt: expiresAt, warnAfter: kubernetes["warnafter"]?.integer ?? 0, id: json["jti"]?.string ?? "",
            namespace: namespace, serviceAccount: account, pod: kubernetes["pod"].flatMap(Reference.init(json:)),
            secret: kubernetes["secret"].flatMap(Reference.init(json:)), node: kubernetes["node"].flatMap(Reference.init(json:)))
    }
}

extension TokenClaims.Reference {
    init?(json: JSONValue) {
        guard let name = json["name"]?.string else { return nil }
        self.init(name: name, uid: json["uid"]?.string ?? "")
    }

    /// Of a stored object.
    init(_ object: JSONObject) {
        self.init(name: object["metadata"]?["name"]?.string ?? "", uid: object["metadata"]?["uid"]?.string ?? "")
    }

    var json: JSONValue { uid.isEmpty ? ["name": .string(name)] : ["name": .string(name), "uid": .string(uid)] }
}

/// The resources of the objects that tokens are about.
enum TokenResource {
    static let serviceAccounts = GroupResource(group: "", resource: "serviceaccounts")
    static let pods = GroupResource(group: "", resource: "pods")
    static let secrets = GroupResource(group: "", resource: "secrets")
    static let nodes = GroupResource(group: "", resource: "nodes")
}
