import Foundation
import KubernetesAPI

/// Where a list goes on. Opaque to clients, and written as Kubernetes writes it: base64url of `{"v":"meta.k8s.io/v1","rv":7,"start":"name\u0000"}`.
struct ContinueToken: Equatable {
    /// The version of the snapshot; nil to go on with the present state after that snapshot was lost (-1 in JSON).
    var version: Int64?
    /// The first path that may follow, relative to the list's namespace.
    var start: String

    init(version: Int64?, start: String) {
        self.version = version
        self.start = start
    }

    /// The greatest length that is read. Names and namespaces have at most 253 bytes; escaped and in base64 still less than this.
    static let maximumCount = 8192

    init(parsing text: String) throws(StorageError) {
        guard text.utf8.count <= Self.maximumCount else { throw .invalidContinue("it is longer than \(Self.maximumCount) bytes") }
        var base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while base64.hasSuffix("=") { base64.removeLast() }
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64) else { throw .invalidContinue("it is not base64url") }
        guard let json = try? JSONValue(parsing: [UInt8](data)), let object = json.object else { throw .invalidContinue("it holds no JSON object") }
        guard object["v"]?.string == "meta.k8s.io/v1" else { throw .invalidContinue("server does not recognize this encoded version") }
        guard let version = object["rv"]?.integer, version > 0 || version == -1 else { throw .invalidContinue("incorrect encoded start resourceVersion") }
        guard let start = object["start"]?.string, !start.isEmpty else { throw .invalidContinue("encoded start key empty") }
        self.init(version: version == -1 ? nil : version, start: start)
    }

    var encoded: String {
        let json: JSONValue = ["v": "meta.k8s.io/v1", "rv": .integer(version ?? -1), "start": .string(start)]
        return Data(json.serialized()).base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
