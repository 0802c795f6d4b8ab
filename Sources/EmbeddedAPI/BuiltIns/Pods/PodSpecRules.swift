import KubernetesAPI

/// Finds what is wrong with a pod's spec, in the order and the words of Kubernetes' `ValidatePodSpec`.
///
/// What it looks at is in extensions, a topic each. The spec has its defaults already.
struct PodSpecRules {
    /// Where the spec belongs to.
    enum Place {
        /// A pod of this name; some rules need the name, and some are for pods only.
        case pod(name: String)
        case template
    }

    let spec: PodPart
    let path: FieldPath
    let place: Place
    var errors: [FieldError] = []
    /// The volumes without errors, by name: those that can be mounted.
    var volumes: [String: PodPart] = [:]

    init(spec: JSONObject, at path: FieldPath, in place: Place) {
        self.spec = PodPart(spec)
        self.path = path
        self.place = place
    }

    /// What is wrong with `spec`.
    static func errors(in spec: JSONObject, at path: FieldPath, of place: Place) -> [FieldError] {
        var rules = PodSpecRules(spec: spec, at: path, in: place)
        rules.check()
        return rules.errors
    }

    var isPod: Bool { if case .pod = place { true } else { false } }
    var gracePeriodSeconds: Int64? { spec.integer("terminationGracePeriodSeconds") }
    var claimNames: Set<String> { Set(spec.parts("resourceClaims").map { $0.text("name") }.filter { !$0.isEmpty }) }

    private mutating func check() {
        if gracePeriodSeconds == nil { required(path.field("terminationGracePeriodSeconds")) }
        checkVolumes()
        checkResourceClaims()
        checkContainers()
        checkInitContainers()
        checkEphemeralContainers()
        checkPodResources()
        checkHostNetworkPorts()
        checkChoice(spec, "restartPolicy", at: path, ["Always", "OnFailure", "Never"], isRequired: true)
        checkChoice(spec, "dnsPolicy", at: path, ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], isRequired: true)
        checkLabels(spec.members["nodeSelector"]?.object, at: path.field("nodeSelector"))
        checkPodSecurity()
        checkAffinity()
        checkDNS()
        for (index, gate) in spec.parts("readinessGates").enumerated() {
            check(gate.text("conditionType"), .qualifiedName, at: path.field("readinessGates").index(index).field("conditionType"))
        }
        checkSchedulingGates()
        checkTopologySpread()
        checkHostProcess()
        checkHostUsers()
        checkNames()
        checkTolerations(spec.parts("tolerations"), at: path.field("tolerations"))
        checkHostAliases()
        checkClasses()
        checkOverhead()
        checkOperatingSystem()
    }

    private mutating func checkNames() {
        for field in ["serviceAccountName", "nodeName"] where !spec.text(field).isEmpty {
            check(spec.text(field), .dns1123Subdomain, at: path.field(field))
        }
        if let seconds = spec.integer("activeDeadlineSeconds"), !(1...Int64(Int32.max)).contains(seconds) {
            invalid(path.field("activeDeadlineSeconds"), .integer(seconds), Self.range(1, Int64(Int32.max)))
        }
        for field in ["hostname", "subdomain"] where !spec.text(field).isEmpty { check(spec.text(field), .dns1123Label, at: path.field(field)) }
        guard let name = spec.value("hostnameOverride")?.string else { return }
        let place = path.field("hostnameOverride")
        if spec.isHostNetwork { forbidden(place, "may not be set when `hostNetwork` is true") }
        if spec.isTrue("setHostnameAsFQDN") { forbidden(place, "may not be set when `setHostnameAsFQDN` is true") }
        if name.utf8.count > 64 { errors.append(.tooLong(place, 64)) }
        check(name, .dns1123Subdomain, at: place)
    }

    private mutating func checkClasses() {
        for field in ["priorityClassName", "runtimeClassName"] where !spec.text(field).isEmpty || field == "runtimeClassName" && spec.has(field) {
            check(spec.text(field), .dns1123Subdomain, at: path.field(field))
        }
        if spec.has("preemptionPolicy") { checkChoice(spec, "preemptionPolicy", at: path, ["PreemptLowerPriority", "Never"], isRequired: true) }
    }

    private mutating func checkSchedulingGates() {
        var seen: Set<String> = []
        for (index, gate) in spec.parts("schedulingGates").enumerated() {
            let (name, place) = (gate.text("name"), path.field("schedulingGates").index(index))
            check(name, .qualifiedName, at: place)
            if !seen.insert(name).inserted { duplicate(place, name) }
        }
    }

    private mutating func checkResourceClaims() {
        var seen: Set<String> = []
        for (index, claim) in spec.parts("resourceClaims").enumerated() {
            let place = path.field("resourceClaims").index(index)
            let name = claim.text("name")
            if name.isEmpty {
                required(place.field("name"))
            } else if !seen.insert(name).inserted {
                duplicate(place.field("name"), name)
            } else {
                check(name, .dns1123Label, at: place.field("name"))
            }
            switch (claim.has("resourceClaimName"), claim.has("resourceClaimTemplateName")) {
            case (true, true):
                let detail = "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"
                invalid(place, claim.json.withInternalNames, detail)
            case (false, false):
                invalid(place, claim.json.withInternalNames, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")
            default: break
            }
            for field in ["resourceClaimName", "resourceClaimTemplateName"] where claim.has(field) {
                check(claim.text(field), .dns1123Subdomain, at: place.field(field))
            }
        }
    }

    /// With the node's network, the port on the node is the container's.
    private mutating func checkHostNetworkPorts() {
        guard spec.isHostNetwork else { return }
        for (index, container) in spec.parts("containers").enumerated() {
            for (number, port) in container.parts("ports").enumerated() {
                let hostPort = port.integer("hostPort") ?? 0
                guard isPod || hostPort != 0, hostPort != port.integer("containerPort") ?? 0 else { continue }
                let place = path.field("containers").index(index).field("ports").index(number).field("hostPort")
                invalid(place, .integer(hostPort), "must match `containerPort` when `hostNetwork` is true")
            }
        }
    }
}

