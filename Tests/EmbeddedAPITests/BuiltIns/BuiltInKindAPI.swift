import EmbeddedAPI
import KubernetesAPI
import Testing

/// The least API in memory that built-in kinds need: objects with their status, merge patches and Tables.
final class BuiltInKindAPI {
    struct Answer {
        var status: Int
        var body: JSONValue
        var warnings: [String] = []
    }

    private struct Failure: Error {
        let status: Status
    }

    /// Where a request goes.
    private struct Target {
        let kind: any BuiltInKind
        var namespace = ""
        var name = ""
        var subresource = ""
        var key: String { "\(kind.type.resource.groupResource) \(namespace)/\(name)" }
    }

    static let kinds: [any BuiltInKind] =
        CoreKinds.all + [LeaseKind(), EndpointSliceKind(), EventKind()] + NetworkingKinds.all + RBACKinds.all

    private var objects: [String: JSONObject] = [:]
    private var lastVersion = 0
    private var generator = SystemRandomNumberGenerator()

    func answer(_ method: String, _ path: String, body: JSONValue = .null, wantsTable: Bool = false) -> Answer {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        guard let target = target(parts[0].split(separator: "/").map(String.init)) else { return Answer(status: 404, body: .string("no such kind")) }
        do {
            switch method {
            case "GET" where target.name.isEmpty || wantsTable:
                let selector = parts.count > 1 ? parts[1].split(separator: "&").first { $0.hasPrefix("labelSelector=") }?.dropFirst(14) : nil
                return Answer(status: 200, body: table(target, try Selector(parsing: String(selector ?? ""))))
            case "GET": return Answer(status: 200, body: .object(try stored(target)))
            case "POST": return try create(target, body.object ?? JSONObject())
            case "DELETE":
                let old = try stored(target)
                objects[target.key] = nil
                return Answer(status: 200, body: .object(old))
            default:
                let old = try stored(target)
                let sent = method == "PUT" ? body : try MergePatch(body).applied(to: .object(old))
                return try update(target, sent.object ?? JSONObject(), replacing: old)
            }
        } catch let failure as Failure {
            return Answer(status: Int(failure.status.code ?? 500), body: failure.status.json)
        } catch {
            return Answer(status: 500, body: .string("\(error)"))
        }
    }

    private func target(_ path: [String]) -> Target? {
        var rest = path[...]
        let group = rest.popFirst() == "api" ? "" : rest.popFirst() ?? ""
        rest = rest.dropFirst()
        var namespace = ""
        if rest.count >= 3, rest.first == "namespaces", !["status", "finalize"].contains(rest[rest.startIndex + 2]) {
            namespace = rest[rest.startIndex + 1]
            rest = rest.dropFirst(2)
        }
        guard let plural = rest.popFirst() else { return nil }
        let kind = Self.kinds.first { $0.type.resource.group == group && $0.type.resource.plural == plural }
        return kind.map { Target(kind: $0, namespace: namespace, name: rest.popFirst() ?? "", subresource: rest.popFirst() ?? "") }
    }

    private func stored(_ target: Target) throws -> JSONObject {
        if target.kind.type.resource.group == "events.k8s.io" {
            return EventConversion.shown(try stored(Target(kind: CoreEventKind(), namespace: target.namespace, name: target.name)))
        }
        guard let object = objects[target.key] else { throw Failure(status: .notFound(target.kind.type.resource.groupResource, name: target.name)) }
        return object
    }

    private func refuse(_ target: Target, _ name: String, _ errors: [FieldError]) throws {
        let definition = target.kind.type.resource
        if !errors.isEmpty { throw Failure(status: .invalid(GroupKind(group: definition.group, kind: definition.kind), name: name, FieldErrors(errors))) }
    }

    private func allocated(_ target: Target, _ object: JSONObject, replacing old: JSONObject?) throws -> JSONObject {
        guard target.kind is ServiceKind else { return object }
        let services = objects.filter { $0.key.hasPrefix("services ") }.map(\.value)
        do {
            return try ServiceAllocation(services: services).allocated(object, replacing: old, using: &generator)
        } catch .invalid(let errors) {
            throw Failure(status: .invalid(GroupKind(group: "", kind: "Service"), name: object["metadata"]?["name"]?.string ?? "", errors))
        } catch .exhausted(let message) {
            throw Failure(status: .internalError(message))
        }
    }

