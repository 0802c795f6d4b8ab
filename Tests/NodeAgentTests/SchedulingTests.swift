import KubernetesAPI
import Testing

@testable import NodeAgent

struct SchedulingTests {
    static func node(_ name: String = "n", cpu: Int64 = 2, spec: JSONObject = [:], pods: [Pod] = []) -> NodeState {
        let allocatable: JSONObject = ["cpu": .string("\(cpu)"), "memory": "1Gi", "pods": "3"]
        var state = NodeState(
            Node(members: [
                "metadata": ["name": .string(name), "labels": ["zone": "a", "kubernetes.io/hostname": .string(name)]], "spec": .object(spec),
                "status": ["allocatable": .object(allocatable)],
            ]))
        for pod in pods { state.add(pod) }
        return state
    }

    static func needing(_ requests: JSONObject, _ spec: JSONObject = [:], uid: String = "u", labels: JSONObject = [:]) -> Pod {
        pod([container("c", ["resources": ["requests": .object(requests)]])], spec: spec, metadata: ["uid": .string(uid), "labels": .object(labels)])
    }

    static let tainted = node(spec: ["taints": [["key": "k", "value": "v", "effect": "NoSchedule"]]])
    static let victims = "no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod."
    static let helpless = "no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."
    static let apart: JSONObject = [
        "affinity": [
            "podAntiAffinity": [
                "requiredDuringSchedulingIgnoredDuringExecution": [["topologyKey": "kubernetes.io/hostname", "labelSelector": ["matchLabels": ["app": "x"]]]]
            ]
        ]
    ]
    static func wanting(_ key: String, _ operation: String, _ values: JSONValue) -> JSONObject {
        [
            "affinity": [
                "nodeAffinity": [
                    "requiredDuringSchedulingIgnoredDuringExecution": [
                        "nodeSelectorTerms": [["matchExpressions": [["key": .string(key), "operator": .string(operation), "values": values]]]]
                    ]
                ]
            ]
        ]
    }

    @Test(
        arguments: [
            ("it fits", needing(["cpu": "1"]), [node()], ""),
            (
                "too little is free", needing(["cpu": "1500m"]), [node(pods: [needing(["cpu": "1"], uid: "o")])],
                "0/1 nodes are available: 1 Insufficient cpu. " + victims
            ),
            (
                "too little is there", needing(["cpu": "3", "memory": "2Gi"]), [node()],
                "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. " + helpless
            ),
            ("an unknown resource", needing(["example.com/gpu": "1"]), [node()], "0/1 nodes are available: 1 Insufficient example.com/gpu. " + helpless),
            (
                "too many pods", needing([:]), [node(pods: ["a", "b", "d"].map { needing([:], uid: $0) })],
                "0/1 nodes are available: 1 Too many pods. " + victims
            ),
            ("a taint", needing([:]), [tainted], "0/1 nodes are available: 1 node(s) had untolerated taint(s). " + helpless),
            ("a tolerated taint", needing([:], ["tolerations": [["key": "k", "value": "v"]]]), [tainted], ""),
            ("any value is tolerated", needing([:], ["tolerations": [["key": "k", "operator": "Exists", "effect": "NoSchedule"]]]), [tainted], ""),
            (
                "another effect is not", needing([:], ["tolerations": [["operator": "Exists", "effect": "NoExecute"]]]), [tainted],
                "0/1 nodes are available: 1 node(s) had untolerated taint(s). " + helpless
            ),
            ("cordoned", needing([:]), [node(spec: ["unschedulable": true])], "0/1 nodes are available: 1 node(s) were unschedulable. " + helpless),
            (
                "a selector", needing([:], ["nodeSelector": ["zone": "b"]]), [node()],
                "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. " + helpless
            ),
            ("affinity", needing([:], wanting("zone", "In", ["a", "b"])), [node()], ""),
            (
                "affinity not met", needing([:], wanting("zone", "NotIn", ["a"])), [node()],
                "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. " + helpless
            ),
            ("apart from itself", needing([:], apart, labels: ["app": "x"]), [node()], ""),
            (
                "apart from its like", needing([:], apart, labels: ["app": "x"]), [node(pods: [needing([:], apart, uid: "o", labels: ["app": "x"])])],
                "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. " + victims
            ),
            (
                "two nodes, two reasons", needing(["cpu": "2"]), [node(pods: [needing(["cpu": "1"], uid: "o")]), node("m", cpu: 1)],
                "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: "
                    + "1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling."
            ),
            ("no nodes", needing([:]), [], "no nodes available to schedule pods"),
            ("gates", needing([:], ["schedulingGates": [["name": "g"]]]), [node()], "Scheduling is blocked due to non-empty scheduling gates"),
            (
                "a missing claim", needing([:], ["volumes": [["name": "v", "persistentVolumeClaim": ["claimName": "d"]]]]), [node()],
                "0/1 nodes are available: persistentvolumeclaim \"d\" not found. " + helpless
            ),
        ] as [(String, Pod, [NodeState], String)])
    func decides(_ rule: String, _ pod: Pod, _ nodes: [NodeState], _ message: String) {
        switch PodScheduler.decide(pod, nodes: nodes) {
        case .bind: #expect(message == "")
        case .wait(_, let found): #expect(found == message)
        }
    }

    @Test func theLeastUsedNodeIsChosen() {
        let nodes = [Self.node("a", pods: [Self.needing(["cpu": "1"], uid: "o")]), Self.node("b"), Self.node("d", cpu: 1)]
        #expect(PodScheduler.decide(Self.needing(["cpu": "500m"]), nodes: nodes) == .bind(node: "b"))
    }

    @Test func whatIsRemovedIsFreeAgain() {
        var state = Self.node(pods: [Self.needing(["cpu": "2"], uid: "o")])
        let rejection = PodScheduler.rejection(of: Self.needing(["cpu": "1"]), on: state)
        #expect(rejection?.reason == "OutOfcpu")
        #expect(rejection?.message == "Pod was rejected: Node didn't have enough resource: cpu, requested: 1000, used: 2000, capacity: 2000")
        state.remove(uid: "o")
        #expect(PodScheduler.rejection(of: Self.needing(["cpu": "1"]), on: state) == nil)
    }

    @Test func requestsCountWhatRunsTogether() {
        let sidecar = container("s", ["restartPolicy": "Always", "resources": ["requests": ["cpu": "1"]]])
        let big = container("i", ["resources": ["requests": ["cpu": "4"]]])
        let main = container("c", ["resources": ["limits": ["cpu": "2"]]])
        #expect(pod([main], inits: [sidecar, big]).spec?.totalRequests["cpu"] == Quantity(5))
        #expect(pod([main], inits: [big, sidecar]).spec?.totalRequests["cpu"] == Quantity(4))
        #expect(pod([main], inits: [sidecar]).spec?.totalRequests["cpu"] == Quantity(3))
    }
}
