import KubernetesAPI
import Testing

@testable import BuiltInControllers

@Suite struct JobPlanTests {
    @Test func aJobRunsItsPodAndIsComplete() throws {
        var run = SimulatedJob([:])
        run.settle()
        let pod = try #require(run.pods.first)
        #expect(run.pods.count == 1)
        #expect(pod.metadata.finalizers == [JobMark.finalizer])
        #expect(pod.metadata.controller == OwnerReference(controller: run.job))
        #expect(pod.name.hasPrefix("sum-"))
        #expect(run.status.active == 1 && run.status.ready == 0 && run.status.terminating == 0 && run.status.startTime == at(0))
        run.clock = 5
        run.end(pod, "Succeeded")
        run.step()
        #expect(run.status.uncountedTerminatedPods?.succeeded == [pod.uid])
        #expect(run.condition("SuccessCriteriaMet") == "True CompletionsReached: Reached expected number of succeeded pods")
        #expect(run.condition("Complete") == "none")
        #expect(run.pods.first?.metadata.finalizers == nil)
        run.step()
        #expect(run.condition("Complete") == "True CompletionsReached: Reached expected number of succeeded pods")
        #expect(run.status.succeeded == 1 && run.status.active == nil && run.status.completionTime == at(5))
        #expect(run.status.uncountedTerminatedPods?.members.isEmpty == true)
        #expect(run.events == ["Completed"])
        #expect(run.step() == false)
    }

    @Test(
        arguments: [
            (5, 2, 0, 2), (5, 2, 4, 1), (5, 2, 5, 0), (5, 9, 1, 4), (1, 0, 0, 0), (nil, 3, 0, 3),
        ] as [(Int64?, Int64, Int32, Int)])
    func parallelism(_ completions: Int64?, _ parallelism: Int64, _ succeeded: Int32, _ created: Int) {
        var run = SimulatedJob(["completions": completions.map { .integer($0) } ?? nil, "parallelism": .integer(parallelism)])
        run.job.status = JobStatus(succeeded: succeeded == 0 ? nil : succeeded)
        #expect(run.plan().create.count == created)
    }

    @Test func workersOfAQueueAreNotReplacedAfterTheFirstSuccess() {
        var run = SimulatedJob(["completions": nil, "parallelism": 3])
        run.settle()
        run.endOne("Succeeded")
        run.settle()
        #expect(run.pods.count == 3 && run.condition("Complete") == "none")
        run.endOne("Succeeded")
        run.endOne("Succeeded")
        run.settle()
        #expect(run.status.succeeded == 3 && run.condition("Complete").hasPrefix("True"))
    }

    @Test func fewerPodsAreWantedAndThoseGivenUpDoNotCount() {
        var run = SimulatedJob(["completions": 9, "parallelism": 3])
        run.settle()
        run.job.spec?.parallelism = 1
        run.settle()
        #expect(run.pods.count == 1 && run.status.failed == nil && run.status.active == 1)
    }

    @Test func failuresAreRetriedEverMoreSlowlyUpToTheLimit() {
        var run = SimulatedJob(["backoffLimit": 3])
        var delays: [Int64] = []
        for _ in 0..<4 {
            run.settle()
            run.endOne("Failed")
            run.settle()
            guard let next = run.plan().checkAgain else { break }
            delays.append(next.secondsSince1970 - at(run.clock).secondsSince1970)
            run.clock += delays[delays.count - 1] - 1
            run.settle()
            #expect(run.active.isEmpty)
            run.clock += 1
        }
        #expect(delays == [10, 20, 40])
        #expect(run.condition("FailureTarget") == "True BackoffLimitExceeded: Job has reached the specified backoff limit")
        #expect(run.condition("Failed") == "True BackoffLimitExceeded: Job has reached the specified backoff limit")
        #expect(run.status.failed == 4 && run.status.completionTime == nil)
        #expect(run.events.last == "BackoffLimitExceeded")
    }

    @Test func aSuccessEndsTheWait() {
        var run = SimulatedJob(["completions": 9, "parallelism": 2])
        run.settle()
        run.endOne("Failed")
        run.clock += 1
        run.endOne("Succeeded")
        #expect(run.plan().create.count == 2)
    }

    @Test func restartsInPlaceCountWhereTheyAreAllowed() {
        var run = SimulatedJob(["backoffLimit": 2])
        run.job.spec?.template.members["spec"] = ["restartPolicy": "OnFailure", "containers": [["name": "main"]]]
        run.settle()
        for (restarts, isFailed) in [(1, false), (2, true)] as [(Int64, Bool)] {
            run.edit(run.pods[0].uid) {
                $0.members["status"] = ["phase": "Running", "containerStatuses": [["name": "main", "restartCount": .integer(restarts)]]]
            }
            run.step()
            #expect((run.condition("FailureTarget") != "none") == isFailed)
        }
    }

