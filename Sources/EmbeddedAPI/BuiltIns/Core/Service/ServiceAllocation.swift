public import KubernetesAPI

/// Chooses the addresses and node ports of a Service: what is asked for, where it is free and in range, or a free one.
///
/// Comes after the defaults, and before the object is prepared, checked and stored; its errors are answered alone. One at a time, with all Services that there
/// are, or two Services get the same address.
public struct ServiceAllocation: Sendable {
    /// Addresses of Services.
    public static let addressRange = "10.96.0.0/16"
    public static let nodePorts: ClosedRange<Int64> = 30000...32767
    /// Addresses below this offset and node ports below this one are chosen last, so that people can ask for them.
    private static let (lastlyChosenAddresses, lastlyChosenPorts) = (256, Int64(30086))

    /// Why nothing could be chosen.
    public enum Failure: Error, Hashable, Sendable {
        /// 422: what was asked for is refused.
        case invalid(FieldErrors)
        /// 500, with this text: nothing is free.
        case exhausted(String)
    }

    private var takenAddresses: Set<InternetAddress> = []
    private var takenPorts: Set<Int64> = []

    /// - Parameter services: all Services that are stored, in all namespaces.
    public init(services: [JSONObject]) {
        for service in services { take(service.goObject("spec")) }
    }

    private mutating func take(_ spec: JSONObject) {
        for address in spec.goStrings("clusterIPs") { if let address = InternetAddress(address) { takenAddresses.insert(address) } }
        for port in Self.portsTaken(by: spec) { takenPorts.insert(port) }
    }

    private static func portsTaken(by spec: JSONObject) -> [Int64] {
        (spec.goObjects("ports").map { $0.goInteger("nodePort") } + [spec.goInteger("healthCheckNodePort")]).filter { $0 != 0 }
    }

    /// The defaulted `object` with its addresses and node ports.
    ///
    /// - Parameters:
    ///   - old: the Service that it replaces, whose addresses and ports it keeps where the client left them out; nil for a new one.
    ///   - generator: where the search for something free begins.
    public func allocated(
        _ object: JSONObject, replacing old: JSONObject? = nil, using generator: inout some RandomNumberGenerator
    ) throws(Failure) -> JSONObject {
        var spec = object.goObject("spec")
        var free = self
        let oldSpec = old?.goObject("spec")
        if let oldSpec {
            Self.keepAllocated(in: &spec, from: oldSpec)
            for address in oldSpec.goStrings("clusterIPs") { if let address = InternetAddress(address) { free.takenAddresses.remove(address) } }
            free.takenPorts.subtract(Self.portsTaken(by: oldSpec))
        }
        Self.agreeOnAddresses(in: &spec, replacing: oldSpec)
        try Self.chooseFamilies(in: &spec, replacing: oldSpec)
        if ServiceDefaults.needsClusterIP(spec), !ServiceDefaults.isHeadless(spec) { try free.chooseAddress(in: &spec, using: &generator) }
        if ServiceDefaults.needsNodePort(spec) { try free.chooseNodePorts(in: &spec, keeping: oldSpec, using: &generator) }
        if ServiceDefaults.needsHealthCheckPort(spec) { try free.chooseHealthCheckPort(in: &spec, using: &generator) }
        var object = object
        object["spec"] = .object(spec)
        return object
    }

    private mutating func chooseAddress(in spec: inout JSONObject, using generator: inout some RandomNumberGenerator) throws(Failure) {
        let asked = spec.goStrings("clusterIPs")
        for address in asked {
            guard let problem = addressProblem(address) else { continue }
            let (path, value) = (FieldPath("spec", "clusterIPs"), JSONValue.array(asked.map { .string($0) }))
            throw .invalid(FieldErrors([FieldError(.invalid, at: path, value: value, "failed to allocate IP \(address): \(problem)")]))
        }
        guard asked.isEmpty else { return }
        let last = (1 << 16) - 2
        let preferred = Array(Self.lastlyChosenAddresses...last)
        let start = Int.random(in: 0..<preferred.count, using: &generator)
        // The first address is that of the API's own Service.
        let offsets = [preferred[start...], preferred[..<start]].joined()
        let found = offsets.first(where: isFree) ?? (2..<Self.lastlyChosenAddresses).first(where: isFree)
        guard let found else { throw .exhausted("failed to allocate a serviceIP: range is full") }
        let text = JSONValue.string(Self.address(found).bytes.map(String.init).joined(separator: "."))
        spec["clusterIP"] = text
        spec["clusterIPs"] = [text]
    }

