import EmbeddedAPI
import KubernetesAPI
import Synchronization

/// Objects in memory, for what only reads.
final class MemoryObjects: ObjectReading {
    private struct Key: Hashable {
        var resource: GroupResource
        var namespace: String
        var name: String
    }

    private struct Contents {
        var objects: [Key: JSONObject] = [:]
        var version: Int64 = 0
        /// How often a list was read.
        var lists = 0
    }

    private let contents = Mutex(Contents())

    var listCount: Int { contents.withLock { $0.lists } }

    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? {
        contents.withLock { $0.objects[Key(resource: resource, namespace: namespace, name: name)] }
    }

    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] {
        contents.withLock { contents in
            contents.lists += 1
            return contents.objects.filter { $0.key.resource == resource && (namespace == nil || $0.key.namespace == namespace) }
                .sorted { ($0.key.namespace, $0.key.name) < ($1.key.namespace, $1.key.name) }.map(\.value)
        }
    }

    func version(of resources: [GroupResource]) -> Int64 { contents.withLock { $0.version } }

    func put(_ object: JSONObject, _ resource: GroupResource) {
        let metadata = object["metadata"]
        let key = Key(resource: resource, namespace: metadata?["namespace"]?.string ?? "", name: metadata?["name"]?.string ?? "")
        contents.withLock { contents in
            contents.objects[key] = object
            contents.version += 1
        }
    }

    func remove(_ resource: GroupResource, namespace: String, name: String) {
        contents.withLock { contents in
            contents.objects[Key(resource: resource, namespace: namespace, name: name)] = nil
            contents.version += 1
        }
    }
}

/// As much of the API as the scenarios about access need: it authenticates, authorizes and reviews, and stores what it gets.
struct AccessAPI {
    struct Answer {
        var status: Int32
        var body: JSONValue
    }

    static let administratorToken = "administrator"
    let objects = MemoryObjects()
    let authorizer: RoleBasedAuthorizer
    let authenticator: Authenticator
    let issuer = TokenIssuer(key: SigningKey())

    init() {
        authorizer = RoleBasedAuthorizer(reading: objects)
        authenticator = Authenticator(
            administratorToken: Self.administratorToken, issuer: issuer, reading: objects, now: { CustomResourceAPI.now.secondsSince1970 })
        for role in BootstrapRoles.clusterRoles() { objects.put(role, GroupResource(parsing: "clusterroles.rbac.authorization.k8s.io")) }
        for binding in BootstrapRoles.clusterRoleBindings() { objects.put(binding, GroupResource(parsing: "clusterrolebindings.rbac.authorization.k8s.io")) }
    }

    func answer(_ method: String, _ path: String, headers: [(name: String, value: String)] = [], token: String?, body: JSONValue) -> Answer {
        do throws(Status) {
            let bearer = token ?? Self.administratorToken
            var attributes = Self.attributes(method, path)
            attributes.user = try authenticator.identity(authorization: bearer.isEmpty ? nil : "Bearer \(bearer)")
            attributes.user = try Impersonation(authorizer: authorizer).identity(headers: headers, for: attributes)
            let decision = authorizer.decide(attributes)
            guard decision.isAllowed else { throw .denied(attributes, reason: decision.reason) }
            let found = try handle(attributes, body.object ?? [:])
            return Answer(status: attributes.verb == "create" ? 201 : 200, body: found)
        } catch {
            return Answer(status: error.code ?? 0, body: .object(error.members))
        }
    }

    /// What a request is for, as Kubernetes reads its path.
    static func attributes(_ method: String, _ target: String) -> AccessAttributes {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var steps = parts[0].split(separator: "/").map(String.init)
        var attributes = AccessAttributes(user: .anonymous, verb: method.lowercased(), path: parts[0])
        guard steps.count > (steps.first == "apis" ? 3 : 2), steps[0] == "api" || steps[0] == "apis" else { return attributes }
        attributes.path = nil
        if steps.removeFirst() == "apis" { attributes.group = steps.removeFirst() }
        attributes.version = steps.removeFirst()
        if steps.count > 2, steps[0] == "namespaces" {
            attributes.namespace = steps[1]
            steps.removeFirst(2)
        }
        attributes.resource = steps[0]
        attributes.name = steps.count > 1 ? steps[1] : ""
        attributes.subresource = steps.count > 2 ? steps[2] : ""
        attributes.verb = ["GET": attributes.name.isEmpty ? "list" : "get", "POST": "create", "PATCH": "patch", "DELETE": "delete"][method] ?? ""
        if parts.count > 1, parts[1].hasPrefix("fieldSelector=metadata.name=") { attributes.name = String(parts[1].dropFirst(28)) }
        return attributes
    }

