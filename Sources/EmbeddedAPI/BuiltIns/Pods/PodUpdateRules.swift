import KubernetesAPI

/// What may change in a pod that exists: images, a few limits, and what keeps it from being scheduled.
enum PodUpdateRules {
    static func errors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let path = FieldPath("spec")
        let (spec, oldSpec) = (PodPart(object["spec"]), PodPart(old["spec"]))
        var errors = annotationErrors(in: object, replacing: old)
        for list in ["containers", "initContainers"] {
            guard spec.count(list) == oldSpec.count(list) else {
                errors.append(FieldError(.forbidden, at: path.field(list), "pod updates may not add or remove containers"))
                return errors
            }
            // Kubernetes checks the images twice, and so reports them twice.
            for (index, container) in spec.parts(list).enumerated() {
                let (image, place) = (container.text("image"), path.field(list).index(index).field("image"))
                if image.isEmpty { errors.append(FieldError(.required, at: place)) }
                if image.first?.isWhitespace ?? false || image.last?.isWhitespace ?? false {
                    errors.append(FieldError(.invalid, at: place, value: .string(image), "must not have leading or trailing whitespace"))
                }
            }
        }
        let deadline = path.field("activeDeadlineSeconds")
        let oldSeconds = oldSpec.integer("activeDeadlineSeconds")
        if let seconds = spec.integer("activeDeadlineSeconds") {
            guard (0...Int64(Int32.max)).contains(seconds) else {
                let detail = PodSpecRules.range(0, Int64(Int32.max))
                return errors + [FieldError(.invalid, at: deadline, value: .integer(seconds), detail)]
            }
            if let oldSeconds, oldSeconds < seconds {
                return errors + [FieldError(.invalid, at: deadline, value: .integer(seconds), "must be less than or equal to previous value")]
            }
        } else if oldSeconds != nil {
            errors.append(FieldError(.invalid, at: deadline, value: .null, "must not update from a positive integer to nil value"))
        }
        errors += tolerationErrors(spec, oldSpec, path) + gateErrors(spec, oldSpec, path)
        guard spec.json != oldSpec.json else { return errors }
        var kept = withoutAllowedChanges(spec.members, oldSpec.members)
        if oldSpec.count("schedulingGates") > 0 { errors += gatedErrors(&kept, oldSpec, path) }
        guard kept != oldSpec.members else { return errors }
        let detail = "pod updates may not change fields other than \(updatable.joined(separator: ","))\n\(difference(oldSpec.members, kept))"
        return errors + [FieldError(.forbidden, at: path, detail)]
    }

    private static let updatable = [
        "`spec.containers[*].image`", "`spec.initContainers[*].image`", "`spec.activeDeadlineSeconds`",
        "`spec.tolerations` (only additions to existing tolerations)",
        "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
    ]

    static func annotationErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let path = FieldPath("metadata", "annotations")
        let (new, old) = (object["metadata"]?["annotations"]?.object ?? JSONObject(), old["metadata"]?["annotations"]?.object ?? JSONObject())
        var errors: [FieldError] = []
        for key in Set(new.keys).union(old.keys).sorted() where new[key] != old[key] {
            if key.hasPrefix(PodMetadataRules.appArmorPrefix) {
                let detail = old[key] == nil ? "may not add AppArmor annotations" : "may not remove or update AppArmor annotations"
                errors.append(FieldError(.forbidden, at: path.key(key), detail))
            }
            guard key == PodMetadataRules.mirrorKey else { continue }
            let detail = old[key] == nil ? "may not add mirror pod annotation" : "may not remove or update mirror pod annotation"
            errors.append(FieldError(.forbidden, at: path.key(key), detail))
        }
        return errors
    }

    /// Tolerations can be added, and the seconds of those that are there changed.
    private static func tolerationErrors(_ spec: PodPart, _ old: PodPart, _ path: FieldPath) -> [FieldError] {
        func withoutSeconds(_ toleration: PodPart) -> JSONObject {
            var members = toleration.members
            members.removeValue(forKey: "tolerationSeconds")
            return members
        }
        let present = spec.parts("tolerations").map(withoutSeconds)
        guard old.parts("tolerations").allSatisfy({ present.contains(withoutSeconds($0)) }) else {
            let detail = "existing toleration can not be modified except its tolerationSeconds"
            return [FieldError(.forbidden, at: path.field("tolerations"), detail)]
        }
        var rules = PodSpecRules(spec: spec.members, at: path, in: .template)
        rules.checkTolerations(spec.parts("tolerations"), at: path.field("tolerations"))
        return rules.errors
    }

    private static func gateErrors(_ spec: PodPart, _ old: PodPart, _ path: FieldPath) -> [FieldError] {
        let known = Set(old.parts("schedulingGates").map { $0.text("name") })
        return spec.parts("schedulingGates").enumerated().filter { !known.contains($1.text("name")) }.map { index, gate in
            let detail = "only deletion is allowed, but found new scheduling gate '\(gate.text("name"))'"
            return FieldError(.forbidden, at: path.field("schedulingGates").index(index).field("name"), detail)
        }
    }

    /// The new spec with the old values of what may change.
    private static func withoutAllowedChanges(_ spec: JSONObject, _ old: JSONObject) -> JSONObject {
        var kept = spec
        for list in ["containers", "initContainers"] {
            let images = PodPart(old).parts(list).map { $0.members["image"] }
            var index = 0
            PodSpecDefaults.modifyEach(list, of: &kept) { container in
                container["image"] = images[index]
                index += 1
            }
        }
        for field in ["activeDeadlineSeconds", "schedulingGates", "tolerations"] { kept[field] = old[field] }
        let seconds = "terminationGracePeriodSeconds"
        if let before = old[seconds]?.integer, before < 0, kept[seconds]?.integer == 1 { kept[seconds] = old[seconds] }
        return kept
    }

    /// As long as a pod waits at a gate, it may be made choosier about its node.
    private static func gatedErrors(_ kept: inout JSONObject, _ old: PodPart, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let (selector, oldSelector) = (kept["nodeSelector"]?.object ?? JSONObject(), old.members["nodeSelector"]?.object ?? JSONObject())
        if oldSelector.contains(where: { selector[$0.key] != $0.value }) {
            let detail = "only additions to spec.nodeSelector are allowed (no mutations or deletions)"
            errors.append(FieldError(.invalid, at: path.field("nodeSelector"), value: .object(selector), detail))
        }
        kept["nodeSelector"] = old.members["nodeSelector"]
        let (affinity, oldAffinity) = (kept["affinity"]?["nodeAffinity"].present, old.members["affinity"]?["nodeAffinity"].present)
        guard affinity != oldAffinity else { return errors }
        errors += affinityErrors(PodPart(affinity), PodPart(oldAffinity), path.field("affinity").field("nodeAffinity"))
        var members = kept["affinity"]?.object ?? JSONObject()
        members["nodeAffinity"] = oldAffinity
        kept["affinity"] = members.isEmpty && old.members["affinity"].present == nil ? old.members["affinity"] : .object(members)
        return errors
    }

    private static func affinityErrors(_ affinity: PodPart, _ old: PodPart, _ path: FieldPath) -> [FieldError] {
        let field = "requiredDuringSchedulingIgnoredDuringExecution"
        guard let required = old.part(field) else { return [] }
        let (terms, oldTerms) = (affinity.part(field)?.parts("nodeSelectorTerms") ?? [], required.parts("nodeSelectorTerms"))
        let list = path.field(field).field("nodeSelectorTerms")
        if !oldTerms.isEmpty, terms.count != oldTerms.count {
            let detail = "no additions/deletions to non-empty NodeSelectorTerms list are allowed"
            return [FieldError(.invalid, at: list, value: .array(terms.map(\.json.withInternalNames)), detail)]
        }
        return zip(terms, oldTerms).enumerated().compactMap { index, pair in
            let (term, old) = pair
            let isEmpty = old.count("matchExpressions") == 0 && old.count("matchFields") == 0
            let isExtended = ["matchExpressions", "matchFields"].allSatisfy { field in
                let (new, before) = (term.members[field]?.array ?? [], old.members[field]?.array ?? [])
                return isEmpty ? new.isEmpty : new.starts(with: before)
            }
            guard !isExtended else { return nil }
            return FieldError(.invalid, at: list.index(index), value: term.json.withInternalNames, "only additions are allowed (no mutations or deletions)")
        }
    }

    /// What differs, a line for each member that was and that is. Kubernetes prints what its Go types look like here.
    static func difference(_ old: JSONObject, _ new: JSONObject) -> String {
        var lines: [String] = []
        func compare(_ old: JSONValue?, _ new: JSONValue?, _ path: FieldPath) {
            guard old.present != new.present else { return }
            switch (old, new) {
            case (.object(let before)?, .object(let after)?):
                for key in before.keys { compare(before[key], after[key], path.field(key)) }
                for key in after.keys where before[key] == nil { compare(nil, after[key], path.field(key)) }
            case (.array(let before)?, .array(let after)?) where before.count == after.count:
                for index in before.indices { compare(before[index], after[index], path.index(index)) }
            default:
                if let old = old.present { lines.append("- \(path): \(old)") }
                if let new = new.present { lines.append("+ \(path): \(new)") }
            }
        }
        compare(.object(old), .object(new), FieldPath("spec"))
        return lines.map { "  \($0)\n" }.joined()
    }
}
