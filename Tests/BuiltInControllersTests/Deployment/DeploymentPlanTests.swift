import KubernetesAPI
import Testing

@testable import BuiltInControllers

@Suite struct DeploymentPlanTests {
    @Test func aNewDeploymentGetsItsReplicaSet() throws {
        let simulated = SimulatedRollout()
        let plan = planDeployment(simulated.deployment, replicaSets: [], now: at(0))
        let created = try #require(plan.create)
        let hash = try #require(created.metadata[label: "pod-template-hash"])
        #expect(created.name == "web-\(hash)")
        #expect(created.spec?.replicas == 3)
        #expect(created.spec?.selector.matchLabels == ["app": "web", "pod-template-hash": hash])
        #expect(created.spec?.template?.metadata?.labels == ["app": "web", "pod-template-hash": hash])
        #expect(created.metadata.controller == OwnerReference(controller: simulated.deployment))
        let annotations = created.metadata.annotations ?? [:]
        #expect(annotations["deployment.kubernetes.io/revision"] == "1")
        #expect(annotations["deployment.kubernetes.io/desired-replicas"] == "3")
        #expect(annotations["deployment.kubernetes.io/max-replicas"] == "4")
        #expect(plan.annotations == ["deployment.kubernetes.io/revision": "1"])
        #expect(plan.events == [.normal("ScalingReplicaSet", "Scaled up replica set \(created.name) from 0 to 3")])
        let progressing = plan.status?.condition("Progressing")
        #expect(progressing?.reason == "NewReplicaSetCreated")
        #expect(progressing?.message == "Created new replica set \"\(created.name)\"")
        #expect(plan.status?.condition("Available")?.reason == "MinimumReplicasUnavailable")
        #expect(plan.status?.unavailableReplicas == 3)
        #expect(plan.checkAgain == at(601))
    }

    @Test func itComesToItsEnd() {
        var simulated = SimulatedRollout()
        simulated.settle()
        let name = simulated.names[0]
        #expect(simulated.condition("Progressing") == "True NewReplicaSetAvailable: ReplicaSet \"\(name)\" has successfully progressed.")
        #expect(simulated.condition("Available") == "True MinimumReplicasAvailable: Deployment has minimum availability.")
        #expect(simulated.status.replicas == 3 && simulated.status.updatedReplicas == 3 && simulated.status.availableReplicas == 3)
        #expect(simulated.status.unavailableReplicas == nil && simulated.status.observedGeneration == 1)
        #expect(simulated.step() == false)
    }

