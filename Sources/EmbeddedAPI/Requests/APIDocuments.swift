import KubernetesAPI
import Synchronization

/// What is not a resource: health, version, discovery, OpenAPI, metrics.
final class APIDocuments: Sendable {
    private let address = Mutex("127.0.0.1")
    private let openAPI = OpenAPIDocuments()
    private let keySet: JSONObject?
    private let current: Mutex<(generation: Int, directory: APIDirectory, documents: [String: PublishedDocument])?> = Mutex(nil)

    /// - Parameter keySet: the keys that service accounts' tokens can be checked with (RFC 7517).
    init(keySet: JSONObject? = nil) { self.keySet = keySet }

    /// Host and port under which clients reach the server; known once it listens.
    func setAddress(_ text: String) { address.withLock { $0 = text } }

    func answer(_ request: APIRequest, _ target: RequestTarget, server: APIServer) throws -> APIResponse {
        let path = target.path.hasSuffix("/") && target.path.utf8.count > 1 ? String(target.path.dropLast()) : target.path
        guard ["GET", "HEAD"].contains(request.method) else {
            return isKnown(path) ? Self.methodNotAllowed : .text("404 page not found\n", status: 404)
        }
        switch path {
        case "/healthz", "/livez", "/readyz", "/healthz/ping", "/livez/ping", "/readyz/ping": return .text("ok")
        case "/version": return try document(ServerVersion.document().members, request)
        case "/metrics":
            let objects = server.store.resources.map { (resource: $0.description, count: server.store.count(of: $0)) }
            return .text(server.metrics.text(objects: objects, watchers: server.store.waitingWatchCount, version: server.store.version))
        case "/": return try document(["paths": .array(paths(server).map { .string($0) })], request)
        case "/api", "/apis": return try discovery(path, request, server)
        case "/openapi/v3": return published(openAPI.index(of: directory(server)), request)
        case "/openid/v1/jwks":
            guard let keySet else { break }
            return try document(keySet, request)
        default: break
        }
        if path.hasPrefix("/openapi/v3/"), let version = OpenAPIDocuments.groupVersion(of: String(path.dropFirst("/openapi/v3/".count))),
            let document = openAPI.document(of: version, in: directory(server))
        {
            return published(document, request)
        }
        return try groupDocument(path, request, server)
    }

    private func isKnown(_ path: String) -> Bool { ["/api", "/apis", "/version", "/healthz", "/livez", "/readyz", "/metrics"].contains(path) }

    private static let methodNotAllowed = APIServer.response(RequestErrors.methodNotAllowed, APIRequest(method: "GET", path: ""))

    // MARK: Discovery

    private func discovery(_ path: String, _ request: APIRequest, _ server: APIServer) throws -> APIResponse {
        let representation = try negotiated(request)
        let isCore = path == "/api"
        guard representation.shape == .aggregatedDiscovery else {
            let directory = directory(server)
            return answer(isCore ? directory.coreVersions(serverAddress: address.withLock { $0 }) : directory.groupList, representation)
        }
        let document = cached("\(path) aggregated", server) {
            PublishedDocument($0.aggregated(core: isCore), contentType: representation.contentType)
        }
        return published(document, request)
    }

    private func groupDocument(_ path: String, _ request: APIRequest, _ server: APIServer) throws -> APIResponse {
        let parts = path.split(separator: "/").map(String.init)
        let directory = directory(server)
        var found: JSONObject?
        switch (parts.first, parts.count) {
        case ("api"?, 2): found = directory.resourceList(GroupVersion(group: "", version: parts[1]))
        case ("apis"?, 2): found = directory.groupDocument(parts[1])
        case ("apis"?, 3):
            found = directory.resourceList(GroupVersion(group: parts[1], version: parts[2]))
            if found == nil, directory.group(parts[1]) != nil { throw RequestErrors.unknownResource }
        default: break
        }
        guard let found else { return .text("404 page not found\n", status: 404) }
        return answer(found, try negotiated(request))
    }

    /// Everything that is served now. Made once for each change of the definitions.
    func directory(_ server: APIServer) -> APIDirectory {
        let snapshot = server.table.snapshot
        if let known = current.withLock({ $0?.generation == snapshot.generation ? $0?.directory : nil }) { return known }
        let directory = APIDirectory(snapshot.discovered)
        current.withLock { $0 = (snapshot.generation, directory, [:]) }
        return directory
    }

    private func cached(_ name: String, _ server: APIServer, _ make: (APIDirectory) -> PublishedDocument) -> PublishedDocument {
        let directory = directory(server)
        let generation = server.table.snapshot.generation
        if let known = current.withLock({ $0?.generation == generation ? $0?.documents[name] : nil }) { return known }
        let document = make(directory)
        current.withLock { if $0?.generation == generation { $0?.documents[name] = document } }
        return document
    }

    private func paths(_ server: APIServer) -> [String] {
        var paths = ["/api", "/apis", "/healthz", "/livez", "/metrics", "/openapi/v3", "/readyz", "/version"]
        for group in directory(server).groups {
            if group.name.isEmpty {
                paths += group.versions.map { "/api/\($0.groupVersion.version)" }
            } else {
                paths.append("/apis/\(group.name)")
                paths += group.versions.map { "/apis/\(group.name)/\($0.groupVersion.version)" }
            }
        }
        return paths.sorted()
    }

    // MARK: Answers

    private func negotiated(_ request: APIRequest) throws -> Representation {
        try Representation.negotiated(
            accept: request.header("accept"), pretty: request.query.text("pretty"), userAgent: request.header("user-agent"), for: .discovery)
    }

    private func document(_ json: JSONObject, _ request: APIRequest) throws -> APIResponse { answer(json, try negotiated(request)) }

    private func answer(_ json: JSONObject, _ representation: Representation) -> APIResponse {
        APIResponse(headers: [("Content-Type", representation.contentType)], body: .bytes(representation.bytes(of: .object(json))))
    }

    private func published(_ document: PublishedDocument, _ request: APIRequest) -> APIResponse {
        var headers = [(name: "Content-Type", value: document.contentType), (name: "ETag", value: document.etag), (name: "Vary", value: "Accept")]
        guard !document.isKnown(ifNoneMatch: request.header("if-none-match")) else { return APIResponse(status: 304, headers: headers) }
        headers.append(("Cache-Control", request.query.text("hash") == nil ? "no-cache, private" : "public, immutable"))
        return APIResponse(headers: headers, body: .bytes(document.bytes))
    }
}
