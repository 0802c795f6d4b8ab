import Foundation
import KubernetesAPI

@testable import EmbeddedAPI

/// Sequences of requests to a server on a store of its own: every one is answered.
@Sendable func fuzzRequests(_ bytes: UnsafeRawBufferPointer) {
    let finished = DispatchSemaphore(value: 0)
    let input = Array(bytes)
    Task.detached {
        await RequestSubject.shared.run(input)
        finished.signal()
    }
    finished.wait()
}

/// The server, made anew now and then, so that what one input stores does not slow down all others.
private actor RequestSubject {
    static let shared = RequestSubject()
    private static let inputsOfOneServer = 300
    private var parts: ServerParts?
    private var directory = ""
    private var inputs = 0

    func run(_ bytes: [UInt8]) async {
        do {
            let server = try await server()
            var requests = bytes.withUnsafeBytes { Choices($0) }
            for _ in 0..<8 where !requests.isExhausted {
                let request = requests.request()
                let response = await server.respond(to: request)
                expect((200..<600).contains(response.status), "status \(response.status)")
                guard case .bytes(let body) = response.body else { continue }
                let text = String(decoding: body, as: UTF8.self)
                // What no one has thought of is answered with 500 too, and is a defect; a scale without replicas is answered so by Kubernetes.
                expect(
                    response.status != 500 || !text.contains("InternalError") || request.path.hasSuffix("/scale"),
                    "\(request.method) \(request.path) \(request.query): \(text)")
            }
        } catch {
            fatalError("no server: \(error)")
        }
    }

    private func server() async throws -> APIServer {
        inputs += 1
        if let parts, inputs % Self.inputsOfOneServer != 0 { return parts.server }
        if let parts {
            try await parts.server.store.close()
            try FileManager.default.removeItem(atPath: directory)
        }
        // In memory where there is such a place: each write waits for the disk.
        let root = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        directory = "\(root)/martlet-fuzz-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let parts = try ServerParts(store: ObjectStore(directory: directory + "/api"), signingKeyPath: directory + "/key", token: "secret", now: { fuzzTime })
        parts.server.acceptance.load()
        try await Bootstrap(client: parts.client).run()
        for definition in requestDefinitions { _ = await parts.server.respond(to: definition) }
        // Nothing makes a namespace's account here, which every pod needs.
        var objects = [(type: ServiceAccount.self as any Resource.Type, object: ValidObjects.object(of: ServiceAccount.self, named: "default"))]
        objects += requestKinds.compactMap { $0 }.map { (type: $0, object: ValidObjects.object(of: $0, named: "a")) }
        for (type, object) in objects {
            guard let object else { continue }
            let place = type.resource.scope == .namespaced ? "/namespaces/default" : ""
            let request = APIRequest(
                method: "POST", path: "\(type.root)\(place)/\(type.resource.plural)", headers: ["authorization": ["Bearer secret"]],
                body: JSONValue.object(object).serialized())
            let response = await parts.server.respond(to: request)
            guard response.status != 201, case .bytes(let body) = response.body else { continue }
            fatalError("not valid: \(String(decoding: body, as: UTF8.self))")
        }
        self.parts = parts
        return parts.server
    }
}

private let requestDefinitions: [APIRequest] = [
    [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": ["name": "widgets.example.com"],
        "spec": [
            "group": "example.com", "scope": "Namespaced", "names": ["plural": "widgets", "kind": "Widget"],
            "versions": [
                [
                    "name": "v1", "served": true, "storage": true,
                    "subresources": ["status": [:], "scale": ["specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"]],
                    "additionalPrinterColumns": [["name": "Size", "type": "integer", "jsonPath": ".spec.replicas"]],
                    "schema": [
                        "openAPIV3Schema": [
                            "type": "object",
                            "properties": [
                                "spec": [
                                    "type": "object",
                                    "properties": [
                                        "replicas": ["type": "integer", "default": 1], "tags": ["type": "array", "items": ["type": "string"]],
                                        "any": ["x-kubernetes-preserve-unknown-fields": true],
                                    ],
                                    "x-kubernetes-validations": [["rule": "self.replicas < 100"]],
                                ],
                                "status": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                            ],
                        ]
                    ],
                ]
            ],
        ],
    ] as JSONValue
].map {
    APIRequest(
        method: "POST", path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", headers: ["authorization": ["Bearer secret"]], body: $0.serialized())
}

extension Choices {
    fileprivate mutating func request() -> APIRequest {
        let kind = element(of: requestKinds)
        let resource = kind?.resource
        var path = kind?.root ?? "/apis/example.com/v1"
        if resource?.scope != .cluster, !happens(oneIn: 6) { path += "/namespaces/" + element(of: ["default", "default", "default", "default", "none", "a"]) }
        path += "/" + (resource?.plural ?? "widgets")
        var method = element(of: ["POST", "GET", "PATCH", "PUT", "DELETE", "POST", "GET", "HEAD", "OPTIONS"])
        if method != "POST" || happens(oneIn: 5), !happens(oneIn: 6) { path += "/" + element(of: ["a", "a", "b", "a", "default", "b", "%00", "x%2Fy"]) }
        if happens(oneIn: 4) {
            path +=
                "/"
                + element(of: ["status", "scale", "binding", "eviction", "finalize", "token", "log", "exec", "ephemeralcontainers", "resize", "proxy", "x"])
        }
        if happens(oneIn: 12) {
            path = element(of: requestPaths)
            method = element(of: ["GET", "POST"])
        }
        if happens(oneIn: 30) { path = "/" + line() }
        var headers: [String: [String]] = [:]
        if !happens(oneIn: 15) { headers["authorization"] = ["Bearer secret"] }
        if happens(oneIn: 3) { headers["accept"] = [element(of: requestAccepts)] }
        if happens(oneIn: 12) { headers["impersonate-user"] = [element(of: ["system:serviceaccount:default:a", "x", ""])] }
        if happens(oneIn: 24) { headers["impersonate-group"] = [element(of: ["system:masters", ""])] }
        var parameters: [String: [String]] = [:]
        while happens(oneIn: 3), parameters.count < 6 {
            let (name, values) = element(of: requestParameters)
            parameters[name, default: []].append(element(of: values))
        }
        var body: [UInt8] = []
        switch method {
        case "POST", "PUT": body = JSONValue.object(kind.map { nearlyValidObject(of: $0) } ?? widget()).serialized()
        case "PATCH":
            let (type, patches) = element(of: requestPatches)
            headers["content-type"] = [type]
            if type == "application/apply-patch+yaml", parameters["fieldManager"] == nil { parameters["fieldManager"] = ["m"] }
            let patch: JSONValue = patches.isEmpty || happens(oneIn: 3) ? .object(kind.map { nearlyValidObject(of: $0) } ?? widget()) : element(of: patches)
            body = patch.serialized()
        case "DELETE" where happens(oneIn: 2):
            body = JSONValue.object([
                "propagationPolicy": element(of: ["Foreground", "Background", "Orphan", "x", nil]), "gracePeriodSeconds": .integer(number()),
            ])
            .serialized()
        default: break
        }
        if happens(oneIn: 20) { body = Array(line().utf8) }
        if happens(oneIn: 20) { headers["content-type"] = [element(of: ["application/yaml", "application/vnd.kubernetes.protobuf", "x", ""])] }
        return APIRequest(method: method, path: path, query: QueryParameters(parameters), headers: headers, body: body)
    }

    private mutating func widget() -> JSONObject {
        ["apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": .string(element(of: ["a", "b"]))], "spec": anything(depth: 4)]
    }
}

