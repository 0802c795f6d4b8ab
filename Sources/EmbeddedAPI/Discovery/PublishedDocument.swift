public import KubernetesAPI

/// A document in the bytes that clients get, with the tag by which they see whether it changed.
public struct PublishedDocument: Sendable {
    public let bytes: [UInt8]
    public let contentType: String
    /// In upper-case hexadecimal digits; the value of `?hash=` in the index of OpenAPI.
    public let hash: String

    public init(_ document: JSONObject, contentType: String = "application/json") {
        bytes = JSONValue.object(document).serialized()
        self.contentType = contentType
        hash = Fingerprint(of: bytes).hex
    }

    /// The value of the `ETag` header.
    public var etag: String { "\"\(hash)\"" }

    /// Whether the client that sends this `If-None-Match` has the document already; the answer is then 304 without a body.
    public func isKnown(ifNoneMatch: String?) -> Bool {
        guard let ifNoneMatch else { return false }
        return ifNoneMatch.split(separator: ",").contains { tag in
            let tag = tag.trimmed
            return tag == etag || tag == "W/\(etag)"
        }
    }
}
