import KubernetesAPI
import Testing

@testable import BuiltInControllers

@Suite struct ReplicaSetPlanTests {
    private static let set = ReplicaSet.example()
    private static let owner = OwnerReference(controller: set)
    private static let other = OwnerReference(controller: ReplicaSet.example("other"))

    @Test(
        arguments: [
            ("its own pod is kept", Pod.example("p", owner: owner), "owned"),
            ("an orphan that matches is adopted", .example("p"), "owned adopted"),
            ("an orphan that is being deleted is not", .example("p", deleted: true), ""),
            ("an orphan that does not match is not", .example("p", labels: ["app": "db"]), ""),
            ("another controller's pod is not", .example("p", owner: other), ""),
            ("its own pod that matches no more is released", .example("p", labels: ["app": "db"], owner: owner), "released"),
        ] as [(String, Pod, String)])
    func claims(_ rule: String, _ pod: Pod, _ verdict: String) {
        let plan = planReplicaSet(Self.set, pods: [pod], now: at(0))
        let found = [plan.pods.isEmpty ? "" : "owned", plan.adopt.isEmpty ? "" : "adopted", plan.release.isEmpty ? "" : "released"]
        #expect(found.filter { !$0.isEmpty }.joined(separator: " ") == verdict)
    }

    @Test func aSetThatIsBeingDeletedClaimsAndCreatesNothing() {
        var set = Self.set
        set.metadata.deletionTimestamp = at(0)
        let plan = planReplicaSet(set, pods: [.example("orphan"), .example("left", labels: [:], owner: Self.owner)], now: at(0))
        #expect(plan == ReplicaSetPlan())
    }

    @Test(
        arguments: [
            ("missing pods are created", 3, [.example("a", owner: owner)], 2, 0, []),
            ("ended pods do not count", 1, [.example("a", phase: "Failed", owner: owner)], 1, 0, []),
            ("pods being deleted do not count", 1, [.example("a", deleted: true, owner: owner)], 1, 0, []),
            ("enough is enough", 1, [.example("a", owner: owner)], 0, 0, []),
            ("too many are deleted", 1, [.example("a", owner: owner), .example("b", owner: owner), .example("c", owner: owner)], 0, 2, []),
            ("a pod whose deletion was asked for is not deleted in vain", 1, [.example("a", owner: owner), .example("b", owner: owner)], 0, 0, ["uid-b"]),
            ("no more than 500 at a time", 1000, [], 500, 0, []),
        ] as [(String, Int32, [Pod], Int, Int, Set<String>)])
    func counts(_ rule: String, _ replicas: Int32, _ pods: [Pod], _ created: Int, _ deleted: Int, _ leaving: Set<String>) {
        let plan = planReplicaSet(.example(replicas: replicas), pods: pods, leaving: leaving, now: at(0))
        #expect(plan.create.count == created)
        #expect(plan.delete.count == deleted)
    }

    /// The first of each pair goes first.
    @Test(
        arguments: [
            ("not scheduled", Pod.example("x", phase: "Pending", node: nil), .example("a", phase: "Pending")),
            ("pending", .example("x", phase: "Pending"), .example("a")),
            ("not ready", .example("x", readySince: nil), .example("a")),
            ("cheaper", .example("x", cost: "-1"), .example("a")),
            ("a cost that is none counts as 0", .example("x", cost: "-1"), .example("a", cost: "-09")),
            ("ready for a shorter time", .example("x", readySince: -10), .example("a")),
            ("about equally old: by UID", .example("a", readySince: -1001), .example("x", readySince: -1000)),
            ("restarted more often", .example("x", restarts: 2), .example("a", restarts: 1)),
            ("younger", .example("x", created: -120_000), .example("a", created: -900_000)),
        ] as [(String, Pod, Pod)])
    func ranks(_ rule: String, _ first: Pod, _ second: Pod) {
        for pods in [[first, second], [second, first]] {
            #expect(PodRank(related: pods, now: at(0)).sorted(pods).map(\.name) == [first.name, second.name])
        }
    }

    @Test func thePodOnTheNodeWithMoreOfThemGoesFirst() {
        let (pods, sibling) = ([Pod.example("a", node: "n1"), .example("x", node: "n2")], Pod.example("sibling", node: "n2"))
        #expect(PodRank(related: pods + [sibling], now: at(0)).sorted(pods).map(\.name) == ["x", "a"])
    }

    @Test func theSamePlanAsksForTheSameNames() throws {
        let first = planReplicaSet(Self.set, pods: [], now: at(0)).create
        #expect(Set(first.map(\.name)).count == 3)
        let pod = try #require(first.first)
        #expect(pod.name.hasPrefix("web-") && pod.name.utf8.count == 9)
        #expect(pod.metadata.controller == Self.owner)
        #expect(pod.spec == Self.set.spec?.template?.spec)
        #expect(pod.metadata[label: "app"] == "web")
        // The watch shows only one of them yet: the others are asked for again, not others.
        let again = planReplicaSet(Self.set, pods: [first[1]], now: at(1)).create
        #expect(Set(again.map(\.name)) == [first[0].name, first[2].name])
    }

    @Test func statusCountsPods() {
        let pods = [
            Pod.example("a", readySince: -60), .example("b", readySince: -10), .example("c", readySince: nil), .example("d", deleted: true),
            .example("e", phase: "Failed"), .example("f", labels: [:]),
        ]
        let (status, checkAgain) = ReplicaSet.example(minReadySeconds: 30).status(of: pods, now: at(0))
        #expect(status.replicas == 4)
        #expect(status.fullyLabeledReplicas == 3)
        #expect(status.readyReplicas == 3)
        #expect(status.availableReplicas == 2)
        #expect(status.terminatingReplicas == 1)
        #expect(status.observedGeneration == 1)
        #expect(checkAgain == at(20))
    }

    @Test func aFailureIsSaidOnceAndTakenBack() throws {
        var set = Self.set
        set.status = set.status(of: [], failure: "no quota", now: at(0)).status
        let said = try #require(set.status?.conditions?.first)
        #expect(said == ReplicaSetCondition(type: "ReplicaFailure", status: "True", lastTransitionTime: at(0), reason: "FailedCreate", message: "no quota"))
        #expect(set.status(of: [], failure: "still none", now: at(9)).status == set.status)
        #expect(set.status(of: [], now: at(9)).status.conditions == nil)
    }

    @Test func batchesDouble() {
        #expect(SlowStart.batches(of: 0) == [])
        #expect(SlowStart.batches(of: 1) == [0..<1])
        #expect(SlowStart.batches(of: 10) == [0..<1, 1..<3, 3..<7, 7..<10])
    }
}
