import KubernetesAPI

/// The path of a collection, an object or a subresource of it, with each segment escaped.
struct RequestPath: Hashable, Sendable {
    let text: String

    /// - Parameters:
    ///   - namespace: nil for cluster-scoped resources and for a namespaced resource in all namespaces.
    ///   - subresource: such as `status`; may have several segments (`proxy/healthz`).
    /// - Throws: ``KubernetesError`` when a segment cannot be part of a path.
    init(group: String, version: String, plural: String, namespace: String?, name: String? = nil, subresource: String? = nil) throws(KubernetesError) {
        var segments = group.isEmpty ? ["api", version] : ["apis", group, version]
        if let namespace { segments += ["namespaces", try Self.checked(namespace, "namespace")] }
        segments.append(plural)
        if let name { segments.append(try Self.checked(name, "name")) }
        if let subresource {
            for segment in subresource.split(separator: "/") { segments.append(try Self.checked(String(segment), "subresource")) }
        }
        text = "/" + segments.map(Self.escaped).joined(separator: "/")
    }

    /// What Kubernetes' own client refuses (`IsValidPathSegmentName`): a name that would address something else.
    private static func checked(_ segment: String, _ what: String) throws(KubernetesError) -> String {
        if segment.isEmpty { throw KubernetesError(.invalidRequest("the \(what) is empty")) }
        if segment == "." || segment == ".." || segment.utf8.contains(UInt8(ascii: "/")) || segment.utf8.contains(UInt8(ascii: "%")) {
            throw KubernetesError(.invalidRequest("the \(what) \"\(segment)\" cannot be part of a path: it may not be '.' or '..' nor contain '/' or '%'"))
        }
        return segment
    }

    /// Percent-encodes what RFC 3986 does not allow in a path segment.
    static func escaped(_ segment: String) -> String { percentEncoded(segment, keeping: "-._~!$&'()*+,;=:@") }
}

/// Query parameters in the order given.
struct Query: Sendable {
    private(set) var items: [(name: String, value: String)] = []

    /// Adds a parameter unless `value` is nil.
    mutating func add(_ name: String, _ value: String?) {
        if let value { items.append((name, value)) }
    }
    mutating func add(_ name: String, _ value: Bool) {
        if value { items.append((name, "true")) }
    }

    var text: String {
        guard !items.isEmpty else { return "" }
        return "?" + items.map { "\(percentEncoded($0.name, keeping: "-._~"))=\(percentEncoded($0.value, keeping: "-._~:/,"))" }.joined(separator: "&")
    }
}

/// Escapes every byte but ASCII letters, digits and those of `keeping` (RFC 3986, section 2.1).
func percentEncoded(_ text: String, keeping kept: StaticString) -> String {
    let kept = UnsafeBufferPointer(start: kept.utf8Start, count: kept.utf8CodeUnitCount)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): encoded.append(byte)
        case _ where kept.contains(byte): encoded.append(byte)
        default:
            let digits = Array("0123456789ABCDEF".utf8)
            encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}
