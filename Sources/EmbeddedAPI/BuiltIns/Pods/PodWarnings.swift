import KubernetesAPI

/// What Kubernetes warns of in pods and templates that it accepts.
struct PodWarnings {
    let spec: PodPart
    let path: FieldPath
    var texts: [String] = []

    /// - Parameters:
    ///   - object: a pod or a template: an object with `metadata` and `spec`.
    ///   - path: where it stands; empty for a pod.
    static func texts(for object: JSONObject, at path: FieldPath, isTemplate: Bool) -> [String] {
        var warnings = PodWarnings(spec: PodPart(object["spec"]), path: path.field("spec"))
        let annotations = object["metadata"]?["annotations"]?.object ?? JSONObject()
        warnings.findNodeLabels()
        warnings.findAnnotations(annotations, at: path.field("metadata").field("annotations"))
        warnings.findVolumes()
        warnings.findRepetitions()
        warnings.findFractions(spec: warnings.spec.members["overhead"]?.object, at: warnings.path.field("overhead"))
        warnings.findInContainers(annotations, at: path.field("metadata").field("annotations"), isTemplate: isTemplate)
        warnings.findPorts()
        if let seconds = warnings.spec.integer("terminationGracePeriodSeconds"), seconds < 0 {
            let place = warnings.path.field("terminationGracePeriodSeconds")
            warnings.texts.append("\(place): must be >= 0; negative values are invalid and will be treated as 1")
        }
        warnings.findNullSelectors()
        return warnings.texts
    }

    private static let oldNodeLabels = [
        "beta.kubernetes.io/arch": ("v1.14", "kubernetes.io/arch"),
        "beta.kubernetes.io/os": ("v1.14", "kubernetes.io/os"),
        "failure-domain.beta.kubernetes.io/region": ("v1.17", "topology.kubernetes.io/region"),
        "failure-domain.beta.kubernetes.io/zone": ("v1.17", "topology.kubernetes.io/zone"),
        "beta.kubernetes.io/instance-type": ("v1.17", "node.kubernetes.io/instance-type"),
    ]

    private static func oldLabel(_ key: String) -> String? { oldNodeLabels[key].map { "deprecated since \($0.0); use \"\($0.1)\" instead" } }

    private static let (required, preferred) = ("requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution")

    private mutating func findNodeLabels() {
        for key in (spec.members["nodeSelector"]?.object ?? JSONObject()).keys {
            if let text = Self.oldLabel(key) { texts.append("\(path.field("nodeSelector").key(key)): \(text)") }
        }
        if let affinity = spec.part("affinity")?.part("nodeAffinity") {
            let place = path.field("affinity").field("nodeAffinity")
            for (index, term) in (affinity.part(Self.required)?.parts("nodeSelectorTerms") ?? []).enumerated() {
                findInNodeTerm(term, at: place.field(Self.required).field("nodeSelectorTerms").index(index))
            }
            for (index, term) in affinity.parts(Self.preferred).enumerated() {
                guard let preference = term.part("preference") else { continue }
                findInNodeTerm(preference, at: place.field(Self.preferred).index(index).field("preference"))
            }
        }
        for (index, constraint) in spec.parts("topologySpreadConstraints").enumerated() {
            let place = path.field("topologySpreadConstraints").index(index)
            let key = constraint.text("topologyKey")
            if let text = Self.oldLabel(key) { texts.append("\(place.field("topologyKey")): \(key) is \(text)") }
            if !constraint.has("labelSelector") { texts.append("\(place.field("labelSelector")): a null labelSelector results in matching no pod") }
        }
    }

    private mutating func findInNodeTerm(_ term: PodPart, at place: FieldPath) {
        for (index, requirement) in term.parts("matchExpressions").enumerated() {
            let item = place.field("matchExpressions").index(index)
            let key = requirement.text("key")
            if let text = Self.oldLabel(key) { texts.append("\(item.field("key")): \(key) is \(text)") }
            for (number, value) in requirement.texts("values").enumerated() {
                let violations = NameRule.labelValue.violations(in: value)
                texts += violations.map { "\(item.field("values").index(number)): \(value.quotedAsGo) is invalid, \($0)" }
            }
        }
    }

    private mutating func findAnnotations(_ annotations: JSONObject, at place: FieldPath) {
        for (key, text) in [
            ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
            ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
            ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ] where annotations[key] != nil {
            texts.append("\(place.key(key)): \(text)")
        }
    }

    private mutating func findVolumes() {
        let old = [
            ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"), ("gitRepo", "deprecated in v1.11"),
            ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"), ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
            ("storageOS", "deprecated in v1.22, non-functional in v1.25+"), ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
            ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"), ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
            ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
        ]
        let volumes = spec.parts("volumes")
        for (index, volume) in volumes.enumerated() {
            for (kind, text) in old where volume.has(kind == "storageOS" ? "storageos" : kind) {
                texts.append("\(path.field("volumes").index(index).field(kind)): \(text)")
            }
        }
        let sources = volumes.map { $0.part("projected")?.parts("sources") ?? [] }
        let tokens = Set(sources.joined().compactMap { $0.part("serviceAccountToken")?.text("path") })
        guard !tokens.isEmpty else { return }
        for (index, list) in sources.enumerated() {
            let place = path.field("volumes").index(index).field("projected").field("sources")
            for source in list {
                for (kind, name) in [("configMap", "configMap"), ("secret", "secrets"), ("downwardAPI", "downwardAPI")] {
                    for (number, file) in (source.part(kind)?.parts("items") ?? []).enumerated() where tokens.contains(file.text("path")) {
                        let text = "has duplicated path with ServiceAccountToken \(file.text("path").quotedAsGo)"
                        texts.append("\(place.field(name).index(number)): \(text)")
                    }
                }
            }
        }
    }

