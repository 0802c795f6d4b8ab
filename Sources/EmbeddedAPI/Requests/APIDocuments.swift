import KubernetesAPI
import Synchronization

/// What is not a resource: health, metrics, and the documents that say what the server has.
final class APIDocuments: Sendable {
    private let openAPI = OpenAPIDocuments()
    private let keySet: JSONObject
    private let issuer: JSONObject
    private let state: Mutex<State>

    private struct State {
        var address = "127.0.0.1"
        var published: (generation: Int, api: PublishedAPI)?
    }

    /// - Parameters:
    ///   - keySet: the keys that service accounts' tokens can be checked with (RFC 7517).
    ///   - issuer: the OpenID configuration of these tokens.
    init(keySet: JSONObject, issuer: JSONObject) {
        self.keySet = keySet
        self.issuer = issuer
        state = Mutex(State())
    }

    /// Host and port under which clients reach the server; known once it listens.
    func setAddress(_ text: String) { state.withLock { $0 = State(address: text) } }

    func answer(_ request: APIRequest, _ target: RequestTarget, server: APIServer) throws -> APIResponse {
        guard request.method == "GET" || request.method == "HEAD" else { return .text("404 page not found\n", status: 404) }
        switch target.path {
        case "/healthz", "/livez", "/readyz":
            // There is one check, that of answering at all.
            return .text(request.query.text("verbose") != nil ? "[+]ping ok\n\(target.path.dropFirst()) check passed\n" : "ok")
        case "/healthz/ping", "/livez/ping", "/readyz/ping": return .text("ok")
        case "/metrics":
            let objects = server.store.resources.map { (resource: $0.description, count: server.store.count(of: $0)) }
            return .text(server.metrics.text(objects: objects, watchers: server.store.waitingWatchCount, version: server.store.version))
        case "/": return json(["paths": .array(paths(server).map { .string($0) })], request)
        case "/openid/v1/jwks":
            return APIResponse(headers: [("Content-Type", "application/jwk-set+json")], body: .bytes(JSONValue.object(keySet).serialized()))
        case "/.well-known/openid-configuration":
            var document = issuer
            document["jwks_uri"] = .string("https://\(state.withLock(\.address))/openid/v1/jwks")
            return json(document, request)
        default: break
        }
        let asked = PublishedAPI.Request(
            path: target.path, accept: request.header("accept"), ifNoneMatch: request.header("if-none-match"), userAgent: request.header("user-agent"),
            pretty: request.query.text("pretty"), hash: request.query.text("hash"))
        guard let answer = try published(server).answer(asked) else {
            // An unknown version of a group that is there.
            let parts = target.path.split(separator: "/")
            if parts.count == 3, parts[0] == "apis", server.table.snapshot.hasBuiltIn(group: String(parts[1])) { throw RequestErrors.unknownResource }
            return .text("404 page not found\n", status: 404)
        }
        return APIResponse(status: answer.status, headers: answer.headers, body: .bytes(answer.body))
    }

    /// Everything that is served now. Made once for each change of the definitions.
    private func published(_ server: APIServer) -> PublishedAPI {
        let snapshot = server.table.snapshot
        return state.withLock { state in
            if let known = state.published, known.generation == snapshot.generation { return known.api }
            let directory = APIDirectory(snapshot.discovered + ReviewRequest.discovered + [.builtIn(Binding.resource)])
            let api = PublishedAPI(directory, openAPI: openAPI, serverAddress: state.address)
            state.published = (snapshot.generation, api)
            return api
        }
    }

    private func paths(_ server: APIServer) -> [String] {
        var paths = ["/api", "/apis", "/healthz", "/livez", "/metrics", "/openapi/v3", "/readyz", "/version"]
        for group in published(server).directory.groups {
            if group.name.isEmpty {
                paths += group.versions.map { "/api/\($0.groupVersion.version)" }
            } else {
                paths.append("/apis/\(group.name)")
                paths += group.versions.map { "/apis/\(group.name)/\($0.groupVersion.version)" }
            }
        }
        return paths.sorted()
    }

    private func json(_ json: JSONObject, _ request: APIRequest) -> APIResponse {
        let plain = Representation.ofError(
            accept: request.header("accept"), pretty: request.query.text("pretty"), userAgent: request.header("user-agent"))
        return APIResponse(headers: [("Content-Type", plain.contentType)], body: .bytes(plain.bytes(of: .object(json))))
    }
}
