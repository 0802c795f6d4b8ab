import KubernetesAPI

/// Containers of all three sorts.
extension PodSpecRules {
    mutating func checkContainers() {
        let containers = spec.parts("containers")
        let list = path.field("containers")
        guard !containers.isEmpty else { return required(list) }
        var names: Set<String> = []
        for (index, container) in containers.enumerated() {
            let place = list.index(index)
            checkAnyContainer(container, at: place)
            if !names.insert(container.text("name")).inserted { duplicate(place.field("name"), container.text("name")) }
            checkHooksAndProbes(of: container, at: place)
            checkRestartPolicy(of: container, at: place)
        }
        checkHostPorts(of: containers, at: list)
        if isPod { checkImageSpaces(of: containers, at: list) }
    }

    mutating func checkInitContainers() {
        let list = path.field("initContainers")
        var names = Set(spec.parts("containers").map { $0.text("name") })
        for (index, container) in spec.parts("initContainers").enumerated() {
            let place = list.index(index)
            let name = container.text("name")
            checkAnyContainer(container, at: place)
            checkRestartPolicy(of: container, at: place)
            if names.contains(name) { duplicate(place.field("name"), name) } else if !name.isEmpty { names.insert(name) }
            checkHostPorts(of: [container], at: list)
            if container.isSidecar {
                checkHooksAndProbes(of: container, at: place)
            } else {
                for field in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] where container.has(field) {
                    forbidden(place.field(field), "may not be set for init containers without restartPolicy=Always")
                }
            }
        }
        if isPod { checkImageSpaces(of: spec.parts("initContainers"), at: list) }
    }

    mutating func checkEphemeralContainers() {
        let others = Set((spec.parts("containers") + spec.parts("initContainers")).map { $0.text("name") })
        var names = others
        for (index, container) in spec.parts("ephemeralContainers").enumerated() {
            let place = path.field("ephemeralContainers").index(index)
            checkAnyContainer(container, at: place)
            checkImageSpaces(of: [container], at: path.field("ephemeralContainers"), from: index)
            if !names.insert(container.text("name")).inserted { duplicate(place.field("name"), container.text("name")) }
            let target = container.text("targetContainerName")
            if !target.isEmpty, !others.contains(target) { notFound(place.field("targetContainerName"), target) }
            for field in Self.notForEphemeralContainers where Self.isSet(container.value(field)) {
                forbidden(place.field(field), "cannot be set for an Ephemeral Container")
            }
            for (number, mount) in container.parts("volumeMounts").enumerated() {
                for field in ["subPath", "subPathExpr"] where !mount.text(field).isEmpty {
                    forbidden(place.field("volumeMounts").index(number).field(field), "cannot be set for an Ephemeral Container")
                }
            }
        }
    }

    private static let notForEphemeralContainers = [
        "ports", "resources", "restartPolicy", "restartPolicyRules", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle",
    ]

    private static func isSet(_ value: JSONValue?) -> Bool {
        switch value {
        case nil: false
        case .object(let members)?: !members.isEmpty
        case .array(let elements)?: !elements.isEmpty
        default: true
        }
    }

    /// What every container must fulfil.
    private mutating func checkAnyContainer(_ container: PodPart, at place: FieldPath) {
        let name = container.text("name")
        if name.isEmpty { required(place.field("name")) } else { check(name, .dns1123Label, at: place.field("name")) }
        if container.text("image").isEmpty { required(place.field("image")) }
        checkChoice(container, "terminationMessagePolicy", at: place, ["File", "FallbackToLogsOnError"], isRequired: true)
        checkPorts(container.parts("ports"), at: place.field("ports"))
        checkEnvironment(container.parts("env"), at: place.field("env"))
        checkEnvironmentSources(container.parts("envFrom"), at: place.field("envFrom"))
        checkMounts(of: container, at: place)
        checkDevices(of: container, at: place)
        checkChoice(container, "imagePullPolicy", at: place, ["Always", "IfNotPresent", "Never"], isRequired: true)
        checkResources(container.part("resources") ?? PodPart(nil), at: place.field("resources"))
        checkResizePolicy(container.parts("resizePolicy"), at: place.field("resizePolicy"))
        if let context = container.part("securityContext") { checkSecurity(context, at: place.field("securityContext")) }
    }

    private mutating func checkImageSpaces(of containers: [PodPart], at list: FieldPath, from first: Int = 0) {
        for (index, container) in containers.enumerated() {
            let image = container.text("image")
            guard let start = image.unicodeScalars.first, let end = image.unicodeScalars.last,
                start.properties.isWhitespace || end.properties.isWhitespace
            else { continue }
            invalid(list.index(first + index).field("image"), .string(image), "must not have leading or trailing whitespace")
        }
    }

    private mutating func checkRestartPolicy(of container: PodPart, at place: FieldPath) {
        if container.has("restartPolicy") { checkChoice(container, "restartPolicy", at: place, ["Always", "Never", "OnFailure"]) }
        let rules = container.parts("restartPolicyRules")
        guard !rules.isEmpty else { return }
        let list = place.field("restartPolicyRules")
        if !container.has("restartPolicy") { required(place.field("restartPolicy"), "must specify restartPolicy when restart rules are used") }
        if rules.count > 20 { errors.append(.tooMany(list, Int64(rules.count), 20)) }
        for (index, rule) in rules.enumerated() {
            checkChoice(rule, "action", at: list.index(index), ["Restart", "RestartAllContainers"], isRequired: true)
            let codes = list.index(index).field("exitCodes")
            guard let exitCodes = rule.part("exitCodes") else {
                required(codes, "must be specified")
                continue
            }
            checkChoice(exitCodes, "operator", at: codes, ["In", "NotIn"], isRequired: true)
            let count = exitCodes.count("values")
            if count == 0 { required(codes.field("values"), "must specify at least one value") }
            if count > 255 { errors.append(.tooMany(codes.field("values"), Int64(count), 255)) }
        }
    }

    private mutating func checkPorts(_ ports: [PodPart], at list: FieldPath) {
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let place = list.index(index)
            let name = port.text("name")
            if !name.isEmpty {
                let violations = NameRule.portName.violations(in: name)
                errors += violations.map { FieldError(.invalid, at: place.field("name"), value: .string(name), $0) }
                if violations.isEmpty, !names.insert(name).inserted { duplicate(place.field("name"), name) }
            }
            let number = port.integer("containerPort") ?? 0
            if number == 0 { required(place.field("containerPort")) } else { checkPort(.integer(number), at: place.field("containerPort")) }
            if let hostPort = port.integer("hostPort"), hostPort != 0 { checkPort(.integer(hostPort), at: place.field("hostPort")) }
            checkChoice(port, "protocol", at: place, ["SCTP", "TCP", "UDP"], isRequired: true)
        }
    }

    /// A port of the node can be taken once.
    private mutating func checkHostPorts(of containers: [PodPart], at list: FieldPath) {
        var taken: Set<String> = []
        for (index, container) in containers.enumerated() {
            for (number, port) in container.parts("ports").enumerated() {
                guard let hostPort = port.integer("hostPort"), hostPort != 0 else { continue }
                let text = "\(port.text("protocol"))/\(port.text("hostIP"))/\(hostPort)"
                if !taken.insert(text).inserted { duplicate(list.index(index).field("ports").index(number).field("hostPort"), text) }
            }
        }
    }

    private mutating func checkResizePolicy(_ policies: [PodPart], at list: FieldPath) {
        var seen: Set<String> = []
        for (index, policy) in policies.enumerated() {
            let (name, restart) = (policy.text("resourceName"), policy.text("restartPolicy"))
            if !seen.insert(name).inserted { duplicate(list.index(index), name) }
            for (text, choices) in [(name, ["cpu", "memory"]), (restart, ["NotRequired", "RestartContainer"])] where !choices.contains(text) {
                if text.isEmpty { required(list) } else { errors.append(.notSupported(list, .string(text), choices)) }
            }
            if spec.text("restartPolicy") == "Never", restart != "NotRequired" {
                invalid(list, .string(restart), "must be 'NotRequired' when `restartPolicy` is 'Never'")
            }
        }
    }
}
