public import KubernetesAPI

/// `apps/v1` StatefulSet.
public struct StatefulSetKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { StatefulSet.self }
    public var nameRule: NameRule { .dns1123Label }
    var emptyStatus: JSONObject { ["replicas": 0, "availableReplicas": 0] }
    public var emptyObject: JSONObject {
        [
            "spec": [
                "selector": nil, "template": ["metadata": [:], "spec": ["containers": nil]], "serviceName": "", "updateStrategy": [:],
            ],
            "status": .object(emptyStatus),
        ]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            spec.setDefault("replicas", 1)
            PodTemplateOwner.applyDefaults(to: &spec)
            spec.editItems("volumeClaimTemplates", Self.applyDefaults(toClaim:))
            spec.setDefault("serviceName", "")
            spec.setDefaultText("podManagementPolicy", "OrderedReady")
            spec.edit("updateStrategy") { strategy in
                if (strategy["type"]?.string ?? "").isEmpty {
                    strategy["type"] = "RollingUpdate"
                    strategy.setDefault("rollingUpdate", [:])
                }
                guard strategy["type"]?.string == "RollingUpdate", strategy["rollingUpdate"].present != nil else { return }
                strategy.edit("rollingUpdate") { $0.setDefault("partition", 0) }
            }
            spec.setDefault("revisionHistoryLimit", 10)
            spec.edit("persistentVolumeClaimRetentionPolicy") { policy in
                policy.setDefaultText("whenDeleted", "Retain")
                policy.setDefaultText("whenScaled", "Retain")
            }
        }
        completeStatus(of: &object)
    }

    private static func applyDefaults(toClaim claim: inout JSONObject) {
        claim["kind"] = "PersistentVolumeClaim"
        claim["apiVersion"] = "v1"
        claim.setDefault("metadata", [:])
        claim.edit("spec") { spec in
            spec.setDefault("resources", [:])
            spec.setDefaultText("volumeMode", "Filesystem")
        }
        claim.edit("status") { $0.setDefaultText("phase", "Pending") }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        switch spec.text("podManagementPolicy") {
        case "": spec.required("podManagementPolicy")
        case "OrderedReady", "Parallel": break
        default: spec.invalid("podManagementPolicy", "must be 'OrderedReady' or 'Parallel'")
        }
        checkUpdateStrategy(&spec)
        var retention = spec.part("persistentVolumeClaimRetentionPolicy")
        retention.oneOf("whenDeleted", ["Retain", "Delete"])
        retention.oneOf("whenScaled", ["Retain", "Delete"])
        spec.add(retention.errors)
        spec.nonnegative("replicas", "minReadySeconds")
        if (spec["ordinals"]?["start"]?.integer ?? 0) < 0 {
            let start = spec["ordinals"]?["start"] ?? 0
            spec.add([FieldError(.invalid, at: spec.path.field("ordinals.start"), value: start, ObjectChecks.notNegative)])
        }
        let service = spec.text("serviceName")
        if !service.isEmpty { spec.invalid("serviceName", NameRule.dns1123Label.violations(in: service)) }
        PodTemplateOwner.checkSelector(&spec, of: "statefulset")
        if (try? Selector(structured: spec["selector"]?.object)) == nil {
            spec.invalid("selector", "")
        } else {
            spec.add(PodTemplateOwner.selectorErrors(spec))
            spec.add(PodTemplateRules.errors(in: templateWithClaims(spec), at: spec.path.field("template")))
        }
        let template = spec["template"]?.object ?? JSONObject()
        spec.add(PodTemplateOwner.restartErrors(in: template, at: spec.path.field("template"), ownedBy: "StatefulSet"))
        return spec.errors
    }

    /// The template as its pods will be: with a volume for each claim.
    private func templateWithClaims(_ spec: ObjectChecks) -> JSONObject {
        var template = spec["template"]?.object ?? JSONObject()
        let volumes = template["spec"]?["volumes"]?.array ?? []
        let taken = Set(volumes.compactMap { $0["name"]?.string })
        let claims = spec.elements("volumeClaimTemplates").compactMap { $0["metadata"]?["name"] }.filter { !taken.contains($0.string ?? "") }
        guard !claims.isEmpty else { return template }
        template.edit("spec") { $0["volumes"] = .array(volumes + claims.map { ["name": $0, "persistentVolumeClaim": ["claimName": $0]] }) }
        return template
    }

    private func checkUpdateStrategy(_ spec: inout ObjectChecks) {
        var strategy = spec.part("updateStrategy")
        switch strategy.text("type") {
        case "": spec.required("updateStrategy")
        case "OnDelete":
            if let update = strategy["rollingUpdate"] {
                let detail = "only allowed for updateStrategy 'RollingUpdate'"
                strategy.add([FieldError(.invalid, at: strategy.path.field("rollingUpdate"), value: update.withGoFieldNames, detail)])
            }
        case "RollingUpdate":
            guard var update = strategy.inner("rollingUpdate") else { break }
            update.nonnegative("partition")
            if update.has("maxUnavailable") {
                update.countOrPercentage("maxUnavailable")
                if update.isZero("maxUnavailable") { update.invalid("maxUnavailable", "cannot be 0") }
                update.atMostAll("maxUnavailable")
            }
            strategy.add(update.errors)
        default:
            let detail = "must be 'RollingUpdate' or 'OnDelete'"
            strategy.add([FieldError(.invalid, at: strategy.path, value: JSONValue.object(strategy.object).withGoFieldNames, detail)])
        }
        spec.add(strategy.errors)
    }

    /// Fields of the spec that may change.
    private static let mutable = [
        "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
    ]

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        func fixed(_ object: JSONObject) -> JSONObject {
            var spec = object["spec"]?.object ?? JSONObject()
            for field in Self.mutable { spec.removeValue(forKey: field) }
            return spec
        }
        let errors = creationErrors(in: object)
        guard fixed(object) != fixed(old) else { return errors }
        let detail = """
            updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', \
            'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
            """
        return errors + [FieldError(.forbidden, at: FieldPath("spec"), detail)]
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        status.nonnegative(
            "replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas", "observedGeneration", "collisionCount")
        status.atMostReplicas("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas")
        status.availableAreReady("cannot be greater than status.readyReplicas")
        status.notDecremented("collisionCount", since: old["status"])
        return status.errors
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        if let old, !isNewGeneration(object, replacing: old) { return [] }
        var warnings = PodTemplateOwner.warnings(for: object)
        if (object["spec"]?["revisionHistoryLimit"]?.integer ?? 0) < 0 {
            warnings.append("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended")
        }
        return warnings
    }

    public var columns: [TableColumn] {
        [.objectName, TableColumn("Ready", "Number of the pod with ready state"), .age, WorkloadTable.containers, WorkloadTable.images]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let (ready, wanted) = (WorkloadTable.count(object, "status", "readyReplicas"), WorkloadTable.count(object, "spec", "replicas"))
        return [WorkloadTable.name(of: object), "\(ready)/\(wanted)", WorkloadTable.age(of: object, now: now)]
            + WorkloadTable.containerCells(of: object["spec"]?["template"])
    }
}
