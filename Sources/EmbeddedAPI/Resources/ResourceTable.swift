import KubernetesAPI
import Synchronization

/// Which resources there are: the built-in ones, and those that definitions add. Requests look at a snapshot, which does not change while they run.
final class ResourceTable: Sendable {
    struct Snapshot: Sendable {
        /// Rises with every change of the definitions.
        var generation = 0
        /// All versions of all resources, in the order of discovery.
        var served: [ServedResource] = []
        fileprivate var byPath: [Path: ServedResource] = [:]
        fileprivate var byStorage: [GroupResource: ServedResource] = [:]
        fileprivate var byKind: [GroupVersionKind: ServedResource] = [:]
        fileprivate var builtInGroups: Set<String> = ["authentication.k8s.io", "authorization.k8s.io"]

        func resource(group: String, version: String, plural: String) -> ServedResource? {
            byPath[Path(group: group, version: version, plural: plural)]
        }

        /// What discovery and OpenAPI show.
        var discovered: [DiscoveredResource] { served.map(\.discovered) }

        /// The resource whose objects are stored there, in its preferred version.
        func resource(storedAs storage: GroupResource) -> ServedResource? { byStorage[storage] }

        func resource(kind: GroupVersionKind) -> ServedResource? { byKind[kind] }

        /// Whether the group is one of the server's own, whose unknown resources are answered differently.
        func hasBuiltIn(group: String) -> Bool { builtInGroups.contains(group) }
    }

    fileprivate struct Path: Hashable {
        let group: String
        let version: String
        let plural: String
    }

    private let builtIn: [ServedResource]
    private let patterns: any PatternMatching
    private let rules: any ValidationRuleEngine
    private let state: Mutex<State>

    private struct Known {
        let spec: JSONValue
        let names: JSONValue?
        let resource: CustomResource
        let firstVersion: Int64
    }

    private struct State {
        var snapshot: Snapshot
        /// The definitions that the snapshot was made from; what is unchanged is not compiled again.
        var definitions: [String: Known] = [:]
    }

    init(builtIn: [ServedResource], patterns: any PatternMatching, rules: any ValidationRuleEngine) {
        self.builtIn = builtIn
        self.patterns = patterns
        self.rules = rules
        state = Mutex(State(snapshot: Self.snapshot(builtIn, [:], rules, generation: 0)))
    }

    var snapshot: Snapshot { state.withLock { $0.snapshot } }

    /// Takes the present definitions over.
    ///
    /// - Parameter version: the store's, for those that are new; 0 where they may be old.
    func update(definitions: [JSONObject], at version: Int64) {
        state.withLock { state in
            var known: [String: Known] = [:]
            for definition in definitions where DefinitionStatus.isEstablished(definition) {
                let name = definition.objectName
                let (spec, names) = (definition["spec"] ?? .null, definition["status"]?["acceptedNames"])
                let old = state.definitions[name]
                if let old, old.spec == spec, old.names == names {
                    known[name] = old
                } else if let resource = CustomResource(definition: definition, patterns: patterns) {
                    known[name] = Known(spec: spec, names: names, resource: resource, firstVersion: old?.firstVersion ?? version)
                }
            }
            state.definitions = known
            state.snapshot = Self.snapshot(builtIn, known, rules, generation: state.snapshot.generation + 1)
        }
    }

    private static func snapshot(
        _ builtIn: [ServedResource], _ custom: [String: Known], _ rules: any ValidationRuleEngine, generation: Int
    ) -> Snapshot {
        var snapshot = Snapshot(generation: generation, served: builtIn)
        for (_, known) in custom.sorted(by: { $0.key < $1.key }) {
            let resource = known.resource
            let order = APIVersionOrder.sorted(resource.versions.filter(\.isServed).map(\.name))
            for version in order.compactMap(resource.servedVersion) {
                snapshot.served.append(ServedResource(custom: resource, version: version, rules: rules, firstVersion: known.firstVersion))
            }
        }
        for resource in snapshot.served {
            let definition = resource.definition
            snapshot.byPath[Path(group: definition.group, version: definition.version, plural: definition.plural)] = resource
            if snapshot.byStorage[resource.storage] == nil { snapshot.byStorage[resource.storage] = resource }
            snapshot.byKind[resource.kind] = resource
            if !resource.isCustom { snapshot.builtInGroups.insert(definition.group) }
        }
        return snapshot
    }
}
