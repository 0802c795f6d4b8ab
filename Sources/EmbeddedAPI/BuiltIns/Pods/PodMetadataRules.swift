import KubernetesAPI

/// What the annotations of pods and of templates must fulfil besides being annotations.
enum PodMetadataRules {
    static let mirrorKey = "kubernetes.io/config.mirror"
    static let deletionCostKey = "controller.kubernetes.io/pod-deletion-cost"
    static let appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/"
    static let seccompPodKey = "seccomp.security.alpha.kubernetes.io/pod"
    static let seccompContainerPrefix = "container.seccomp.security.alpha.kubernetes.io/"

    /// - Parameter path: of the annotations.
    static func annotationErrors(_ annotations: JSONObject, spec: PodPart, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let value = annotations[mirrorKey], spec.text("nodeName").isEmpty {
            errors.append(FieldError(.invalid, at: path.key(mirrorKey), value: value, "must set spec.nodeName if mirror pod annotation is set"))
        }
        if let value = annotations[deletionCostKey]?.string, !isDeletionCost(value) {
            errors.append(FieldError(.invalid, at: path.key(deletionCostKey), value: .string(value), "must be a 32bit integer"))
        }
        for (key, value) in annotations {
            let text = value.string ?? ""
            if key == seccompPodKey || key.hasPrefix(seccompContainerPrefix) {
                let isKnown = ["runtime/default", "docker/default", "unconfined"].contains(text) || text.hasPrefix("localhost/")
                if !isKnown { errors.append(FieldError(.invalid, at: path.field(key), value: value, "must be a valid seccomp profile")) }
            }
            guard key.hasPrefix(appArmorPrefix) else { continue }
            let name = String(key.dropFirst(appArmorPrefix.count))
            if !spec.containerNames.contains(name) {
                errors.append(FieldError(.invalid, at: path.key(key), value: .string(name), "container not found"))
            }
            if !["", "runtime/default", "unconfined"].contains(text), !text.hasPrefix("localhost/") {
                let detail = "invalid AppArmor profile name: \(text.quotedAsGo)"
                errors.append(FieldError(.invalid, at: path.key(key), value: value, detail))
            }
        }
        return errors
    }

    /// Seccomp and AppArmor profiles in annotations must be those in the fields.
    static func profileErrors(_ annotations: JSONObject, spec: PodPart, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        func compare(_ key: String, _ profile: PodPart?, _ place: FieldPath, _ name: String) {
            guard let text = annotations[key]?.string, let profile else { return }
            let matches: Bool
            switch profile.text("type") {
            case "Unconfined": matches = text == "unconfined"
            case "RuntimeDefault": matches = text == "runtime/default" || name == "seccomp" && text == "docker/default"
            case "Localhost":
                matches = text.hasPrefix("localhost/")
                if matches, text.dropFirst("localhost/".count) != profile.text("localhostProfile") {
                    errors.append(FieldError(.forbidden, at: place.field("localhostProfile"), "\(name) profile in annotation and field must match"))
                }
            default: matches = true
            }
            if !matches { errors.append(FieldError(.forbidden, at: place.field("type"), "\(name) type in annotation and field must match")) }
        }
        let own = spec.part("securityContext")
        compare(seccompPodKey, own?.part("seccompProfile"), path.field("securityContext").field("seccompProfile"), "seccomp")
        for (container, place) in spec.containers(at: path) {
            let (context, name) = (container.part("securityContext"), container.text("name"))
            let item = place.field("securityContext")
            compare(seccompContainerPrefix + name, context?.part("seccompProfile"), item.field("seccompProfile"), "seccomp")
            guard spec.part("os")?.text("name") != "windows" else { continue }
            let profile = context?.part("appArmorProfile") ?? own?.part("appArmorProfile")
            compare(appArmorPrefix + name, profile, item.field("appArmorProfile"), "apparmor")
        }
        return errors
    }

    /// A 32-bit integer without `+` and without leading zeros.
    private static func isDeletionCost(_ text: String) -> Bool { Int32(text).map { "\($0)" == text } ?? false }
}
