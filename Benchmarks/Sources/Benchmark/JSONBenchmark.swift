import Foundation
import KubernetesAPI

/// Decoding a PodList, as an informer does at its start, against CPython's `json.loads` and Foundation's JSONSerialization on the same bytes.
func jsonBenchmark() throws -> [Row] {
    var rows: [Row] = []
    for count in [1_000, 3_000, 10_000] {
        let bytes = podList(count: count)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-benchmark-\(getpid()).json")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = "import json,sys,time\nb=open(sys.argv[1],'rb').read()\nt=time.perf_counter()\nv=json.loads(b)\nprint(time.perf_counter()-t)"

        let (ours, python) = try alternating({ try seconds { _ = try JSONValue(parsing: bytes) } }) {
            try output(of: "python3", ["-c", script, file.path]).flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? .nan
        }
        let size = String(format: "%.1f MB", Double(bytes.count) / 1e6)
        let us = median(ours), them = median(python)
        rows.append(
            Row(
                what: "decode a list of \(count) pods (\(size)) into values", martlet: milliseconds(us),
                peer: them.isNaN ? "python3 is missing" : "json.loads \(milliseconds(them))", ratio: them.isNaN ? "-" : String(format: "%.2f x", them / us),
                target: ">= 2.5 x"))
        let typed = try median((0..<5).map { _ in try seconds { _ = try ResourceList<Pod>(checking: JSONValue(parsing: bytes)) } })
        rows.append(
            Row(
                what: "  into checked, typed pods", martlet: milliseconds(typed), peer: them.isNaN ? "python3 is missing" : "json.loads \(milliseconds(them))",
                ratio: them.isNaN ? "-" : String(format: "%.2f x", them / typed), target: count == 10_000 ? ">= 2.5 x, <= 300 ms" : "-"))
        if count == 1_000 {
            let foundation = try median((0..<5).map { _ in try seconds { _ = try JSONSerialization.jsonObject(with: Data(bytes)) } })
            rows.append(
                Row(
                    what: "  into values, beside Foundation", martlet: milliseconds(us), peer: "JSONSerialization \(milliseconds(foundation))",
                    ratio: String(format: "%.2f x", foundation / us), target: "-"))
            let value = try JSONValue(parsing: bytes)
            let writing = median((0..<5).map { _ in seconds { _ = value.serialized() } })
            rows.append(Row(what: "  writing them", martlet: milliseconds(writing), peer: "-", ratio: "-", target: "-"))
        }
    }
    return rows + (try eventRows())
}

/// One watch event at a time, from its bytes to a checked pod.
private func eventRows() throws -> [Row] {
    let list = try JSONValue(parsing: podList(count: 1_000))
    let lines = (list["items"]?.array ?? []).map { item -> [UInt8] in
        JSONValue.object(["type": "MODIFIED", "object": item]).serialized()
    }
    let times = try (0..<5).map { _ in
        try seconds {
            for line in lines {
                let event = try JSONValue(parsing: line)
                _ = try Pod(checking: event["object"] ?? .null)
            }
        }
    }
    let each = median(times) / Double(lines.count)
    return [Row(what: "a watch event with a pod, typed", martlet: String(format: "%.1f us", each * 1e6), peer: "-", ratio: "-", target: "<= 30 us")]
}

/// A PodList with pods of about 4 KiB as a cluster sends them, managed fields included.
func podList(count: Int) -> [UInt8] {
    let items = (0..<count).map { pod($0) }
    return JSONValue.object([
        "kind": "PodList", "apiVersion": "v1", "metadata": ["resourceVersion": "184467", "remainingItemCount": nil], "items": .array(items),
    ]).serialized()
}

