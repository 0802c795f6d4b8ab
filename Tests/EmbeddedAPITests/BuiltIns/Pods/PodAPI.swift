import EmbeddedAPI
import KubernetesAPI

/// The least API in memory that pods need: objects with their subresources, field selectors and Tables, without metadata's own rules.
final class PodAPI {
    struct Answer {
        var status: Int
        var body: JSONValue
        var warnings: [String] = []
    }

    private struct Accounts: ObjectReading {
        func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? {
            resource.resource == "serviceaccounts" && name == "default" ? ["metadata": ["name": "default", "namespace": .string(namespace)]] : nil
        }
        func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] { [] }
        func version(of resources: [GroupResource]) -> Int64 { 0 }
    }

    private let kind = PodKind()
    private var pods: [String: JSONObject] = [:]
    private var lastVersion = 0
    private static let resource = GroupResource(group: "", resource: "pods")

    func answer(_ method: String, _ target: String, body: JSONValue, contentType: String, wantsTable: Bool) -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var query: [String: String] = [:]
        for item in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1).map(String.init)
            query[pair[0]] = pair.count > 1 ? pair[1] : ""
        }
        do throws(Status) {
            return try answer(method, parts[0].split(separator: "/").map(String.init), query, body, contentType, wantsTable)
        } catch {
            return Answer(status: Int(error.code ?? 500), body: error.json)
        }
    }

    private func answer(
        _ method: String, _ path: [String], _ query: [String: String], _ body: JSONValue, _ contentType: String, _ wantsTable: Bool
    ) throws(Status) -> Answer {
        guard path.count >= 5, path[4] == "pods" || path[4] == "bindings" else { return Answer(status: 200, body: [:]) }
        let sent = body.object ?? JSONObject()
        if path[4] == "bindings" { return try bind(sent, sent["metadata"]?["name"]?.string ?? "") }
        if path.count == 5 { return method == "POST" ? try create(sent, namespace: path[3]) : list(query, wantsTable: wantsTable) }
        let (name, subresource) = (path[5], path.count > 6 ? path[6] : "")
        if subresource == "log" {
            var options = JSONObject()
            for (key, value) in query { options[key] = Int64(value).map { .integer($0) } ?? .string(value) }
            try PodConnection.checkLogOptions(options, pod: name)
        }
        guard let old = pods[name] else { throw .notFound(Self.resource, name: name) }
        switch (subresource, method) {
        case ("", "GET"): return Answer(status: 200, body: .object(old))
        case ("", "DELETE"): return delete(old, requested: query["gracePeriodSeconds"].flatMap { Int64($0) } ?? body["gracePeriodSeconds"]?.integer)
        case ("log", _): return Answer(status: try PodConnection.logTarget(in: old, container: query["container"] ?? "") == nil ? 204 : 200, body: "")
        case ("exec", _), ("attach", _): return Answer(status: 200, body: .string(try PodConnection.streamTarget(in: old, container: "").node))
        case ("portforward", _): return Answer(status: 200, body: .string(try PodConnection.node(of: old)))
        case ("binding", _): return try bind(sent, name)
        case ("eviction", "GET"): return Answer(status: 405, body: Status(failure: .methodNotAllowed, message: "").json)
        case ("eviction", _):
            try PodEviction.check(sent, name: name)
            pods[name] = nil
            return Answer(status: 201, body: Status.success().json.withCode(201))
        default: return try update(old, patched(old, body, contentType), subresource)
        }
    }

    private func patched(_ old: JSONObject, _ patch: JSONValue, _ contentType: String) throws(Status) -> JSONObject {
        do {
            if contentType.contains("json-patch") { return try JSONPatch(parsing: patch).applied(to: .object(old)).object ?? JSONObject() }
            if contentType.contains("strategic") {
                return try StrategicMergePatch(patch.object ?? JSONObject()).applied(to: old, schema: Pod.definition)
            }
            return try MergePatch(patch).applied(to: .object(old)).object ?? JSONObject()
        } catch {
            throw .badRequest("\(error)")
        }
    }

    private func refuse(_ name: String, _ errors: [FieldError]) throws(Status) {
        if !errors.isEmpty { throw .invalid(GroupKind(group: "", kind: "Pod"), name: name, FieldErrors(errors)) }
    }

    private func create(_ sent: JSONObject, namespace: String) throws(Status) -> Answer {
        var pod = sent
        var metadata = pod["metadata"]?.object ?? JSONObject()
        let name = metadata["name"]?.string ?? ""
        metadata["namespace"] = .string(namespace)
        metadata["uid"] = "00000000-0000-0000-0000-000000000000"
        metadata["generation"] = 1
        metadata["creationTimestamp"] = .string(CustomResourceAPI.now.description)
        lastVersion += 1
        metadata["resourceVersion"] = .string("\(lastVersion)")
        pod["metadata"] = .object(metadata)
        kind.applyDefaults(to: &pod)
        try PodAdmission().admit(&pod, reading: Accounts(), randomSuffix: "abcde")
        kind.prepareForCreation(&pod)
        try refuse(name, kind.creationErrors(in: pod))
        pods[name] = pod
        return Answer(status: 201, body: .object(pod), warnings: kind.warnings(for: pod, replacing: nil))
    }

    private func update(_ old: JSONObject, _ sent: JSONObject, _ subresource: String) throws(Status) -> Answer {
        var pod = sent
        let name = old["metadata"]?["name"]?.string ?? ""
        kind.applyDefaults(to: &pod)
        switch subresource {
        case "status":
            kind.prepareForStatusUpdate(&pod, replacing: old)
            try refuse(name, kind.statusErrors(in: pod, replacing: old))
        case "resize":
            PodResize.prepare(&pod, replacing: old)
            try refuse(name, PodResize.errors(in: pod, replacing: old))
        case "ephemeralcontainers":
            PodEphemeralContainers.prepare(&pod, replacing: old)
            try refuse(name, PodEphemeralContainers.errors(in: pod, replacing: old))
        default:
            PodAdmission().admitUpdate(&pod, replacing: old)
            kind.prepareForUpdate(&pod, replacing: old)
            try refuse(name, kind.updateErrors(in: pod, replacing: old))
        }
        pods[name] = pod
        return Answer(status: 200, body: .object(pod))
    }

    private func bind(_ binding: JSONObject, _ name: String) throws(Status) -> Answer {
        guard let pod = pods[name] else { throw .notFound(Self.resource, name: name) }
        try PodBinding.check(binding, name: name)
        pods[name] = try PodBinding.bind(pod, to: binding, now: CustomResourceAPI.now)
        return Answer(status: 201, body: Status.success().json.withCode(201))
    }

    private func delete(_ pod: JSONObject, requested: Int64?) -> Answer {
        let name = pod["metadata"]?["name"]?.string ?? ""
        switch PodDeletion.outcome(for: pod, requested: requested, now: CustomResourceAPI.now) {
        case .wait: return Answer(status: 200, body: .object(pod))
        case .mark(let marked):
            pods[name] = marked
            return Answer(status: 200, body: .object(marked))
        case .remove(let marked):
            pods[name] = (marked["metadata"]?["finalizers"]?.array ?? []).isEmpty ? nil : marked
            return Answer(status: 200, body: .object(marked))
        }
    }

    private func list(_ query: [String: String], wantsTable: Bool) -> Answer {
        let wanted = (query["fieldSelector"] ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let found = pods.sorted { $0.key < $1.key }.map(\.value).filter { wanted.count < 2 || kind.selectableValues(of: $0)[wanted[0]] == wanted[1] }
        guard wantsTable else { return Answer(status: 200, body: ["items": .array(found.map { .object($0) })]) }
        let columns = kind.columns.map { column -> JSONValue in
            [
                "name": .string(column.name), "type": .string(column.type), "format": .string(column.format), "priority": .integer(Int64(column.priority)),
            ]
        }
        let rows = found.map { pod -> JSONValue in ["cells": .array(kind.cells(of: pod, now: CustomResourceAPI.now))] }
        return Answer(status: 200, body: ["kind": "Table", "columnDefinitions": .array(columns), "rows": .array(rows)])
    }
}

extension JSONValue {
    fileprivate func withCode(_ code: Int64) -> JSONValue {
        guard var members = object else { return self }
        members["code"] = .integer(code)
        return .object(members)
    }
}
