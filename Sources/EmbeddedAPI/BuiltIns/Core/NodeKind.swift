public import KubernetesAPI

/// Nodes. New ones are tainted until they are ready.
public struct NodeKind: BuiltInKind {
    private static let infoFields = [
        "machineID", "systemUUID", "bootID", "kernelVersion", "osImage", "containerRuntimeVersion", "kubeletVersion", "kubeProxyVersion", "operatingSystem",
        "architecture",
    ]

    public init() {}
    public var type: any Resource.Type { Node.self }
    public var emptyObject: JSONObject {
        let info = JSONObject(uniqueKeysWithValues: Self.infoFields.map { ($0, JSONValue.string("")) })
        return ["spec": [:], "status": ["daemonEndpoints": ["kubeletEndpoint": ["Port": 0]], "nodeInfo": .object(info)]]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            if spec.goList("podCIDRs").isEmpty, !spec.goString("podCIDR").isEmpty { spec["podCIDRs"] = [.string(spec.goString("podCIDR"))] }
        }
        object.editAlwaysPresent("status") { status in
            if !status.goHas("allocatable"), let capacity = status["capacity"].present { status["allocatable"] = capacity }
            status.editElements("conditions") { $0.writeNull("lastHeartbeatTime", "lastTransitionTime") }
            status.editAlwaysPresent("daemonEndpoints") { endpoints in
                endpoints.editAlwaysPresent("kubeletEndpoint") { if !$0.goHas("Port") { $0["Port"] = 0 } }
            }
            status.editAlwaysPresent("nodeInfo") { info in
                for field in Self.infoFields { info.fillIn(field, "") }
            }
        }
    }

    public func prepareForCreation(_ object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            let (key, effect) = ("node.kubernetes.io/not-ready", "NoSchedule")
            let taints = spec.goObjects("taints")
            guard !taints.contains(where: { $0.goString("key") == key && $0.goString("effect") == effect }) else { return }
            spec["taints"] = .array(spec.goList("taints") + [["key": .string(key), "effect": .string(effect)]])
        }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        var seen: Set<String> = []
        let taints = spec.goObjects("taints").enumerated().flatMap { index, taint -> [FieldError] in
            let place = FieldPath("metadata", "taints").index(index)  // where Kubernetes says that they are
            let (key, value, effect) = (taint.goString("key"), taint.goString("value"), taint.goString("effect"))
            var errors = FieldChecks.name(.qualifiedName, key, at: place.field("key"))
            let messages = NameRule.labelValue.violations(in: value)
            if !messages.isEmpty { errors.append(FieldError(.invalid, at: place.field("value"), value: .string(value), messages.joined(separator: ";"))) }
            errors += FieldChecks.requiredOneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"], effect, at: place.field("effect"))
            guard !seen.insert("\(key) \(effect)").inserted else { return errors }
            return errors + [FieldError(.duplicate, at: place, value: .object(taint), "taints must be unique by key and effect pair")]
        }
        let ranges = spec.goStrings("podCIDRs").enumerated().flatMap { FieldChecks.range($1, at: path.field("podCIDRs").index($0)) }
        return taints + statusErrors(in: object, replacing: object) + ranges
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let status = object.goObject("status")
        var errors: [FieldError] = []
        for field in ["capacity", "allocatable"] {
            for (name, value) in status.goObject(field) {
                guard let quantity = Quantity(json: value) else { continue }
                let (place, text) = (FieldPath("status", field, name), JSONValue.string(quantity.description))
                if quantity.isNegative { errors.append(FieldError(.invalid, at: place, value: text, "must be greater than or equal to 0")) }
                if name == "pods", !FieldChecks.isWhole(quantity) { errors.append(FieldError(.invalid, at: place, value: text, "must be an integer")) }
            }
        }
        var seen: Set<JSONValue> = []
        for (index, address) in status.goList("addresses").enumerated() where !seen.insert(address).inserted {
            errors.append(FieldError(.duplicate, at: FieldPath("status", "addresses").index(index), value: address))
        }
        return errors
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        object.goObject("spec").goStrings("podCIDRs").enumerated().flatMap {
            AddressWarnings.texts(forRange: $1, at: FieldPath("spec", "podCIDRs").index($0))
        }
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var errors = creationErrors(in: object)
        let (spec, oldSpec) = (object.goObject("spec"), old.goObject("spec"))
        if !oldSpec.goList("podCIDRs").isEmpty, spec.goList("podCIDRs") != oldSpec.goList("podCIDRs") {
            errors.append(FieldError(.forbidden, at: FieldPath("spec", "podCIDRs"), "node updates may not change podCIDR except from \"\" to valid"))
        }
        let oldProvider = oldSpec.goString("providerID")
        if !oldProvider.isEmpty, spec.goString("providerID") != oldProvider {
            errors.append(FieldError(.forbidden, at: FieldPath("spec", "providerID"), "node updates may not change providerID except from \"\" to valid"))
        }
        return errors
    }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        ["spec.unschedulable": object.goObject("spec").goBool("unschedulable") ? "true" : "false"]
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Status", "The status of the node"), TableColumn("Roles", "The roles of the node"), .age,
            TableColumn("Version", "Kubelet Version reported by the node."), TableColumn("Internal-IP", priority: 1, CoreTexts.nodeAddresses),
            TableColumn("External-IP", priority: 1, CoreTexts.nodeAddresses), TableColumn("OS-Image", priority: 1, CoreTexts.nodeOSImage),
            TableColumn("Kernel-Version", priority: 1, CoreTexts.nodeKernelVersion),
            TableColumn("Container-Runtime", priority: 1, CoreTexts.nodeContainerRuntime),
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let status = object.goObject("status")
        let info = status.goObject("nodeInfo")
        let ready = status.goObjects("conditions").first { $0.goString("type") == "Ready" }
        var words = [ready.map { $0.goString("status") == "True" ? "Ready" : "NotReady" } ?? "Unknown"]
        if object.goObject("spec").goBool("unschedulable") { words.append("SchedulingDisabled") }
        func address(_ type: String) -> JSONValue {
            .string(status.goObjects("addresses").first { $0.goString("type") == type }?.goString("address") ?? "<none>")
        }
        func known(_ field: String) -> JSONValue { .string(info.goString(field).isEmpty ? "<unknown>" : info.goString(field)) }
        return [
            TableCells.name(object), .string(words.joined(separator: ",")), .string(roles(of: object)), TableCells.age(object, now),
            .string(info.goString("kubeletVersion")), address("InternalIP"), address("ExternalIP"), known("osImage"), known("kernelVersion"),
            known("containerRuntimeVersion"),
        ]
    }

    private func roles(of object: JSONObject) -> String {
        let prefix = "node-role.kubernetes.io/"
        let roles = object.goMetadata.goObject("labels").compactMap { key, value in
            key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key == "kubernetes.io/role" ? value.string : nil
        }
        let named = Set(roles.filter { !$0.isEmpty }).sorted()
        return named.isEmpty ? "<none>" : named.joined(separator: ",")
    }
}
