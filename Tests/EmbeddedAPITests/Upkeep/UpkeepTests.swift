import KubernetesAPI
import Synchronization
import Testing

@testable import EmbeddedAPI

/// The loops together, on a real store.
@Suite(.timeLimit(.minutes(1))) struct UpkeepTests {
    static let never: StatusRule = { _, _, _ in nil }

    /// Runs the loops around `body`, and expects them to end with it and to have met no error.
    func withUpkeep(
        budget: @escaping StatusRule = never, job: @escaping StatusRule = never, before: (StoredClient) async throws -> Void = { _ in },
        _ body: (StoredClient) async throws -> Void
    ) async throws {
        let client = try StoredClient()
        try await before(client)
        let failures = Mutex<[String]>([])
        let upkeep = Upkeep(
            client: client, certificateAuthority: "PEM", rules: .init(disruptionBudget: budget, job: job, admissionPolicy: Self.never),
            now: { Time(secondsSince1970: 1_750_000_000) ?? .max }, report: { failure in failures.withLock { $0.append("\(failure)") } })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await upkeep.run() }
            try await body(client)
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(failures.withLock { $0 } == [])
    }

    /// Waits until a change of the resource makes the condition true.
    func wait(_ client: StoredClient, _ resource: GroupResource, _ condition: (StoredClient) -> Bool) async throws {
        let watch = try client.store.watch(resource, from: .now)
        if condition(client) { return }
        for try await _ in watch where condition(client) { return }
        Issue.record("the watch ended before the condition was met: \(client.objects(resource, namespace: nil))")
    }

    func waitForEnd(_ client: StoredClient, _ resource: GroupResource, _ namespace: String, _ name: String) async throws {
        try await wait(client, resource) { $0.object(resource, namespace: namespace, name: name) == nil }
    }

    static func configMap(_ name: String, in namespace: String = "n", owners: [JSONValue] = [], finalizers: [JSONValue] = []) -> JSONObject {
        var metadata: JSONObject = ["name": .string(name), "namespace": .string(namespace)]
        if !owners.isEmpty { metadata["ownerReferences"] = .array(owners) }
        if !finalizers.isEmpty { metadata["finalizers"] = .array(finalizers) }
        return ["apiVersion": "v1", "kind": "ConfigMap", "metadata": .object(metadata)]
    }

    static func owner(_ name: String, uid: String, kind: String = "ConfigMap", blocks: Bool = false) -> JSONValue {
        ["apiVersion": "v1", "kind": .string(kind), "name": .string(name), "uid": .string(uid), "blockOwnerDeletion": .bool(blocks)]
    }

    @Test func aDependentOfAnAbsentOwnerGoes() async throws {
        try await withUpkeep { client in
            try await client.create(Self.configMap("owner"), in: .configMaps)
            try await client.create(Self.configMap("child", owners: [Self.owner("owner", uid: "other")]), in: .configMaps)
            try await waitForEnd(client, .configMaps, "n", "child")
            #expect(client.object(.configMaps, namespace: "n", name: "owner") != nil)
        }
    }

    @Test func dependentsGoWithTheirOwnerAndTheirsToo() async throws {
        try await withUpkeep { client in
            let owner = try await client.create(Self.configMap("owner"), in: .configMaps)
            let child = try await client.create(Self.configMap("child", owners: [Self.owner("owner", uid: owner.objectUID)]), in: .configMaps)
            try await client.create(Self.configMap("grandchild", owners: [Self.owner("child", uid: child.objectUID)]), in: .configMaps)
            try await client.create(Self.configMap("elsewhere", in: "m", owners: [Self.owner("owner", uid: owner.objectUID)]), in: .configMaps)
            try await waitForEnd(client, .configMaps, "m", "elsewhere")
            try await client.delete(
                namespace: "n", name: "owner", in: .configMaps, uid: nil, resourceVersion: nil, propagationPolicy: "Background")
            try await waitForEnd(client, .configMaps, "n", "grandchild")
        }
    }

    @Test func aReferenceToAnAbsentOwnerGoesWhenThereIsAnother() async throws {
        try await withUpkeep { client in
            let owner = try await client.create(Self.configMap("owner"), in: .configMaps)
            let owners = [Self.owner("gone", uid: "gone"), Self.owner("owner", uid: owner.objectUID)]
            try await client.create(Self.configMap("child", owners: owners), in: .configMaps)
            try await wait(client, .configMaps) { OwnerLink.list(of: $0.object(.configMaps, namespace: "n", name: "child") ?? [:]).count == 1 }
        }
    }

    @Test func foregroundDeletionWaitsForBlockingDependents() async throws {
        try await withUpkeep { client in
            let owner = try await client.create(Self.configMap("owner"), in: .configMaps)
            let reference = Self.owner("owner", uid: owner.objectUID, blocks: true)
            try await client.create(Self.configMap("child", owners: [reference], finalizers: ["example.com/hold"]), in: .configMaps)
            try await client.delete(
                namespace: "n", name: "owner", in: .configMaps, uid: nil, resourceVersion: nil, propagationPolicy: "Foreground")
            try await wait(client, .configMaps) { $0.object(.configMaps, namespace: "n", name: "child")?.isBeingDeleted ?? false }
            #expect(client.object(.configMaps, namespace: "n", name: "owner")?.finalizers == ["foregroundDeletion"])
            _ = try await client.mergePatch(
                ["metadata": ["finalizers": .null]], namespace: "n", name: "child", in: .configMaps, subresource: "", manager: "test")
            try await waitForEnd(client, .configMaps, "n", "owner")
            #expect(client.object(.configMaps, namespace: "n", name: "child") == nil)
        }
    }

    @Test func aCircleIsDeletedInTheForeground() async throws {
        try await withUpkeep { client in
            let a = try await client.create(Self.configMap("a"), in: .configMaps)
            let b = try await client.create(Self.configMap("b", owners: [Self.owner("a", uid: a.objectUID, blocks: true)]), in: .configMaps)
            _ = try await client.mergePatch(
                ["metadata": ["ownerReferences": [Self.owner("b", uid: b.objectUID, blocks: true)]]], namespace: "n", name: "a", in: .configMaps,
                subresource: "",
                manager: "test")
            try await client.delete(namespace: "n", name: "a", in: .configMaps, uid: nil, resourceVersion: nil, propagationPolicy: "Foreground")
            try await waitForEnd(client, .configMaps, "n", "a")
            try await waitForEnd(client, .configMaps, "n", "b")
        }
    }

    @Test func orphansStayWithoutTheReference() async throws {
        try await withUpkeep(before: { client in
            // Before the loops have seen anything.
            let owner = try await client.create(Self.configMap("owner"), in: .configMaps)
            try await client.create(Self.configMap("child", owners: [Self.owner("owner", uid: owner.objectUID)]), in: .configMaps)
            try await client.delete(namespace: "n", name: "owner", in: .configMaps, uid: nil, resourceVersion: nil, propagationPolicy: "Orphan")
        }) { client in
            try await waitForEnd(client, .configMaps, "n", "owner")
            let child = try #require(client.object(.configMaps, namespace: "n", name: "child"))
            #expect(child["metadata"]?["ownerReferences"] == nil && !child.isBeingDeleted)
        }
    }

    @Test func anImpossibleOwnerIsReported() async throws {
        try await withUpkeep { client in
            let node: JSONObject = ["apiVersion": "v1", "kind": "Node", "metadata": ["name": "x", "ownerReferences": [Self.owner("c", uid: "u")]]]
            try await client.create(node, in: GroupResource(group: "", resource: "nodes"))
            try await wait(client, .events) { !$0.objects(.events, namespace: "default").isEmpty }
            let event = client.objects(.events, namespace: "default").first
            #expect(event?["message"]?.string == "ownerRef [v1/ConfigMap, namespace: , name: c, uid: u] does not exist in namespace \"\"")
            #expect(client.object(GroupResource(group: "", resource: "nodes"), namespace: "", name: "x") != nil)
        }
    }

    @Test func namespacesAreFurnishedAndEmptied() async throws {
        try await withUpkeep { client in
            try await wait(client, .namespaces) { $0.objects(.namespaces, namespace: nil).count == 4 }
            try await client.create(SystemObjects.namespace("n"), in: .namespaces)
            try await wait(client, .configMaps) { $0.object(.configMaps, namespace: "n", name: "kube-root-ca.crt") != nil }
            try await client.delete(namespace: "n", name: "kube-root-ca.crt", in: .configMaps, uid: nil, resourceVersion: nil, propagationPolicy: nil)
            try await wait(client, .configMaps) { $0.object(.configMaps, namespace: "n", name: "kube-root-ca.crt") != nil }
            for number in 0..<10 { try await client.create(Self.configMap("c\(number)"), in: .configMaps) }
            try await client.create(Self.configMap("held", finalizers: ["example.com/hold"]), in: .configMaps)

            try await client.delete(namespace: "", name: "n", in: .namespaces, uid: nil, resourceVersion: nil, propagationPolicy: nil)
            try await wait(client, .namespaces) {
                $0.object(.namespaces, namespace: "", name: "n")?["status"]?["conditions"]?[4]?["message"]?.string
                    == "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances"
            }
            _ = try await client.mergePatch(
                ["metadata": ["finalizers": .null]], namespace: "n", name: "held", in: .configMaps, subresource: "", manager: "test")
            try await waitForEnd(client, .namespaces, "", "n")
            #expect(client.objects(.configMaps, namespace: "n").isEmpty && client.objects(.serviceAccounts, namespace: "n").isEmpty)
        }
    }

    static let widgets = GroupResource(group: "example.com", resource: "widgets")
    static let definition: JSONObject = [
        "metadata": ["name": "widgets.example.com", "finalizers": ["customresourcecleanup.apiextensions.k8s.io"]],
        "spec": [
            "group": "example.com", "scope": "Namespaced", "names": ["plural": "widgets", "kind": "Widget"],
            "versions": [["name": "v1", "served": true, "storage": true]],
        ],
        "status": ["conditions": [["type": "Established", "status": "True"]]],
    ]

    @Test func aDefinitionGoesAfterItsInstances() async throws {
        try await withUpkeep { client in
            let owner: JSONValue = ["apiVersion": "example.com/v1", "kind": "Widget", "name": "w", "uid": "gone"]
            // Its owner's kind is not known yet.
            try await client.create(Self.configMap("child", owners: [owner]), in: .configMaps)
            try await client.create(Self.definition, in: .customResourceDefinitions)
            try await waitForEnd(client, .configMaps, "n", "child")

            let widget: JSONObject = ["metadata": ["name": "w", "namespace": "n", "finalizers": ["example.com/hold"]]]
            try await client.create(widget, in: Self.widgets)
            try await client.delete(
                namespace: "", name: "widgets.example.com", in: .customResourceDefinitions, uid: nil, resourceVersion: nil, propagationPolicy: nil)
            try await wait(client, Self.widgets) { $0.object(Self.widgets, namespace: "n", name: "w")?.isBeingDeleted ?? false }
            let present = try #require(client.object(.customResourceDefinitions, namespace: "", name: "widgets.example.com"))
            #expect(present["status"]?["conditions"]?[1]?["reason"]?.string == "InstanceDeletionInProgress")
            _ = try await client.mergePatch(
                ["metadata": ["finalizers": .null]], namespace: "n", name: "w", in: Self.widgets, subresource: "", manager: "test")
            try await waitForEnd(client, .customResourceDefinitions, "", "widgets.example.com")
        }
    }

    @Test func statusesFollowTheirRule() async throws {
        let budgets = GroupResource.disruptionBudgets
        try await withUpkeep(
            budget: { budget, others, _ in
                ["expectedPods": .integer(Int64(others.objects(.pods, namespace: budget.objectNamespace).count))]
            }, job: { _, _, _ in ["active": 0] }
        ) { client in
            func expected(_ client: StoredClient) -> Int64? { client.object(budgets, namespace: "n", name: "p")?["status"]?["expectedPods"]?.integer }
            try await client.create(["metadata": ["name": "p", "namespace": "n"]], in: budgets)
            try await wait(client, budgets) { expected($0) == 0 }
            try await client.create(["metadata": ["name": "x", "namespace": "n"]], in: .pods)
            try await wait(client, budgets) { expected($0) == 1 }
            try await client.create(["metadata": ["name": "j", "namespace": "n"]], in: .jobs)
            try await wait(client, .jobs) { $0.object(.jobs, namespace: "n", name: "j")?["status"] == ["active": 0] }
        }
    }

    @Test func rolesAggregateAndOldEventsGo() async throws {
        try await withUpkeep(before: { client in
            try await client.create(["metadata": ["name": "old", "namespace": "n", "creationTimestamp": "2020-01-01T00:00:00Z"]], in: .events)
            try await client.create(["metadata": ["name": "new", "namespace": "n", "creationTimestamp": "2999-01-01T00:00:00Z"]], in: .events)
        }) { client in
            try await waitForEnd(client, .events, "n", "old")
            #expect(client.object(.events, namespace: "n", name: "new") != nil)

            let rule: JSONValue = ["verbs": ["get"]]
            let selectors: JSONValue = ["clusterRoleSelectors": [["matchLabels": ["agg": "1"]]]]
            try await client.create(["metadata": ["name": "a"], "aggregationRule": selectors, "rules": .null], in: .clusterRoles)
            try await client.create(["metadata": ["name": "part", "labels": ["agg": "1"]], "rules": [rule]], in: .clusterRoles)
            try await wait(client, .clusterRoles) { $0.object(.clusterRoles, namespace: "", name: "a")?["rules"] == [rule] }
            try await client.delete(namespace: "", name: "part", in: .clusterRoles, uid: nil, resourceVersion: nil, propagationPolicy: nil)
            try await wait(client, .clusterRoles) { ($0.object(.clusterRoles, namespace: "", name: "a")?["rules"]?.array ?? []).isEmpty }
        }
    }

    @Test func anExpiredWatchBeginsAnew() async throws {
        try await withUpkeep(before: { client in
            let watch = try client.store.watch(.configMaps, from: .now)
            try await client.create(Self.configMap("child", owners: [Self.owner("owner", uid: "gone")]), in: .configMaps)
            try await client.store.compact()
            client.prepared.withLock { $0[.configMaps] = watch }
        }) { client in
            try await waitForEnd(client, .configMaps, "n", "child")
            try await client.create(Self.configMap("next", owners: [Self.owner("owner", uid: "gone")]), in: .configMaps)
            try await waitForEnd(client, .configMaps, "n", "next")
        }
    }

    @Test func podsGoBeforeTheRestOfANamespace() async throws {
        try await withUpkeep { client in
            try await client.create(SystemObjects.namespace("n"), in: .namespaces)
            try await client.create(Self.configMap("c"), in: .configMaps)
            let pod: JSONObject = ["metadata": ["name": "p", "namespace": "n", "finalizers": ["example.com/hold"]]]
            try await client.create(pod, in: .pods)
            try await client.delete(namespace: "", name: "n", in: .namespaces, uid: nil, resourceVersion: nil, propagationPolicy: nil)
            try await wait(client, .namespaces) {
                $0.object(.namespaces, namespace: "", name: "n")?["status"]?["conditions"]?[3]?["message"]?.string
                    == "Some resources are remaining: pods. has 1 resource instances"
            }
            #expect(client.object(.configMaps, namespace: "n", name: "c")?.isBeingDeleted == false)
            _ = try await client.mergePatch(
                ["metadata": ["finalizers": .null]], namespace: "n", name: "p", in: .pods, subresource: "", manager: "test")
            try await waitForEnd(client, .namespaces, "", "n")
            #expect(client.object(.configMaps, namespace: "n", name: "c") == nil)
        }
    }

    /// Many namespaces are no more than their writes.
    @Test func manyNamespacesGoAtOnce() async throws {
        try await withUpkeep { client in
            let names = (0..<100).map { "n\($0)" }
            _ = await forEachConcurrently(names, limit: 32) { name in
                try await client.create(SystemObjects.namespace(name), in: .namespaces)
                for number in 0..<10 { try await client.create(Self.configMap("c\(number)", in: name), in: .configMaps) }
                try await client.delete(namespace: "", name: name, in: .namespaces, uid: nil, resourceVersion: nil, propagationPolicy: nil)
            }
            try await wait(client, .namespaces) { $0.store.count(of: .namespaces) == 4 }
        }
    }
}
