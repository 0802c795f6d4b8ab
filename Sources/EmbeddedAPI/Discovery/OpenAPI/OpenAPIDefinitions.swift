import KubernetesAPI

/// The OpenAPI definitions of declared types, and which of them each one refers to.
struct OpenAPIDefinitions: Sendable {
    static let meta = "io.k8s.apimachinery.pkg.apis.meta.v1."
    static let kubernetesAPI = OpenAPIDefinitions(.kubernetesAPI)

    private let definitions: [String: JSONValue]
    private let references: [String: [String]]
    private let names: [GroupVersionKind: String]

    init(_ scheme: Scheme) {
        var definitions: [String: JSONValue] = [:]
        var references: [String: [String]] = [:]
        for (name, definition) in scheme.openAPIDefinitions {
            definitions[name] = definition
            var found: Set<String> = []
            Self.collectReferences(in: definition, into: &found)
            references[name] = found.sorted()
        }
        self.definitions = definitions
        self.references = references
        names = Dictionary(scheme.resources.map { ($0.resource.groupVersionKind, $0.definition.name) }) { $1 }
    }

    /// The name of a resource type's definition.
    func name(of type: GroupVersionKind) -> String? { names[type] }

    /// The named definitions and all that they refer to, directly or not.
    func reachable(from roots: Set<String>) -> [(String, JSONValue)] {
        var reached: [String: JSONValue] = [:]
        var pending = Array(roots)
        while let name = pending.popLast() {
            guard reached[name] == nil, let definition = definitions[name] else { continue }
            reached[name] = definition
            pending += references[name] ?? []
        }
        return reached.sorted { $0.key < $1.key }
    }

    /// A reference to a definition.
    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    private static func collectReferences(in value: JSONValue, into names: inout Set<String>) {
        switch value {
        case .array(let elements): for element in elements { collectReferences(in: element, into: &names) }
        case .object(let object):
            for (key, member) in object {
                if key == "$ref", let reference = member.string {
                    names.insert(String(reference.dropFirst("#/components/schemas/".count)))
                } else {
                    collectReferences(in: member, into: &names)
                }
            }
        default: break
        }
    }
}
