#definitions("io.k8s.api.core.v1")

/// Refers to any object, or a part of one. Which members are needed depends on who reads it.
@mapType("atomic")
struct ObjectReference {
    /// The object's API version, as GROUP/VERSION or VERSION.
    var apiVersion: String?
    /// The object's kind.
    var kind: String?
    /// The object's namespace.
    var namespace: String?
    /// The object's name.
    var name: String?
    /// The object's uid.
    var uid: String?
    /// The resourceVersion of the object that is meant.
    var resourceVersion: String?
    /// The part of the object that is meant, such as spec.containers{name}.
    var fieldPath: String?
}

/// Refers to an object of a known kind in the same namespace.
@mapType("atomic")
struct LocalObjectReference {
    /// The object's name.
    var name: String?
}

/// Refers to an object of some kind in the same namespace.
@mapType("atomic")
struct TypedLocalObjectReference {
    /// The group of the object's API. Empty or not set means the core group.
    var apiGroup: String?
    /// The object's kind.
    var kind: String
    /// The object's name.
    var name: String
}

/// Refers to an object of some kind, possibly in another namespace.
struct TypedObjectReference {
    /// The group of the object's API. Empty or not set means the core group.
    var apiGroup: String?
    /// The object's kind.
    var kind: String
    /// The object's name.
    var name: String
    /// The object's namespace. The same namespace by default; another must grant access by a ReferenceGrant.
    var namespace: String?
}

/// Refers to a Secret in any namespace.
@mapType("atomic")
struct SecretReference {
    /// The Secret's name.
    var name: String?
    /// The Secret's namespace.
    var namespace: String?
}
