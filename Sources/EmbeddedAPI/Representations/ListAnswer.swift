public import KubernetesAPI

/// The answer to a list request: the head of a list, and its items.
public struct ListAnswer: Sendable {
    /// Such as `PodList`.
    public let kind: String
    public let apiVersion: String
    /// Whether the items say what they are, as those of custom resources do.
    public let itemsHaveTypes: Bool
    /// The `metadata` of the list.
    public let metadata: JSONObject

    /// - Parameters:
    ///   - version: the version of the snapshot.
    ///   - continueToken: for the next page; nil on the last one.
    ///   - remainingCount: how many objects are behind this page; nil where that is not said.
    public init(kind: String, apiVersion: String, itemsHaveTypes: Bool, version: Int64, continueToken: String? = nil, remainingCount: Int? = nil) {
        self.kind = kind
        self.apiVersion = apiVersion
        self.itemsHaveTypes = itemsHaveTypes
        var metadata: JSONObject = ["resourceVersion": .string("\(version)")]
        if let continueToken { metadata["continue"] = .string(continueToken) }
        if let remainingCount { metadata["remainingItemCount"] = .integer(Int64(remainingCount)) }
        self.metadata = metadata
    }

    /// The list of objects that are at hand as one line of JSON each, which are copied and not read.
    ///
    /// - Returns: one line of JSON, without a line feed.
    public func bytes(of items: some Collection<[UInt8]>) -> [UInt8] {
        let head: JSONValue = ["kind": .string(kind), "apiVersion": .string(apiVersion), "metadata": .object(metadata)]
        var bytes = head.serialized()
        bytes.reserveCapacity(items.reduce(bytes.count + 16) { $0 + $1.count + 1 })
        bytes.removeLast()
        bytes.append(contentsOf: #","items":["#.utf8)
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            if itemsHaveTypes { bytes.append(contentsOf: item) } else { Self.appendWithoutType(item, to: &bytes) }
        }
        bytes.append(contentsOf: "]}".utf8)
        return bytes
    }

    /// The metadata of all objects.
    public func partialMetadata(of objects: some Collection<JSONObject>, version: String) -> JSONObject {
        [
            "kind": "PartialObjectMetadataList", "apiVersion": .string("meta.k8s.io/\(version)"), "metadata": .object(metadata),
            "items": .array(objects.map { .object(PartialMetadata.of($0, version: version)) }),
        ]
    }

    private static let typeMembers = [Array(#""kind":""#.utf8), Array(#""apiVersion":""#.utf8)]

    /// Appends an object without its `kind` and `apiVersion`. They come first in what is stored, so that cutting them off is enough.
    private static func appendWithoutType(_ object: [UInt8], to bytes: inout [UInt8]) {
        var position = 1
        var found = 0
        while found < 2, let member = typeMembers.first(where: { object[position...].starts(with: $0) }) {
            guard let end = object[(position + member.count)...].firstIndex(of: UInt8(ascii: "\"")), end + 1 < object.count else { break }
            found += 1
            position = object[end + 1] == UInt8(ascii: ",") ? end + 2 : end + 1
        }
        if found == 2 {
            bytes.append(UInt8(ascii: "{"))
            bytes.append(contentsOf: object[position...])
            return
        }
        guard var members = (try? JSONValue(parsing: object))?.object else { return bytes.append(contentsOf: object) }
        members.removeValue(forKey: "kind")
        members.removeValue(forKey: "apiVersion")
        bytes.append(contentsOf: JSONValue.object(members).serialized())
    }
}
