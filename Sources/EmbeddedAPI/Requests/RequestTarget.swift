/// What a path of the API means, as far as it can be told without knowing which resources exist (Kubernetes' `RequestInfo`).
struct RequestTarget: Hashable, Sendable {
    /// The decoded path.
    var path: String
    /// Whether the path is below `/api/VERSION` or `/apis/GROUP/VERSION` and names a resource.
    var isResource = false
    var group = ""
    var version = ""
    var resource = ""
    /// Empty, or with further parts such as `proxy/x`.
    var subresource = ""
    var namespace = ""
    var name = ""
    /// Kubernetes' verb; the lower-case method for paths that are no resource.
    var verb: String
    /// Whether the path has the obsolete form `/api/v1/watch/…`.
    var isWatchPath = false

    init(method: String, path encoded: String, query: QueryParameters) {
        var segments = encoded.split(separator: "/", omittingEmptySubsequences: true).map { PercentEncoding.decoded($0) ?? String($0) }[...]
        path = PercentEncoding.decoded(encoded) ?? encoded
        verb = method.lowercased()
        guard let root = segments.first, root == "api" || root == "apis" else { return }
        let isCore = root == "api"
        guard segments.count >= (isCore ? 3 : 4) else { return }
        segments.removeFirst()
        if !isCore { group = segments.removeFirst() }
        version = segments.removeFirst()
        isResource = true
        if segments.first == "watch", segments.count > 1 {
            isWatchPath = true
            segments.removeFirst()
        } else if segments.first == "proxy", segments.count > 1 {
            segments.removeFirst()
            verb = "proxy"
        }
        if segments.first == "namespaces", segments.count > 1 {
            namespace = segments[segments.startIndex + 1]
            // `/namespaces/NAME/RESOURCE…`, but the subresources of the namespace itself are not resources in it.
            if segments.count > 2, !["status", "finalize"].contains(segments[segments.startIndex + 2]) { segments = segments.dropFirst(2) }
        }
        resource = segments.popFirst() ?? ""
        name = segments.popFirst() ?? ""
        subresource = segments.joined(separator: "/")
        verb = verb(of: method, query: query)
    }

    private func verb(of method: String, query: QueryParameters) -> String {
        switch method {
        case "POST": return "create"
        case "PUT": return "update"
        case "PATCH": return "patch"
        case "DELETE": return name.isEmpty ? "deletecollection" : "delete"
        case "GET", "HEAD":
            if verb == "proxy" { return "proxy" }
            if isWatchPath { return "watch" }
            guard name.isEmpty else { return "get" }
            return query.boolean("watch") ?? false ? "watch" : "list"
        default: return method.lowercased()
        }
    }
}
