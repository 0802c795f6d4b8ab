public import KubernetesAPI

/// What happens to a new pod because of other objects: its service account, its priority class, and the tolerations that every pod gets.
///
/// Applied to a defaulted pod before ``PodKind/prepareForCreation(_:)``, and before anything is checked, as Kubernetes' admission plugins are.
public struct PodAdmission: Sendable {
    public init() {}

    /// - Parameter randomSuffix: five characters for the name of the token's volume.
    /// - Throws: ``Status`` (403) when an object that the pod names is missing or refuses it.
    public func admit(_ pod: inout JSONObject, reading: any ObjectReading, randomSuffix: String) throws(Status) {
        let metadata = PodPart(pod["metadata"])
        let isMirror = metadata.part("annotations")?.has(PodMetadataRules.mirrorKey) ?? false
        var spec = pod["spec"]?.object ?? JSONObject()
        if !isMirror {
            try applyServiceAccount(to: &spec, pod: metadata, reading: reading, randomSuffix: randomSuffix)
        } else if !PodPart(spec).text("serviceAccountName").isEmpty {
            throw refusal(metadata, "a mirror pod may not reference service accounts")
        }
        try applyPriority(to: &spec, pod: metadata, reading: reading)
        applyTolerations(to: &spec)
        try applyRuntimeClass(to: &spec, pod: metadata, reading: reading)
        pod["spec"] = .object(spec)
    }

    /// What an update of a pod keeps, though it was left out: priority and tolerations that every pod has.
    public func admitUpdate(_ pod: inout JSONObject, replacing old: JSONObject) {
        PodSpecDefaults.modify("spec", of: &pod) { spec in
            for field in ["priority", "preemptionPolicy"] where spec[field].present == nil { spec[field] = old["spec"]?[field] }
            applyTolerations(to: &spec)
        }
    }

    private func refusal(_ metadata: PodPart, _ why: String) -> Status {
        // Names are generated later.
        let name = metadata.text("name").isEmpty ? metadata.text("generateName") : metadata.text("name")
        return .forbidden(GroupResource(group: "", resource: "pods"), name: name, why)
    }

    private func applyServiceAccount(
        to spec: inout JSONObject, pod: PodPart, reading: any ObjectReading, randomSuffix: String
    ) throws(Status) {
        PodSpecDefaults.setText("serviceAccountName", "default", in: &spec)
        spec["serviceAccount"] = spec["serviceAccountName"]
        let (name, namespace) = (PodPart(spec).text("serviceAccountName"), pod.text("namespace"))
        guard let account = reading.object(GroupResource(group: "", resource: "serviceaccounts"), namespace: namespace, name: name) else {
            let why = "error looking up service account \(namespace)/\(name): serviceaccount \(name.quotedAsGo) not found"
            throw refusal(pod, why)
        }
        if (spec["automountServiceAccountToken"]?.bool ?? account["automountServiceAccountToken"]?.bool ?? true) {
            ServiceAccountTokenVolume.mount(in: &spec, randomSuffix: randomSuffix)
        }
        if (spec["imagePullSecrets"]?.array ?? []).isEmpty, let secrets = account["imagePullSecrets"]?.array, !secrets.isEmpty {
            spec["imagePullSecrets"] = .array(secrets)
        }
    }

