import KubernetesAPI

/// What of a collection to list, and as of when.
public struct ListOptions: Sendable {
    /// A label selector, such as `app=delays,tier!=test`; nil selects everything.
    public var labels: String?
    /// A field selector, such as `status.phase=Running`.
    public var fields: String?
    /// At most so many objects; the answer's `metadata.continue` asks for the next ones.
    public var limit: Int?
    /// The token of an earlier answer.
    public var continueToken: String?
    /// The state to read: nil the newest, `0` any that the server has at hand, else see ``resourceVersionMatch``.
    public var resourceVersion: String?
    public var resourceVersionMatch: ResourceVersionMatch?

    public enum ResourceVersionMatch: String, Sendable {
        case notOlderThan = "NotOlderThan"
        case exact = "Exact"
    }

    public init(
        labels: String? = nil, fields: String? = nil, limit: Int? = nil, continueToken: String? = nil, resourceVersion: String? = nil,
        resourceVersionMatch: ResourceVersionMatch? = nil
    ) {
        self.labels = labels
        self.fields = fields
        self.limit = limit
        self.continueToken = continueToken
        self.resourceVersion = resourceVersion
        self.resourceVersionMatch = resourceVersionMatch
    }

    var query: Query {
        var query = Query()
        query.add("labelSelector", labels)
        query.add("fieldSelector", fields)
        query.add("limit", limit.map(String.init))
        query.add("continue", continueToken)
        // A continue token has its own version: the server refuses both.
        if continueToken == nil {
            query.add("resourceVersion", resourceVersion)
            query.add("resourceVersionMatch", resourceVersionMatch?.rawValue)
        }
        return query
    }
}

/// How a change is made: tried only, under which name, and how strictly checked.
public struct WriteOptions: Sendable {
    /// Validates and answers without storing anything.
    public var dryRun: Bool
    /// Who is recorded as owner of the changed fields; nil lets the server take it from the user agent.
    public var fieldManager: String?
    public var fieldValidation: FieldValidation?

    /// What becomes of unknown and duplicate fields.
    public enum FieldValidation: String, Sendable {
        case strict = "Strict"
        case warn = "Warn"
        case ignore = "Ignore"
    }

    public init(dryRun: Bool = false, fieldManager: String? = nil, fieldValidation: FieldValidation? = nil) {
        self.dryRun = dryRun
        self.fieldManager = fieldManager
        self.fieldValidation = fieldValidation
    }

    var query: Query {
        var query = Query()
        if dryRun { query.add("dryRun", "All") }
        query.add("fieldManager", fieldManager)
        query.add("fieldValidation", fieldValidation?.rawValue)
        return query
    }
}

/// A change of an object, in one of the four ways that the API knows.
public enum Patch: Sendable {
    /// RFC 6902: an array of operations.
    case json(JSONValue)
    /// RFC 7386: given fields replace, null removes, lists are replaced whole.
    case merge(JSONValue)
    /// Kubernetes' own merging of lists by key; built-in kinds only.
    case strategicMerge(JSONValue)
    /// Server-side apply: the fields that `fieldManager` wants. `force` takes fields from other managers that are in conflict.
    case apply(JSONValue, force: Bool)

    var contentType: String {
        switch self {
        case .json: "application/json-patch+json"
        case .merge: "application/merge-patch+json"
        case .strategicMerge: "application/strategic-merge-patch+json"
        // The API server reads YAML here, of which JSON is a part; servers before 1.33 do not know apply-patch+json.
        case .apply: "application/apply-patch+yaml"
        }
    }

    var body: JSONValue {
        switch self {
        case .json(let body), .merge(let body), .strategicMerge(let body), .apply(let body, _): body
        }
    }
}

/// How an object is deleted.
public struct DeletionOptions: Sendable {
    /// Seconds to stop in; 0 at once; nil leaves it to the object.
    public var gracePeriodSeconds: Int64?
    public var propagation: Propagation?
    /// Delete only the object with this uid, not a later one of the same name.
    public var uid: String?
    /// Delete only while the object is in this version.
    public var resourceVersion: String?
    public var dryRun: Bool

    /// What becomes of the objects that the deleted one owns.
    public enum Propagation: String, Sendable {
        /// They stay, without owner.
        case orphan = "Orphan"
        /// They are deleted after it.
        case background = "Background"
        /// They are deleted before it.
        case foreground = "Foreground"
    }

    public init(
        gracePeriodSeconds: Int64? = nil, propagation: Propagation? = nil, uid: String? = nil, resourceVersion: String? = nil, dryRun: Bool = false
    ) {
        self.gracePeriodSeconds = gracePeriodSeconds
        self.propagation = propagation
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.dryRun = dryRun
    }

    var body: JSONValue {
        var options = DeleteOptions()
        options.members = ["apiVersion": "v1", "kind": "DeleteOptions"]
        options.gracePeriodSeconds = gracePeriodSeconds
        options.propagationPolicy = propagation?.rawValue
        if uid != nil || resourceVersion != nil { options.preconditions = Preconditions(resourceVersion: resourceVersion, uid: uid) }
        if dryRun { options.dryRun = ["All"] }
        return options.json
    }
}
