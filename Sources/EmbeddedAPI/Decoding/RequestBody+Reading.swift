import KubernetesAPI

extension RequestBody {
    /// A text that was read, and what is to be said about duplicate keys in it.
    struct Read {
        var value: JSONValue
        var bytes: [UInt8]
        var duplicates: [JSONFindings.Place] = []
        var yamlDuplicates: [YAMLDuplicateKey] = []

        /// What Kubernetes says about the duplicate keys.
        var duplicateProblems: [String] { yamlProblems + duplicates.map { "duplicate field \($0.path.quotedAsGo)" } }

        private var yamlProblems: [String] {
            if yamlDuplicates.isEmpty { return [] }
            return ["yaml: unmarshal errors:\n" + yamlDuplicates.map { "  \($0)" }.joined(separator: "\n")]
        }

        /// The same, with unknown fields in among the duplicate ones, in the order of the text. Kubernetes does not look into unknown fields.
        func problems(unknownFields: [String], limits: JSONLimits) -> [String] {
            let unknown = unknownFields.map { ($0, "unknown field \($0.quotedAsGo)") }
            let duplicates = duplicates.filter { place in
                !unknownFields.contains { place.path == $0 || place.path.hasPrefix($0 + ".") || place.path.hasPrefix($0 + "[") }
            }
            if duplicates.isEmpty { return yamlProblems + unknown.map(\.1) }
            var findings = JSONFindings()
            findings.wanted = Set(unknownFields)
            _ = try? JSONValue(parsing: bytes, limits: limits, findings: &findings)
            let offsets = Dictionary(findings.found.map { ($0.path, $0.offset) }) { first, _ in first }
            let all = unknown.map { (offsets[$0.0] ?? .max, $0.1) } + duplicates.map { ($0.offset, "duplicate field \($0.path.quotedAsGo)") }
            return all.sorted { $0.0 < $1.0 }.prefix(JSONFindings.limit).map(\.1)
        }
    }

    static let limits = JSONLimits()

    /// The body's value.
    ///
    /// - Parameters:
    ///   - expected: what a protobuf message is that does not say.
    ///   - mergesObjects: whether an object under a duplicate key adds to the one before.
    /// - Throws: why the body is none of the encodings.
    func read(_ expected: GroupVersionKind, mergesObjects: Bool) throws(ObjectDecodingError) -> Read {
        switch encoding {
        case .json:
            if let value = try? JSONValue(parsing: bytes, limits: Self.limits) { return Read(value: value, bytes: bytes) }
            do throws(ObjectDecodingError) {
                let (value, duplicates) = try Self.lenient(bytes, mergesObjects: mergesObjects)
                return Read(value: value, bytes: bytes, duplicates: duplicates)
            } catch {
                throw ObjectDecodingError("couldn't get version/kind; json parse error: \(error.reason)")
            }
        case .protobuf:
            return Read(value: .object(try ProtobufDecoding.object(bytes, expected: expected)), bytes: bytes)
        case .yaml:
            var duplicates: [YAMLDuplicateKey] = []
            do throws(YAMLError) {
                let value = try JSONValue(parsingYAML: bytes, duplicates: &duplicates)
                return Read(value: value.withWholeNumbersAsIntegers, bytes: bytes, yamlDuplicates: duplicates)
            } catch {
                throw ObjectDecodingError("yaml: line \(error.position.line): \(error.reason)")
            }
        }
    }

    /// The value of a JSON text that may have duplicate keys.
    ///
    /// - Throws: why it is no JSON, in Go's words.
    static func lenient(
        _ bytes: [UInt8], mergesObjects: Bool
    ) throws(ObjectDecodingError) -> (value: JSONValue, duplicates: [JSONFindings.Place]) {
        if let reason = GoSyntax.error(in: bytes) { throw ObjectDecodingError(reason) }
        var findings = JSONFindings()
        findings.mergesObjects = mergesObjects
        do {
            let value = try JSONValue(parsing: bytes, limits: limits, findings: &findings)
            return (value, findings.duplicates)
        } catch {
            throw ObjectDecodingError(error.reason.hasPrefix("nested") ? "exceeded max depth" : error.reason)
        }
    }

    // MARK: Kinds

    /// The kind that a body says it has, or else the one that is expected.
    ///
    /// - Throws: why the body does not even say that.
    static func statedKind(of value: JSONValue, _ expected: GroupVersionKind) throws(ObjectDecodingError) -> GroupVersionKind {
        func parseError(_ reason: String) -> ObjectDecodingError {
            ObjectDecodingError("couldn't get version/kind; json parse error: json: cannot unmarshal \(reason)")
        }
        guard !value.isNull else { return expected }
        guard let object = value.object else {
            let type = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
            throw parseError("\(value.goKind) into Go value of type \(type)")
        }
        for name in ["apiVersion", "kind"] {
            if let other = object[name], !other.isNull, other.string == nil {
                throw parseError("\(other.goKind) into Go struct field .\(name) of type string")
            }
        }
        let (apiVersion, kind) = (object["apiVersion"]?.string ?? "", object["kind"]?.string ?? "")
        guard apiVersion.utf8.count(where: { $0 == UInt8(ascii: "/") }) < 2 else {
            throw ObjectDecodingError("unexpected GroupVersion string: \(apiVersion)")
        }
        let statedKind = kind.isEmpty ? expected.kind : kind
        if apiVersion.isEmpty { return GroupVersionKind(group: expected.group, version: expected.version, kind: statedKind) }
        let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let (group, version) = parts.count == 2 ? (parts[0], parts[1]) : ("", parts[0])
        let isGroupAlone = version.isEmpty && group == expected.group
        return GroupVersionKind(group: group, version: isGroupAlone ? expected.version : version, kind: statedKind)
    }