    @Test func aDeadlineEndsTheJobWithItsPods() {
        var run = SimulatedJob(["activeDeadlineSeconds": 30, "parallelism": 2, "completions": 2])
        run.settle()
        #expect(run.plan().checkAgain == at(30))
        run.clock = 30
        run.step()
        #expect(run.condition("FailureTarget") == "True DeadlineExceeded: Job was active longer than specified deadline")
        run.settle()
        #expect(run.pods.isEmpty)
        #expect(run.status.failed == 2 && run.condition("Failed").hasPrefix("True DeadlineExceeded"))
    }

    @Test func theEndIsNotSaidBeforeTheLastPodHasEnded() throws {
        var run = SimulatedJob(["activeDeadlineSeconds": 30])
        run.settle()
        let pod = try #require(run.pods.first)
        run.edit(pod.uid) { $0.metadata.addFinalizer("example.com/slow") }
        run.clock = 30
        run.settle()
        #expect(run.status.failed == 1 && run.status.terminating == 1)
        #expect(run.condition("Failed") == "none")
        run.edit(pod.uid) { $0.metadata.removeFinalizer("example.com/slow") }
        run.settle()
        #expect(run.condition("Failed").hasPrefix("True") && run.status.terminating == 0)
    }

    @Test func suspendingGivesUpThePodsAndResumingStartsAnew() {
        var run = SimulatedJob(["completions": 2, "parallelism": 2])
        run.settle()
        run.job.spec?.suspend = true
        run.settle()
        #expect(run.pods.isEmpty && run.status.active == nil && run.status.failed == nil && run.status.startTime == nil)
        #expect(run.condition("Suspended") == "True JobSuspended: Job suspended")
        run.clock = 100
        run.job.spec?.suspend = false
        run.settle()
        #expect(run.condition("Suspended") == "False JobResumed: Job resumed")
        #expect(run.active.count == 2 && run.status.startTime == at(100))
        #expect(run.events == ["Suspended", "Resumed"])
    }

    @Test func aPodDeletedFromOutsideIsAFailureAndReplaced() {
        var run = SimulatedJob([:])
        run.settle()
        run.delete(run.pods[0].uid)
        run.settle()
        #expect(run.status.failed == 1)
        run.clock = 10
        run.settle()
        #expect(run.active.count == 1)
    }

    @Test func itsTimeAfterTheEndIsKept() {
        var run = SimulatedJob(["ttlSecondsAfterFinished": 60])
        run.settle()
        run.endOne("Succeeded")
        run.settle()
        #expect(run.plan().checkAgain == at(60) && !run.plan().expires)
        run.clock = 60
        #expect(run.plan().expires)
    }

    @Test func indexesRunOnceEach() {
        var run = SimulatedJob(["completionMode": "Indexed", "completions": 5, "parallelism": 3])
        run.settle()
        #expect(run.pods.compactMap(\.completionIndex).sorted() == [0, 1, 2])
        let pod = run.pods[0]
        #expect(pod.spec?.hostname == "sum-0" && pod.name.hasPrefix("sum-0-"))
        #expect(pod.metadata[label: JobMark.completionIndex] == "0")
        let variable = pod.spec?.containers.first?.env?.first
        #expect(variable?.name == "JOB_COMPLETION_INDEX")
        #expect(variable?.valueFrom?.fieldRef?.fieldPath == "metadata.labels['batch.kubernetes.io/job-completion-index']")
        for index in [0, 2] { run.endOne("Succeeded", index: index) }
        run.settle()
        #expect(run.status.completedIndexes == "0,2" && run.status.succeeded == 2)
        #expect(run.active.compactMap(\.completionIndex).sorted() == [1, 3, 4])
        for index in [1, 3, 4] { run.endOne("Succeeded", index: index) }
        run.settle()
        #expect(run.status.completedIndexes == "0-4" && run.condition("Complete").hasPrefix("True"))
    }

    @Test func anIndexHasItsOwnLimit() {
        var run = SimulatedJob(["completionMode": "Indexed", "completions": 2, "parallelism": 2, "backoffLimitPerIndex": 1, "backoffLimit": 1_000_000])
        run.settle()
        run.endOne("Failed", index: 0)
        run.settle()
        #expect(run.pods.count == 2 && run.status.failedIndexes == "")
        #expect(run.plan().checkAgain == at(10))
        run.clock = 10
        run.settle()
        #expect(run.active.first { $0.completionIndex == 0 }?.indexFailures == 1)
        run.endOne("Failed", index: 0)
        run.settle()
        #expect(run.status.failedIndexes == "0" && run.active.count == 1)
        run.endOne("Succeeded", index: 1)
        run.settle()
        #expect(run.condition("Failed") == "True FailedIndexes: Job has failed indexes")
        #expect(run.status.completedIndexes == "1" && run.status.succeeded == 1 && run.status.failed == 2)
    }

    @Test func tooManyFailedIndexesEndTheJob() {
        var run = SimulatedJob([
            "completionMode": "Indexed", "completions": 3, "parallelism": 3, "backoffLimitPerIndex": 0, "maxFailedIndexes": 1, "backoffLimit": 1_000_000,
        ])
        run.settle()
        for index in [0, 1] { run.endOne("Failed", index: index) }
        run.settle()
        #expect(run.condition("Failed") == "True MaxFailedIndexesExceeded: Job has exceeded the specified maximal number of failed indexes")
        #expect(run.status.failedIndexes == "0,1" && run.pods.count == 2)
    }

