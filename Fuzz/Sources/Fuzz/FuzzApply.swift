import KubernetesAPI

@testable import EmbeddedAPI

/// Objects of a few schemas that several managers update and apply in turn: ownership can always be read again, applying again changes nothing, and what is
/// forced has no conflicts.
@Sendable func fuzzServerSideApply(_ bytes: UnsafeRawBufferPointer) {
    var choices = Choices(bytes)
    let subject = choices.element(of: applySubjects)
    let engine = subject.engine
    let emptied = JSONObject(uniqueKeysWithValues: [("apiVersion", .string(engine.kind.apiVersion)), ("kind", .string(engine.kind.kind))])
    var live: JSONObject?
    for round in 0..<6 where !choices.isExhausted {
        let manager = choices.element(of: ["a", "b", LastAppliedConfiguration.manager, ""])
        let object = subject.make(&choices)
        let now = fuzzTime.advanced(by: .seconds(Int64(round)))
        if choices.happens(oneIn: 3) {
            live = engine.update(live, to: object, manager: manager, now: now)
            continue
        }
        let configuration = choices.happens(oneIn: 5) ? emptied : object.settingManagedFields(nil)
        let force = choices.happens(oneIn: 2)
        do throws(ApplyError) {
            let applied = try engine.apply(configuration, to: live, manager: manager, force: force, now: now).withoutNulls
            expectReadable(applied)
            let before = live
            live = applied
            // An empty map or list is a value of its own, which goes when something is put into it; and what nobody owns is tracked from the next apply on.
            guard JSONValue.object(configuration).isFilled, applied.managedFieldsJSON != nil else { continue }
            let again: JSONObject
            do throws(ApplyError) {
                again = try engine.apply(configuration, to: applied, manager: manager, force: false, now: now.advanced(by: .seconds(1))).withoutNulls
            } catch {
                fatalError("applied, and then refused: \(error)\n\(configuration)\n\(applied)")
            }
            expect(ServerSideApply.isUnchanged(again, since: applied), "applied twice\n\(configuration)\n\(before ?? [:])\n\(applied)\n\(again)")
        } catch {
            expect(!error.description.isEmpty && error.status.code != nil, "a refusal without reason")
            if case .conflicts = error, force { fatalError("forced, and in conflict: \(error)") }
        }
    }
}

private func expectReadable(_ object: JSONObject) {
    do throws(ManagedFieldsError) {
        let fields = try ManagedFields(json: object.managedFieldsJSON)
        let again = try ManagedFields(json: fields.json)
        expect(again == fields, "ownership is read otherwise the second time\n\(object)")
    } catch {
        fatalError("ownership cannot be read: \(error)\n\(object)")
    }
}

extension JSONObject {
    /// As the server stores it: what removal leaves of a map is null, and goes.
    fileprivate var withoutNulls: JSONObject {
        var object = JSONObject()
        for (key, value) in self where !value.isNull { object[key] = value.object.map { .object($0.withoutNulls) } ?? value }
        return object
    }
}

extension JSONValue {
    fileprivate var isFilled: Bool {
        switch self {
        case .null: false
        case .array(let items): !items.isEmpty && items.allSatisfy(\.isFilled)
        case .object(let members): !members.isEmpty && members.allSatisfy { $0.value.isFilled }
        default: true
        }
    }
}

private struct ApplySubject: Sendable {
    let engine: ServerSideApply
    let make: @Sendable (inout Choices) -> JSONObject
}

