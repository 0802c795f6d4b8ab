public import KubernetesAPI

/// A kind whose objects are stored in the form of another kind or version, and shown and written in its own.
public protocol ConvertedKind: BuiltInKind {
    /// The type in whose form objects are stored.
    var storedType: any Resource.Type { get }
    /// The stored form of an object.
    func stored(_ object: JSONObject) -> JSONObject
    /// What the kind shows of a stored object.
    func shown(_ stored: JSONObject) -> JSONObject
}
