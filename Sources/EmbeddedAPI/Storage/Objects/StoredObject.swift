import KubernetesAPI
import Synchronization

/// One version of an object: its JSON as it goes to clients, and what finding it needs.
///
/// Objects stay as bytes, a fifth of the memory of decoded ones: a hundred thousand of them must fit a laptop, a GET sends the bytes as they
/// are, and all watchers of an event share them. Who needs the members calls ``decoded()``, which remembers the objects in recent use.
public final class StoredObject: Sendable {
    public let key: ObjectKey
    /// The version at which the object became what it is; the same as `metadata.resourceVersion` in ``bytes``.
    public let resourceVersion: Int64
    /// One line of JSON.
    public let bytes: [UInt8]
    private let recent: RecentlyDecoded
    /// The place in ``recent``: the version, or its negative for the last state of an object that ended or left a selection at that version.
    private let recentKey: Int64
    /// The reader that is known to show ``bytes`` as they are; 0 for none.
    private let plainReader = Atomic<Int>(0)

    init(key: ObjectKey, resourceVersion: Int64, bytes: [UInt8], isEnding: Bool = false, recent: RecentlyDecoded) {
        self.key = key
        self.resourceVersion = resourceVersion
        self.bytes = bytes
        self.recent = recent
        recentKey = isEnding ? -resourceVersion : resourceVersion
    }

    /// Writes `resourceVersion` into `object` and keeps both its forms.
    convenience init(_ object: JSONObject, key: ObjectKey, resourceVersion: Int64, isEnding: Bool = false, recent: RecentlyDecoded) throws(StorageError) {
        var object = object
        guard case .object(var metadata)? = object["metadata"] else { throw .invalidObject(key, reason: "it has no metadata") }
        metadata["resourceVersion"] = .string(String(resourceVersion))
        object["metadata"] = .object(metadata)
        let bytes = JSONValue.object(object).serialized()
        guard bytes.count <= Self.maximumBytes else {
            let reason = "it has \(bytes.count) bytes of JSON and at most \(Self.maximumBytes) are stored. Split it or keep large data elsewhere"
            throw .invalidObject(key, reason: reason)
        }
        self.init(key: key, resourceVersion: resourceVersion, bytes: bytes, isEnding: isEnding, recent: recent)
        recent.remember(object, for: recentKey, bytes: bytes.count)
    }

    /// The most JSON that one object may have. Request bodies end at 3 MiB; what the server adds (managed fields) comes on top.
    static let maximumBytes = 8 << 20

    /// The object's members.
    ///
    /// - Throws: ``StorageError/corrupt(_:)`` when the bytes, which this server wrote itself, are no JSON object.
    public func decoded() throws(StorageError) -> JSONObject {
        if let object = recent[recentKey] { return object }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw .corrupt("object \"\(key)\" at version \(resourceVersion) is no JSON: \(error)")
        }
        guard let object = value.object else { throw .corrupt("object \"\(key)\" at version \(resourceVersion) is no JSON object") }
        recent.remember(object, for: recentKey, bytes: bytes.count)
        return object
    }

    /// Whether ``notePlain(for:)`` was called for this reader last.
    func isPlain(for reader: Int) -> Bool { plainReader.load(ordering: .relaxed) == reader }

    /// Remembers that clients of `reader` read ``bytes`` as they are: whoever asks next need not find out again. Of several readers the last is remembered.
    func notePlain(for reader: Int) { plainReader.store(reader, ordering: .relaxed) }

    /// The same object as if written at `resourceVersion`: what a watcher is told when the object ends at that version.
    func restamped(at resourceVersion: Int64) throws(StorageError) -> StoredObject {
        try StoredObject(decoded(), key: key, resourceVersion: resourceVersion, isEnding: true, recent: recent)
    }
}
