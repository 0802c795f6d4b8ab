import EmbeddedAPI
import KubernetesAPI

/// The least API in memory that workloads need: writes that are checked, status, scale, and Tables. Nothing acts on the objects but what suspends jobs and
/// counts for budgets.
final class WorkloadAPI {
    struct Answer {
        var status: Int
        var body: JSONValue
        var warnings: [String] = []
    }

    private struct Failure: Error {
        let status: Status
    }

    private let kinds: [String: any BuiltInKind]
    private var objects: [String: JSONObject] = [:]
    private var lastVersion = 0
    private let now = CustomResourceAPI.now

    init() {
        let kinds = WorkloadKinds.all
        self.kinds = Dictionary(uniqueKeysWithValues: kinds.map { ("\($0.type.resource.group)/\($0.type.resource.plural)", $0) })
    }

    func answer(_ method: String, _ target: String, body: JSONValue, contentType: String, wantsTable: Bool) -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var path = parts[0].split(separator: "/").map(String.init)
        guard path.count > 3, path[0] == "apis" else { return Answer(status: 404, body: .null) }
        var namespace = ""
        if path[3] == "namespaces" {
            namespace = path[4]
            path.removeSubrange(3...4)
        }
        guard let kind = kinds["\(path[1])/\(path[3])"] else { return Answer(status: 404, body: .null) }
        let isDryRun = parts.count > 1 && parts[1].contains("dryRun=All")
        let key = path.count > 4 ? "\(path[3])/\(path[4])" : ""
        do {
            if path.count == 4 {
                guard method == "POST" else { return Answer(status: 200, body: table(of: kind)) }
                return try create(body.object ?? JSONObject(), kind, namespace, isDryRun)
            }
            guard let old = objects[key] else { throw Failure(status: .notFound(kind.resource, name: path[4])) }
            if method == "GET", path.count == 5 {
                return Answer(status: 200, body: .object(path[2] == "v1" && path[1] == "autoscaling" ? AutoscalerVersionOne.object(from: old) : old))
            }
            let subresource = path.count > 5 ? path[5] : ""
            if subresource == "scale" { return try scale(method, old, body, kind, key) }
            let sent = method == "PUT" ? body : try patched(.object(old), body, contentType, kind)
            return try update(sent.object ?? JSONObject(), of: old, kind, subresource, isDryRun ? nil : key)
        } catch let failure as Failure {
            return Answer(status: Int(failure.status.code ?? 500), body: failure.status.json)
        } catch {
            return Answer(status: 500, body: .string("\(error)"))
        }
    }

    private func refuse(_ kind: any BuiltInKind, _ object: JSONObject, _ errors: [FieldError]) throws {
        guard !errors.isEmpty else { return }
        let resource = kind.type.resource
        throw Failure(
            status: .invalid(
                GroupKind(group: resource.group, kind: resource.kind), name: object["metadata"]?["name"]?.string ?? "", FieldErrors(errors)))
    }

    private func patched(_ old: JSONValue, _ patch: JSONValue, _ contentType: String, _ kind: any BuiltInKind) throws -> JSONValue {
        if contentType.contains("json-patch") { return try JSONPatch(parsing: patch).applied(to: old) }
        // The strategic patches of the scenarios replace the one container that there is.
        return try MergePatch(patch).applied(to: old)
    }

    private func create(_ sent: JSONObject, _ kind: any BuiltInKind, _ namespace: String, _ isDryRun: Bool) throws -> Answer {
        var object = sent
        kind.applyDefaults(to: &object)
        var metadata = object["metadata"]?.object ?? JSONObject()
        if !namespace.isEmpty { metadata["namespace"] = .string(namespace) }
        metadata["uid"] = "01234567-89ab-cdef-0123-456789abcdef"
        metadata["creationTimestamp"] = now.json
        if kind.hasGeneration { metadata["generation"] = 1 }
        object["metadata"] = .object(metadata)
        kind.prepareForCreation(&object)
        metadata = object["metadata"]?.object ?? metadata
        try refuse(
            kind, object,
            ObjectMetaRules(nameRule: kind.nameRule, isNamespaced: !namespace.isEmpty).creationErrors(in: metadata)
                + kind.creationErrors(in: object))
        let warnings = kind.warnings(for: object, replacing: nil)
        let stored = isDryRun ? object : store(object, as: "\(kind.type.resource.plural)/\(metadata["name"]?.string ?? "")")
        return Answer(status: 201, body: .object(stored), warnings: warnings)
    }

    private func update(_ sent: JSONObject, of old: JSONObject, _ kind: any BuiltInKind, _ subresource: String, _ key: String?) throws -> Answer {
        var object = sent
        kind.applyDefaults(to: &object)
        var metadata = object["metadata"]?.object ?? JSONObject()
        for field in ["namespace", "uid", "creationTimestamp", "generation", "resourceVersion"] { metadata[field] = old["metadata"]?[field] }
        object["metadata"] = .object(metadata)
        if subresource == "status" {
            kind.prepareForStatusUpdate(&object, replacing: old)
            try refuse(kind, object, kind.statusErrors(in: object, replacing: old))
        } else {
            kind.prepareForUpdate(&object, replacing: old)
            if kind.hasGeneration, kind.isNewGeneration(object, replacing: old) {
                var metadata = object["metadata"]?.object ?? JSONObject()
                metadata["generation"] = .integer((metadata["generation"]?.integer ?? 0) + 1)
                object["metadata"] = .object(metadata)
            }
            try refuse(kind, object, kind.updateErrors(in: object, replacing: old))
        }
        return Answer(status: 200, body: .object(key.map { store(object, as: $0) } ?? object), warnings: kind.warnings(for: object, replacing: old))
    }

    private func scale(_ method: String, _ old: JSONObject, _ body: JSONValue, _ kind: any BuiltInKind, _ key: String) throws -> Answer {
        let scale = ScaleSubresource.scale(of: old)
        if method == "GET" { return Answer(status: 200, body: .object(scale)) }
        guard method != "POST", method != "DELETE" else { return Answer(status: 405, body: .null) }
        let sent = method == "PUT" ? body : try MergePatch(body).applied(to: .object(scale))
        let errors = ScaleSubresource.errors(in: sent.object ?? JSONObject())
        let name = old["metadata"]?["name"]?.string ?? ""
        guard errors.isEmpty else {
            throw Failure(status: .invalid(GroupKind(group: "autoscaling", kind: "Scale"), name: name, FieldErrors(errors)))
        }
        let object = ScaleSubresource.applying(sent.object ?? JSONObject(), to: old)
        guard object["metadata"]?["resourceVersion"] == old["metadata"]?["resourceVersion"] else {
            let why = "the object has been modified; please apply your changes to the latest version and try again"
            throw Failure(status: .conflict(kind.resource, name: name, why))
        }
        _ = try update(object, of: old, kind, "", key)
        return Answer(status: 200, body: .object(ScaleSubresource.scale(of: objects[key] ?? old)))
    }

    private func store(_ object: JSONObject, as key: String) -> JSONObject {
        lastVersion += 1
        var object = object
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata["resourceVersion"] = .string("9\(lastVersion)")
        object["metadata"] = .object(metadata)
        objects[key] = object
        if object["kind"]?.string == "Job", let status = SuspendedJobStatus.status(of: object, now: now) {
            objects[key]?["status"] = .object(status)
        }
        return object
    }

    private func table(of kind: any BuiltInKind) -> JSONValue {
        let columns = kind.columns.map { column -> JSONValue in
            [
                "name": .string(column.name), "type": .string(column.type), "format": .string(column.format), "priority": .integer(Int64(column.priority)),
            ]
        }
        let rows = objects.filter { $0.key.hasPrefix("\(kind.type.resource.plural)/") }.sorted { $0.key < $1.key }
            .map { JSONValue.object(["cells": .array(kind.cells(of: $0.value, now: now))]) }
        return ["kind": "Table", "columnDefinitions": .array(columns), "rows": .array(rows)]
    }
}

extension BuiltInKind {
    fileprivate var resource: GroupResource { GroupResource(group: type.resource.group, resource: type.resource.plural) }
}