/// The kinds of errors, and checks that many fields need.
extension PodSpecRules {
    mutating func required(_ path: FieldPath, _ detail: String = "") { errors.append(FieldError(.required, at: path, detail)) }
    mutating func invalid(_ path: FieldPath, _ value: JSONValue, _ detail: String) { errors.append(FieldError(.invalid, at: path, value: value, detail)) }
    mutating func forbidden(_ path: FieldPath, _ detail: String) { errors.append(FieldError(.forbidden, at: path, detail)) }
    mutating func duplicate(_ path: FieldPath, _ value: String) { errors.append(FieldError(.duplicate, at: path, value: .string(value))) }
    mutating func notFound(_ path: FieldPath, _ value: String) { errors.append(FieldError(.notFound, at: path, value: .string(value))) }

    mutating func check(_ text: String, _ rule: NameRule, at path: FieldPath) {
        errors += rule.violations(in: text).map { FieldError(.invalid, at: path, value: .string(text), $0) }
    }

    /// A text that must be one of a few.
    ///
    /// - Parameter isRequired: whether the empty text is a missing one; otherwise it is just wrong.
    mutating func checkChoice(_ part: PodPart, _ field: String, at path: FieldPath, _ choices: [String], isRequired: Bool = false) {
        let text = part.text(field)
        guard !choices.contains(text) else { return }
        if text.isEmpty, isRequired { required(path.field(field)) } else { errors.append(.notSupported(path.field(field), .string(text), choices)) }
    }

    mutating func checkLabels(_ labels: JSONObject?, at path: FieldPath) {
        for (key, value) in labels ?? JSONObject() {
            check(key, .qualifiedName, at: path)
            check(value.string ?? "", .labelValue, at: path)
        }
    }

    mutating func checkNotNegative(_ part: PodPart, _ field: String, at path: FieldPath) {
        if let number = part.integer(field), number < 0 { invalid(path.field(field), .integer(number), "must be greater than or equal to 0") }
    }

    mutating func checkPort(_ port: JSONValue?, at path: FieldPath) {
        switch port {
        case .string(let name)?: check(name, .portName, at: path)
        default:
            let number = port?.integer ?? 0
            if !(1...65535).contains(number) { invalid(path, .integer(number), Self.range(1, 65535)) }
        }
    }

    mutating func checkAddress(_ text: String, at path: FieldPath) {
        guard !IPText.isIPv4(text, allowsLeadingZeros: true), !IPText.isIPv6(text, allowsLeadingZeros: true) else { return }
        invalid(path, .string(text), "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")
    }

    /// A relative path without `..`.
    mutating func checkDescending(_ text: String, at path: FieldPath) {
        if text.hasPrefix("/") { invalid(path, .string(text), "must be a relative path") }
        checkNoBacksteps(text, at: path)
    }

    /// A relative path whose first element does not begin with `..` either: those names are reserved in volumes.
    mutating func checkLocal(_ text: String, at path: FieldPath) {
        checkDescending(text, at: path)
        if text.hasPrefix(".."), !text.hasPrefix("../") { invalid(path, .string(text), "must not start with '..'") }
    }

    mutating func checkNoBacksteps(_ text: String, at path: FieldPath) {
        if text.split(separator: "/").contains("..") { invalid(path, .string(text), "must not contain '..'") }
    }

    static func range(_ low: Int64, _ high: Int64) -> String { "must be between \(low) and \(high), inclusive" }
}