    private func isFree(_ offset: Int) -> Bool { !takenAddresses.contains(Self.address(offset)) }

    private static func address(_ offset: Int) -> InternetAddress { InternetAddress(bytes: [10, 96, UInt8(offset >> 8 & 255), UInt8(offset & 255)]) }

    private func addressProblem(_ text: String) -> String? {
        guard let address = InternetAddress(text), let range = InternetRange(Self.addressRange), range.contains(address) else {
            return "the provided network does not match the current range"
        }
        let offset = Int(address.bytes[2]) << 8 | Int(address.bytes[3])
        if offset == 0 || offset == 65535 { return "the provided IP (\(text)) is not in the valid range. The range of valid IPs is \(Self.addressRange)" }
        return takenAddresses.contains(address) ? "provided IP is already allocated" : nil
    }

    /// Ports of the same number (TCP and UDP) share one node port.
    private mutating func chooseNodePorts(
        in spec: inout JSONObject, keeping oldSpec: JSONObject?, using generator: inout some RandomNumberGenerator
    ) throws(Failure) {
        var ports = spec.goObjects("ports")
        var chosen: [Int64: Int64] = [:]
        var reserved: Set<Int64> = []
        for index in ports.indices {
            let (number, own) = (ports[index].goInteger("port"), ports[index].goInteger("nodePort"))
            let place = FieldPath("spec", "ports").index(index).field("nodePort")
            if let shared = chosen[number], own == 0 || own == shared {
                ports[index]["nodePort"] = .integer(shared)
                continue
            }
            let asked = own != 0 ? own : ports[index...].first { $0.goInteger("port") == number && $0.goInteger("nodePort") != 0 }?.goInteger("nodePort") ?? 0
            if asked != 0 {
                if let problem = portProblem(asked, reserved) {
                    throw .invalid(FieldErrors([FieldError(.invalid, at: place, value: .integer(asked), problem)]))
                }
                ports[index]["nodePort"] = .integer(asked)
            } else {
                let known = ports.map { $0.goInteger("nodePort") }
                guard let free = freePort(besides: reserved.union(known), using: &generator) else {
                    throw .exhausted("failed to allocate a nodePort: range is full")
                }
                ports[index]["nodePort"] = .integer(free)
            }
            let result = ports[index].goInteger("nodePort")
            reserved.insert(result)
            if chosen[number] == nil { chosen[number] = result }
        }
        takenPorts.formUnion(reserved)
        spec["ports"] = .array(ports.map { .object($0) })
    }

    private func portProblem(_ port: Int64, _ reserved: Set<Int64>) -> String? {
        if !Self.nodePorts.contains(port) {
            return "provided port is not in the valid range. The range of valid ports is \(Self.nodePorts.lowerBound)-\(Self.nodePorts.upperBound)"
        }
        return takenPorts.contains(port) || reserved.contains(port) ? "provided port is already allocated" : nil
    }

    private func freePort(besides reserved: Set<Int64>, using generator: inout some RandomNumberGenerator) -> Int64? {
        let preferred = Array(Self.lastlyChosenPorts...Self.nodePorts.upperBound)
        let start = Int.random(in: 0..<preferred.count, using: &generator)
        let isFree = { (port: Int64) in !takenPorts.contains(port) && !reserved.contains(port) }
        return [preferred[start...], preferred[..<start]].joined().first(where: isFree)
            ?? (Self.nodePorts.lowerBound..<Self.lastlyChosenPorts).first(where: isFree)
    }

    private mutating func chooseHealthCheckPort(in spec: inout JSONObject, using generator: inout some RandomNumberGenerator) throws(Failure) {
        let asked = spec.goInteger("healthCheckNodePort")
        if asked != 0 {
            guard let problem = portProblem(asked, []) else { return }
            throw .exhausted("failed to allocate requested HealthCheck NodePort \(asked): \(problem)")
        }
        guard let free = freePort(besides: [], using: &generator) else { throw .exhausted("failed to allocate a HealthCheck NodePort: range is full") }
        spec["healthCheckNodePort"] = .integer(free)
    }
}
