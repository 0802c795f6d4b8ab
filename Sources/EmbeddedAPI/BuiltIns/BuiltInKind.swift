public import KubernetesAPI

/// What Kubernetes does with the objects of one built-in kind: what it adds to them, what it refuses, how `kubectl get` shows them.
///
/// Only computes, on JSON members of the declared types. Metadata is checked by ``ObjectMetaRules`` before the kind's own rules; these add to it what is special
/// about the kind. Errors are in Kubernetes' words and in the order in which Kubernetes finds them.
public protocol BuiltInKind: Sendable {
    /// The declared type: its fields, names, scope and subresources.
    var type: any Resource.Type { get }
    /// The rule for `metadata.name`.
    var nameRule: NameRule { get }
    /// Whether `metadata.generation` counts the changes of the object outside of metadata and status.
    var hasGeneration: Bool { get }
    /// Whether `object`, which replaces `old`, is a new generation. Asked of kinds that have generations only.
    func isNewGeneration(_ object: JSONObject, replacing old: JSONObject) -> Bool
    /// Whether an update may leave `metadata.resourceVersion` out and then replaces whatever there is.
    var allowsUnconditionalUpdate: Bool { get }
    /// Members that every object of the kind has, as far as server-side apply is concerned: `["spec": ["containers": nil]]`.
    var emptyObject: JSONObject { get }

    /// Fills in what Kubernetes fills in when it reads an object. Applied to every body and patched object; applying it twice changes nothing more.
    func applyDefaults(to object: inout JSONObject)

    /// Brings a new, defaulted object into the form that is checked and stored: what only the server writes is set or dropped, its status for example.
    func prepareForCreation(_ object: inout JSONObject)
    /// The same for an object that replaces `old`: what an update cannot change is as in `old`.
    func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject)
    /// The same for an object that was written to the status subresource: all but the status is as in `old`. Its metadata has been taken care of.
    func prepareForStatusUpdate(_ object: inout JSONObject, replacing old: JSONObject)

    func creationErrors(in object: JSONObject) -> [FieldError]
    func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError]
    func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError]
    /// Texts of `Warning` headers that a write is answered with.
    ///
    /// - Parameter old: nil for a new object.
    func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String]

    /// The values of fields that field selectors may use, besides `metadata.name` and `metadata.namespace`, which every kind has.
    func selectableValues(of object: JSONObject) -> [String: String]

    /// The columns of a Table, the name included.
    var columns: [TableColumn] { get }
    /// One cell for each column: a string, an integer, or null.
    func cells(of object: JSONObject, now: Time) -> [JSONValue]
}

/// A column of a built-in kind's Table.
public struct TableColumn: Sendable, Hashable {
    public let name: String
    /// `string`, `integer`, `number`, `boolean` or `date`.
    public let type: String
    /// `name` for the column with the object's name; else mostly empty.
    public let format: String
    public let description: String
    /// 0 is always shown, higher ones only in wide output.
    public let priority: Int

    public init(_ name: String, type: String = "string", format: String = "", priority: Int = 0, _ description: String) {
        self.name = name
        self.type = type
        self.format = format
        self.priority = priority
        self.description = description
    }

    /// `metadata.name`, the first column of nearly every kind.
    public static let objectName = TableColumn("Name", format: "name", TableTexts.name)
    /// The age, from `metadata.creationTimestamp`.
    public static let age = TableColumn("Age", TableTexts.creationTimestamp)
}

/// What most kinds do.
extension BuiltInKind {
    public var nameRule: NameRule { .dns1123Subdomain }
    public var hasGeneration: Bool { false }
    /// Whether a member other than the metadata and the status differs.
    public func isNewGeneration(_ object: JSONObject, replacing old: JSONObject) -> Bool {
        func counted(_ object: JSONObject) -> JSONObject {
            var object = object
            for field in ["apiVersion", "kind", "metadata", "status"] { object.removeValue(forKey: field) }
            return object
        }
        return counted(object) != counted(old)
    }
    public var allowsUnconditionalUpdate: Bool { true }
    public var emptyObject: JSONObject { [:] }

    public func applyDefaults(to object: inout JSONObject) {}
    /// Drops the status of kinds that have a subresource for it.
    public func prepareForCreation(_ object: inout JSONObject) {
        if type.resource.subresources.contains("status") { object.removeValue(forKey: "status") }
    }
    /// Keeps the old status of kinds that have a subresource for it.
    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        if type.resource.subresources.contains("status") { object["status"] = old["status"] }
    }
    public func prepareForStatusUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        let (status, metadata) = (object["status"], object["metadata"])
        object = old
        object["status"] = status
        object["metadata"] = metadata
    }
    public func creationErrors(in object: JSONObject) -> [FieldError] { [] }
    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] { creationErrors(in: object) }
    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] { [] }
    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] { [] }
    public func selectableValues(of object: JSONObject) -> [String: String] { [:] }
    public var columns: [TableColumn] { [.objectName, .age] }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [object["metadata"]?["name"] ?? "", .string(Age.text(of: object["metadata"]?["creationTimestamp"]?.string ?? "", now: now))]
    }
}
