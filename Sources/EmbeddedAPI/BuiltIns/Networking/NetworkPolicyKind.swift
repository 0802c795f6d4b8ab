public import KubernetesAPI

/// Network policies. Nothing enforces them here.
public struct NetworkPolicyKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { NetworkPolicy.self }
    public var hasGeneration: Bool { true }
    public var emptyObject: JSONObject { ["spec": ["podSelector": [:]]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            spec.editAlwaysPresent("podSelector")
            for direction in ["ingress", "egress"] {
                spec.editElements(direction) { rule in rule.editElements("ports") { $0.fillIn("protocol", "TCP") } }
            }
            guard spec.goList("policyTypes").isEmpty else { return }
            spec["policyTypes"] = spec.goList("egress").isEmpty ? ["Ingress"] : ["Ingress", "Egress"]
        }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        var errors = FieldChecks.selector(spec.goObject("podSelector"), at: path.field("podSelector"))
        for (direction, peers) in [("ingress", "from"), ("egress", "to")] {
            for (index, rule) in spec.goObjects(direction).enumerated() {
                let place = path.field(direction).index(index)
                errors += rule.goObjects("ports").enumerated().flatMap { portErrors($1, at: place.field("ports").index($0)) }
                errors += rule.goObjects(peers).enumerated().flatMap { peerErrors($1, at: place.field(peers).index($0)) }
            }
        }
        let (types, place) = (spec.goStrings("policyTypes"), path.field("policyTypes"))
        if types.count > 2 {
            return errors + [FieldError(.invalid, at: place, value: spec["policyTypes"], "may not specify more than two policyTypes")]
        }
        return errors + types.enumerated().flatMap { FieldChecks.oneOf(["Ingress", "Egress"], $1, at: place.index($0)) }
    }

    private func portErrors(_ port: JSONObject, at path: FieldPath) -> [FieldError] {
        var errors = port.goHas("protocol") ? FieldChecks.oneOf(["TCP", "UDP", "SCTP"], port.goString("protocol"), at: path.field("protocol")) : []
        let (end, place) = (port["endPort"]?.integer, path.field("endPort"))
        switch port["port"].present {
        case nil:
            if let end { errors.append(FieldError(.invalid, at: place, value: .integer(end), "may not be specified when `port` is not specified")) }
        case let value? where value.string != nil:
            if let end { errors.append(FieldError(.invalid, at: place, value: .integer(end), "may not be specified when `port` is non-numeric")) }
            errors += FieldChecks.portOrName(value, at: path.field("port"))
        case let value?:
            errors += FieldChecks.portOrName(value, at: path.field("port"))
            guard let end else { break }
            // The value that Kubernetes prints here is that of the other field.
            if end < value.integer ?? 0 { errors.append(FieldError(.invalid, at: place, value: value, "must be greater than or equal to `port`")) }
            errors += FieldChecks.port(end, at: place)
        }
        return errors
    }

    private func peerErrors(_ peer: JSONObject, at path: FieldPath) -> [FieldError] {
        let fields = ["podSelector", "namespaceSelector", "ipBlock"].filter { peer.goHas($0) }
        guard !fields.isEmpty else { return [FieldError(.required, at: path, "must specify a peer")] }
        var errors = fields.flatMap { field in
            field == "ipBlock" ? blockErrors(peer.goObject(field), at: path.field(field)) : FieldChecks.selector(peer.goObject(field), at: path.field(field))
        }
        if fields.count > 1, fields.last == "ipBlock" { errors.append(FieldError(.forbidden, at: path, "may not specify both ipBlock and another peer")) }
        return errors
    }

    private func blockErrors(_ block: JSONObject, at path: FieldPath) -> [FieldError] {
        let text = block.goString("cidr")
        if text.isEmpty { return [FieldError(.required, at: path.field("cidr"))] }
        guard let range = InternetRange(text) else { return FieldChecks.range(text, at: path.field("cidr")) }
        return block.goStrings("except").enumerated().flatMap { index, text -> [FieldError] in
            let place = path.field("except").index(index)
            guard let part = InternetRange(text) else { return FieldChecks.range(text, at: place) }
            let isInside = range.contains(part.address) && range.prefixBits < part.prefixBits
            return isInside ? [] : [FieldError(.invalid, at: place, value: .string(text), "must be a strict subset of `cidr`")]
        }
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        let spec = object.goObject("spec")
        var texts: [String] = []
        for (direction, peers) in [("ingress", "from"), ("egress", "to")] {
            for (index, rule) in spec.goObjects(direction).enumerated() {
                for (position, peer) in rule.goObjects(peers).enumerated() {
                    let path = FieldPath("spec", direction).index(index).field(peers).index(position).field("ipBlock")
                    let block = peer.goObject("ipBlock")
                    texts += AddressWarnings.texts(forRange: block.goString("cidr"), at: path.field("cidr"))
                    for (number, text) in block.goStrings("except").enumerated() {
                        texts += AddressWarnings.texts(forRange: text, at: path.field("except").index(number))
                    }
                }
            }
        }
        return texts
    }

    public var columns: [TableColumn] { [.objectName, TableColumn("Pod-Selector", CoreTexts.networkPolicyPodSelector), .age] }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [TableCells.name(object), TableCells.selector(object.goObject("spec").goObject("podSelector")), TableCells.age(object, now)]
    }
}
