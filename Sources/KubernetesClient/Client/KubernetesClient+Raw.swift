import HTTPTransport
import KubernetesAPI

extension KubernetesClient {
    /// Any request to the server, with this client's credentials, limits and retries.
    ///
    /// - Parameters:
    ///   - method: `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    ///   - path: absolute and escaped, without the query: `/readyz`.
    ///   - query: names and values, unescaped.
    /// - Returns: the body of the answer.
    public func raw(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: [UInt8]? = nil, contentType: String = "application/json",
        accept: String = "*/*"
    ) async throws -> [UInt8] {
        guard let known = Call.Method(rawValue: method) else { throw KubernetesError(.invalidRequest("the method \(method) is not one that the API has")) }
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }) else {
            throw KubernetesError(.invalidRequest("a path begins with '/', is escaped and has no query: \(path)"))
        }
        var call = Call(method: known, path: path, body: body, contentType: contentType, accept: accept)
        for (name, value) in query { call.query.add(name, value) }
        return try await bytes(call)
    }

    /// What version the server is: `gitVersion`, `major`, `minor` and so on.
    public func serverVersion() async throws -> JSONObject {
        let answer = try await json(Call(method: .get, path: "/version"))
        guard let version = answer.object else { throw KubernetesError(.undecodable("the version is no object"), request: "GET /version") }
        return version
    }

    /// Where the OpenAPI v3 document of each group version is: `apis/apps/v1` to `/openapi/v3/apis/apps/v1?hash=…`.
    public func openAPIIndex() async throws -> [String: String] {
        let answer = try await json(Call(method: .get, path: "/openapi/v3"))
        var index: [String: String] = [:]
        for (path, entry) in answer["paths"]?.object ?? JSONObject() { index[path] = entry["serverRelativeURL"]?.string }
        return index
    }

    /// The OpenAPI v3 document of a group version: `api/v1`, `apis/apps/v1`.
    public func openAPI(_ groupVersionPath: String) async throws -> JSONValue {
        let segments = groupVersionPath.split(separator: "/").map { RequestPath.escaped(String($0)) }
        return try await json(Call(method: .get, path: "/openapi/v3/" + segments.joined(separator: "/")))
    }
}