private func pod(_ number: Int) -> JSONValue {
    let name = "delays-train-\(number)-x7k2p"
    return [
        "metadata": [
            "name": "\(name)", "generateName": "delays-train-", "namespace": "ml-team-\(number % 20)",
            "uid": "5f0c3a52-7c1e-4d0b-9d5b-\(100_000_000_000 + number)", "resourceVersion": "\(100_000 + number)", "creationTimestamp": "2026-11-24T10:00:00Z",
            "labels": [
                "app.kubernetes.io/name": "delays", "app.kubernetes.io/component": "train", "martlet.dev/run": "\(name)", "pod-template-hash": "7d9c5b8f6d",
            ],
            "annotations": ["martlet.dev/source": "git@example.com:ml/delays.git#3f1c9a", "note": "résumé of \"run\" \(number)\nsecond line"],
            "ownerReferences": [
                [
                    "apiVersion": "martlet.dev/v1alpha1", "kind": "Run", "name": "\(name)", "uid": "0b6f3a0e-32b4-41f7-a8f1-\(100_000_000_000 + number)",
                    "controller": true, "blockOwnerDeletion": true,
                ]
            ],
            "managedFields": [
                [
                    "manager": "martlet-run", "operation": "Apply", "apiVersion": "v1", "time": "2026-11-24T10:00:00Z", "fieldsType": "FieldsV1",
                    "fieldsV1": [
                        "f:metadata": [
                            "f:labels": ["f:martlet.dev/run": [:], "f:app.kubernetes.io/name": [:]], "f:ownerReferences": ["k:{\"uid\":\"0b6f\"}": [:]],
                        ],
                        "f:spec": [
                            "f:containers": [
                                "k:{\"name\":\"main\"}": [
                                    ".": [:], "f:name": [:], "f:image": [:], "f:env": ["k:{\"name\":\"A\"}": [".": [:], "f:value": [:]]],
                                ]
                            ], "f:restartPolicy": [:], "f:volumes": ["k:{\"name\":\"martlet\"}": [".": [:], "f:emptyDir": [:]]],
                        ],
                    ],
                ]
            ],
        ],
        "spec": [
            "volumes": [
                ["name": "martlet", "emptyDir": ["sizeLimit": "2Gi"]],
                ["name": "config", "configMap": ["name": "delays-source", "defaultMode": 420]],
            ],
            "initContainers": [container("fetch", number), container("push", number)], "containers": [container("main", number)],
            "restartPolicy": "Never", "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst", "serviceAccountName": "default",
            "nodeName": "node-\(number % 100)", "securityContext": ["runAsNonRoot": true, "seccompProfile": ["type": "RuntimeDefault"]],
            "schedulerName": "default-scheduler", "enableServiceLinks": true, "preemptionPolicy": "PreemptLowerPriority", "priority": 0,
            "tolerations": [
                ["key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300],
                ["key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300],
            ],
        ],
        "status": [
            "phase": "Running",
            "conditions": .array(
                ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map { type in
                    ["type": .string(type), "status": "True", "lastProbeTime": nil, "lastTransitionTime": "2026-11-24T10:00:03Z"]
                }), "hostIP": "10.0.0.\(number % 250)", "podIP": "10.1.\(number / 250 % 250).\(number % 250)",
            "podIPs": [["ip": "10.1.\(number / 250 % 250).\(number % 250)"]], "startTime": "2026-11-24T10:00:00Z", "qosClass": "Burstable",
            "containerStatuses": [
                [
                    "name": "main", "state": ["running": ["startedAt": "2026-11-24T10:00:02Z"]], "lastState": [:], "ready": true, "restartCount": 0,
                    "image": "registry.example/ml/delays:7", "imageID": "registry.example/ml/delays@sha256:9b2e…",
                    "containerID": "containerd://4f53cda18c2baa0c",
                    "started": true,
                ]
            ],
        ],
    ]
}

private func container(_ name: String, _ number: Int) -> JSONValue {
    [
        "name": .string(name), "image": "registry.example/ml/delays:7", "command": ["/martlet/bin/martlet-worker", "job"],
        "env": [
            ["name": "MARTLET_PARAMS", "value": "{\"learningRate\":0.1}"],
            ["name": "RUN", "valueFrom": ["fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.name"]]],
        ],
        "resources": ["limits": ["cpu": "2", "memory": "4Gi"], "requests": ["cpu": "500m", "memory": "1Gi"]],
        "volumeMounts": [["name": "martlet", "mountPath": "/martlet"], ["name": "config", "mountPath": "/etc/delays", "readOnly": true]],
        "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File", "imagePullPolicy": "IfNotPresent",
        "securityContext": ["allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"]]],
    ]
}
