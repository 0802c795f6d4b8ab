import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct NegotiationTests {
    private static let configMap = GroupKind(group: "", kind: "ConfigMap")
    private static let table = "application/json;as=Table;v=v1;g=meta.k8s.io"
    private static let routes = "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf"
    private static let types = "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf"

    @Test(
        arguments: [
            ("nothing is said", nil, .json),
            ("anything is right", "*/*", .json),
            ("the first acceptable type is taken", "text/html, application/json;q=0.5", .json),
            ("YAML before JSON", "application/yaml, application/json", Representation(format: .yaml)),
            ("the better quality wins", "application/json;q=0.5, application/yaml;q=0.9", Representation(format: .yaml)),
            ("protobuf falls back to JSON", "application/vnd.kubernetes.protobuf,application/json", .json),
            ("kubectl's header", "\(table),application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json", Representation(shape: .table(version: "v1"))),
            ("an unknown form is passed over", "application/json;as=Nothing;v=v1;g=meta.k8s.io,application/json", .json),
            (
                "metadata only", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                Representation(shape: .partialMetadata(version: "v1"))
            ),
            ("pretty as a parameter", "application/json;pretty=1", Representation(isPretty: true)),
        ] as [(String, String?, Representation)])
    func chooses(_ rule: String, _ accept: String?, _ expected: Representation) throws {
        #expect(try Representation.negotiated(accept: accept, for: .object(Self.configMap, isBuiltIn: true)) == expected)
    }

    @Test(arguments: [
        ("text/html", true, routes), ("application/*", true, routes), ("application/xml", true, routes),
        ("application/json;as=Nothing;v=v1;g=meta.k8s.io", true, types), ("text/html", false, types),
        ("application/vnd.kubernetes.protobuf", true, "only the following media types are accepted: application/json, application/yaml"),
        (
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", true,
            "you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)"
        ),
    ])
    func refuses(_ accept: String, isBuiltIn: Bool, _ message: String) throws {
        let status = #expect(throws: Status.self) {
            try Representation.negotiated(accept: accept, for: .object(Self.configMap, isBuiltIn: isBuiltIn))
        }
        #expect(status?.code == 406 && status?.reason == "NotAcceptable")
        #expect(status?.message == message)
    }

    @Test func watchesAreJSON() throws {
        #expect(try Representation.negotiated(accept: "application/json;stream=watch", for: .watch(isBuiltIn: true)) == .json)
        #expect(throws: Status.self) { try Representation.negotiated(accept: "application/yaml", for: .watch(isBuiltIn: true)) }
    }

    @Test(
        arguments: [
            (nil, "curl/8.5.0", true), (nil, "Mozilla/5.0 (X11)", true), (nil, "kubectl/v1.36.0", false), ("false", "curl/8.5.0", false),
            ("true", nil, true), ("yes", nil, false), ("", "curl/8", true),
        ] as [(String?, String?, Bool)])
    func peopleGetIndentedJSON(_ pretty: String?, _ userAgent: String?, _ expected: Bool) throws {
        let place = Representation.Place.object(Self.configMap, isBuiltIn: true)
        #expect(try Representation.negotiated(accept: "*/*", pretty: pretty, userAgent: userAgent, for: place).isPretty == expected)
    }

    @Test(
        arguments: [
            (nil, .json), ("application/yaml", .yaml), ("text/html", .json), ("\(table),application/json", .json), ("*/*", .json),
        ] as [(String?, Representation.Format)])
    func errorsAreReadable(_ accept: String?, _ format: Representation.Format) {
        #expect(Representation.ofError(accept: accept).format == format)
    }

    @Test func aListIsNoSingleObject() throws {
        let place = Representation.Place.list(GroupKind(group: "rbac.authorization.k8s.io", kind: "Role"), isBuiltIn: true)
        let status = #expect(throws: Status.self) {
            try Representation.negotiated(accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", for: place)
        }
        #expect(status?.message == "you requested PartialObjectMetadata, but the requested object is a list (*rbac.RoleList)")
    }
}
