public import KubernetesAPI

/// One event of a watch, as a line of JSON.
public enum WatchFrame {
    /// - Parameters:
    ///   - type: `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`.
    ///   - object: one line of JSON.
    public static func bytes(_ type: String, object: [UInt8]) -> [UInt8] {
        var bytes = Array(#"{"type":""#.utf8)
        bytes.reserveCapacity(object.count + 40)
        bytes.append(contentsOf: type.utf8)
        bytes.append(contentsOf: #"","object":"#.utf8)
        bytes.append(contentsOf: object)
        bytes.append(contentsOf: "}\n".utf8)
        return bytes
    }

    public static func bytes(_ type: String, object: JSONObject) -> [UInt8] { bytes(type, object: JSONValue.object(object).serialized()) }
}
