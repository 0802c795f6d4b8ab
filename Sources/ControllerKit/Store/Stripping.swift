public import KubernetesAPI

/// Members of objects that nobody in the process reads: they are dropped before an object is stored, which saves much of the memory.
///
/// An object that is written back with `update` must not lack what others wrote there; the server itself fills in `managedFields`. Writing by apply or patch
/// is safe with any stripping.
public struct Stripping: Hashable, Sendable {
    /// Each the names of members from the outermost to the one that is dropped.
    public var paths: Set<[String]>

    public init(_ paths: Set<[String]>) { self.paths = paths }

    public static let nothing = Stripping([])
    /// `metadata.managedFields`, often the larger half of an object.
    public static let managedFields = Stripping([["metadata", "managedFields"]])

    /// Drops what both drop: readers of one store each name what they do not read.
    public func intersection(_ other: Stripping) -> Stripping { Stripping(paths.intersection(other.paths)) }

    public func applied<Object: APIObject>(to object: Object) -> Object {
        guard !paths.isEmpty else { return object }
        var object = object
        for path in paths { Self.remove(path[...], from: &object.members) }
        return object
    }

    private static func remove(_ path: ArraySlice<String>, from members: inout JSONObject) {
        guard let name = path.first else { return }
        if path.count == 1 {
            members.removeValue(forKey: name)
        } else if case .object(var inner)? = members[name] {
            members[name] = nil as JSONValue?
            remove(path.dropFirst(), from: &inner)
            members[name] = .object(inner)
        }
    }
}
