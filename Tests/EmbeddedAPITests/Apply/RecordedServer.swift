import KubernetesAPI

@testable import EmbeddedAPI

/// As much of an API server as the recorded conversations about server-side apply need: objects in memory, and ownership by the engine.
struct RecordedServer {
    struct Kind {
        let resource: GroupResource
        let kind: GroupVersionKind
        let schema: MergeSchema
        /// The structural schema, for pruning and defaults; nil for built-in kinds.
        let structure: JSONObject?
        var hasStatus: Bool
        let hasGeneration: Bool
        var hasScale = false
        /// What a built-in kind's objects get when they are stored.
        var defaults: @Sendable (inout JSONObject) -> Void = { _ in }
        /// What objects of the kind have before anything is set.
        var skeleton = JSONObject()
    }

    struct Answer {
        let code: Int
        let body: JSONValue

        init(_ code: Int, _ body: JSONValue) {
            self.code = code
            self.body = body
        }

        init(_ status: Status) { self.init(Int(status.code ?? 0), status.json) }
    }

    /// A request that this server does not understand.
    struct Unsupported: Error, CustomStringConvertible {
        let description: String
    }

    var kinds: [String: Kind] = [:]
    private var objects: [String: JSONObject] = [:]
    private var version = 100
    private var clock: Int64 = 1_800_000_000

