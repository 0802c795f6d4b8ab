public import KubernetesAPI

/// The subresource `binding` of pods, and the resource `bindings`: a scheduler puts a pod onto a node.
public enum PodBinding {
    /// Checks a Binding.
    ///
    /// - Parameter name: that of the pod in the path; the binding's own where it was posted to the namespace's `bindings`.
    /// - Throws: ``Status``: 400 for another name, 500 for a wrong target, as in Kubernetes.
    public static func check(_ binding: JSONObject, name: String) throws(Status) {
        guard binding["metadata"]?["name"]?.string ?? "" == name else {
            throw .badRequest("name in URL does not match name in Binding object")
        }
        let (kind, target) = (PodPart(binding["target"]).text("kind"), PodPart(binding["target"]).text("name"))
        var errors: [FieldError] = []
        if !kind.isEmpty, kind != "Node" { errors.append(.notSupported(FieldPath("target", "kind"), .string(kind), ["Node", "<empty>"])) }
        if target.isEmpty { errors.append(FieldError(.required, at: FieldPath("target", "name"))) }
        guard errors.isEmpty else { throw Status(failure: .unknown, code: 500, message: FieldErrors(errors).description) }
    }

    /// The pod on its node.
    ///
    /// - Parameters:
    ///   - binding: a checked one.
    ///   - pod: as it is stored.
    /// - Throws: ``Status`` (409) when the pod cannot be bound.
    public static func bind(_ pod: JSONObject, to binding: JSONObject, now: Time) throws(Status) -> JSONObject {
        let (metadata, spec) = (PodPart(pod["metadata"]), PodPart(pod["spec"]))
        let name = metadata.text("name")
        func conflict(_ why: String) -> Status { .conflict(GroupResource(group: "", resource: "pods/binding"), name: name, why) }
        for (field, what) in [("uid", "UID"), ("resourceVersion", "ResourceVersion")] {
            let wanted = PodPart(binding["metadata"]).text(field)
            guard !wanted.isEmpty, wanted != metadata.text(field) else { continue }
            throw conflict("Precondition failed: \(what) in precondition: \(wanted), \(what) in object meta: \(metadata.text(field))")
        }
        if metadata.has("deletionTimestamp") { throw conflict("pod \(name) is being deleted, cannot be assigned to a host") }
        let node = spec.text("nodeName")
        if !node.isEmpty { throw conflict("pod \(name) is already assigned to node \(node.quotedAsGo)") }
        if spec.count("schedulingGates") > 0 { throw conflict("pod \(name) has non-empty .spec.schedulingGates") }
        var bound = pod
        PodSpecDefaults.modify("spec", of: &bound) { $0["nodeName"] = binding["target"]?["name"] }
        PodSpecDefaults.modify("metadata", of: &bound) { metadata in
            for field in ["annotations", "labels"] {
                guard let added = binding["metadata"]?[field]?.object, !added.isEmpty else { continue }
                var members = metadata[field]?.object ?? JSONObject()
                for (key, value) in added { members[key] = value }
                metadata[field] = .object(members)
            }
        }
        var status = pod["status"]?.object ?? JSONObject()
        status.removeValue(forKey: "nominatedNodeName")
        let scheduled: JSONValue = [
            "type": "PodScheduled", "status": "True", "lastProbeTime": nil, "lastTransitionTime": .string(now.description),
        ]
        var conditions = status["conditions"]?.array ?? []
        if let index = conditions.firstIndex(where: { $0["type"]?.string == "PodScheduled" }) {
            conditions[index] = scheduled
        } else {
            conditions.append(scheduled)
        }
        status["conditions"] = .array(conditions)
        bound["status"] = .object(status)
        return bound
    }
}
