public import KubernetesAPI

/// One rule of a role (`PolicyRule`): verbs on resources or on paths that are no resources. Rules only ever allow.
public struct AccessRule: Hashable, Sendable {
    public var verbs: [String]
    /// `*` is every group, the empty name the core group.
    public var groups: [String]
    /// `pods`, `pods/log`, `*/scale` (that subresource of all) or `*` (all, subresources included).
    public var resources: [String]
    /// Names of single objects; all objects when empty.
    public var names: [String]
    /// Paths; what ends in `*` stands for all that begin so.
    public var paths: [String]

    public init(verbs: [String], groups: [String] = [], resources: [String] = [], names: [String] = [], paths: [String] = []) {
        self.verbs = verbs
        self.groups = groups
        self.resources = resources
        self.names = names
        self.paths = paths
    }

    /// Reads a rule of a role's `rules`.
    public init(json: JSONValue) {
        self.init(
            verbs: json["verbs"]?.strings ?? [], groups: json["apiGroups"]?.strings ?? [], resources: json["resources"]?.strings ?? [],
            names: json["resourceNames"]?.strings ?? [], paths: json["nonResourceURLs"]?.strings ?? [])
    }

    /// The rule as a role has it; empty lists are left out.
    public var json: JSONValue {
        var json: JSONObject = ["verbs": JSONValue(strings: verbs)]
        if !groups.isEmpty { json["apiGroups"] = JSONValue(strings: groups) }
        if !resources.isEmpty { json["resources"] = JSONValue(strings: resources) }
        if !names.isEmpty { json["resourceNames"] = JSONValue(strings: names) }
        if !paths.isEmpty { json["nonResourceURLs"] = JSONValue(strings: paths) }
        return .object(json)
    }

    public func allows(_ attributes: AccessAttributes) -> Bool {
        guard Self.has(verbs, attributes.verb) else { return false }
        if let path = attributes.path { return paths.contains { Self.path($0, covers: path) } }
        return Self.has(groups, attributes.group) && allowsResource(attributes) && (names.isEmpty || names.contains(attributes.name))
    }

    private func allowsResource(_ attributes: AccessAttributes) -> Bool {
        let subresource = attributes.subresource
        guard !subresource.isEmpty else { return Self.has(resources, attributes.resource) }
        return resources.contains { $0 == "*" || $0 == "\(attributes.resource)/\(subresource)" || $0 == "*/\(subresource)" }
    }

    private static func has(_ list: [String], _ wanted: String) -> Bool { list.contains { $0 == "*" || $0 == wanted } }

    static func path(_ pattern: String, covers path: String) -> Bool {
        guard pattern != path else { return true }
        guard pattern.hasSuffix("*") else { return false }
        var prefix = Substring(pattern)
        while prefix.last == "*" { prefix.removeLast() }
        return path.hasPrefix(prefix)
    }
}