    /// - Parameter path: `/apis/{group}/{version}/namespaces/{ns}/{plural}/{name}/{subresource}` with a query.
    mutating func answer(_ method: String, _ target: String, contentType: String?, body: JSONValue?) throws -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1)
        var query: [String: String] = [:]
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let pair = pair.split(separator: "=", maxSplits: 1)
            query[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
        }
        let steps = parts[0].split(separator: "/").map(String.init)
        guard let place = steps.firstIndex(of: "namespaces"), steps.count > place + 2, let kind = kinds[steps[place + 2]] else {
            throw Unsupported(description: "path \(target)")
        }
        let name = steps.count > place + 3 ? steps[place + 3] : ""
        let subresource = steps.count > place + 4 ? steps[place + 4] : ""
        clock += 1
        let key = "\(steps[place + 2])/\(name)"
        let manager = query["fieldManager"]?.replacing("%09", with: "\t") ?? ""
        if let errors = FieldManagerName.errors(of: manager) {
            return Answer(.invalid(GroupKind(group: "meta.k8s.io", kind: "PatchOptions"), name: "", errors))
        }
        if subresource == "scale" {
            guard kind.hasScale, method == "PATCH", let body, let live = objects[key] else { throw Unsupported(description: "scale") }
            return try scale(live, key: key, kind, isApply: contentType == "application/apply-patch+yaml", body, manager: manager)
        }
        switch method {
        case "GET":
            guard let object = objects[key] else { return Answer(.notFound(kind.resource, name: name)) }
            return Answer(200, .object(object))
        case "POST":
            guard case .object(let new)? = body, let name = new["metadata"]?["name"]?.string else { throw Unsupported(description: "body") }
            return store(complete(new, kind), over: nil, key: key + name, kind, "", manager: manager, apply: false, dryRun: false)
        case "PUT":
            guard case .object(let new)? = body, let live = objects[key] else { throw Unsupported(description: "body") }
            return store(complete(new, kind), over: live, key: key, kind, subresource, manager: manager, apply: false, dryRun: false)
        case "PATCH" where contentType == "application/merge-patch+json":
            guard let body, let live = objects[key] else { throw Unsupported(description: "body") }
            guard case .object(let new) = try MergePatch(body).applied(to: .object(live)) else { throw Unsupported(description: "patch") }
            return store(complete(new, kind), over: live, key: key, kind, subresource, manager: manager, apply: false, dryRun: false)
        case "PATCH" where contentType == "application/apply-patch+yaml":
            guard case .object(let configuration)? = body else { throw Unsupported(description: "body") }
            let live = objects[key]
            if live == nil, !subresource.isEmpty { return Answer(.notFound(kind.resource, name: name)) }
            do throws(ApplyError) {
                var applied = try engine(kind, subresource).apply(
                    configuration, to: live, manager: manager, force: query["force"] == "true", now: now)
                if let live, let wanted = applied["metadata"]?["resourceVersion"], wanted != live["metadata"]?["resourceVersion"] {
                    return Answer(
                        .conflict(
                            kind.resource, name: name,
                            "the object has been modified; please apply your changes to the latest version and try again"))
                }
                applied = complete(applied, kind)
                return store(applied, over: live, key: key, kind, subresource, manager: manager, apply: true, dryRun: query["dryRun"] == "All")
            } catch {
                return Answer(error.status)
            }
        default: throw Unsupported(description: "\(method) \(contentType ?? "")")
        }
    }

    /// A patch of an object's Scale.
    private mutating func scale(
        _ live: JSONObject, key: String, _ kind: Kind, isApply: Bool, _ patch: JSONValue, manager: String
    ) throws -> Answer {
        let fields = ScaleFields(apiVersion: kind.kind.apiVersion, replicasPaths: [kind.kind.apiVersion: ["spec", "replicas"]])
        let owned = try ManagedFields(json: live.managedFieldsJSON)
        var scale: JSONObject = ["apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": ["name": "a"]]
        scale["spec"] = ["replicas": live["spec"]?["replicas"] ?? 0]
        scale = scale.settingManagedFields(fields.scaleFields(of: owned).json)
        let engine = ServerSideApply(
            kind: GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale"), subresource: "scale",
            schemas: ["autoscaling/v1": .declared(Scale.self)])
        let result: JSONObject
        if isApply, case .object(let configuration) = patch {
            do throws(ApplyError) {
                result = try engine.apply(configuration, to: scale, manager: manager, force: false, now: now)
            } catch {
                return Answer(error.status)
            }
        } else {
            guard case .object(let new) = try MergePatch(patch).applied(to: .object(scale)) else { throw Unsupported(description: "patch") }
            result = engine.update(scale, to: new, manager: manager, now: now)
        }
        var object = live
        var spec = live["spec"]?.object ?? JSONObject()
        spec["replicas"] = result["spec"]?["replicas"]
        object["spec"] = .object(spec)
        objects[key] = object.settingManagedFields(try fields.objectFields(of: owned, after: ManagedFields(json: result.managedFieldsJSON)).json)
        return Answer(200, .object(result))
    }

    /// Quantities are stored in their canonical form.
    private static func canonical(_ value: JSONValue, isQuantity: Bool = false) -> JSONValue {
        switch value {
        case .string(let text) where isQuantity: (try? Quantity(parsing: text)).map { .string($0.canonicalText) } ?? value
        case .array(let items): .array(items.map { canonical($0) })
        case .object(let members):
            .object(
                JSONObject(
                    uniqueKeysWithValues: members.map { key, member in
                        guard ["requests", "limits"].contains(key), case .object(let amounts) = member else { return (key, canonical(member)) }
                        return (key, .object(JSONObject(uniqueKeysWithValues: amounts.map { ($0.key, canonical($0.value, isQuantity: true)) })))
                    }))
        default: value
        }
    }

    private var now: Time { Time(secondsSince1970: clock) ?? .min }

    private func engine(_ kind: Kind, _ subresource: String) -> ServerSideApply {
        ServerSideApply(
            kind: kind.kind, subresource: subresource, schemas: [kind.kind.apiVersion: kind.schema],
            resetFields: subresource != "status"
                ? ResetFields.object(hasStatus: kind.hasStatus)
                : kind.structure != nil ? ResetFields.customResourceStatus : ResetFields.status(of: kind.kind.groupKind),
            emptyObject: kind.skeleton)
    }

    private func complete(_ object: JSONObject, _ kind: Kind) -> JSONObject {
        guard let structure = kind.structure else {
            var object = Self.canonical(.object(object)).object ?? object
            kind.defaults(&object)
            return object
        }
        return Self.pruned(.object(object), structure, isObject: true).object ?? object
    }

    private mutating func store(
        _ object: JSONObject, over live: JSONObject?, key: String, _ kind: Kind, _ subresource: String, manager: String, apply: Bool, dryRun: Bool
    ) -> Answer {
        var object = object
        if !apply { object = engine(kind, subresource).update(live, to: object, manager: manager, now: now) }
        if let live {
            if subresource == "status" {
                var whole = live
                whole["status"] = object["status"]
                object = whole.settingManagedFields(object.managedFieldsJSON)
            } else if kind.hasStatus {
                object["status"] = live["status"]
            }
        } else if kind.hasStatus {
            object["status"] = nil
        }
        var metadata = object["metadata"]?.object ?? JSONObject()
        for name in ["uid", "creationTimestamp", "generation", "resourceVersion"] { metadata[name] = live?["metadata"]?[name] }
        metadata["namespace"] = "ns"
        if live == nil {
            metadata["uid"] = "(uid)"
            metadata["creationTimestamp"] = .string(now.description)
            if kind.hasGeneration { metadata["generation"] = 1 }
        } else if kind.hasGeneration, live?["spec"] != object["spec"], let generation = metadata["generation"]?.integer {
            metadata["generation"] = .integer(generation + 1)
        }
        object["metadata"] = .object(metadata)
        let code = live == nil ? 201 : 200
        if dryRun { return Answer(code, .object(object)) }
        if let live, ServerSideApply.isUnchanged(object, since: live) { return Answer(200, .object(live)) }
        version += 1
        metadata["resourceVersion"] = .string(String(version))
        object["metadata"] = .object(metadata)
        objects[key] = object
        return Answer(code, .object(object))
    }

    /// Leaves out what the schema does not declare and fills in its defaults.
    private static func pruned(_ value: JSONValue, _ schema: JSONObject, isObject: Bool = false) -> JSONValue {
        switch value {
        case .array(let items):
            guard let element = schema["items"]?.object else { return value }
            return .array(items.map { pruned($0, element) })
        case .object(var members):
            let properties = schema["properties"]?.object ?? JSONObject()
            for (key, member) in members {
                if isObject, ["apiVersion", "kind", "metadata"].contains(key) { continue }
                if let property = properties[key]?.object {
                    members[key] = pruned(member, property)
                } else if let values = schema["additionalProperties"]?.object {
                    members[key] = pruned(member, values)
                } else if schema["x-kubernetes-preserve-unknown-fields"]?.bool != true {
                    members[key] = nil
                }
            }
            for (key, property) in properties where members[key] == nil {
                if let value = property["default"] { members[key] = value }
            }
            return .object(members)
        default: return value
        }
    }
}