    @Test(
        arguments: [
            (["rules": [["succeededIndexes": "0"]]], 0, "True SuccessPolicy: Matched rules at index 0"),
            (["rules": [["succeededIndexes": "1-2"], ["succeededCount": 1]]], 0, "True SuccessPolicy: Matched rules at index 1"),
            (["rules": [["succeededIndexes": "1-2", "succeededCount": 1]]], 0, "none"),
            (["rules": [["succeededIndexes": "1-2", "succeededCount": 1]]], 2, "True SuccessPolicy: Matched rules at index 0"),
        ] as [(JSONObject, Int, String)])
    func aSuccessPolicyEndsItEarly(_ policy: JSONObject, _ index: Int, _ condition: String) {
        var run = SimulatedJob(["completionMode": "Indexed", "completions": 3, "parallelism": 3, "successPolicy": .object(policy)])
        run.settle()
        run.endOne("Succeeded", index: index)
        run.settle()
        #expect(run.condition("Complete") == condition)
        #expect(run.status.succeeded == 1 && run.status.failed == nil)
    }

    static let policy: JSONObject = [
        "rules": [
            ["action": "FailJob", "onExitCodes": ["containerName": "main", "operator": "In", "values": [42]]],
            ["action": "Ignore", "onExitCodes": ["operator": "In", "values": [7]]],
            ["action": "Ignore", "onPodConditions": [["type": "DisruptionTarget"]]],
        ]
    ]

    @Test(
        arguments: [
            (
                "a code that fails the job", 42, false,
                "True PodFailurePolicy: Container main for pod default/NAME failed with exit code 42 matching FailJob rule at index 0", 1
            ),
            ("a code that is ignored", 7, false, "none", nil), ("a condition that is ignored", 1, true, "none", nil), ("any other counts", 1, false, "none", 1),
        ] as [(String, Int64, Bool, String, Int32?)])
    func policies(_ rule: String, _ code: Int64, _ isDisrupted: Bool, _ condition: String, _ failed: Int32?) throws {
        var run = SimulatedJob(["podFailurePolicy": .object(Self.policy)])
        run.settle()
        let pod = try #require(run.pods.first)
        run.end(pod, "Failed", exitCode: code)
        if isDisrupted { run.edit(pod.uid) { $0.status?.conditions = [PodCondition(type: "DisruptionTarget", status: "True")] } }
        run.settle()
        #expect(run.condition("FailureTarget") == condition.replacing("NAME", with: pod.name))
        #expect(run.status.failed == failed)
    }

    @Test func aJobThatIsReplacedOnlyWhenFailedWaitsForItsPodToEnd() {
        var run = SimulatedJob(["podReplacementPolicy": "Failed"])
        run.settle()
        let pod = run.pods[0]
        run.delete(pod.uid)
        run.clock = 100
        run.settle()
        #expect(run.pods.count == 1 && run.status.failed == nil && run.status.terminating == 1)
        run.end(pod, "Failed")
        run.settle()
        #expect(run.status.failed == 1)
    }

    @Test func podsOfJobsThatAreGoneAreLetGo() {
        let here = OwnerReference(controller: SimulatedJob([:]).job)
        let gone = OwnerReference(apiVersion: "batch/v1", kind: "Job", name: "x", uid: "gone", controller: true)
        let pods = [
            Pod.example("kept", owner: here, finalizers: [JobMark.finalizer]), .example("lost", owner: gone, finalizers: [JobMark.finalizer]),
            .example("orphan", finalizers: [JobMark.finalizer]), .example("other", owner: gone),
        ]
        #expect(podsOfLostJobs(among: pods) { $0 == "uid-sum" }.map(\.name) == ["lost", "orphan"])
    }

    @Test func orphansAreAdoptedWithTheFinalizerFirst() {
        var run = SimulatedJob([:])
        run.pods = [.example("orphan", phase: "Succeeded")]
        let plan = run.plan()
        #expect(plan.adopt.map(\.name) == ["orphan"] && plan.create.isEmpty && plan.status() == nil)
        #expect(OwnerPatch.adopt(run.pods[0], by: run.job, adding: JobMark.finalizer)["metadata"]?["finalizers"] == ["batch.kubernetes.io/job-tracking"])
    }

    @Test(arguments: [("", []), ("0-2,5,7,8", [0, 1, 2, 5, 7, 8]), ("3,4", [3, 4]), ("9", [9])] as [(String, [Int])])
    func indexLists(_ text: String, _ indexes: [Int]) {
        #expect(CompletionIndexes(parsing: text, below: 10).indexes == Set(indexes))
        #expect(CompletionIndexes(indexes).description == text)
    }

    @Test func whatIsNoIndexListIsLeftOut() {
        #expect(CompletionIndexes(parsing: "a,2-1,-3,4-,1-99", below: 4).indexes == [1, 2, 3])
    }
}