    @Test(
        arguments: [
            ("defaults", 4, ["type": "RollingUpdate"]), ("one at a time", 3, ["rollingUpdate": ["maxSurge": 0, "maxUnavailable": 1]]),
            ("only surge", 3, ["rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]]),
            ("both nothing", 1, ["rollingUpdate": ["maxSurge": 0, "maxUnavailable": "10%"]]),
            ("percentages", 11, ["rollingUpdate": ["maxSurge": "30%", "maxUnavailable": "30%"]]),
            ("all at once", 5, ["rollingUpdate": ["maxSurge": "100%", "maxUnavailable": "100%"]]),
        ] as [(String, Int32, JSONObject)])
    func aRollingUpdateKeepsItsLimits(_ rule: String, _ replicas: Int32, _ strategy: JSONObject) throws {
        var simulated = SimulatedRollout(replicas: replicas, strategy: strategy)
        simulated.settle()
        let limits = RolloutLimits(try #require(simulated.deployment.spec))
        for image in ["web:2", "web:3", "web:2"] {
            simulated.setImage(image)
            simulated.settle { now in
                #expect(now.replicaSets.replicas <= limits.replicas + limits.maxSurge)
                #expect(now.available >= limits.minAvailable)
            }
            #expect(simulated.replicaSet(image: image)?.status?.availableReplicas == replicas)
            #expect(simulated.total == Int(replicas))
            #expect(simulated.condition("Progressing").contains("has successfully progressed"))
        }
    }

    @Test(
        arguments: [
            (10, "25%", "25%", 3, 2), (4, "25%", "25%", 1, 1), (1, "25%", "25%", 1, 0), (3, 0, 0, 0, 1), (2, 0, 5, 0, 2), (0, 0, 0, 0, 0),
            (3, "0%", "10%", 0, 1),
        ] as [(Int32, IntOrString, IntOrString, Int, Int)])
    func limits(_ replicas: Int32, _ surge: IntOrString, _ unavailable: IntOrString, _ maxSurge: Int, _ maxUnavailable: Int) {
        var spec = DeploymentSpec(selector: LabelSelector(), template: .example(), replicas: replicas)
        spec.strategy = DeploymentStrategy(type: "RollingUpdate", rollingUpdate: RollingUpdateDeployment(maxUnavailable: unavailable, maxSurge: surge))
        #expect(RolloutLimits(spec).maxSurge == maxSurge)
        #expect(RolloutLimits(spec).maxUnavailable == maxUnavailable)
    }

    @Test func anUndoIsANewRevisionThatRemembersTheOldOne() throws {
        var simulated = SimulatedRollout()
        simulated.settle()
        simulated.setImage("web:2")
        simulated.settle()
        #expect(simulated.deployment.metadata[annotation: "deployment.kubernetes.io/revision"] == "2")
        simulated.setImage("web:1")
        simulated.settle()
        #expect(simulated.replicaSets.count == 2)
        let first = try #require(simulated.replicaSet(image: "web:1"))
        #expect(first.revision == 3)
        #expect(first.metadata[annotation: "deployment.kubernetes.io/revision-history"] == "1")
        #expect(simulated.deployment.metadata[annotation: "deployment.kubernetes.io/revision"] == "3")
    }

    @Test func annotationsOfTheDeploymentAreCopiedButNotItsOwn() throws {
        var simulated = SimulatedRollout()
        simulated.settle()
        simulated.deployment.metadata[annotation: "kubernetes.io/change-cause"] = "a new colour"
        simulated.deployment.metadata[annotation: "kubectl.kubernetes.io/last-applied-configuration"] = "{}"
        simulated.settle()
        let annotations = try #require(simulated.replicaSets.first?.metadata.annotations)
        #expect(annotations["kubernetes.io/change-cause"] == "a new colour")
        #expect(annotations["kubectl.kubernetes.io/last-applied-configuration"] == nil)
        #expect(annotations["deployment.kubernetes.io/revision-history"] == nil)
    }

    @Test func recreateStartsNothingBeforeTheLastOldPodHasEnded() throws {
        var simulated = SimulatedRollout(strategy: ["type": "Recreate"])
        simulated.settle()
        simulated.setImage("web:2")
        simulated.step()
        #expect(simulated.sizes == ["web:1": 0])
        simulated.step()
        #expect(simulated.sizes == ["web:1": 0], "its controller has not seen that yet")
        simulated.runPods()
        #expect(simulated.replicaSets[0].status?.terminatingReplicas == 3)
        simulated.step()
        #expect(simulated.sizes == ["web:1": 0], "its pods are ending")
        simulated.settle()
        #expect(simulated.sizes == ["web:1": 0, "web:2": 3])
        #expect(simulated.condition("Progressing").contains("has successfully progressed"))
    }

    @Test func aPausedDeploymentIsScaledButNotRolled() {
        var simulated = SimulatedRollout()
        simulated.settle()
        simulated.edit { $0.paused = true }
        simulated.setImage("web:2")
        simulated.settle()
        #expect(simulated.sizes == ["web:1": 3])
        #expect(simulated.condition("Progressing") == "Unknown DeploymentPaused: Deployment is paused")
        simulated.edit { $0.replicas = 5 }
        simulated.settle()
        #expect(simulated.sizes == ["web:1": 5])
        simulated.edit { $0.paused = nil }
        simulated.step()
        #expect(simulated.sizes == ["web:1": 4, "web:2": 2])
        simulated.settle()
        #expect(simulated.sizes == ["web:1": 0, "web:2": 5])
    }

    @Test func aRolloutThatDoesNotMoveIsToldAndHealsWithTheNextOne() {
        var simulated = SimulatedRollout(deadline: 60)
        simulated.becomesReady = { $0 != "web:2" }
        simulated.settle()
        simulated.setImage("web:2")
        simulated.settle()
        let stuck = simulated.names[1]
        #expect(simulated.condition("Progressing") == "True ReplicaSetUpdated: ReplicaSet \"\(stuck)\" is progressing.")
        #expect(simulated.available == 3)
        let again = planDeployment(simulated.deployment, replicaSets: simulated.replicaSets, now: at(simulated.clock)).checkAgain
        #expect(again.map { $0.duration(since: at(simulated.clock)) < .seconds(62) } == true)
        simulated.clock += 100
        simulated.settle()
        #expect(simulated.condition("Progressing") == "False ProgressDeadlineExceeded: ReplicaSet \"\(stuck)\" has timed out progressing.")
        simulated.setImage("web:1")
        simulated.settle()
        #expect(simulated.condition("Progressing").hasPrefix("True NewReplicaSetAvailable"))
        #expect(simulated.sizes == ["web:1": 3, "web:2": 0])
    }

    @Test func unavailableOldPodsGoFirst() {
        var simulated = SimulatedRollout(replicas: 4, strategy: ["rollingUpdate": ["maxSurge": 1, "maxUnavailable": 1]])
        simulated.becomesReady = { $0 != "web:1" }
        simulated.settle()
        simulated.setImage("web:2")
        simulated.step()
        #expect(simulated.sizes == ["web:1": 3, "web:2": 1])
    }

    @Test(
        arguments: [
            (20, ["web:1": 15, "web:2": 10]), (12, ["web:1": 9, "web:2": 6]), (4, ["web:1": 3, "web:2": 2]), (0, ["web:1": 0, "web:2": 0]),
        ] as [(Int32, [String: Int])])
    func aDeploymentScaledMidwayGrowsAndShrinksInProportion(_ replicas: Int32, _ sizes: [String: Int]) {
        var simulated = SimulatedRollout(replicas: 10, strategy: ["rollingUpdate": ["maxSurge": "25%", "maxUnavailable": "25%"]])
        simulated.becomesReady = { $0 != "web:2" }
        simulated.settle()
        simulated.setImage("web:2")
        simulated.settle()
        #expect(simulated.sizes == ["web:1": 8, "web:2": 5])
        simulated.edit { $0.replicas = replicas }
        simulated.step()
        #expect(simulated.sizes == sizes)
        #expect(simulated.condition("Progressing").contains("is progressing"), "the rollout itself did not go on")
    }

    @Test func oldRevisionsBeyondTheLimitAreDeletedOnceTheRolloutIsDone() {
        var simulated = SimulatedRollout(limit: 1)
        for image in ["web:1", "web:2", "web:3"] {
            simulated.setImage(image)
            simulated.settle()
        }
        #expect(Set(simulated.sizes.keys) == ["web:2", "web:3"])
    }

    @Test func aTakenNameIsCountedAsACollision() throws {
        var simulated = SimulatedRollout()
        let name = try #require(planDeployment(simulated.deployment, replicaSets: [], now: at(0)).create?.name)
        var foreign = ReplicaSet.example(name)
        foreign.metadata.ownerReferences = [OwnerReference(controller: ReplicaSet.example("someone"))]
        simulated.replicaSets = [foreign]
        simulated.step()
        #expect(simulated.status.collisionCount == 1)
        #expect(simulated.replicaSets.count == 1)
        simulated.step()
        #expect(simulated.replicaSets.count == 2)
        #expect(simulated.replicaSets[1].name != name)
    }

    @Test func anOrphanOfTheSameTemplateIsAdoptedThenUsed() throws {
        let simulated = SimulatedRollout()
        var orphan = try #require(planDeployment(simulated.deployment, replicaSets: [], now: at(0)).create)
        orphan.metadata.ownerReferences = nil
        let plan = planDeployment(simulated.deployment, replicaSets: [orphan], now: at(0))
        #expect(plan.adopt == [orphan])
        #expect(plan.create == nil && plan.status == nil)
        orphan.metadata.ownerReferences = [OwnerReference(controller: simulated.deployment)]
        let next = planDeployment(simulated.deployment, replicaSets: [orphan], now: at(0))
        #expect(next.create == nil)
        #expect(next.status?.condition("Progressing")?.message == "Found new replica set \"\(orphan.name)\"")
    }

    @Test func aReplicaSetsFailureIsTheDeploymentsToo() {
        var simulated = SimulatedRollout()
        simulated.settle()
        let failure = ReplicaSetCondition(type: "ReplicaFailure", status: "True", lastTransitionTime: at(1), reason: "FailedCreate", message: "no quota")
        simulated.replicaSets[0].status?.conditions = [failure]
        simulated.step()
        #expect(simulated.condition("ReplicaFailure") == "True FailedCreate: no quota")
        simulated.replicaSets[0].status?.conditions = nil
        simulated.step()
        #expect(simulated.condition("ReplicaFailure") == "none")
    }

    @Test func whatIsEmptyOrOrderedDifferentlyIsTheSameTemplate() {
        let template = PodTemplateSpec.example()
        var other = PodTemplateSpec(members: ["spec": .object(template.spec?.members ?? [:]), "metadata": .object(template.metadata?.members ?? [:])])
        other.members["metadata"] = ["labels": ["pod-template-hash": "x", "app": "web"], "creationTimestamp": nil, "annotations": [:]]
        #expect(template.isEquivalent(to: other))
        #expect(template.hash(collisions: nil) == other.hash(collisions: nil))
        #expect(template.hash(collisions: nil) != template.hash(collisions: 1))
        #expect(!template.isEquivalent(to: .example(image: "web:2")))
    }

    @Test func theHistoryForgetsItsOldestRevisions() {
        #expect(DeploymentAnnotation.history(nil, adding: "1") == "1")
        #expect(DeploymentAnnotation.history("1,3", adding: "5") == "1,3,5")
        let long = (1000..<1400).map { "\($0)" }.joined(separator: ",")
        let shortened = DeploymentAnnotation.history(long, adding: "9999")
        #expect(shortened.utf8.count <= 2000 && shortened.hasSuffix(",9999") && shortened.hasPrefix("1001,"))
    }
}
