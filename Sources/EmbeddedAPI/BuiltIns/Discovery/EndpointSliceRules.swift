import KubernetesAPI

/// What Kubernetes refuses in an EndpointSlice.
struct EndpointSliceRules {
    private let object: JSONObject
    private var addressType: String { object.goString("addressType") }

    init(_ object: JSONObject) { self.object = object }

    var errors: [FieldError] {
        FieldChecks.requiredOneOf(["FQDN", "IPv4", "IPv6"], addressType, at: FieldPath("addressType")) + endpointErrors + portErrors
    }

    private var endpointErrors: [FieldError] {
        let (endpoints, path) = (object.goObjects("endpoints"), FieldPath("endpoints"))
        if endpoints.count > 1000 { return [.tooMany(path, Int64(endpoints.count), 1000)] }
        return endpoints.enumerated().flatMap { errors(in: $1, at: path.index($0)) }
    }

    private func errors(in endpoint: JSONObject, at path: FieldPath) -> [FieldError] {
        let (addresses, place) = (endpoint.goStrings("addresses"), path.field("addresses"))
        var errors: [FieldError] = []
        if addresses.isEmpty { errors.append(FieldError(.required, at: place, "must contain at least 1 address")) }
        if addresses.count > 100 { errors.append(.tooMany(place, Int64(addresses.count), 100)) }
        for (index, address) in addresses.enumerated() { errors += addressErrors(address, at: place.index(index)) }
        let topology = endpoint.goObject("deprecatedTopology")
        if topology.count > 16 { errors.append(.tooMany(path.field("deprecatedTopology"), Int64(topology.count), 16)) }
        errors += FieldChecks.labels(topology, at: path.field("deprecatedTopology"))
        if let host = endpoint["hostname"]?.string { errors += FieldChecks.name(.dns1123Label, host, at: path.field("hostname")) }
        if let node = endpoint["nodeName"]?.string { errors += FieldChecks.name(.dns1123Subdomain, node, at: path.field("nodeName")) }
        return errors + hintErrors(endpoint.goObject("hints"), at: path.field("hints"))
    }

    private func addressErrors(_ text: String, at path: FieldPath) -> [FieldError] {
        switch addressType {
        case "IPv4", "IPv6":
            let isRight = InternetAddress(text).map { $0.isIPv6 == (addressType == "IPv6") } ?? false
            let wrong = FieldError(.invalid, at: path, value: .string(text), "must be a valid \(addressType) address")
            return (isRight ? [] : [wrong]) + FieldChecks.ordinaryAddress(text, at: path)
        case "FQDN":
            if text.isEmpty { return [FieldError(.required, at: path)] }
            let host = text.hasSuffix(".") ? String(text.dropLast()) : text
            let messages = NameRule.dns1123Subdomain.violations(in: host)
            if !messages.isEmpty { return [FieldError(.invalid, at: path, value: .string(text), messages.joined(separator: ","))] }
            let isShort = !host.contains(".")
            return isShort ? [FieldError(.invalid, at: path, value: .string(text), "should be a domain with at least two segments separated by dots")] : []
        default: return []
        }
    }

    private func hintErrors(_ hints: JSONObject, at path: FieldPath) -> [FieldError] {
        ["forZones", "forNodes"].flatMap { field -> [FieldError] in
            let (names, place) = (hints.goObjects(field).map { $0.goString("name") }, path.field(field))
            if names.count > 8 { return [.tooMany(place, Int64(names.count), 8)] }
            var seen: Set<String> = []
            let rule: NameRule = field == "forZones" ? .labelValue : .dns1123Subdomain
            return names.enumerated().flatMap { index, name in
                let duplicate = FieldError(.duplicate, at: place.index(index).field("name"), value: .string(name))
                return (seen.insert(name).inserted ? [] : [duplicate]) + FieldChecks.name(rule, name, at: place.index(index).field("name"))
            }
        }
    }

    private var portErrors: [FieldError] {
        let (ports, path) = (object.goObjects("ports"), FieldPath("ports"))
        if ports.count > 100 { return [.tooMany(path, Int64(ports.count), 100)] }
        var names: Set<String> = []
        return ports.enumerated().flatMap { index, port in
            let (place, name) = (path.index(index), port.goString("name"))
            var errors = name.isEmpty ? [] : FieldChecks.name(.dns1123Label, name, at: place.field("name"))
            if !names.insert(name).inserted { errors.append(FieldError(.duplicate, at: place.field("name"), value: .string(name))) }
            if let number = port["port"]?.integer { errors += FieldChecks.port(number, at: place.field("port")) }
            errors += FieldChecks.requiredOneOf(["SCTP", "TCP", "UDP"], port.goString("protocol"), at: place.field("protocol"))
            if let appProtocol = port["appProtocol"]?.string {
                errors += FieldChecks.name(.qualifiedName, appProtocol, at: place.field("appProtocol"))
            }
            return errors
        }
    }
}