    private mutating func findRepetitions() {
        for (list, field, name) in [("hostAliases", "ip", "ip"), ("imagePullSecrets", "name", "name")] {
            var seen: Set<String> = []
            for (index, item) in spec.parts(list).enumerated() where !seen.insert(item.text(field)).inserted {
                texts.append("\(path.field(list).index(index).field(field)): duplicate \(name) \(item.text(field).quotedAsGo)")
            }
        }
        for (index, secret) in spec.parts("imagePullSecrets").enumerated() where secret.text("name").isEmpty {
            texts.append("\(path.field("imagePullSecrets").index(index).field("name")): invalid empty name \"\"")
        }
    }

    /// Bytes are whole.
    private mutating func findFractions(spec amounts: JSONObject?, at place: FieldPath) {
        for name in ["memory", "ephemeral-storage"] {
            guard let amount = amounts?[name].flatMap({ Quantity(json: $0) }), amount.milliValue() % 1000 != 0 else { continue }
            texts.append("\(place.key(name)): fractional byte value \(amount.canonicalText.quotedAsGo) is invalid, must be an integer")
        }
    }

    private mutating func findInContainers(_ annotations: JSONObject, at annotationsPlace: FieldPath, isTemplate: Bool) {
        let own = spec.part("securityContext")
        // The backslashes are Kubernetes' own.
        let seccompText = #"non-functional in v1.27+; use the \"seccompProfile\" field instead"#
        let appArmorText = #"deprecated since v1.30; use the \"appArmorProfile\" field instead"#
        func annotate(_ key: String, _ text: String) -> [String] { annotations[key] == nil ? [] : ["\(annotationsPlace.key(key)): \(text)"] }
        if !(own?.has("seccompProfile") ?? false) { texts += annotate(PodMetadataRules.seccompPodKey, seccompText) }
        for (container, place) in spec.containers(at: path) {
            let (name, context) = (container.text("name"), container.part("securityContext"))
            if !(context?.has("seccompProfile") ?? false) { texts += annotate(PodMetadataRules.seccompContainerPrefix + name, seccompText) }
            if isTemplate, !(own?.has("appArmorProfile") ?? false), !(context?.has("appArmorProfile") ?? false) {
                texts += annotate(PodMetadataRules.appArmorPrefix + name, appArmorText)
            }
            let resources = container.part("resources")
            for kind in ["limits", "requests"] {
                findFractions(spec: resources?.members[kind]?.object, at: place.field("resources").field(kind))
            }
            var seen: Set<String> = []
            for (index, variable) in container.parts("env").enumerated() {
                let name = variable.text("name")
                guard !seen.insert(name).inserted else { continue }
                // A value that is made from the one before is meant so.
                let (reference, value) = ("$(\(name))", variable.text("value"))
                guard variable.has("valueFrom") || value == reference || !value.contains(reference) else { continue }
                let text = "hides previous definition of \(name.quotedAsGo), which may be dropped when using apply"
                texts.append("\(place.field("env").index(index)): \(text)")
            }
        }
    }

    private mutating func findPorts() {
        var known: [String: [(place: FieldPath, port: PodPart)]] = [:]
        for (container, containerPlace) in spec.containers(at: path) {
            for (index, port) in container.parts("ports").enumerated() {
                let place = containerPlace.field("ports").index(index)
                let (hostPort, hostIP) = (port.integer("hostPort") ?? 0, port.text("hostIP"))
                let number = port.integer("containerPort") ?? 0
                if !hostIP.isEmpty, hostPort == 0 {
                    let text = "{Name:\(port.text("name")) HostPort:0 ContainerPort:\(number) Protocol:\(port.text("protocol")) HostIP:\(hostIP)}"
                    texts.append("\(place): hostIP set without hostPort: \(text)")
                }
                let key = "\(number)/\(port.text("protocol"))"
                for (otherPlace, other) in known[key] ?? [] {
                    let (otherPort, otherIP) = (other.integer("hostPort") ?? 0, other.text("hostIP"))
                    if hostIP == otherIP, hostPort == otherPort {
                        texts.append("\(place): duplicate port definition with \(otherPlace)")
                    } else if hostPort == 0 || otherPort == 0 {
                        texts.append("\(place): overlapping port definition with \(otherPlace)")
                    } else if hostPort == otherPort, hostIP.isEmpty != otherIP.isEmpty {
                        texts.append("\(place): dangerously ambiguous port definition with \(otherPlace)")
                    }
                }
                known[key, default: []].append((place, port))
            }
        }
    }

    private mutating func findNullSelectors() {
        for kind in ["podAffinity", "podAntiAffinity"] {
            guard let affinity = spec.part("affinity")?.part(kind) else { continue }
            let place = path.field("affinity").field(kind)
            for (index, term) in affinity.parts(Self.required).enumerated() where !term.has("labelSelector") {
                texts.append("\(place.field(Self.required).index(index).field("labelSelector")): a null labelSelector results in matching no pod")
            }
            for (index, term) in affinity.parts(Self.preferred).enumerated() where !(term.part("podAffinityTerm")?.has("labelSelector") ?? false) {
                let item = place.field(Self.preferred).index(index).field("podAffinityTerm").field("labelSelector")
                texts.append("\(item): a null labelSelector results in matching no pod")
            }
        }
    }
}
