import EmbeddedAPI
import KubernetesAPI

/// The least API in memory that custom resources need: definitions, and objects with their status, scale, versions and Tables.
final class CustomResourceAPI {
    struct Answer {
        var status: Int
        var body: JSONValue
        var warnings: [String] = []
    }

    static let definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    static let now = Time(clamping: 1_700_000_000)
    private static let definitionResource = GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions")
    private static let definitionKind = GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")

    private let patterns = LinearPatterns()
    private let engine = CELRuleEngine()
    private var definitions: [String: JSONObject] = [:]
    private var resources: [String: CustomResource] = [:]
    private var objects: [String: [String: JSONObject]] = [:]
    private var lastVersion = 0

    func answer(
        _ method: String, _ target: String, body: JSONValue = .null, contentType: String = "application/json", wantsTable: Bool = false
    ) -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var query: [String: String] = [:]
        for item in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1).map(String.init)
            query[pair[0]] = pair.count > 1 ? pair[1] : ""
        }
        var call = Call(method: method, body: body, contentType: contentType, query: query, wantsTable: wantsTable)
        do {
            if parts[0].hasPrefix(Self.definitionsPath) {
                return try definitionAnswer(&call, name: String(parts[0].dropFirst(Self.definitionsPath.count + 1)))
            }
            return try objectAnswer(&call, path: parts[0].split(separator: "/").map(String.init))
        } catch let failure as Failure {
            return Answer(status: Int(failure.status.code ?? 500), body: failure.status.json, warnings: call.warnings)
        } catch {
            return Answer(status: 500, body: .string("\(error)"))
        }
    }

    private struct Call {
        let method: String
        let body: JSONValue
        let contentType: String
        let query: [String: String]
        let wantsTable: Bool
        var warnings: [String] = []
        var isDryRun: Bool { query["dryRun"] == "All" }
    }

    private struct Failure: Error {
        let status: Status
    }

    private func refuse(_ kind: GroupKind, _ name: String, _ errors: [FieldError]) throws {
        if !errors.isEmpty { throw Failure(status: .invalid(kind, name: name, FieldErrors(errors))) }
    }

    /// The errors; the warnings go with the answer.
    private func checked(_ findings: ValidationRuleFindings, _ call: inout Call) -> [FieldError] {
        call.warnings += findings.warnings
        return findings.errors
    }

    /// What a patch makes of an object.
    private func patched(_ old: JSONObject, _ call: Call) throws -> JSONObject {
        let result =
            call.contentType.contains("json-patch")
            ? try JSONPatch(parsing: call.body).applied(to: .object(old)) : try MergePatch(call.body).applied(to: .object(old))
        return result.object ?? JSONObject()
    }

    private func nextVersion() -> JSONValue {
        lastVersion += 1
        return .string("\(lastVersion)")
    }

    // MARK: Definitions

    private func definitionAnswer(_ call: inout Call, name: String) throws -> Answer {
        let rules = DefinitionRules(patterns: patterns, rules: engine)
        switch call.method {
        case "POST":
            var definition = DefinitionStatus.preparedForCreation(call.body.object ?? JSONObject())
            let name = definition["metadata"]?["name"]?.string ?? ""
            try refuse(Self.definitionKind, name, rules.creationErrors(in: definition))
            var metadata = definition["metadata"]?.object ?? JSONObject()
            metadata["resourceVersion"] = nextVersion()
            definition["metadata"] = .object(metadata)
            store(definition, name)
            return Answer(status: 201, body: .object(definition), warnings: rules.warnings(for: definition))
        case "PATCH":
            guard let old = definitions[name] else { throw Failure(status: .notFound(Self.definitionResource, name: name)) }
            let definition = DefinitionStatus.preparedForUpdate(try patched(old, call), replacing: old)
            try refuse(Self.definitionKind, name, rules.updateErrors(in: definition, replacing: old))
            store(definition, name)
            return Answer(status: 200, body: .object(definition))
        default:
            guard let definition = definitions[name] else { throw Failure(status: .notFound(Self.definitionResource, name: name)) }
            return Answer(status: 200, body: .object(definition))
        }
    }

    private func store(_ definition: JSONObject, _ name: String) {
        var definition = definition
        definitions[name] = definition
        let taken = DefinitionStatus.TakenNames(group: definition["spec"]?["group"]?.string ?? "", definitions: definitions.values)
        if let status = DefinitionStatus.settled(definition, taken: taken, now: Self.now) { definition["status"] = status }
        definitions[name] = definition
        resources[name] = DefinitionStatus.isEstablished(definition) ? CustomResource(definition: definition, patterns: patterns) : nil
    }

    // MARK: Objects

    private func objectAnswer(_ call: inout Call, path: [String]) throws -> Answer {
        let notFound = Answer(status: 404, body: "404 page not found\n")
        guard path.count >= 6, path[0] == "apis", let resource = resources["\(path[5]).\(path[1])"], let version = resource.servedVersion(path[2]) else {
            return notFound
        }
        let groupResource = GroupResource(group: path[1], resource: path[5])
        if let warning = version.deprecationWarning { call.warnings.append(warning) }
        if path.count == 6 {
            return call.method == "POST"
                ? try create(&call, resource, version, namespace: path[4]) : try list(call, resource, version, groupResource)
        }
        let name = path[6]
        guard let stored = objects[resource.names.plural]?[name] else { throw Failure(status: .notFound(groupResource, name: name)) }
        let old = resource.read(stored, as: version)
        switch (path.count > 7 ? path[7] : "", call.method) {
        case ("", "GET"): return Answer(status: 200, body: .object(old), warnings: call.warnings)
        case ("", "DELETE"):
            if !call.isDryRun { objects[resource.names.plural]?[name] = nil }
            return Answer(status: 200, body: Status.success(group: path[1], kind: path[5], name: name).json, warnings: call.warnings)
        case ("", _):
            let sent = call.method == "PUT" ? call.body.object ?? JSONObject() : try patched(old, call)
            let decoded = try decode(sent, &call, version)
            let new = version.preparedForUpdate(adopting(decoded, old), replacing: old)
            try refuse(version.groupKind, name, checked(version.updateFindings(in: new, replacing: old, rules: engine), &call))
            return save(new, replacing: old, call, resource, version, status: 200)
        case ("status", _):
            let decoded = try decode(call.method == "PUT" ? call.body.object ?? JSONObject() : try patched(old, call), &call, version)
            let new = version.preparedForStatusUpdate(adopting(decoded, old), replacing: old)
            try refuse(version.groupKind, name, checked(version.statusFindings(in: new, replacing: old, rules: engine), &call))
            return save(new, replacing: old, call, resource, version, status: 200)
        case ("scale", _): return try scale(&call, resource, version, old)
        default: return notFound
        }
    }

    private func decode(_ body: JSONObject, _ call: inout Call, _ version: CustomResourceVersion) throws -> JSONObject {
        if let apiVersion = body["apiVersion"]?.string, apiVersion != version.apiVersion {
            throw Failure(
                status: .badRequest(
                    "the API version in the data (\(apiVersion)) does not match the expected API version (\(version.apiVersion))"))
        }
        let decoded = try version.decoded(body)
        switch call.query["fieldValidation"] {
        case "Ignore": break
        case "Strict":
            guard let strict = decoded.strictDecodingError else { break }
            if call.method == "PATCH" {
                try refuse(version.groupKind, "", [FieldError(.invalid, at: FieldPath("patch"), value: .object(body), strict)])
            }
            let kind = version.kind
            throw Failure(status: .badRequest("\(kind) in version \"\(version.name)\" cannot be handled as a \(kind): \(strict)"))
        default: call.warnings += decoded.warnings
        }
        return decoded.object
    }

    /// An update with the metadata that only the server sets.
    private func adopting(_ object: JSONObject, _ old: JSONObject) -> JSONObject {
        var object = object
        var metadata = object["metadata"]?.object ?? JSONObject()
        for field in ["uid", "creationTimestamp", "namespace"] { metadata[field] = old["metadata"]?[field] }
        object["metadata"] = .object(metadata)
        return object
    }

    private func create(_ call: inout Call, _ resource: CustomResource, _ version: CustomResourceVersion, namespace: String) throws -> Answer {
        var object = version.preparedForCreation(try decode(call.body.object ?? JSONObject(), &call, version))
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata["namespace"] = .string(namespace)
        metadata["uid"] = "00000000-0000-4000-8000-000000000001"
        metadata["creationTimestamp"] = Self.now.json
        object["metadata"] = .object(metadata)
        try refuse(version.groupKind, metadata["name"]?.string ?? "", checked(version.creationFindings(in: object, rules: engine), &call))
        return save(object, replacing: nil, call, resource, version, status: 201)
    }

    private func save(
        _ object: JSONObject, replacing old: JSONObject?, _ call: Call, _ resource: CustomResource, _ version: CustomResourceVersion, status: Int
    ) -> Answer {
        var object = object
        var metadata = object["metadata"]?.object ?? JSONObject()
        if object != old { metadata["resourceVersion"] = nextVersion() }
        object["metadata"] = .object(metadata)
        let stored = resource.stored(object, from: version)
        if !call.isDryRun { objects[resource.names.plural, default: [:]][metadata["name"]?.string ?? ""] = stored }
        return Answer(status: status, body: .object(resource.read(stored, as: version)), warnings: call.warnings)
    }

    private func list(_ call: Call, _ resource: CustomResource, _ version: CustomResourceVersion, _ groupResource: GroupResource) throws -> Answer {
        let selector = try FieldSelector(parsing: call.query["fieldSelector"] ?? "")
        let known = Set(version.selectableFields.map { $0.fields.joined(separator: ".") }).union(["metadata.name", "metadata.namespace"])
        for term in selector.terms where !known.contains(term.field) {
            throw Failure(status: .badRequest("field label not supported: \(term.field)"))
        }
        let items = (objects[resource.names.plural] ?? [:]).sorted { $0.key < $1.key }.map { resource.read($0.value, as: version) }
            .filter { object in
                let values = version.selectableValues(of: object)
                return selector.matches { field in
                    values[field] ?? object["metadata"]?[field == "metadata.name" ? "name" : "namespace"]?.string
                }
            }
        let metadata: JSONValue = ["resourceVersion": .string("\(lastVersion)")]
        guard call.wantsTable else {
            return Answer(
                status: 200,
                body: [
                    "apiVersion": .string(version.apiVersion), "kind": .string(resource.names.listKind), "metadata": metadata,
                    "items": .array(items.map { .object($0) }),
                ], warnings: call.warnings)
        }
        let rows = items.map { object -> JSONValue in
            let partial: JSONValue = ["kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"] ?? [:]]
            return ["cells": .array(version.cells(of: object, now: Time(clamping: Self.now.secondsSince1970 + 5))), "object": partial]
        }
        return Answer(
            status: 200,
            body: [
                "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata, "columnDefinitions": .array(version.columnDefinitions),
                "rows": .array(rows),
            ], warnings: call.warnings)
    }

    private func scale(_ call: inout Call, _ resource: CustomResource, _ version: CustomResourceVersion, _ old: JSONObject) throws -> Answer {
        guard let paths = version.scale else { return Answer(status: 404, body: "404 page not found\n") }
        do {
            if call.method == "GET" { return Answer(status: 200, body: .object(try paths.scale(of: old))) }
            // A patch of a scale that cannot be read yet begins with no replicas.
            let current = (try? paths.scale(of: old)) ?? ["spec": [:]]
            let scale = call.method == "PUT" ? call.body.object ?? JSONObject() : try patched(current, call)
            let new = version.preparedForUpdate(try paths.applying(scale, to: old), replacing: old)
            let errors = checked(version.updateFindings(in: new, replacing: old, rules: engine), &call)
            try refuse(version.groupKind, old["metadata"]?["name"]?.string ?? "", errors)
            let saved = save(new, replacing: old, call, resource, version, status: 200)
            return Answer(status: 200, body: .object(try paths.scale(of: saved.body.object ?? JSONObject())))
        } catch let error as ObjectDecodingError {
            throw Failure(status: .internalError(error.reason))
        }
    }
}

extension Time {
    /// A time of tests, whose seconds are known to be in range.
    fileprivate init(clamping seconds: Int64) { self = Time(secondsSince1970: seconds) ?? .min }
}
