public import KubernetesAPI

/// `apps/v1` ReplicaSet.
public struct ReplicaSetKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { ReplicaSet.self }
    var emptyStatus: JSONObject { ["replicas": 0] }
    public var emptyObject: JSONObject {
        ["spec": ["selector": nil, "template": ["metadata": [:], "spec": ["containers": nil]]], "status": .object(emptyStatus)]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            spec.setDefault("replicas", 1)
            PodTemplateOwner.applyDefaults(to: &spec)
        }
        completeStatus(of: &object)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        spec.nonnegative("replicas", "minReadySeconds")
        PodTemplateOwner.checkSelector(&spec, of: "deployment")  // Kubernetes says deployment here, too.
        Self.checkTemplate(&spec)
        return spec.errors
    }

    /// What is wrong with the template of a ReplicaSet or of a Deployment, which makes ReplicaSets of it.
    static func checkTemplate(_ spec: inout ObjectChecks) {
        do {
            _ = try Selector(structured: spec["selector"]?.object)
            spec.add(PodTemplateOwner.errors(in: spec, ownedBy: "ReplicaSet"))
        } catch {
            spec.invalid("selector", "invalid label selector")
        }
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        spec.immutable("selector", since: old["spec"])
        // Kubernetes looks through the spec of a changed object twice.
        return creationErrors(in: object) + creationErrors(in: object) + spec.errors
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        status.nonnegative("replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration", "terminatingReplicas")
        status.atMostReplicas("fullyLabeledReplicas", "readyReplicas", "availableReplicas")
        status.availableAreReady()
        return status.errors
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        guard let old else { return PodTemplateOwner.nameWarnings(for: object) + PodTemplateOwner.warnings(for: object) }
        return isNewGeneration(object, replacing: old) ? PodTemplateOwner.warnings(for: object) : []
    }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        ["status.replicas": "\(WorkloadTable.count(object, "status", "replicas"))"]
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Desired", type: "integer", "Replicas is the number of desired pods."),
            TableColumn("Current", type: "integer", "Replicas is the most recently observed number of non-terminating pods."),
            TableColumn("Ready", type: "integer", "The number of non-terminating pods targeted by this ReplicaSet with a Ready Condition."),
            .age, WorkloadTable.containers, WorkloadTable.images, WorkloadTable.selector,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [
            WorkloadTable.name(of: object), .integer(WorkloadTable.count(object, "spec", "replicas")),
            .integer(WorkloadTable.count(object, "status", "replicas")), .integer(WorkloadTable.count(object, "status", "readyReplicas")),
            WorkloadTable.age(of: object, now: now),
        ] + WorkloadTable.containerCells(of: object["spec"]?["template"]) + [WorkloadTable.selectorCell(object["spec"]?["selector"])]
    }
}