private let applySubjects: [ApplySubject] =
    applySchemas.enumerated().map { index, schema in
        let kind = GroupVersionKind(group: "example.com", version: "v1", kind: "Widget")
        let engine = ServerSideApply(kind: kind, schemas: [kind.apiVersion: .customResource(schema)])
        return ApplySubject(engine: engine) { choices in
            var object: JSONObject = ["apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "a"]]
            if choices.happens(oneIn: 6) { object["metadata"] = choices.anything(depth: 4) }
            if choices.happens(oneIn: 12) { object = object.settingManagedFields(choices.managedFields()) }
            object["spec"] = choices.happens(oneIn: 8) ? choices.anything(depth: 3) : choices.widget()
            return object
        }
    }
    + [Pod.self, Service.self, Deployment.self].map { (type: any Resource.Type) in
        let kind = type.resource.groupVersionKind
        let engine = ServerSideApply(kind: kind, schemas: [kind.apiVersion: .declared(type)])
        return ApplySubject(engine: engine) { $0.object(of: type) }
    }

private let applySchemas: [JSONObject?] = [
    [
        "type": "object",
        "properties": [
            "spec": [
                "type": "object",
                "properties": [
                    "color": ["type": "string"], "replicas": ["type": "integer"], "on": ["type": "boolean"],
                    "labels": ["type": "object", "additionalProperties": ["type": "string"]],
                    "atomicMap": ["type": "object", "additionalProperties": ["type": "string"], "x-kubernetes-map-type": "atomic"],
                    "atomicList": ["type": "array", "items": ["type": "string"]],
                    "tags": ["type": "array", "items": ["type": "string"], "x-kubernetes-list-type": "set"],
                    "items": [
                        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name", "kind"],
                        "items": [
                            "type": "object",
                            "properties": [
                                "name": ["type": "string"], "kind": ["type": "string", "default": "plain"], "value": ["type": "string"],
                                "inner": ["type": "array", "items": ["type": "integer"], "x-kubernetes-list-type": "set"],
                            ],
                        ],
                    ],
                    "any": ["x-kubernetes-preserve-unknown-fields": true], "port": ["x-kubernetes-int-or-string": true],
                ],
            ]
        ],
    ],
    nil,
    ["type": "object", "properties": ["spec": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]]],
]

extension Choices {
    fileprivate mutating func widget() -> JSONValue {
        var spec = JSONObject()
        func word(_ choices: inout Choices) -> JSONValue {
            choices.happens(oneIn: 20) ? choices.anything(depth: 8) : .string(choices.element(of: ["a", "b", "c"]))
        }
        if happens(oneIn: 3) { spec["color"] = word(&self) }
        if happens(oneIn: 3) { spec["replicas"] = .integer(number()) }
        for field in ["labels", "atomicMap"] where happens(oneIn: 3) {
            spec[field] = .object(JSONObject(uniqueKeysWithValues: ["x", "y"].prefix(index(3)).map { ($0, word(&self)) }))
        }
        if happens(oneIn: 3) { spec["atomicList"] = .array((0..<index(3)).map { _ in word(&self) }) }
        if happens(oneIn: 3) { spec["tags"] = .array((0..<index(5)).map { _ in word(&self) }) }
        if happens(oneIn: 2) {
            spec["items"] = .array(
                (0..<index(4)).map { _ in
                    var item: JSONObject = ["name": word(&self)]
                    if happens(oneIn: 2) { item["kind"] = word(&self) }
                    if happens(oneIn: 2) { item["value"] = word(&self) }
                    if happens(oneIn: 4) { item["inner"] = .array((0..<index(4)).map { _ in .integer(Int64(index(3))) }) }
                    return .object(item)
                })
        }
        if happens(oneIn: 4) { spec["any"] = anything(depth: 6) }
        if happens(oneIn: 4) { spec["port"] = happens(oneIn: 2) ? 80 : "http" }
        return .object(spec)
    }

    fileprivate mutating func managedFields() -> JSONValue {
        if happens(oneIn: 4) { return anything(depth: 6) }
        let fields: [JSONValue] = [
            ["f:spec": ["f:color": [:]]], [:],
            ["f:spec": [".": [:], "f:tags": ["v:\"a\"": [:]], "f:items": ["k:{\"kind\":\"a\",\"name\":\"b\"}": [".": [:]]]]],
            ["f:spec": ["f:items": ["k:{\"name\":\"a\"}": ["f:value": [:]]], "f:atomicList": [:]]], ["i:0": [:]], ["x": [:]], ["k:{": [:]], ["v:1": 1],
        ]
        return [
            [
                "manager": .string(element(of: ["a", "b", "old"])), "operation": .string(element(of: ["Apply", "Update", ""])),
                "apiVersion": .string(element(of: ["example.com/v1", "example.com/v2", ""])), "fieldsType": "FieldsV1", "fieldsV1": element(of: fields),
                "time": "2026-01-01T00:00:00Z",
            ]
        ]
    }
}