    static func wrongKind(_ kind: GroupVersionKind, _ expected: GroupVersionKind, _ scheme: Scheme) -> Status {
        // Another version of the same kind can be converted, and is refused only then.
        let isOtherVersion = kind.groupKind == expected.groupKind && otherVersions.contains(kind.groupVersion)
        if isOtherVersion { return wrongVersion(kind.apiVersion, expected) }
        return refused(kind, expected, conversionProblem(kind, expected, scheme))
    }

    /// Why an object of one kind is none of another.
    static func conversionProblem(_ kind: GroupVersionKind, _ expected: GroupVersionKind, _ scheme: Scheme) -> String {
        if scheme.resource(apiVersion: kind.apiVersion, kind: kind.kind) != nil {
            let package = expected.group.isEmpty ? "core" : String(expected.group.prefix { $0 != "." })
            return "converting (\(kind.version).\(kind.kind)) to (\(package).\(expected.kind)): unknown conversion"
        }
        return unregistered(kind).reason
    }

    static func unregistered(_ kind: GroupVersionKind) -> ObjectDecodingError {
        let version = kind.groupVersion.description.quotedAsGo
        return ObjectDecodingError(
            "no kind \(kind.kind.quotedAsGo) is registered for version \(version) in scheme \"pkg/api/legacyscheme/scheme.go:30\"")
    }

    /// Versions of the groups served that Kubernetes can read and convert where another is expected.
    private static let otherVersions: Set<GroupVersion> = [
        GroupVersion(group: "autoscaling", version: "v1"), GroupVersion(group: "autoscaling", version: "v2"),
        GroupVersion(group: "apps", version: "v1beta1"), GroupVersion(group: "apps", version: "v1beta2"),
        GroupVersion(group: "batch", version: "v1beta1"), GroupVersion(group: "policy", version: "v1beta1"),
        GroupVersion(group: "networking.k8s.io", version: "v1beta1"), GroupVersion(group: "discovery.k8s.io", version: "v1beta1"),
        GroupVersion(group: "events.k8s.io", version: "v1beta1"), GroupVersion(group: "coordination.k8s.io", version: "v1beta1"),
        GroupVersion(group: "rbac.authorization.k8s.io", version: "v1beta1"), GroupVersion(group: "rbac.authorization.k8s.io", version: "v1alpha1"),
    ]

    // MARK: Answers

    static func wrongVersion(_ apiVersion: String, _ expected: GroupVersionKind) -> Status {
        .badRequest("the API version in the data (\(apiVersion)) does not match the expected API version (\(expected.apiVersion))")
    }

    /// The body's kind is known, and it cannot be read as what is expected.
    static func refused(_ kind: GroupVersionKind, _ expected: GroupVersionKind, _ reason: String) -> Status {
        .badRequest("\(kind.kind) in version \(kind.version.quotedAsGo) cannot be handled as a \(expected.kind): \(reason)")
    }

    /// Not even the body's kind can be read.
    func unrecognized(_ expected: GroupVersionKind, _ reason: String) -> Status {
        .badRequest("the object provided is unrecognized (must be of type \(expected.kind)): \(reason) (\(summary))")
    }

    /// The beginning of the body; as hexadecimal digits where it is no JSON object.
    private var summary: String {
        guard let first = bytes.first else { return "<empty>" }
        let start = bytes.prefix(30)
        let text =
            first == UInt8(ascii: "{")
            ? String(decoding: start, as: UTF8.self)
            : start.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return bytes.count > 30 ? text + " ..." : text
    }
}

extension Status {
    static func unsupportedMediaType(accepted: [String]) -> Status {
        let list = accepted.joined(separator: ", ")
        return Status(
            failure: .unsupportedMediaType,
            message: "the body of the request was in an unknown format - accepted media types include: \(list)")
    }
}

extension JSONValue {
    /// YAML that is turned into JSON writes `1.0` as `1`.
    var withWholeNumbersAsIntegers: JSONValue {
        switch self {
        case .double(let value):
            guard value.magnitude < 1e21, let integer = Int64(exactly: value) else { return self }
            return .integer(integer)
        case .array(let elements): return .array(elements.map(\.withWholeNumbersAsIntegers))
        case .object(var object):
            for (key, value) in object {
                switch value {
                case .double, .array, .object: object[key] = value.withWholeNumbersAsIntegers
                default: break
                }
            }
            return .object(object)
        default: return self
        }
    }
}
