import KubernetesAPI

extension Identity {
    static let privilegedGroup = "system:masters"
    static let authenticatedGroup = "system:authenticated"
    static let unauthenticatedGroup = "system:unauthenticated"
    static let anonymousName = "system:anonymous"

    /// Whether the user may do everything, whatever the roles say.
    public var isPrivileged: Bool { groups.contains(Self.privilegedGroup) }

    /// The user that a service account is.
    public static func serviceAccount(namespace: String, name: String, uid: String = "") -> Identity {
        Identity(
            name: serviceAccountName(namespace: namespace, name: name), uid: uid, groups: serviceAccountGroups(namespace: namespace) + [authenticatedGroup])
    }

    static func serviceAccountName(namespace: String, name: String) -> String { "system:serviceaccount:\(namespace):\(name)" }
    static func serviceAccountGroups(namespace: String) -> [String] { ["system:serviceaccounts", "system:serviceaccounts:\(namespace)"] }

    /// The service account that a user name stands for; nil for other users.
    static func serviceAccount(inName name: String) -> (namespace: String, name: String)? {
        let prefix = "system:serviceaccount:"
        guard name.hasPrefix(prefix) else { return nil }
        let parts = name.dropFirst(prefix.count).split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, NameRule.dns1123Label.allows(parts[0]), NameRule.dns1123Subdomain.allows(parts[1]) else { return nil }
        return (parts[0], parts[1])
    }

    /// The node that a user name stands for; nil for other users.
    static func node(inName name: String) -> String? {
        let prefix = "system:node:"
        guard name.hasPrefix(prefix) else { return nil }
        let node = String(name.dropFirst(prefix.count))
        return NameRule.dns1123Subdomain.allows(node) ? node : nil
    }

    /// As reviews show the user (`UserInfo`): what is empty is left out.
    var json: JSONObject {
        var json = JSONObject()
        if !name.isEmpty { json["username"] = .string(name) }
        if !uid.isEmpty { json["uid"] = .string(uid) }
        if !groups.isEmpty { json["groups"] = JSONValue(strings: groups) }
        if !extra.isEmpty {
            json["extra"] = .object(JSONObject(uniqueKeysWithValues: extra.sorted { $0.key < $1.key }.map { ($0.key, JSONValue(strings: $0.value)) }))
        }
        return json
    }
}

extension JSONValue {
    init(strings: [String]) { self = .array(strings.map { .string($0) }) }

    /// The strings of a list; empty where this is none.
    var strings: [String] { array?.compactMap(\.string) ?? [] }
}

extension [String] {
    /// The texts as Go prints a list of strings with `%q`: `["a" "b"]`.
    var quotedAsGoList: String { "[" + map(\.quotedAsGo).joined(separator: " ") + "]" }

    /// Several errors in one line, as Kubernetes joins them: each once, in brackets when there are several.
    var aggregatedErrors: String {
        var seen: Set<String> = []
        let distinct = filter { seen.insert($0).inserted }
        return distinct.count == 1 ? distinct[0] : "[" + distinct.joined(separator: ", ") + "]"
    }
}