    private func handle(_ attributes: AccessAttributes, _ body: JSONObject) throws(Status) -> JSONValue {
        if let path = attributes.path { return .object(Self.discovery(path)) }
        switch (attributes.resource, attributes.subresource) {
        case ("selfsubjectaccessreviews", _):
            return .object(try AccessReviews.selfSubjectAccessReview(body, by: attributes.user, authorizer: authorizer))
        case ("subjectaccessreviews", _): return .object(try AccessReviews.subjectAccessReview(body, authorizer: authorizer))
        case ("selfsubjectrulesreviews", _):
            return .object(try AccessReviews.selfSubjectRulesReview(body, by: attributes.user, authorizer: authorizer))
        case ("selfsubjectreviews", _): return .object(IdentityReviews.selfSubjectReview(by: attributes.user, now: CustomResourceAPI.now))
        case ("tokenreviews", _): return .object(try IdentityReviews.tokenReview(body, authenticator: authenticator))
        case ("serviceaccounts", "token"):
            guard attributes.verb == "create" else { throw Status(failure: .methodNotAllowed, message: "") }
            return .object(
                try issuer.answer(
                    body, serviceAccount: attributes.name, namespace: attributes.namespace, reading: objects, now: CustomResourceAPI.now))
        default: return try store(attributes, body)
        }
    }

    private func store(_ attributes: AccessAttributes, _ body: JSONObject) throws(Status) -> JSONValue {
        let resource = GroupResource(group: attributes.group, resource: attributes.resource)
        let old = objects.object(resource, namespace: attributes.namespace, name: attributes.name)
        switch attributes.verb {
        case "list":
            let found = objects.objects(resource, namespace: attributes.namespace).filter {
                attributes.name.isEmpty || $0["metadata"]?["name"]?.string == attributes.name
            }
            return ["kind": attributes.resource == "configmaps" ? "ConfigMapList" : "List", "items": .array(found.map { .object($0) })]
        case "create": return .object(try write(body, replacing: nil, attributes, resource))
        case "patch":
            guard let old else { throw .notFound(resource, name: attributes.name) }
            return .object(try write(JSONValue.object(old).merged(with: .object(body)).object ?? [:], replacing: old, attributes, resource))
        default:
            guard let old else { throw .notFound(resource, name: attributes.name) }
            if attributes.verb == "delete" { objects.remove(resource, namespace: attributes.namespace, name: attributes.name) }
            return .object(old)
        }
    }

    private func write(_ body: JSONObject, replacing old: JSONObject?, _ attributes: AccessAttributes, _ resource: GroupResource) throws(Status) -> JSONObject {
        var object = body
        var metadata = object["metadata"]?.object ?? [:]
        if !attributes.namespace.isEmpty { metadata["namespace"] = .string(attributes.namespace) }
        if metadata["uid"] == nil { metadata["uid"] = "11111111-2222-4333-8444-555555555555" }
        object["metadata"] = .object(metadata)
        if object["rules"]?.array?.isEmpty == true { object["rules"] = .null }
        try EscalationRules(authorizer: authorizer).check(object, replacing: old, in: resource, requestName: attributes.name, by: attributes.user)
        objects.put(object, resource)
        for role in objects.objects(resource, namespace: nil) where resource.resource == "clusterroles" {
            guard let rules = aggregatedRules(of: role, roles: objects.objects(resource, namespace: nil)), !rules.isEmpty else { continue }
            var role = role
            role["rules"] = .array(rules)
            objects.put(role, resource)
        }
        return object
    }

    private static func discovery(_ path: String) -> JSONObject {
        switch path {
        case "/api": ["kind": "APIVersions"]
        case "/apis": ["kind": "APIGroupList"]
        case "/api/v1", "/apis/apps/v1": ["kind": "APIResourceList"]
        default: [:]
        }
    }
}

extension JSONValue {
    /// The value with a JSON merge patch applied.
    fileprivate func merged(with patch: JSONValue) -> JSONValue {
        guard let patch = patch.object else { return patch }
        var object = object ?? [:]
        for (key, value) in patch { object[key] = value.isNull ? nil : (object[key] ?? .null).merged(with: value) }
        return .object(object)
    }
}
