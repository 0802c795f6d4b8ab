@testable import EmbeddedAPI
import KubernetesAPI
import Testing

/// How a pod is shown, evicted and deleted.
@Suite struct PodLifeTests {
    static let now = TestTime.now.advanced(by: .seconds(600))

    @Test(
        arguments: [
            (
                "restarts say when the last one was",
                [
                    "phase": "Running",
                    "containerStatuses": [
                        [
                            "name": "c", "ready": true, "restartCount": 2, "state": ["running": [:]],
                            "lastState": ["terminated": ["finishedAt": "2023-11-14T22:18:20Z"]],
                        ]
                    ],
                ], "1/1", "Running", "2 (5m ago)"
            ),
            (
                "a pod of several whose one ended",
                [
                    "phase": "Running",
                    "containerStatuses": [
                        ["name": "c", "ready": false, "state": ["terminated": ["reason": "Completed", "exitCode": 0]]],
                        ["name": "d", "ready": true, "state": ["running": [:]]],
                    ],
                ], "1/1", "NotReady", "0"
            ),
            (
                "a failed init container", ["phase": "Pending", "initContainerStatuses": [["name": "i", "state": ["terminated": ["exitCode": 3]]]]],
                "0/1", "Init:ExitCode:3", "0"
            ),
            (
                "an init container that waits",
                ["phase": "Pending", "initContainerStatuses": [["name": "i", "state": ["waiting": ["reason": "ErrImagePull"]]]]],
                "0/1", "Init:ErrImagePull", "0"
            ),
        ] as [(String, JSONValue, String, String, String)])
    func shows(_ rule: String, _ status: JSONValue, _ ready: String, _ word: String, _ restarts: String) {
        let pod: JSONObject = [
            "metadata": ["name": "p", "creationTimestamp": "2023-11-14T22:13:20Z"],
            "spec": ["containers": [["name": "c"]], "initContainers": [["name": "i"]]], "status": status,
        ]
        let cells = PodKind().cells(of: pod, now: Self.now)
        #expect(cells[1...4] == [.string(ready), .string(word), .string(restarts), "10m"])
    }

    @Test(
        arguments: [
            ("without a node, at once", ["terminationGracePeriodSeconds": 30], "Pending", nil, 0),
            ("on a node, as the pod says", ["nodeName": "n", "terminationGracePeriodSeconds": 30], "Running", nil, 30),
            ("as the request says", ["nodeName": "n", "terminationGracePeriodSeconds": 30], "Running", 5, 5),
            ("what has ended, at once", ["nodeName": "n", "terminationGracePeriodSeconds": 30], "Failed", nil, 0),
            ("never negative", ["nodeName": "n"], "Running", -1, 1),
        ] as [(String, JSONValue, JSONValue, Int64?, Int64)])
    func ends(_ rule: String, _ spec: JSONValue, _ phase: JSONValue, _ requested: Int64?, _ expected: Int64) {
        #expect(PodDeletion.gracePeriodSeconds(of: ["spec": spec, "status": ["phase": phase]], requested: requested) == expected)
    }

    @Test func thePeriodOnlyBecomesShorter() {
        let pod: JSONObject = ["metadata": ["generation": 1], "spec": ["nodeName": "n", "terminationGracePeriodSeconds": 30]]
        func delete(_ pod: JSONObject, after seconds: Int64?) -> Deletion {
            var options = DeletionOptions()
            options.gracePeriodSeconds = seconds
            return Deletion.decide(pod, options, grace: PodDeletion.gracePeriodSeconds(of: pod, requested: seconds), now: TestTime.now)
        }
        guard case .mark(let marked) = delete(pod, after: nil) else {
            Issue.record("the pod was not marked")
            return
        }
        #expect(marked["metadata"] == ["generation": 2, "deletionTimestamp": "2023-11-14T22:13:50Z", "deletionGracePeriodSeconds": 30])
        for seconds in [nil, 60] as [Int64?] {
            guard case .nothing = delete(marked, after: seconds) else {
                Issue.record("the pod was marked again")
                return
            }
        }
        guard case .mark(let sooner) = delete(marked, after: 10) else {
            Issue.record("the period was not shortened")
            return
        }
        #expect(sooner["metadata"] == ["generation": 2, "deletionTimestamp": "2023-11-14T22:13:30Z", "deletionGracePeriodSeconds": 10])
        guard case .now = delete(sooner, after: 0) else {
            Issue.record("the pod stays")
            return
        }
    }

    @Test func aPodKeepsWhatItsStatusCannotLose() {
        let old: JSONObject = [
            "metadata": ["name": "p"], "spec": ["restartPolicy": "Never", "containers": [["name": "c"]]],
            "status": ["qosClass": "Burstable", "containerStatuses": [["name": "c", "state": ["terminated": ["exitCode": 0]]]]],
        ]
        var new = old
        new["status"] = ["containerStatuses": [["name": "c", "state": ["running": [:]]]], "conditions": [["type": "Ready", "status": "False"]]]
        PodKind().prepareForStatusUpdate(&new, replacing: old)
        #expect(new["status"]?["qosClass"] == "Burstable")
        #expect(new["status"]?["conditions"]?[0]?["lastProbeTime"] == .null)
        let errors = PodKind().statusErrors(in: new, replacing: old).map(\.description)
        #expect(errors == ["status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state"])
    }
}
