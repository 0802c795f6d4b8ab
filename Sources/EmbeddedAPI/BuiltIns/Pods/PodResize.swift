public import KubernetesAPI

/// The subresource `resize`: the cpu and memory of a pod's containers change while it runs.
public enum PodResize {
    /// Brings what was written into the form that is checked and stored: all but the resources of containers is as in `old`.
    public static func prepare(_ object: inout JSONObject, replacing old: JSONObject) {
        let (spec, oldSpec) = (PodPart(object["spec"]), PodPart(old["spec"]))
        // Containers that were added, removed or renamed are left for the check to find.
        guard spec.count("containers") == oldSpec.count("containers"), spec.count("initContainers") == oldSpec.count("initContainers") else { return }
        let metadata = PodSubresourceMetadata.kept(of: object, from: old)
        var members = oldSpec.members
        for list in ["containers", "initContainers"] {
            let (new, before) = (spec.parts(list), oldSpec.parts(list))
            guard !new.isEmpty else { continue }
            if zip(new, before).contains(where: { $0.text("name") != $1.text("name") }) {
                members[list] = spec.members[list]
                continue
            }
            members[list] = .array(
                zip(new, before).map { container, old in
                    var merged = old.members
                    for field in ["resources", "resizePolicy"] { merged[field] = container.members[field] }
                    return .object(merged)
                })
        }
        object = old
        object["metadata"] = metadata
        object["spec"] = .object(members)
    }

    /// What is wrong with a prepared pod.
    public static func errors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let path = FieldPath("spec")
        let (spec, oldSpec) = (PodPart(object["spec"]), PodPart(old["spec"]))
        func refuse(_ detail: String) -> [FieldError] { [FieldError(.forbidden, at: PodSubresourceMetadata.whole, detail)] }
        if PodSubresourceMetadata.isMirror(old) { return refuse("static pods cannot be resized") }
        if oldSpec.part("os")?.text("name") == "windows" { return refuse("windows pods cannot be resized") }
        var errors = PodKind.errors(in: object)
        let quality = PodResources.qualityOfService(of: spec.members)
        if quality != old["status"]?["qosClass"]?.string ?? quality {
            let value = old["status"]?["qosClass"] ?? .null
            errors.append(FieldError(.invalid, at: path, value: value, "Pod QOS Class may not change as a result of resizing"))
        }
        let running = PodPart(old["status"]).parts("containerStatuses").first { $0.part("state")?.has("running") ?? false }
        if let running, !running.has("resources") {
            errors.append(FieldError(.forbidden, at: path, "Pod running on node without support for resize"))
        }
        for list in ["initContainers", "containers"] {
            guard spec.count(list) == oldSpec.count(list) else {
                return errors + [FieldError(.forbidden, at: path.field(list), "pod updates may not add or remove containers")]
            }
            for (index, (new, before)) in zip(spec.parts(list), oldSpec.parts(list)).enumerated() where list == "containers" || before.isSidecar {
                errors += removalErrors(new, before, path.field(list).index(index).field("resources"))
            }
        }
        for list in ["containers", "initContainers"] {
            for (new, before) in zip(spec.parts(list), oldSpec.parts(list)) {
                let isFixed = list == "initContainers" && !before.isSidecar
                guard (isFixed ? new.members : withoutMainResources(new, before)) != before.members else { continue }
                let sidecars = list == "initContainers" ? " for sidecar containers" : ""
                let detail = isFixed ? "resources for non-sidecar init containers are immutable" : "only cpu and memory resources\(sidecars) are mutable"
                errors.append(FieldError(.forbidden, at: path, detail))
            }
        }
        return errors
    }

    private static func removalErrors(_ new: PodPart, _ old: PodPart, _ path: FieldPath) -> [FieldError] {
        ["requests", "limits"].compactMap { kind in
            let present = Set((new.part("resources")?.quantities(kind) ?? []).map(\.name))
            guard !(old.part("resources")?.quantities(kind) ?? []).allSatisfy({ present.contains($0.name) }) else { return nil }
            return FieldError(.forbidden, at: path.field(kind), "resource \(kind) cannot be removed")
        }
    }

    /// `new` with the cpu and memory, and the policies, of `old`.
    private static func withoutMainResources(_ new: PodPart, _ old: PodPart) -> JSONObject {
        var members = new.members
        members["resizePolicy"] = old.members["resizePolicy"]
        var resources = members["resources"]?.object ?? JSONObject()
        for kind in ["limits", "requests"] {
            var amounts = resources[kind]?.object ?? JSONObject()
            for name in ["cpu", "memory"] { amounts[name] = old.members["resources"]?[kind]?[name] }
            let hadNone = old.members["resources"]?[kind] == nil && amounts.isEmpty
            resources[kind] = hadNone ? .none : .some(.object(amounts))
        }
        members["resources"] = .object(resources)
        return members
    }
}
