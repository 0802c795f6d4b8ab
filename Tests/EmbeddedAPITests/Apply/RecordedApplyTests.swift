import Foundation
import KubernetesAPI
import TestSupport
import Testing

@testable import EmbeddedAPI

/// Conversations about server-side apply that were recorded with Kubernetes 1.36, played through the engine.
struct RecordedApplyTests {
    /// What the engine has no part in, with the reason.
    private static let skipped: [String: String] = [
        "bad-yaml-body": "reading bodies is the server's",
        "generate-name-in-apply": "names are checked by the server",
        "name-mismatch": "names are checked by the server",
        "namespace-mismatch": "names are checked by the server",
        "null-value-in-apply": "validation against the structural schema is the server's",
        "secret-string-data": "the conversion of stringData is the server's",
        "uid-in-apply": "preconditions are checked by the server",
        "yaml-duplicate-keys": "reading bodies is the server's",
    ]

    /// Built-in kinds whose defaults are not here: only statuses and managedFields are compared.
    private static let withoutDefaults: Set<String> = ["services", "podtemplates", "deployments"]

    @Test func conformance() throws {
        guard var files = try Conformance.files(in: "kubernetes-api/server-side-apply") else { return }
        if let writes = Conformance.path("kubernetes-api/crud/managed-fields-of-plain-writes.json") { files.append(writes) }
        var tally = ConformanceTally("recorded-apply")
        var skipped: [String] = []
        for file in files where file.pathExtension == "json" {
            let name = file.deletingPathExtension().lastPathComponent
            if let reason = Self.skipped[name] {
                skipped.append("\(name): \(reason)")
                continue
            }
            var text = try String(contentsOf: file, encoding: .utf8).replacing("${group}", with: "example.com").replacing("${ns}", with: "ns")
            for (word, rule) in try JSONValue(parsing: text)["repeat"]?.object ?? JSONObject() {
                let repeated = String(repeating: rule[0]?.string ?? "", count: Int(rule[1]?.integer ?? 0))
                text = text.replacing("${\(word)}", with: repeated)
            }
            let scenario = try JSONValue(parsing: text)
            tally.check(name) { try Self.play(scenario) }
        }
        tally.report()
        print("recorded-apply: \(skipped.count) skipped")
        for line in skipped { print("  skipped \(line)") }
    }

    /// The first difference, or nil.
    private static func play(_ scenario: JSONValue) throws -> String? {
        var server = RecordedServer()
        for kind in builtin { server.kinds[kind.resource.resource] = kind }
        for definition in scenario["crds"]?.array ?? [] {
            let spec = try #require(definition["spec"])
            let version = try #require(spec["versions"]?[0])
            let schema = try #require(version["schema"]?["openAPIV3Schema"]?.object)
            let group = try #require(spec["group"]?.string)
            let plural = try #require(spec["names"]?["plural"]?.string)
            server.kinds[plural] = RecordedServer.Kind(
                resource: GroupResource(group: group, resource: plural),
                kind: GroupVersionKind(group: group, version: "v1", kind: spec["names"]?["kind"]?.string ?? ""), schema: .customResource(schema),
                structure: schema, hasStatus: version["subresources"]?["status"] != nil, hasGeneration: true,
                hasScale: version["subresources"]?["scale"] != nil)
        }
        var saved: String?
        for (position, step) in (scenario["steps"]?.array ?? []).enumerated() {
            let request = try #require(step["request"]?.string).split(separator: " ", maxSplits: 1).map(String.init)
            var body = try step["body"] ?? step["bodyText"]?.string.map { try JSONValue(parsingYAML: $0) }
            if let rv = saved, let text = body?.description { body = try JSONValue(parsing: text.replacing("${rv}", with: rv)) }
            // Service accounts are awaited only, since Kubernetes wants one for a pod.
            if request[1].hasSuffix("/serviceaccounts/default") { continue }
            let answer = try server.answer(request[0], request[1], contentType: step["headers"]?["Content-Type"]?.string, body: body)
            if step["save"] != nil { saved = answer.body["metadata"]?["resourceVersion"]?.string }
            let plural = server.kinds.keys.first { request[1].contains("/\($0)/") || request[1].contains("/\($0)?") } ?? ""
            if let difference = compare(answer, step, saved, onlyOwnership: withoutDefaults.contains(plural)) { return "step \(position + 1): \(difference)" }
        }
        return nil
    }

