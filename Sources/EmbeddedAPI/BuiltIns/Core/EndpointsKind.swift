public import KubernetesAPI

/// Endpoints, the older form of endpoint slices.
public struct EndpointsKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { Endpoints.self }

    public func applyDefaults(to object: inout JSONObject) {
        object.editElements("subsets") { subset in subset.editElements("ports") { $0.fillIn("protocol", "TCP") } }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        object.goObjects("subsets").enumerated().flatMap { index, subset -> [FieldError] in
            let path = FieldPath("subsets").index(index)
            var errors: [FieldError] = []
            let lists = ["addresses", "notReadyAddresses"]
            if lists.allSatisfy({ subset.goList($0).isEmpty }) {
                errors.append(FieldError(.required, at: path, "must specify `addresses` or `notReadyAddresses`"))
            }
            for list in lists {
                errors += subset.goObjects(list).enumerated().flatMap { addressErrors($1, at: path.field(list).index($0)) }
            }
            let ports = subset.goObjects("ports")
            return errors + ports.enumerated().flatMap { portErrors($1, needsName: ports.count > 1, at: path.field("ports").index($0)) }
        }
    }

    private func addressErrors(_ address: JSONObject, at path: FieldPath) -> [FieldError] {
        let (ip, host) = (address.goString("ip"), address.goString("hostname"))
        var errors = FieldChecks.address(ip, at: path.field("ip"))
        if !host.isEmpty { errors += FieldChecks.name(.dns1123Label, host, at: path.field("hostname")) }
        if let node = address["nodeName"]?.string { errors += FieldChecks.name(.dns1123Subdomain, node, at: path.field("nodeName")) }
        return errors + FieldChecks.ordinaryAddress(ip, at: path.field("ip"))
    }

    private func portErrors(_ port: JSONObject, needsName: Bool, at path: FieldPath) -> [FieldError] {
        let name = port.goString("name")
        var errors: [FieldError] = []
        if !name.isEmpty {
            errors += FieldChecks.name(.dns1123Label, name, at: path.field("name"))
        } else if needsName {
            errors.append(FieldError(.required, at: path.field("name")))
        }
        errors += FieldChecks.port(port.goInteger("port"), at: path.field("port"))
        errors += FieldChecks.requiredOneOf(["SCTP", "TCP", "UDP"], port.goString("protocol"), at: path.field("protocol"))
        return errors + (port["appProtocol"]?.string.map { FieldChecks.name(.qualifiedName, $0, at: path.field("appProtocol")) } ?? [])
    }

    public var columns: [TableColumn] { [.objectName, TableColumn("Endpoints", CoreTexts.endpointsSubsets), .age] }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let places = object.goObjects("subsets").flatMap { subset -> [String] in
            let addresses = subset.goObjects("addresses").map { $0.goString("ip") }
            let ports = subset.goObjects("ports").map { $0.goInteger("port") }
            if ports.isEmpty { return addresses }
            return ports.flatMap { port in addresses.map { $0.contains(":") ? "[\($0)]:\(port)" : "\($0):\(port)" } }
        }
        return [TableCells.name(object), .string(places.isEmpty ? "<none>" : TableCells.firstOf(places)), TableCells.age(object, now)]
    }
}
