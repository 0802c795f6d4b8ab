public import KubernetesAPI

/// Pod: what Kubernetes fills in, refuses and shows.
///
/// What depends on other objects is in ``PodAdmission``, which comes before ``prepareForCreation(_:)``. The subresources have types of their own.
public struct PodKind: BuiltInKind {
    public init() {}

    public var type: any Resource.Type { Pod.self }
    public var hasGeneration: Bool { true }
    public var emptyObject: JSONObject { ["spec": ["containers": nil]] }

    public func applyDefaults(to object: inout JSONObject) {
        var spec = object["spec"]?.object ?? JSONObject()
        PodSpecDefaults.apply(to: &spec)
        PodSpecDefaults.applyForPod(to: &spec)
        object["spec"] = .object(spec)
        PodSpecDefaults.modify("status", of: &object, PodStatusDefaults.apply)
    }

    /// A new pod is pending, and its quality of service is known.
    public func prepareForCreation(_ object: inout JSONObject) {
        let labels = object["metadata"]?["labels"]?.object ?? JSONObject()
        PodSpecDefaults.modify("spec", of: &object) { spec in
            // Negative times have always meant one second.
            if let seconds = spec["terminationGracePeriodSeconds"]?.integer, seconds < 0 { spec["terminationGracePeriodSeconds"] = 1 }
            Self.applyLabelKeys(of: labels, to: &spec)
        }
        let spec = object["spec"]?.object ?? JSONObject()
        var status: JSONObject = ["phase": "Pending"]
        if !(spec["schedulingGates"]?.array ?? []).isEmpty {
            status["conditions"] = [
                [
                    "type": "PodScheduled", "status": "False", "lastProbeTime": nil, "lastTransitionTime": nil, "reason": "SchedulingGated",
                    "message": "Scheduling is blocked due to non-empty scheduling gates",
                ]
            ]
        }
        status["qosClass"] = .string(PodResources.qualityOfService(of: spec))
        object["status"] = .object(status)
    }

    /// `matchLabelKeys` and `mismatchLabelKeys` become requirements with the pod's own labels.
    private static func applyLabelKeys(of labels: JSONObject, to spec: inout JSONObject) {
        func merge(_ term: inout JSONObject) {
            guard term["labelSelector"].present != nil else { return }
            var added: [JSONValue] = []
            for (field, comparison) in [("matchLabelKeys", "In"), ("mismatchLabelKeys", "NotIn")] {
                for key in (term[field]?.array ?? []).compactMap(\.string) {
                    guard let value = labels[key] else { continue }
                    added.append(["key": .string(key), "operator": .string(comparison), "values": [value]])
                }
            }
            guard !added.isEmpty else { return }
            PodSpecDefaults.modify("labelSelector", of: &term) { selector in
                selector["matchExpressions"] = .array((selector["matchExpressions"]?.array ?? []) + added)
            }
        }
        PodSpecDefaults.modifyEach("topologySpreadConstraints", of: &spec, merge)
        PodSpecDefaults.modify("affinity", of: &spec) { affinity in
            for kind in ["podAffinity", "podAntiAffinity"] {
                PodSpecDefaults.modify(kind, of: &affinity) { terms in
                    PodSpecDefaults.modifyEach("requiredDuringSchedulingIgnoredDuringExecution", of: &terms, merge)
                    PodSpecDefaults.modifyEach("preferredDuringSchedulingIgnoredDuringExecution", of: &terms) { term in
                        PodSpecDefaults.modify("podAffinityTerm", of: &term, merge)
                    }
                }
            }
        }
    }

    public func prepareForStatusUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        PodStatusRules.prepare(&object, replacing: old)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let spec = PodPart(object["spec"])
        let annotations = object["metadata"]?["annotations"]?.object ?? JSONObject()
        var errors = Self.errors(in: object)
        let path = FieldPath("spec")
        if spec.count("ephemeralContainers") > 0 {
            errors.append(FieldError(.forbidden, at: path.field("ephemeralContainers"), "cannot be set on create"))
        }
        if !spec.text("nodeName").isEmpty, spec.count("schedulingGates") > 0 {
            errors.append(FieldError(.forbidden, at: path.field("nodeName"), "cannot be set until all schedulingGates have been cleared"))
        }
        return errors + PodMetadataRules.profileErrors(annotations, spec: spec, at: path)
    }

    /// What is wrong with a pod, new or not.
    static func errors(in object: JSONObject) -> [FieldError] {
        let spec = object["spec"]?.object ?? JSONObject()
        let path = FieldPath("spec")
        let annotations = object["metadata"]?["annotations"]?.object ?? JSONObject()
        var errors = PodMetadataRules.annotationErrors(annotations, spec: PodPart(spec), at: FieldPath("metadata", "annotations"))
        errors += PodSpecRules.errors(in: spec, at: path, of: .pod(name: object["metadata"]?["name"]?.string ?? ""))
        guard PodPart(spec).text("serviceAccountName").isEmpty else { return errors }
        for (index, volume) in PodPart(spec).parts("volumes").enumerated() {
            for (number, source) in (volume.part("projected")?.parts("sources") ?? []).enumerated() where source.has("serviceAccountToken") {
                let place = path.field("volumes").index(index).field("projected").field("sources").index(number).field("serviceAccountToken")
                errors.append(FieldError(.forbidden, at: place, "must not be specified when serviceAccountName is not set"))
            }
        }
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        Self.errors(in: object) + PodUpdateRules.errors(in: object, replacing: old)
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        PodStatusRules.errors(in: object, replacing: old)
    }

    /// Only creation warns: people rarely update pods themselves.
    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        guard old == nil else { return [] }
        let violations = NameRule.dns1123Label.violations(in: object["metadata"]?["name"]?.string ?? "")
        let advice = "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended"
        let texts = violations.isEmpty ? [] : ["metadata.name: \(advice): [\(violations.joined(separator: " "))]"]
        return texts + PodWarnings.texts(for: object, at: FieldPath(), isTemplate: false)
    }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        let (spec, status) = (PodPart(object["spec"]), PodPart(object["status"]))
        return [
            "spec.nodeName": spec.text("nodeName"), "spec.host": spec.text("nodeName"), "spec.restartPolicy": spec.text("restartPolicy"),
            "spec.schedulerName": spec.text("schedulerName"), "spec.serviceAccountName": spec.text("serviceAccountName"),
            "spec.hostNetwork": "\(spec.isHostNetwork)", "status.phase": status.text("phase"), "status.podIP": PodTable.address(of: status),
            // May be asked for, but is never filled in.
            "status.podIPs": "", "status.nominatedNodeName": status.text("nominatedNodeName"),
        ]
    }

    public var columns: [TableColumn] { PodTable.columns }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { PodTable.cells(of: object, now: now) }
}
