import EmbeddedAPI
import KubernetesAPI
import Testing

/// Numbers that begin anywhere and go on in order: always the same.
private struct CountingGenerator: RandomNumberGenerator {
    private var state: UInt64 = 7

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return state
    }
}

@Suite struct ServiceAllocationTests {
    static let taken: [JSONObject] = [
        ["spec": ["type": "NodePort", "clusterIP": "10.96.7.7", "clusterIPs": ["10.96.7.7"], "ports": [["port": 80, "nodePort": 30090]]]]
    ]

    private func allocated(_ spec: JSONObject, replacing old: JSONObject? = nil) throws -> JSONObject {
        var object: JSONObject = ["metadata": ["name": "s"], "spec": .object(spec)]
        ServiceKind().applyDefaults(to: &object)
        var generator = CountingGenerator()
        return try ServiceAllocation(services: Self.taken).allocated(object, replacing: old, using: &generator)
    }

    @Test(
        arguments: [
            (
                "an address that is taken", ["clusterIP": "10.96.7.7"],
                "spec.clusterIPs: Invalid value: [\"10.96.7.7\"]: failed to allocate IP 10.96.7.7: "
                    + "provided IP is already allocated"
            ),
            (
                "an address elsewhere", ["clusterIP": "192.0.2.1"],
                "spec.clusterIPs: Invalid value: [\"192.0.2.1\"]: failed to allocate IP 192.0.2.1: "
                    + "the provided network does not match the current range"
            ),
            (
                "the first address of the range", ["clusterIP": "10.96.0.0"],
                "spec.clusterIPs: Invalid value: [\"10.96.0.0\"]: failed to allocate IP 10.96.0.0: "
                    + "the provided IP (10.96.0.0) is not in the valid range. The range of valid IPs is 10.96.0.0/16"
            ),
            (
                "a list that differs", ["clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.8"]],
                "spec.clusterIPs: Invalid value: [\"10.96.0.8\"]: first value must match `clusterIP`"
            ),
            (
                "a list without the address", ["clusterIPs": ["10.96.0.8"]],
                "spec.clusterIPs: Invalid value: [\"10.96.0.8\"]: must be empty when `clusterIP` is not specified"
            ),
            ("IPv6", ["ipFamilies": ["IPv6"]], "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"),
            (
                "two families without the policy", ["ipFamilies": ["IPv4", "IPv6"]],
                "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"
            ),
            (
                "a node port that is taken", ["type": "NodePort", "ports": [["port": 80, "nodePort": 30090]]],
                "spec.ports[0].nodePort: Invalid value: 30090: provided port is already allocated"
            ),
            (
                "a node port out of range", ["type": "NodePort", "ports": [["port": 80, "nodePort": 80]]],
                "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767"
            ),
        ] as [(String, JSONObject, String)])
    func refuses(_ rule: String, _ spec: JSONObject, _ message: String) throws {
        do {
            let result = try allocated(spec)
            Issue.record("\(rule) is allowed: \(result)")
        } catch let ServiceAllocation.Failure.invalid(errors) {
            #expect(errors.description == message)
        }
    }

    @Test func choosesAFreeAddressAndSharesNodePortsBetweenProtocols() throws {
        let ports: JSONValue = [["name": "a", "port": 53, "protocol": "UDP"], ["name": "b", "port": 53], ["name": "c", "port": 80]]
        let spec = try #require(allocated(["type": "NodePort", "ports": ports])["spec"])
        let address = try #require(spec["clusterIP"]?.string)
        #expect(address.hasPrefix("10.96.") && spec["clusterIPs"] == [.string(address)])
        let nodePorts = (0..<3).compactMap { spec["ports"]?[$0]?["nodePort"]?.integer }
        #expect(nodePorts.count == 3 && nodePorts[0] == nodePorts[1] && nodePorts[1] != nodePorts[2])
        #expect(nodePorts.allSatisfy { ServiceAllocation.nodePorts.contains($0) && $0 != 30090 })
    }

    @Test func anUpdateKeepsWhatItLeavesOut() throws {
        let old = try allocated(["type": "NodePort", "ports": [["port": 80]]])
        let new = try allocated(["type": "NodePort", "ports": [["port": 8080]]], replacing: old)
        #expect(new["spec"]?["clusterIPs"] == old["spec"]?["clusterIPs"])
        #expect(new["spec"]?["ports"]?[0]?["nodePort"] == old["spec"]?["ports"]?[0]?["nodePort"])
        #expect(ServiceKind().updateErrors(in: new, replacing: old).isEmpty)
    }

    @Test func anotherAddressIsRefused() throws {
        let old = try allocated(["ports": [["port": 80]], "clusterIP": "10.96.3.3"])
        let new = try allocated(["ports": [["port": 80]], "clusterIP": "10.96.3.4"], replacing: old)
        let errors = ServiceKind().updateErrors(in: new, replacing: old).map(\.description)
        #expect(errors == ["spec.clusterIPs[0]: Invalid value: [\"10.96.3.4\"]: may not change once set"])
    }

    @Test func becomingAnAliasDropsWhatWasChosen() throws {
        let old = try allocated(["type": "NodePort", "ports": [["port": 80]]])
        var spec = old["spec"]?.object ?? JSONObject()
        spec["type"] = "ExternalName"
        spec["externalName"] = "example.com"
        var new = try allocated(spec, replacing: old)
        ServiceKind().prepareForUpdate(&new, replacing: old)
        #expect(ServiceKind().updateErrors(in: new, replacing: old).isEmpty)
        for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "externalTrafficPolicy"] { #expect(new["spec"]?[field] == nil) }
        #expect(new["spec"]?["ports"]?[0]?["nodePort"] == nil)
    }
}
