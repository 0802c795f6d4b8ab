#definitions("io.k8s.api.core.v1")

@mapType("atomic")
struct ObjectReference {
    var apiVersion: String?
    var fieldPath: String?
    var kind: String?
    var name: String?
    var namespace: String?
    var resourceVersion: String?
    var uid: String?
}

@mapType("atomic")
struct LocalObjectReference {
    var name: String?
}

@mapType("atomic")
struct TypedLocalObjectReference {
    var kind: String
    var name: String
    var apiGroup: String?
}

struct TypedObjectReference {
    var kind: String
    var name: String
    var apiGroup: String?
    var namespace: String?
}

@mapType("atomic")
struct SecretReference {
    var name: String?
    var namespace: String?
}
