/// The types that are known, by name and by kind.
public struct Scheme: Sendable {
    public let structs: [any APIStruct.Type]
    public let resources: [any Resource.Type]
    private let structsByDefinition: [String: any APIStruct.Type]
    private let resourcesByKind: [String: any Resource.Type]

    /// - Parameter structs: every declared type; the resources among them are found by their conformance. Of two with the same name, the last counts.
    public init(_ structs: [any APIStruct.Type]) {
        self.structs = structs
        resources = structs.compactMap { $0 as? any Resource.Type }
        structsByDefinition = Dictionary(structs.map { ($0.definition.name, $0) }) { $1 }
        resourcesByKind = Dictionary(resources.map { (Self.key($0.resource.apiVersion, $0.resource.kind), $0) }) { $1 }
    }

    /// Both schemes' types.
    public static func + (left: Scheme, right: Scheme) -> Scheme { Scheme(left.structs + right.structs) }

    /// The type with this name in OpenAPI documents.
    public func type(definition name: String) -> (any APIStruct.Type)? { structsByDefinition[name] }

    /// The resource type of objects with this `apiVersion` and `kind`.
    public func resource(apiVersion: String, kind: String) -> (any Resource.Type)? { resourcesByKind[Self.key(apiVersion, kind)] }

    private static func key(_ apiVersion: String, _ kind: String) -> String { "\(apiVersion) \(kind)" }
}
