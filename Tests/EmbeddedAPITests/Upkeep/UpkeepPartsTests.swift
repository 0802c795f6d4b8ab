import KubernetesAPI
import Testing

@testable import EmbeddedAPI

@Suite struct UpkeepPartsTests {
    static let noon = Time(secondsSince1970: 1_750_000_000) ?? .max

    @Test func aNamespaceTellsWhatItHolds() throws {
        var content = NamespaceContent(failures: ["b", "a"])
        content.add(["metadata": ["finalizers": ["x/y"]]], of: .pods)
        content.add(["metadata": ["finalizers": ["x/y", "a/b"]]], of: GroupResource(group: "apps", resource: "deployments"))
        let reported = try #require(content.reported(in: ["status": ["phase": "Active"]], now: Self.noon))
        #expect(reported["status"]?["phase"]?.string == "Terminating")
        let lines = (reported["status"]?["conditions"]?.array ?? []).map {
            "\($0["type"]?.string ?? "") \($0["status"]?.string ?? "") \($0["reason"]?.string ?? ""): \($0["message"]?.string ?? "")"
        }
        #expect(
            lines == [
                "NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources successfully discovered",
                "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed",
                "NamespaceDeletionContentFailure True ContentDeletionFailed: Failed to delete all resource types, 2 remaining: a, b",
                "NamespaceContentRemaining True SomeResourcesRemain: Some resources are remaining: deployments.apps has 1 resource instances, "
                    + "pods. has 1 resource instances",
                "NamespaceFinalizersRemaining True SomeFinalizersRemain: Some content in the namespace has finalizers remaining: "
                    + "a/b in 1 resource instances, x/y in 2 resource instances",
            ])
        #expect(content.reported(in: reported, now: .max) == nil)
        let later = try #require(NamespaceContent().reported(in: reported, now: .max)?["status"]?["conditions"]?.array)
        #expect(later[3]["reason"]?.string == "ContentRemoved" && later[3]["lastTransitionTime"] == Time.max.json)
        #expect(later[0]["lastTransitionTime"] == Self.noon.json)
    }

    @Test(
        arguments: [
            ("none chosen", [:], []), ("one chosen", ["agg": "1"], ["get", "list"]),
            ("chosen twice, taken once", ["agg": "1", "more": "2"], ["get", "list"]),
        ] as [(String, JSONObject, [String])])
    func aggregates(_ rule: String, labels: JSONObject, verbs: [String]) {
        let role: JSONObject = [
            "metadata": ["name": "a"],
            "aggregationRule": ["clusterRoleSelectors": [["matchLabels": ["agg": "1"]], ["matchLabels": ["more": "2"]]]],
        ]
        func allowing(_ verb: String) -> JSONValue { ["apiGroups": [""], "resources": ["pods"], "verbs": [.string(verb)]] }
        let part: JSONObject = [
            "metadata": ["name": "z", "labels": .object(labels)], "rules": [allowing("get"), allowing("list"), allowing("get")],
        ]
        #expect(aggregatedRules(of: role, roles: [part, role]) == verbs.map(allowing))
        #expect(aggregatedRules(of: part, roles: [part, role]) == nil)
    }

    @Test func whatIsDueIsFound() {
        var buckets = ExpiryBuckets()
        let (a, b) = (ObjectKey(name: "a"), ObjectKey(name: "b"))
        buckets.set(a, due: 61)
        buckets.set(b, due: 125)
        buckets.set(b, due: 185)
        #expect(buckets.next == 120)
        #expect(buckets.takeDue(119).isEmpty)
        #expect(buckets.takeDue(120) == [a])
        #expect(buckets.next == 240)
        buckets.remove(b)
        #expect(buckets.isEmpty && buckets.next == nil)
    }

    @Test func waitsLongerAfterEveryFailure() {
        let backOff = BackOff(first: .milliseconds(5), longest: .seconds(1))
        #expect([1, 2, 4, 9, 90].map { backOff.delay(afterFailure: $0, jitter: 0) } == [5, 10, 40, 1000, 1000].map { .milliseconds($0) })
        #expect(backOff.delay(afterFailure: 1, jitter: 1) == .microseconds(7500))
    }

    @Test(arguments: [
        ("{\"ownerReferences\":[]}", true), ("\"ownerReferences\"", true), ("{\"f:ownerReferences\":{}}", false), ("\"ownerReferences", false), ("RRR", false),
        ("", false), ("RR\"ownerReferences\"R", true),
    ])
    func finds(_ text: String, _ isFound: Bool) { #expect(Array(text.utf8).contains("\"ownerReferences\"") == isFound) }

    @Test(
        arguments: [
            (#"{"metadata":{"a":1}}"#, #"{"a":1}"#),
            (#"{"a":1,"b":"}{\"","c":null,"metadata":{"d":[{"e":"]"}]},"spec":{"metadata":1}}"#, #"{"d":[{"e":"]"}]}"#),
            (#"{"spec":{"metadata":{"x":1}},"metadata":[1]}"#, "[1]"), (#"{"spec":[{}],"kind":"metadata"}"#, nil), (#"{"metadata":1}"#, nil), ("{}", nil),
            (#"{"metadata":{"a":"#, nil), (#"{"a"#, nil), ("", nil),
        ] as [(String, String?)])
    func scans(_ json: String, _ found: String?) {
        let bytes = Array(json.utf8)
        #expect(MemberScanner.range(of: "metadata", in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) } == found)
    }

    @Test func aDefinitionTellsHowItsDeletionGoes() throws {
        let reported = try #require(DefinitionDeletion.inProgress.reported(in: [:], now: Self.noon))
        #expect(reported["status"]?["conditions"]?[0]?["reason"]?.string == "InstanceDeletionInProgress")
        #expect(DefinitionDeletion.inProgress.reported(in: reported, now: .max) == nil)
        let done = DefinitionDeletion.completed.reported(in: reported, now: .max)
        #expect(done?["status"]?["conditions"]?[0]?["status"]?.string == "False")
    }
}