    private static func compare(_ answer: RecordedServer.Answer, _ step: JSONValue, _ saved: String?, onlyOwnership: Bool) -> String? {
        guard let expect = step["expect"] else { return nil }
        if let status = expect["status"]?.integer, status != Int64(answer.code) { return "code \(answer.code), expected \(status): \(answer.body)" }
        for (field, pattern) in expect["matches"]?.object ?? JSONObject() {
            guard let text = answer.body[field]?.string, let pattern = pattern.string, let regex = try? Regex(pattern), text.contains(regex) else {
                return "\(field) of \(answer.body) does not match \(pattern)"
            }
        }
        guard let expected = expect["body"] else { return nil }
        if let show = step["show"]?.array?.compactMap(\.string) {
            for path in show {
                var value: JSONValue? = settled(answer.body, saved)
                for name in path.replacing("[", with: ".").replacing("]", with: "").split(separator: ".").map(String.init) {
                    if let index = Int(name) {
                        value = value?[index]
                    } else if name != "*" {
                        value = value?.array.map { items in .array(items.compactMap { $0[name] }) } ?? value?[name]
                    }
                }
                if let wanted = expected[path], wanted != (value ?? "(absent)") { return "\(path) is \(value ?? .null), expected \(wanted)" }
            }
            return nil
        }
        let (got, wanted) = (settled(answer.body, saved), settled(expected, nil))
        if onlyOwnership, wanted["kind"] != "Status" {
            let (own, theirs) = (got["metadata"]?["managedFields"], wanted["metadata"]?["managedFields"])
            return own == theirs ? nil : "managedFields \(own ?? .null)\nexpected \(theirs ?? .null)"
        }
        return got == wanted ? nil : "got \(got)\nexpected \(wanted)"
    }

    /// What varies from run to run made equal, as the player of the recordings does.
    private static func settled(_ body: JSONValue, _ saved: String?) -> JSONValue {
        guard case .object(var object) = body, case .object(var metadata)? = object["metadata"] else { return body }
        for name in ["creationTimestamp"] where metadata[name] != nil { metadata[name] = "(time)" }
        if metadata["uid"] != nil { metadata["uid"] = "(uid)" }
        if let version = metadata["resourceVersion"]?.string, version != "${rv}" {
            metadata["resourceVersion"] = version == saved ? "${rv}" : "(resourceVersion)"
        }
        if case .array(let owners)? = metadata["ownerReferences"] {
            metadata["ownerReferences"] = .array(
                owners.map { owner in
                    var owner = owner.object ?? JSONObject()
                    owner["uid"] = "(uid)"
                    return .object(owner)
                })
        }
        if case .array(let entries)? = metadata["managedFields"] {
            let settled = entries.map { entry -> JSONValue in
                var entry = entry.object ?? JSONObject()
                if entry["time"] != nil { entry["time"] = "(time)" }
                let text = JSONValue.object(entry).description.replacing(/[0-9]{8}-[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{12}/, with: "(uid)")
                return (try? JSONValue(parsing: text)) ?? .object(entry)
            }
            func key(_ entry: JSONValue) -> String {
                ["operation", "manager", "apiVersion", "subresource"].map { entry[$0]?.string ?? "" }.joined(separator: "\u{1}")
            }
            metadata["managedFields"] = .array(settled.sorted { key($0) < key($1) })
        }
        object["metadata"] = .object(metadata)
        if case .object(var details)? = object["details"], case .array(let causes)? = details["causes"] {
            details["causes"] = .array(causes.sorted { $0["field"]?.string ?? "" < $1["field"]?.string ?? "" })
            object["details"] = .object(details)
        }
        return .object(object)
    }

    private static var builtin: [RecordedServer.Kind] {
        func kind(_ type: any Resource.Type, _ skeleton: JSONObject = JSONObject()) -> RecordedServer.Kind {
            RecordedServer.Kind(
                resource: GroupResource(group: type.group, resource: type.plural),
                kind: GroupVersionKind(group: type.group, version: type.version, kind: type.kind), schema: .declared(type), structure: nil,
                hasStatus: false, hasGeneration: false, skeleton: skeleton)
        }
        let podTemplate = RecordedServer.Kind(
            resource: GroupResource(group: "", resource: "podtemplates"), kind: GroupVersionKind(group: "", version: "v1", kind: "PodTemplate"),
            schema: MergeSchema(
                MergeAtom(map: .init(fields: MergeSchema.objectFields.merging(["template": .init(.declared(PodTemplateSpec.self))]) { $1 }))),
            structure: nil, hasStatus: false, hasGeneration: false)
        let template: JSONValue = ["metadata": [:], "spec": ["containers": nil]]
        var deployment = kind(Deployment.self, ["spec": ["selector": nil, "strategy": [:], "template": template], "status": [:]])
        deployment.hasScale = true
        var pod = kind(Pod.self, ["metadata": [:], "spec": ["containers": nil], "status": [:]])
        pod.defaults = { pod in
            guard case .object(var spec)? = pod["spec"] else { return }
            let defaults: JSONObject = [
                "dnsPolicy": "ClusterFirst", "enableServiceLinks": true, "restartPolicy": "Always", "schedulerName": "default-scheduler",
                "securityContext": [:], "terminationGracePeriodSeconds": 30,
            ]
            for (key, value) in defaults where spec[key] == nil { spec[key] = value }
            spec["containers"] = .array(
                (spec["containers"]?.array ?? []).map { container in
                    var container = container.object ?? JSONObject()
                    let defaults: JSONObject = [
                        "imagePullPolicy": "IfNotPresent", "resources": [:], "terminationMessagePath": "/dev/termination-log",
                        "terminationMessagePolicy": "File",
                    ]
                    for (key, value) in defaults where container[key] == nil { container[key] = value }
                    return .object(container)
                })
            pod["spec"] = .object(spec)
        }
        pod.hasStatus = true
        return [pod, deployment, kind(ConfigMap.self), kind(Role.self), podTemplate, kind(KubernetesAPI.Service.self)]
    }
}
