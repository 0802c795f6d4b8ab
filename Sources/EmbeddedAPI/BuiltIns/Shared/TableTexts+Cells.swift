import KubernetesAPI

/// Cells that several kinds' Tables have.
enum TableCells {
    static func name(_ object: JSONObject) -> JSONValue { .string(object.goMetadata.goString("name")) }

    static func age(_ object: JSONObject, _ now: Time) -> JSONValue { .string(Age.text(of: object.goMetadata.goString("creationTimestamp"), now: now)) }

    /// How long ago a time is that may be absent.
    static func since(_ time: JSONValue?, _ now: Time) -> String { Age.text(of: time?.string ?? "", now: now) }

    /// `a=1,b=2` in the order of the keys.
    static func labels(_ labels: JSONObject) -> JSONValue {
        labels.isEmpty ? "<none>" : .string(labels.sortedByKey().map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ","))
    }

    static func selector(_ selector: JSONObject?) -> JSONValue {
        guard let selector else { return "<error>" }
        guard let read = try? Selector(structured: selector) else { return "<error>" }
        return read.isEverything ? "<none>" : .string(read.description)
    }

    /// The first few of a list, and how many there are besides.
    static func firstOf(_ texts: [String], limit: Int = 3) -> String {
        let shown = texts.prefix(limit).joined(separator: ",")
        return texts.count > limit ? "\(shown) + \(texts.count - limit) more..." : shown
    }

    /// Addresses and host names of a load balancer, each once, in order.
    static func loadBalancer(_ status: JSONObject) -> String {
        let addresses = status.goObject("loadBalancer").goObjects("ingress").compactMap { ingress in
            [ingress.goString("ip"), ingress.goString("hostname")].first { !$0.isEmpty }
        }
        return Set(addresses).sorted().joined(separator: ",")
    }

    /// `RWO,ROX` for access modes of volumes.
    static func accessModes(_ modes: [String]) -> String {
        let short = [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")]
        return short.filter { modes.contains($0.0) }.map(\.1).joined(separator: ",")
    }
}

extension TableColumn {
    /// When the object was made; the second column of kinds that Kubernetes has no special Table for.
    static let createdAt = TableColumn("Created At", type: "date", TableTexts.creationTimestamp)
}

extension BuiltInKind {
    /// The Table of kinds that Kubernetes has no special one for.
    var plainColumns: [TableColumn] { [.objectName, .createdAt] }
    func plainCells(of object: JSONObject) -> [JSONValue] {
        [TableCells.name(object), object.goMetadata["creationTimestamp"] ?? .null]
    }
}