    private func create(_ target: Target, _ body: JSONObject) throws -> Answer {
        let kind = target.kind
        var object = body
        var metadata = object["metadata"]?.object ?? JSONObject()
        if !target.namespace.isEmpty { metadata["namespace"] = .string(target.namespace) }
        metadata["uid"] = "00000000-0000-4000-8000-000000000001"
        metadata["creationTimestamp"] = CustomResourceAPI.now.json
        if kind.hasGeneration { metadata["generation"] = 1 }
        object["metadata"] = .object(metadata)
        kind.applyDefaults(to: &object)
        object = try allocated(target, object, replacing: nil)
        kind.prepareForCreation(&object)
        let name = object["metadata"]?["name"]?.string ?? ""
        let rules = ObjectMetaRules(nameRule: kind.nameRule, isNamespaced: kind.type.resource.scope == .namespaced)
        let checked = object["metadata"]?.object ?? JSONObject()
        let metadataErrors = rules.creationErrors(in: checked) + BuiltInMetadataRules.creationErrors(in: checked, of: kind)
        try refuse(target, name, metadataErrors + kind.creationErrors(in: object))
        var place = target
        place.name = name
        return Answer(status: 201, body: .object(save(object, at: place)), warnings: kind.warnings(for: object, replacing: nil))
    }

    private func update(_ target: Target, _ sent: JSONObject, replacing old: JSONObject) throws -> Answer {
        let kind = target.kind
        var object = sent
        var metadata = object["metadata"]?.object ?? JSONObject()
        for field in ["uid", "creationTimestamp", "namespace", "resourceVersion", "generation"] { metadata[field] = old["metadata"]?[field] }
        object["metadata"] = .object(metadata)
        kind.applyDefaults(to: &object)
        let (checked, oldMetadata) = (object["metadata"]?.object ?? JSONObject(), old["metadata"]?.object ?? JSONObject())
        var errors = ObjectMetaRules(nameRule: kind.nameRule, isNamespaced: kind.type.resource.scope == .namespaced)
            .updateErrors(in: checked, replacing: oldMetadata)
        errors += BuiltInMetadataRules.updateErrors(in: checked, replacing: oldMetadata, of: kind, subresource: target.subresource)
        switch target.subresource {
        case "status":
            kind.prepareForStatusUpdate(&object, replacing: old)
            errors += kind.statusErrors(in: object, replacing: old)
        case "finalize":
            NamespaceKind().prepareForFinalization(&object, replacing: old)
            errors += NamespaceKind().finalizationErrors(in: object, replacing: old)
        default:
            object = try allocated(target, object, replacing: old)
            kind.prepareForUpdate(&object, replacing: old)
            errors += kind.updateErrors(in: object, replacing: old)
        }
        try refuse(target, target.name, errors)
        return Answer(status: 200, body: .object(save(object, at: target)), warnings: kind.warnings(for: object, replacing: old))
    }

    private func save(_ object: JSONObject, at target: Target) -> JSONObject {
        var object = object
        lastVersion += 1
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata["resourceVersion"] = .string("\(lastVersion)")
        object["metadata"] = .object(metadata)
        objects[target.key] = object
        return object
    }

    private func table(_ target: Target, _ selector: Selector) -> JSONValue {
        let resource = target.kind.type.resource
        let found = objects.filter { entry in
            entry.key.hasPrefix("\(resource.groupResource) ") && selector.matches(entry.value["metadata"]?["labels"]?.object)
                && (target.name.isEmpty || entry.key == target.key) && (target.namespace.isEmpty || entry.key.contains(" \(target.namespace)/"))
        }
        let columns = target.kind.columns.map { column -> JSONValue in
            [
                "name": .string(column.name), "type": .string(column.type), "format": .string(column.format), "description": .string(column.description),
                "priority": .integer(Int64(column.priority)),
            ]
        }
        let rows = found.sorted { $0.key < $1.key }.map { JSONValue.object(["cells": .array(target.kind.cells(of: $0.value, now: CustomResourceAPI.now))]) }
        return ["kind": "Table", "apiVersion": "meta.k8s.io/v1", "columnDefinitions": .array(columns), "rows": .array(rows)]
    }
}
