import KubernetesAPI

/// Objects of declared types, as a fuzzer chooses: mostly of the right types, with values that rules tell apart.
extension Choices {
    mutating func object(of type: any Resource.Type) -> JSONObject {
        var object = structure(type.definition, depth: 0)
        let kind = type.resource.groupVersionKind
        object["apiVersion"] = .string(kind.apiVersion)
        object["kind"] = .string(kind.kind)
        var metadata = object["metadata"]?.object ?? JSONObject()
        if !happens(oneIn: 12) { metadata["name"] = .string(element(of: ["a", "b", "web-0"])) }
        if type.resource.scope == .namespaced { metadata["namespace"] = "default" }
        object["metadata"] = .object(metadata)
        return object
    }

    mutating func structure(_ definition: StructDefinition, depth: Int) -> JSONObject {
        var object = JSONObject()
        for field in definition.fields where field.isRequired || happens(oneIn: depth < 3 ? 3 : 5) {
            if depth > 12 { break }
            object[field.name] = value(of: field.schema, depth: depth + 1)
        }
        if happens(oneIn: 40) { object["unknown"] = anything(depth: depth + 1) }
        return object
    }

    mutating func value(of schema: Schema, depth: Int) -> JSONValue {
        if happens(oneIn: 30) { return anything(depth: depth) }
        switch schema.type {
        case .string: return text()
        case .boolean: return .bool(byte() & 1 == 1)
        case .int32, .int64: return .integer(number())
        case .double: return element(of: [.double(0.5), 1, .double(-1e300), 0])
        case .enumeration(let cases): return happens(oneIn: 10) || cases.isEmpty ? text() : .string(element(of: cases).value)
        case .time: return element(of: ["2026-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "x", nil])
        case .microTime: return element(of: ["2026-01-01T00:00:00.000001Z", "1970-01-01T00:00:00.000000Z", nil, "9999-12-31T23:59:59.999999+23:59"])
        case .duration: return element(of: ["1h", "0s", "-1.5h", "2562047h47m16.854775807s", "x"])
        case .quantity: return element(of: Self.quantities)
        case .integerOrString: return happens(oneIn: 2) ? text() : .integer(number())
        case .base64: return element(of: ["", "YQ==", "x", "YWJj", "e30="])
        case .any: return anything(depth: depth)
        case .anyObject: return .object(members(depth: depth) { $0.anything(depth: depth + 1) })
        case .map(let element): return .object(members(depth: depth) { $0.value(of: element, depth: depth + 1) })
        case .array(let element):
            let count = depth > 10 ? 0 : Self.counts[index(Self.counts.count)]
            return .array((0..<count).map { _ in value(of: element, depth: depth + 1) })
        case .structure(let type): return .object(structure(type.definition, depth: depth))
        }
    }

    private mutating func members(depth: Int, _ value: (inout Choices) -> JSONValue) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<(depth > 10 ? 0 : Self.counts[index(Self.counts.count)]) {
            let key = happens(oneIn: 8) ? text().string ?? "" : element(of: Self.keys)
            object[key] = value(&self)
        }
        return object
    }

    /// Any JSON.
    mutating func anything(depth: Int) -> JSONValue {
        switch index(depth > 10 ? 6 : 8) {
        case 0: return nil
        case 1: return .integer(number())
        case 2: return text()
        case 3: return .bool(byte() & 1 == 1)
        case 4: return .double(Double(number()) + 0.25)
        case 5: return element(of: Self.quantities)
        case 6: return .array((0..<Self.counts[index(Self.counts.count)]).map { _ in anything(depth: depth + 1) })
        default: return .object(members(depth: depth) { $0.anything(depth: depth + 1) })
        }
    }

    mutating func number() -> Int64 {
        if happens(oneIn: 3) { return element(of: [.max, .min, 2_147_483_647, -2_147_483_648, 2_147_483_648, 65_535, 65_536, 4_294_967_296, 1_000_000_000]) }
        return Int64(byte()) - 8
    }

    mutating func text() -> JSONValue {
        if happens(oneIn: 16) {
            let count = index(24)
            return .string(String(decoding: (0..<count).map { _ in byte() }, as: UTF8.self))
        }
        return .string(element(of: Self.texts))
    }

    private static let counts = [1, 0, 1, 2, 1, 3, 2, 1]
    private static let quantities: [JSONValue] = [
        "1", "100m", "1Gi", "0", "-1", "1.5", 2, .double(0.1), "9223372036854775807", "9223372036854775807Ei", "1e19", "1n", "x", "", "0.0000000001",
    ]
    static let keys = [
        "a", "app", "cpu", "memory", "app.kubernetes.io/name", "example.com/gpu", "hugepages-2Mi", "requests.storage", "kubernetes.io/hostname", "tls.crt",
        "ephemeral-storage", "pods", "count/deployments.apps", "", "ephemeral-containers.kubernetes.io/x", "services.nodeports", "-", "A b",
        "container.apparmor.security.beta.kubernetes.io/a", "controller.kubernetes.io/pod-deletion-cost", "limits.cpu",
    ]
    private static let texts = [
        "a", "", "b", "web", "default", "10.0.0.1", "10.96.0.7", "::1", "fd00::/8", "10.0.0.0/8", "http", "/var/run", "..", "/", "$(A)", "25%", "101%", "80",
        "TCP", "UDP", "Always", "Never", "OnFailure", "RollingUpdate", "Recreate", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "None",
        "IPv4", "IPv6", "nginx:1.27", " nginx ", "example.com", "*.example.com", "EXAMPLE", "a.b.c", "In", "NotIn", "Exists", "Gt", "Equal", "NoSchedule",
        "NoExecute", "* * * * *", "TZ=UTC * * * * *", "@every 1h", "1-2,3/4 * * * 1", "Europe/Berlin", "Allow", "Forbid", "NonIndexed", "Indexed", "0-5,7",
        "kubernetes.io/tls", "kubernetes.io/service-account-token", "kubernetes.io/dockerconfigjson", "{}", "{\"auths\":{}}", "metadata.name",
        "spec.nodeName", "limits.cpu", "status.podIP", "metadata.labels['a']", "v1", "apps/v1", "Deployment", "ReplicaSet", "Pod", "Node", "User", "Group",
        "ServiceAccount", "Role", "ClusterRole", "rbac.authorization.k8s.io", "get", "*", "pods/log", "True", "False", "Unknown", "Ready", "Running",
        "Pending", "Succeeded", "Failed", "Active", "Terminating", "Delete", "Retain", "ReadWriteOnce", "ReadWriteOncePod", "Block", "Filesystem",
        "2026-01-01T00:00:00Z", "foregroundDeletion", "kubernetes", "1s", "héllo", "\u{0}", "e\u{301}", "\u{1F600}", "a\nb", "Localhost", "RuntimeDefault",
        "unconfined", "localhost/x", "SYS_ADMIN", "kubernetes.io/e2e-az1", "Resource", "ContainerResource", "Utilization", "AverageValue", "Prefix", "Exact",
    ]
}