    private func applyPriority(to spec: inout JSONObject, pod: PodPart, reading: any ObjectReading) throws(Status) {
        let classes = GroupResource(group: "scheduling.k8s.io", resource: "priorityclasses")
        let given = PodPart(spec)
        var name = given.text("priorityClassName")
        var found: JSONObject?
        if name.isEmpty {
            found = reading.objects(classes, namespace: nil).filter { $0["globalDefault"]?.bool ?? false }
                .min { $0["value"]?.integer ?? 0 < $1["value"]?.integer ?? 0 }
            name = found?["metadata"]?["name"]?.string ?? ""
        } else {
            found = reading.object(classes, namespace: "", name: name) ?? Self.systemClasses[name]
            if found == nil { throw refusal(pod, "no PriorityClass with name \(name) was found") }
        }
        if !name.isEmpty { spec["priorityClassName"] = .string(name) }
        let priority = found?["value"]?.integer ?? 0
        if let own = given.integer("priority"), own != priority {
            let why =
                "the integer value of priority (\(own)) must not be provided in pod spec; priority admission controller computed \(priority) "
                + "from the given PriorityClass name"
            throw refusal(pod, why)
        }
        spec["priority"] = .integer(priority)
        let policy = found?["preemptionPolicy"]?.string ?? "PreemptLowerPriority"
        if given.has("preemptionPolicy"), given.text("preemptionPolicy") != policy {
            let why =
                "the string value of PreemptionPolicy (\(given.text("preemptionPolicy"))) must not be provided in pod spec; priority admission "
                + "controller computed \(policy) from the given PriorityClass name"
            throw refusal(pod, why)
        }
        spec["preemptionPolicy"] = .string(policy)
    }

    /// What a RuntimeClass costs, and where it can run.
    private func applyRuntimeClass(to spec: inout JSONObject, pod: PodPart, reading: some ObjectReading) throws(Status) {
        let given = PodPart(spec)
        let classes = GroupResource(group: "node.k8s.io", resource: "runtimeclasses")
        let name = given.text("runtimeClassName")
        var found: JSONObject?
        if !name.isEmpty {
            found = reading.object(classes, namespace: "", name: name)
            if found == nil { throw refusal(pod, "pod rejected: RuntimeClass \(name.quotedAsGo) not found") }
        }
        let overhead = found?["overhead"]?["podFixed"].present
        if let overhead, !given.has("overhead") { spec["overhead"] = overhead }
        if overhead == nil, given.has("overhead") {
            throw refusal(pod, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
        }
        if let overhead, given.has("overhead"), given.value("overhead") != overhead {
            throw refusal(pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
        }
    }

    /// These are in every cluster.
    private static let systemClasses: [String: JSONObject] = [
        "system-cluster-critical": ["value": 2_000_000_000], "system-node-critical": ["value": 2_000_001_000],
    ]

    /// A pod stays on a node that is lost for five minutes, unless it says otherwise.
    private func applyTolerations(to spec: inout JSONObject) {
        var tolerations = spec["tolerations"]?.array ?? []
        let given = tolerations.map { PodPart($0) }
        for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
            let isTolerated = given.contains {
                ["", key].contains($0.text("key")) && ["", "NoExecute"].contains($0.text("effect"))
            }
            guard !isTolerated else { continue }
            tolerations.append(["key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300])
        }
        if !tolerations.isEmpty { spec["tolerations"] = .array(tolerations) }
    }
}

/// The volume with the token of the pod's service account.
enum ServiceAccountTokenVolume {
    static let mountPath = "/var/run/secrets/kubernetes.io/serviceaccount"
    static let namePrefix = "kube-api-access-"

    /// Mounts the token into all containers that have nothing at its place, and adds the volume when one needs it.
    static func mount(in spec: inout JSONObject, randomSuffix: String) {
        let existing = PodPart(spec).parts("volumes").map { $0.text("name") }.first { $0.hasPrefix(namePrefix) }
        let name = existing ?? namePrefix + randomSuffix
        var isNeeded = false
        for list in ["initContainers", "containers"] {
            PodSpecDefaults.modifyEach(list, of: &spec) { container in
                var mounts = container["volumeMounts"]?.array ?? []
                guard !mounts.contains(where: { $0["mountPath"]?.string == mountPath }) else { return }
                mounts.append(["name": .string(name), "readOnly": true, "mountPath": .string(mountPath)])
                container["volumeMounts"] = .array(mounts)
                isNeeded = true
            }
        }
        guard isNeeded, existing == nil else { return }
        let sources: JSONValue = [
            ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]],
            ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
            ["downwardAPI": ["items": [["path": "namespace", "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"]]]]],
        ]
        let volume: JSONValue = ["name": .string(name), "projected": ["sources": sources, "defaultMode": 420]]
        spec["volumes"] = .array((spec["volumes"]?.array ?? []) + [volume])
    }
}
