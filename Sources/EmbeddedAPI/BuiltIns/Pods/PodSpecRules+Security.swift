import KubernetesAPI

/// Security contexts, of containers and of the pod, and what depends on the operating system.
extension PodSpecRules {
    mutating func checkSecurity(_ context: PodPart, at place: FieldPath) {
        checkIdentifiers(context, ["runAsUser", "runAsGroup"], at: place)
        if context.has("procMount") {
            checkChoice(context, "procMount", at: place, ["Default", "Unmasked"])
            if spec.usesHostUsers, context.text("procMount") == "Unmasked" {
                invalid(place.field("procMount"), "Unmasked", "`hostUsers` must be false to use `Unmasked`")
            }
        }
        checkSeccomp(context.part("seccompProfile"), at: place.field("seccompProfile"))
        if context.flag("allowPrivilegeEscalation") == false {
            if context.isTrue("privileged") {
                invalid(place, context.json.withInternalNames, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
            }
            for capability in context.part("capabilities")?.texts("add") ?? [] where capability == "CAP_SYS_ADMIN" {
                let detail = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"
                invalid(place, context.json.withInternalNames, detail)
            }
        }
        checkWindows(context.part("windowsOptions"), at: place.field("windowsOptions"))
        checkAppArmor(context.part("appArmorProfile"), at: place.field("appArmorProfile"))
    }

    mutating func checkPodSecurity() {
        guard let context = spec.part("securityContext") else { return }
        let place = path.field("securityContext")
        checkIdentifiers(context, ["fsGroup", "runAsUser", "runAsGroup"], at: place)
        for (index, group) in (context.value("supplementalGroups")?.array ?? []).enumerated() {
            checkIdentifier(group.integer ?? 0, at: place.field("supplementalGroups").index(index))
        }
        if spec.isTrue("shareProcessNamespace"), spec.isTrue("hostPID") {
            invalid(place.field("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled")
        }
        checkKernelParameters(context.parts("sysctls"), at: place.field("sysctls"))
        for (field, choices) in [("fsGroupChangePolicy", ["Always", "OnRootMismatch"])] where context.has(field) {
            checkChoice(context, field, at: place, choices)
        }
        checkSeccomp(context.part("seccompProfile"), at: place.field("seccompProfile"))
        checkWindows(context.part("windowsOptions"), at: place.field("windowsOptions"))
        checkAppArmor(context.part("appArmorProfile"), at: place.field("appArmorProfile"))
        for (field, choices) in [("supplementalGroupsPolicy", ["Merge", "Strict"]), ("seLinuxChangePolicy", ["MountOption", "Recursive"])]
        where context.has(field) {
            checkChoice(context, field, at: place, choices)
        }
    }

    private mutating func checkIdentifiers(_ context: PodPart, _ fields: [String], at place: FieldPath) {
        for field in fields { if let number = context.integer(field) { checkIdentifier(number, at: place.field(field)) } }
    }

    private mutating func checkIdentifier(_ number: Int64, at place: FieldPath) {
        if !(0...Int64(Int32.max)).contains(number) { invalid(place, .integer(number), Self.range(0, Int64(Int32.max))) }
    }

    private mutating func checkKernelParameters(_ parameters: [PodPart], at list: FieldPath) {
        var seen: Set<String> = []
        for (index, parameter) in parameters.enumerated() {
            let name = parameter.text("name")
            let place = list.index(index).field("name")
            if name.isEmpty {
                required(place)
            } else if !Self.isKernelParameter(name) {
                let segment = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?"
                invalid(place, .string(name), "must have at most 253 characters and match regex ^(\(segment)[\\./])*\(segment)$")
            } else if seen.contains(name) {
                duplicate(place, name)
            }
            let normal = name.replacing("/", with: ".")
            if spec.isHostNetwork, normal.hasPrefix("net.") { invalid(place, .string(name), "may not be specified when 'hostNetwork' is true") }
            if spec.isTrue("hostIPC"), ["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."].contains(where: { normal.hasPrefix($0) }) {
                invalid(place, .string(name), "may not be specified when 'hostIPC' is true")
            }
            seen.insert(name)
        }
    }

    private static func isKernelParameter(_ name: String) -> Bool {
        func isPlain(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
        let segments = name.utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
        return name.utf8.count <= 253
            && segments.allSatisfy { segment in
                guard let first = segment.first, let last = segment.last, isPlain(first), isPlain(last) else { return false }
                return segment.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            }
    }

    private static let profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"]

    private mutating func checkSeccomp(_ profile: PodPart?, at place: FieldPath) {
        guard let profile else { return }
        let type = profile.text("type")
        if type.isEmpty {
            required(place.field("type"), "type is required when seccompProfile is set")
        } else {
            checkChoice(profile, "type", at: place, Self.profileTypes)
        }
        let item = place.field("localhostProfile")
        if type != "Localhost" {
            if profile.has("localhostProfile") {
                invalid(item, profile.json.withInternalNames, "can only be set when seccomp type is Localhost")
            }
        } else if profile.has("localhostProfile") {
            checkDescending(profile.text("localhostProfile"), at: item)
        } else {
            required(item, "must be set when seccomp type is Localhost")
        }
    }

    private mutating func checkAppArmor(_ profile: PodPart?, at place: FieldPath) {
        guard let profile else { return }
        let (item, name) = (place.field("localhostProfile"), profile.text("localhostProfile"))
        switch profile.text("type") {
        case "Localhost":
            if name.first?.isWhitespace ?? false || name.last?.isWhitespace ?? false {
                invalid(item, .string(name), "must not be padded with whitespace")
            } else if name.isEmpty {
                required(item, "must be set when AppArmor type is Localhost")
            }
            if name.utf8.count > 4095 { errors.append(.tooLong(item, 4095)) }
        case "RuntimeDefault", "Unconfined":
            if profile.has("localhostProfile") { invalid(item, .string(name), "can only be set when AppArmor type is Localhost") }
        case "": required(place.field("type"), "type is required when appArmorProfile is set")
        default: checkChoice(profile, "type", at: place, Self.profileTypes)
        }
    }

    private mutating func checkWindows(_ options: PodPart?, at place: FieldPath) {
        guard let options else { return }
        if options.has("gmsaCredentialSpecName") {
            check(options.text("gmsaCredentialSpecName"), .dns1123Subdomain, at: place.field("gmsaCredentialSpecName"))
        }
        for field in ["gmsaCredentialSpec", "runAsUserName"] where options.has(field) && options.text(field).isEmpty {
            invalid(place.field(field), "", "\(field) cannot be an empty string")
        }
        if options.text("gmsaCredentialSpec").utf8.count > 64 << 10 {
            let value = options.value("gmsaCredentialSpec") ?? ""
            invalid(place.field("gmsaCredentialSpec"), value, "gmsaCredentialSpec size must be under 64 KiB")
        }
    }

    /// Windows containers with the host's rights: all or none, and with the host's network.
    mutating func checkHostProcess() {
        let own = spec.part("securityContext")?.part("windowsOptions")?.flag("hostProcess")
        let containers = spec.containers(at: path)
        var count = 0
        for (container, place) in containers {
            let value = container.part("securityContext")?.part("windowsOptions")?.flag("hostProcess")
            if let own, let value, own != value {
                let item = place.field("securityContext").field("windowsOptions").field("hostProcess")
                invalid(item, .bool(value), "pod hostProcess value must be identical if both are specified, was \(own)")
            }
            if value ?? own ?? false { count += 1 }
        }
        guard count > 0 else { return }
        if count != containers.count {
            invalid(path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers")
        }
        if !spec.isHostNetwork {
            invalid(path.field("hostNetwork"), false, "hostNetwork must be true if pod contains any hostProcess containers")
        }
    }

    /// A user namespace of the pod's own goes with no namespace of the host.
    mutating func checkHostUsers() {
        guard !spec.usesHostUsers else { return }
        for (field, name) in [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")] where spec.isTrue(field) {
            forbidden(path.field(name), "when `pod.Spec.HostUsers` is false")
        }
    }

    mutating func checkOperatingSystem() {
        guard let system = spec.part("os") else { return }
        let context = spec.part("securityContext") ?? PodPart(nil)
        let place = path.field("securityContext")
        switch system.text("name") {
        case "": required(path.field("os").field("name"), "cannot be empty")
        case "linux":
            let detail = "windows options cannot be set for a linux pod"
            if context.has("windowsOptions") { forbidden(place.field("windowsOptions"), detail) }
            for (container, item) in spec.containers(at: path) where container.part("securityContext")?.has("windowsOptions") ?? false {
                forbidden(item.field("securityContext").field("windowsOptions"), detail)
            }
        case "windows":
            for field in ["hostUsers", "shareProcessNamespace"] where spec.has(field) { forbidden(path.field(field), "cannot be set for a windows pod") }
            for field in ["hostPID", "hostIPC"] where spec.isTrue(field) { forbidden(path.field(field), "cannot be set for a windows pod") }
            let own = [
                "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser", "runAsGroup",
                "supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy",
            ]
            for field in own where context.has(field) { forbidden(place.field(field), "cannot be set for a windows pod") }
            let others = [
                "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged", "allowPrivilegeEscalation",
                "procMount", "runAsUser", "runAsGroup",
            ]
            for (container, item) in spec.containers(at: path) {
                guard let context = container.part("securityContext") else { continue }
                for field in others where context.has(field) {
                    forbidden(item.field("securityContext").field(field), "cannot be set for a windows pod")
                }
            }
        case let other: errors.append(.notSupported(path.field("os"), .string(other), ["linux", "windows"]))
        }
    }
}
