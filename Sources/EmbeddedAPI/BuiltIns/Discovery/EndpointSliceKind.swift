public import KubernetesAPI

/// Endpoint slices: some of the addresses behind a Service.
public struct EndpointSliceKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { EndpointSlice.self }
    public var hasGeneration: Bool { true }
    /// Changes of labels count, too.
    public func isNewGeneration(_ object: JSONObject, replacing old: JSONObject) -> Bool {
        ["addressType", "endpoints", "ports"].contains { (object[$0].present ?? .null) != (old[$0].present ?? .null) }
            || object.goMetadata.goObject("labels") != old.goMetadata.goObject("labels")
    }
    public var emptyObject: JSONObject { ["addressType": "", "endpoints": .null, "ports": .null] }

    public func applyDefaults(to object: inout JSONObject) {
        object.writeNull("endpoints", "ports")
        object.editElements("endpoints") { endpoint in
            endpoint.writeNull("addresses")
            endpoint.editAlwaysPresent("conditions")
        }
        object.editElements("ports") { port in
            if !port.goHas("name") { port["name"] = "" }
            port.fillIn("protocol", "TCP")
        }
    }

    public func prepareForCreation(_ object: inout JSONObject) {
        object.editElements("endpoints") { $0.removeValue(forKey: "deprecatedTopology") }
    }

    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        guard object.goList("endpoints") != old.goList("endpoints") else { return }
        object.editElements("endpoints") { $0.removeValue(forKey: "deprecatedTopology") }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] { EndpointSliceRules(object).errors }
    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        creationErrors(in: object) + FieldChecks.unchanged(object["addressType"], old["addressType"], at: FieldPath("addressType"))
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        var texts = old == nil && object["addressType"] == "FQDN" ? ["spec.addressType: FQDN endpoints are deprecated"] : []
        for (index, endpoint) in object.goObjects("endpoints").enumerated() {
            for (position, text) in endpoint.goStrings("addresses").enumerated() {
                texts += AddressWarnings.texts(for: text, at: FieldPath("endpoints").index(index).field("addresses").index(position))
            }
        }
        return texts
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("AddressType", CoreTexts.sliceAddressType), TableColumn("Ports", CoreTexts.slicePorts),
            TableColumn("Endpoints", CoreTexts.sliceEndpoints), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let ports = object.goObjects("ports").map { port in
            port["port"]?.integer.map(String.init) ?? (port.goString("name").isEmpty ? "*" : port.goString("name"))
        }
        let addresses = object.goObjects("endpoints").flatMap { $0.goStrings("addresses") }
        return [
            TableCells.name(object), .string(object.goString("addressType")), .string(ports.isEmpty ? "<unset>" : TableCells.firstOf(ports)),
            .string(object.goList("endpoints").isEmpty ? "<unset>" : TableCells.firstOf(addresses)), TableCells.age(object, now),
        ]
    }
}
