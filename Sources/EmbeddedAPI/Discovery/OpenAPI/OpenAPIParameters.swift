import KubernetesAPI

/// The parameters of calls, as OpenAPI describes them.
enum OpenAPIParameters {
    static let namespace = path("namespace", "object name and auth scope, such as for teams and projects")
    static let pretty = query("pretty", "string", "Whether the answer is indented. By default it is for curl, wget and browsers.")

    static func name(of kind: String) -> JSONValue { path("name", "name of the \(kind)") }

    /// By Kubernetes' verb.
    static let ofVerb: [String: [JSONValue]] = [
        "create": [dryRun, fieldManager, fieldValidation],
        "update": [dryRun, fieldManager, fieldValidation],
        "patch": [dryRun, fieldManager, fieldValidation, force],
        "delete": [dryRun, gracePeriodSeconds, propagationPolicy],
        "deletecollection": [continuing, dryRun, fieldSelector, gracePeriodSeconds, labelSelector, limit, propagationPolicy, version, match, timeout],
        "list": [bookmarks, continuing, fieldSelector, labelSelector, limit, version, match, initialEvents, timeout, watch],
    ]

    private static let dryRun = query("dryRun", "string", "All: goes through everything and stores nothing. Other values are refused.")
    private static let fieldManager = query(
        "fieldManager", "string", "Who writes, for managed fields; at most 128 printable characters. Required for apply; by default from the User-Agent.")
    private static let fieldValidation = query(
        "fieldValidation", "string", "What unknown and duplicate fields do: Ignore drops them, Warn (the default) also warns of them, Strict refuses the call.")
    private static let force = query("force", "boolean", "Apply only: takes fields over from managers that they are in conflict with.")
    private static let gracePeriodSeconds = query("gracePeriodSeconds", "integer", "Seconds before the object is deleted; 0 deletes at once.")
    private static let propagationPolicy = query(
        "propagationPolicy", "string", "What becomes of dependents: Orphan keeps them, Background deletes them after the object, Foreground before it.")
    private static let continuing = query("continue", "string", "The token of the previous page.")
    private static let fieldSelector = query("fieldSelector", "string", "Restricts the objects by their fields.")
    private static let labelSelector = query("labelSelector", "string", "Restricts the objects by their labels.")
    private static let limit = query("limit", "integer", "The most objects of a page.")
    private static let version = query("resourceVersion", "string", "Which versions may be served; see resourceVersionMatch.")
    private static let match = query("resourceVersionMatch", "string", "How resourceVersion is applied: Exact or NotOlderThan.")
    private static let timeout = query("timeoutSeconds", "integer", "Ends the call after this time, whatever is going on.")
    private static let bookmarks = query("allowWatchBookmarks", "boolean", "Whether a watch also sends BOOKMARK events.")
    private static let initialEvents = query("sendInitialEvents", "boolean", "Whether a watch begins with the objects that exist, ended by a BOOKMARK.")
    private static let watch = query("watch", "boolean", "Watches instead of listing.")

    private static func query(_ name: String, _ type: String, _ description: String) -> JSONValue {
        ["name": .string(name), "in": "query", "description": .string(description), "schema": ["type": .string(type), "uniqueItems": true]]
    }

    private static func path(_ name: String, _ description: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "description": .string(description), "required": true,
            "schema": ["type": "string", "uniqueItems": true],
        ]
    }
}
