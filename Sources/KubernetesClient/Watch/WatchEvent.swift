import KubernetesAPI

/// What a watch tells of a collection.
public enum ResourceEvent<Object: APIObject>: Sendable {
    case added(Object)
    case modified(Object)
    /// The object in its last state.
    case deleted(Object)
    /// Nothing changed up to this version. `endsInitialEvents` marks the end of the objects that were there when the watch began, where it asked for them.
    case bookmark(resourceVersion: String, endsInitialEvents: Bool)
}

extension ResourceEvent: Equatable {}

extension ResourceEvent {
    /// The object that the event is about; nil for a bookmark.
    public var object: Object? {
        switch self {
        case .added(let object), .modified(let object), .deleted(let object): object
        case .bookmark: nil
        }
    }

    /// Reads one line of a watch.
    ///
    /// - Throws: ``KubernetesError`` with the server's status for an event of type ERROR, and when the line is not a watch event.
    init(line: UnsafeRawBufferPointer, request: String) throws(KubernetesError) {
        let event: JSONValue
        do {
            event = try JSONValue(parsing: line)
        } catch {
            throw KubernetesError(.undecodable("a watch event is not JSON: \(error)"), request: request)
        }
        guard let type = event["type"]?.string, let object = event["object"], case .object(let members) = object else {
            throw KubernetesError(.undecodable("a watch event has no type or no object"), request: request)
        }
        switch type {
        case "ADDED": self = .added(try Self.object(object, request))
        case "MODIFIED": self = .modified(try Self.object(object, request))
        case "DELETED": self = .deleted(try Self.object(object, request))
        case "BOOKMARK":
            let metadata = ObjectMeta(members: members[required: "metadata"])
            guard let version = metadata.resourceVersion else { throw KubernetesError(.undecodable("a bookmark has no resourceVersion"), request: request) }
            self = .bookmark(resourceVersion: version, endsInitialEvents: metadata.annotations?["k8s.io/initial-events-end"] == "true")
        case "ERROR":
            throw KubernetesError(.status(Status(members: members)), request: request)
        default:
            throw KubernetesError(.undecodable("a watch event has the unknown type \"\(type.prefix(32))\""), request: request)
        }
    }

    private static func object(_ json: JSONValue, _ request: String) throws(KubernetesError) -> Object {
        do {
            return try Object(checking: json, at: FieldPath())
        } catch {
            throw KubernetesError(.undecodable("\(error)"), request: request)
        }
    }
}
