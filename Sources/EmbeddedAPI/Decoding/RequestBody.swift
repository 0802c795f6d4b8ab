public import KubernetesAPI

/// The body of a create or update request.
public struct RequestBody: Sendable {
    public enum Encoding: Sendable {
        case json, yaml, protobuf
    }

    public let bytes: [UInt8]
    public let encoding: Encoding

    public init(_ bytes: [UInt8], encoding: Encoding) {
        self.bytes = bytes
        self.encoding = encoding
    }

    /// How long a body may be, in bytes.
    public static let limitBytes = 3 << 20

    /// The answer to a longer body: 413.
    public static var tooLong: Status { Status(failure: .requestEntityTooLarge, message: "Request entity too large: limit is \(limitBytes)") }

    /// The media types that bodies may have, as Kubernetes lists them.
    static let mediaTypes = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]

    /// The encoding that a `Content-Type` header names; JSON where there is none.
    ///
    /// - Throws: 415.
    public static func encoding(of contentType: String?) throws(Status) -> Encoding {
        guard let contentType, !contentType.isEmpty else { return .json }
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        switch type {
        case "application/json": return .json
        case "application/yaml": return .yaml
        case "application/vnd.kubernetes.protobuf": return .protobuf
        default: throw .unsupportedMediaType(accepted: mediaTypes)
        }
    }

    /// An object that was read, and the warnings that the answer has to have.
    public struct Decoded: Sendable {
        public var object: JSONObject
        public var warnings: [String]
    }

    /// The body as an object of a declared type, with `apiVersion` and `kind`, in the form of ``BuiltInDecoding``.
    ///
    /// - Throws: 400 in Kubernetes' words.
    public func object(
        of type: any Resource.Type, validation: FieldValidation, scheme: Scheme = .kubernetesAPI
    ) throws(Status) -> Decoded {
        let expected = type.resource.groupVersionKind
        let (read, kind) = try recognized(expected, mergesObjects: true)
        guard kind == expected else { throw Self.wrongKind(kind, expected, scheme) }
        let decoded: (object: JSONObject, unknownFields: [String])
        do throws(ObjectDecodingError) {
            decoded = try BuiltInDecoding.decoded(read.value.object ?? JSONObject(), as: type)
        } catch {
            throw Self.refused(kind, expected, error.reason)
        }
        let problems = read.problems(unknownFields: decoded.unknownFields, limits: Self.limits)
        let warnings = try validation.judge(problems) { Self.refused(kind, expected, $0) }
        var object = decoded.object
        object["apiVersion"] = .string(expected.apiVersion)
        object["kind"] = .string(expected.kind)
        return Decoded(object: object, warnings: warnings)
    }

    /// The body as a custom resource, decoded and with defaults.
    ///
    /// - Throws: 400 in Kubernetes' words.
    public func object(of version: CustomResourceVersion, validation: FieldValidation) throws(Status) -> Decoded {
        let expected = GroupVersionKind(group: version.groupKind.group, version: version.name, kind: version.kind)
        // No client has such messages.
        if encoding == .protobuf { throw .unsupportedMediaType(accepted: Self.mediaTypes.filter { !$0.contains("protobuf") }) }
        let (read, _) = try recognized(expected, mergesObjects: false)
        guard let body = read.value.object, let kind = body["kind"]?.string, !kind.isEmpty else {
            throw unrecognized(expected, "Object 'Kind' is missing in '\(String(decoding: bytes, as: UTF8.self))'")
        }
        let apiVersion = body["apiVersion"]?.string ?? ""
        let stated = (try? GroupVersionKind(apiVersion: apiVersion, kind: kind)) ?? expected
        let decoded: DecodedCustomResource
        do throws(ObjectDecodingError) {
            decoded = try version.decoded(body)
        } catch {
            throw Self.refused(stated, expected, error.reason)
        }
        let problems = read.duplicateProblems + decoded.unknownFields.map { "unknown field \($0.quotedAsGo)" }
        let warnings = try validation.judge(problems) { Self.refused(stated, expected, $0) }
        guard apiVersion == expected.apiVersion else { throw Self.wrongVersion(apiVersion, expected) }
        return Decoded(object: decoded.object, warnings: warnings)
    }

    /// The body's value, and the kind that it says it has.
    private func recognized(_ expected: GroupVersionKind, mergesObjects: Bool) throws(Status) -> (Read, GroupVersionKind) {
        do throws(ObjectDecodingError) {
            let read = try read(expected, mergesObjects: mergesObjects)
            return (read, try Self.statedKind(of: read.value, expected))
        } catch {
            throw unrecognized(expected, error.reason)
        }
    }
}
