public import KubernetesAPI

/// The subresource `ephemeralcontainers`: containers for debugging are added to a running pod.
public enum PodEphemeralContainers {
    /// Brings what was written into the form that is checked and stored: all but the ephemeral containers is as in `old`.
    public static func prepare(_ object: inout JSONObject, replacing old: JSONObject) {
        let metadata = PodSubresourceMetadata.kept(of: object, from: old)
        let containers = object["spec"]?["ephemeralContainers"]
        object = old
        object["metadata"] = metadata
        PodSpecDefaults.modify("spec", of: &object) { spec in
            spec["ephemeralContainers"] = containers
            PodSpecDefaults.dropZeros(&spec, lists: ["ephemeralContainers"])
            PodSpecDefaults.modifyEach("ephemeralContainers", of: &spec, PodSpecDefaults.applyToContainer)
        }
    }

    /// What is wrong with a prepared pod.
    public static func errors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        if PodSubresourceMetadata.isMirror(old) {
            return [FieldError(.forbidden, at: PodSubresourceMetadata.whole, "static pods do not support ephemeral containers")]
        }
        var errors = PodKind.errors(in: object)
        let path = FieldPath("spec", "ephemeralContainers")
        let present = PodPart(object["spec"]).parts("ephemeralContainers")
        for container in PodPart(old["spec"]).parts("ephemeralContainers") {
            let name = container.text("name").quotedAsGo
            guard let new = present.last(where: { $0.text("name") == container.text("name") }) else {
                errors.append(FieldError(.forbidden, at: path, "existing ephemeral containers \(name) may not be removed\n"))
                continue
            }
            guard new.json != container.json else { continue }
            let difference = PodUpdateRules.difference(container.members, new.members)
            errors.append(FieldError(.forbidden, at: path, "existing ephemeral containers \(name) may not be changed\n\(difference)"))
        }
        return errors
    }
}
