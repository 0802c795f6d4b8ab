public import KubernetesAPI
import Synchronization

/// Answers the requests for what the server has: `/api`, `/apis` and below, `/version` and `/openapi/v3`. One for each ``APIDirectory``.
///
/// Documents are made when they are asked for, and kept. There is no `/openapi/v2`: the clients that need it (kubectl before 1.27) read it as protobuf only.
public final class PublishedAPI: Sendable {
    public struct Answer: Sendable {
        public let status: Int
        public let headers: [(name: String, value: String)]
        public let body: [UInt8]
    }

    /// What a request says that matters here.
    public struct Request: Sendable {
        /// Without the query.
        public var path: String
        public var accept: String?
        public var ifNoneMatch: String?
        public var userAgent: String?
        /// The query parameters `pretty` and `hash`.
        public var pretty: String?
        public var hash: String?

        public init(
            path: String, accept: String? = nil, ifNoneMatch: String? = nil, userAgent: String? = nil, pretty: String? = nil, hash: String? = nil
        ) {
            self.path = path
            self.accept = accept
            self.ifNoneMatch = ifNoneMatch
            self.userAgent = userAgent
            self.pretty = pretty
            self.hash = hash
        }
    }

    public let directory: APIDirectory
    private let openAPI: OpenAPIDocuments
    private let serverAddress: String
    /// By path; aggregated documents have a `*` in front.
    private let made = Mutex<[String: PublishedDocument]>([:])

    /// - Parameters:
    ///   - openAPI: shared by all directories of a server, so that documents of groups that did not change are not made again.
    ///   - serverAddress: host and port under which clients reach the server.
    public init(_ directory: APIDirectory, openAPI: OpenAPIDocuments, serverAddress: String) {
        self.directory = directory
        self.openAPI = openAPI
        self.serverAddress = serverAddress
    }

    /// The answer to a GET; nil where there is no such document (404).
    ///
    /// - Throws: ``Status`` of 406.
    public func answer(_ request: Request) throws(Status) -> Answer? {
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.first == "openapi" { return try openAPIAnswer(parts, request) }
        guard let core = ["api": true, "apis": false][parts.first ?? ""] ?? (parts == ["version"] ? false : nil) else { return nil }
        let representation = try Representation.negotiated(
            accept: request.accept, pretty: request.pretty, userAgent: request.userAgent, for: parts == ["version"] ? .version : .discovery)
        if representation.shape == .aggregatedDiscovery, parts.count == 1 {
            let document = kept("*\(parts[0])") { PublishedDocument(directory.aggregated(core: core), contentType: representation.contentType) }
            return document.map { tagged($0, request, [("Vary", "Accept"), ("Cache-Control", "public")]) }
        }
        let path = parts.joined(separator: "/")
        guard let document = kept(path, { document(parts).map { PublishedDocument($0) } }) else { return nil }
        var plain = representation
        plain.shape = .object
        return Answer(
            status: 200, headers: [("Content-Type", plain.contentType), ("Cache-Control", "no-cache, private")], body: plain.bytes(ofJSON: document.bytes))
    }

    private func document(_ parts: [String]) -> JSONObject? {
        switch (parts[0], parts.count) {
        case ("version", 1): ServerVersion.document().members
        case ("api", 1): directory.coreVersions(serverAddress: serverAddress)
        case ("api", 2): directory.resourceList(GroupVersion(group: "", version: parts[1]))
        case ("apis", 1): directory.groupList
        case ("apis", 2): directory.groupDocument(parts[1])
        case ("apis", 3): directory.resourceList(GroupVersion(group: parts[1], version: parts[2]))
        default: nil
        }
    }

    private func openAPIAnswer(_ parts: [String], _ request: Request) throws(Status) -> Answer? {
        guard parts.count >= 2, parts[1] == "v3" else { return nil }
        if let accept = request.accept, !accept.isEmpty, !AcceptedType.parse(accept).contains(where: { $0.covers(MediaTypes.json) }) {
            throw .notAcceptable([MediaTypes.json])
        }
        if parts.count == 2 {
            return kept("openapi/v3") { openAPI.index(of: directory) }.map { tagged($0, request, [("Vary", "Accept")]) }
        }
        let path = parts.dropFirst(2).joined(separator: "/")
        guard let version = OpenAPIDocuments.groupVersion(of: path), let document = openAPI.document(of: version, in: directory) else { return nil }
        guard let hash = request.hash, !hash.isEmpty else { return tagged(document, request, []) }
        guard hash == document.hash else {
            return Answer(status: 301, headers: [("Location", "/openapi/v3/\(path)?hash=\(document.hash)")], body: [])
        }
        // The contents behind a hash never change: for a year nobody has to ask again.
        return tagged(document, request, [("Vary", "Accept"), ("Cache-Control", "public, immutable, max-age=31536000")])
    }

    private func tagged(_ document: PublishedDocument, _ request: Request, _ headers: [(name: String, value: String)]) -> Answer {
        let headers = [(name: "ETag", value: document.etag)] + headers
        if document.isKnown(ifNoneMatch: request.ifNoneMatch) { return Answer(status: 304, headers: headers, body: []) }
        return Answer(status: 200, headers: headers + [(name: "Content-Type", value: document.contentType)], body: document.bytes)
    }

    private func kept(_ key: String, _ make: () -> PublishedDocument?) -> PublishedDocument? {
        if let document = made.withLock({ $0[key] }) { return document }
        guard let document = make() else { return nil }
        made.withLock { $0[key] = document }
        return document
    }
}
