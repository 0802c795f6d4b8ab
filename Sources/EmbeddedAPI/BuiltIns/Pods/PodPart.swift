import KubernetesAPI

/// Reads the members of a part of a pod. Null counts as absent, and what is absent has its zero value, as in Kubernetes' own types.
struct PodPart {
    let members: JSONObject

    init(_ members: JSONObject) { self.members = members }
    init(_ value: JSONValue?) { members = value?.object ?? JSONObject() }

    var json: JSONValue { .object(members) }
    func value(_ key: String) -> JSONValue? { members[key].present }
    func has(_ key: String) -> Bool { value(key) != nil }
    func text(_ key: String) -> String { members[key]?.string ?? "" }
    func integer(_ key: String) -> Int64? { members[key]?.integer }
    func flag(_ key: String) -> Bool? { members[key]?.bool }
    func isTrue(_ key: String) -> Bool { members[key]?.bool ?? false }
    func part(_ key: String) -> PodPart? { members[key]?.object.map { PodPart($0) } }
    func parts(_ key: String) -> [PodPart] { (members[key]?.array ?? []).map { PodPart($0) } }
    func texts(_ key: String) -> [String] { (members[key]?.array ?? []).map { $0.string ?? "" } }
    func count(_ key: String) -> Int { members[key]?.array?.count ?? 0 }

    /// The members of a map of quantities, in order; what is no quantity is left out.
    func quantities(_ key: String) -> [(name: String, amount: Quantity)] {
        (members[key]?.object ?? JSONObject()).compactMap { name, value in Quantity(json: value).map { (name, $0) } }
    }

    func quantity(_ name: String, of key: String) -> Quantity? { members[key]?[name].flatMap { Quantity(json: $0) } }
}

extension PodPart {
    /// The lists of containers in a pod's spec, in the order in which Kubernetes goes through them.
    static let containerLists = ["initContainers", "containers", "ephemeralContainers"]

    /// All containers of a pod's spec with their places.
    func containers(at path: FieldPath) -> [(container: PodPart, path: FieldPath)] {
        Self.containerLists.flatMap { list in parts(list).enumerated().map { ($1, path.field(list).index($0)) } }
    }

    /// Whether an init container is a sidecar.
    var isSidecar: Bool { text("restartPolicy") == "Always" }
    var isHostNetwork: Bool { isTrue("hostNetwork") }
    var usesHostUsers: Bool { flag("hostUsers") ?? true }
    /// The names of all containers.
    var containerNames: [String] { containers(at: FieldPath()).map { $0.container.text("name") } }
}

extension JSONValue {
    /// The value as Kubernetes prints one of its internal types in a message: the fields begin with capitals.
    var withInternalNames: JSONValue {
        switch self {
        case .object(let object):
            var members = JSONObject()
            for (key, value) in object { members[key.prefix(1).uppercased() + key.dropFirst()] = value.withInternalNames }
            return .object(members)
        case .array(let elements): return .array(elements.map(\.withInternalNames))
        default: return self
        }
    }
}