extension Resource {
    /// The path of the API's version.
    fileprivate static var root: String { resource.group.isEmpty ? "/api/\(resource.version)" : "/apis/\(resource.group)/\(resource.version)" }
}

private let requestKinds: [(any Resource.Type)?] = [nil, CustomResourceDefinition.self] + BuiltInKinds.all.map(\.type)

private let requestPaths = [
    "/", "/api", "/apis", "/api/v1", "/apis/apps/v1", "/apis/example.com/v1", "/openapi/v3", "/openapi/v2", "/openapi/v3/api/v1", "/version", "/healthz",
    "/metrics",
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "/apis/authentication.k8s.io/v1/tokenreviews", "/api/v1/watch/pods",
    "/api/v1/namespaces/a/bindings",
    "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "/openid/v1/jwks", "/apis/x", "//", "/%",
]

private let requestAccepts = [
    "application/json", "application/yaml", "application/json;as=Table;v=v1;g=meta.k8s.io", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
    "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "application/vnd.kubernetes.protobuf", "*/*", "text/plain", "",
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
]

private let requestParameters: [(String, [String])] = [
    ("dryRun", ["All", "", "x"]), ("fieldManager", ["m", "", "a b"]), ("fieldValidation", ["Strict", "Warn", "Ignore", "x"]), ("force", ["true", "false"]),
    ("limit", ["1", "0", "-1", "9223372036854775807"]), ("continue", ["x", "", "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0"]),
    ("labelSelector", ["app=a", "a in (b,c)", "!a", "=="]), ("fieldSelector", ["metadata.name=a", "spec.nodeName=x", "status.phase!=Running", "x"]),
    ("resourceVersion", ["0", "1", "99999999999", "x"]), ("resourceVersionMatch", ["Exact", "NotOlderThan", "x"]), ("pretty", ["true"]),
    ("watch", ["1"]), ("timeoutSeconds", ["1", "-1"]), ("sendInitialEvents", ["true"]), ("allowWatchBookmarks", ["true"]),
    ("includeObject", ["Object", "None", "x"]),
    ("gracePeriodSeconds", ["0", "-1", "9223372036854775807"]), ("propagationPolicy", ["Foreground", "Orphan", "x"]), ("orphanDependents", ["true"]),
]

private let requestPatches: [(String, [JSONValue])] = [
    ("application/merge-patch+json", [["metadata": ["labels": ["a": "b"]]], ["spec": nil], ["metadata": ["finalizers": ["example.com/x"]]], [:], nil, []]),
    (
        "application/json-patch+json",
        [
            [["op": "add", "path": "/metadata/labels", "value": [:]]], [["op": "remove", "path": "/spec"]], [["op": "replace", "path": "", "value": 1]],
            [["op": "test", "path": "/metadata/name", "value": "a"]], [["op": "copy", "from": "/metadata", "path": "/spec"]], [:],
        ]
    ),
    (
        "application/strategic-merge-patch+json",
        [
            ["spec": ["template": ["spec": ["containers": [["name": "a", "image": "b"]]]]]], ["spec": ["$patch": "replace"]],
            ["metadata": ["$deleteFromPrimitiveList/finalizers": ["a"]]],
            ["spec": ["$setElementOrder/containers": [["name": "a"]], "containers": [["name": "a"]]]],
        ]
    ),
    ("application/apply-patch+yaml", []), ("text/plain", []),
]
