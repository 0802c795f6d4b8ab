public import KubernetesAPI

/// The body of a PATCH request that is not server-side apply.
public struct Patching: Sendable {
    public enum Kind: String, Sendable {
        case json = "application/json-patch+json"
        case merge = "application/merge-patch+json"
        case strategic = "application/strategic-merge-patch+json"
        /// Server-side apply, which is no matter of this type.
        case apply = "application/apply-patch+yaml"
    }

    public let kind: Kind
    public let validation: FieldValidation

    /// The patch's value, and duplicate keys in it; or why it is no JSON, which is only said when it is applied, as in Kubernetes.
    let content: Result<(patch: JSONValue, duplicates: [JSONFindings.Place]), ObjectDecodingError>

    public init(_ bytes: [UInt8], kind: Kind, validation: FieldValidation) {
        self.kind = kind
        self.validation = validation
        if let value = try? JSONValue(parsing: bytes, limits: RequestBody.limits) {
            content = .success((value, []))
        } else {
            content = Result { () throws(ObjectDecodingError) in
                let (value, duplicates) = try RequestBody.lenient(bytes, mergesObjects: false)
                return (value, duplicates)
            }
        }
    }

    /// The kind of patch that a `Content-Type` header names.
    ///
    /// - Parameter isBuiltIn: whether the patched objects are of a built-in kind; others know no strategic merge patch.
    /// - Throws: 415 in the words that the kind of object has.
    public static func kind(of contentType: String?, isBuiltIn: Bool) throws(Status) -> Kind {
        let type = (contentType ?? "").prefix { $0 != ";" }
        let name = isBuiltIn ? type.filter { $0 != " " } : String(type)
        if let kind = Kind(rawValue: name), isBuiltIn || kind != .strategic { return kind }
        if isBuiltIn {
            var status = Status(failure: .unsupportedMediaType, message: "415: Unsupported Media Type")
            status.details = StatusDetails()
            throw status
        }
        throw .unsupportedMediaType(accepted: [Kind.json, .merge, .apply].map(\.rawValue))
    }

    /// What the patch makes of an object of a declared type, in the form of ``BuiltInDecoding``, without defaults.
    ///
    /// - Parameter live: the object as a client gets it.
    /// - Throws: the answer that Kubernetes gives to a patch that does not fit.
    public func patched(
        _ live: JSONObject, as type: any Resource.Type, scheme: Scheme = .kubernetesAPI
    ) throws(Status) -> RequestBody.Decoded {
        let expected = type.resource.groupVersionKind
        let (result, problems) = try applied(to: live, schema: type.definition)
        let stated: GroupVersionKind
        do throws(ObjectDecodingError) {
            stated = try RequestBody.statedKind(of: .object(result), expected)
        } catch {
            throw unreadable(result, error.reason)
        }
        // A strategic merge patch is not asked for its kind: what it makes is read as what it was.
        if stated != expected, kind != .strategic { throw unreadable(result, RequestBody.conversionProblem(stated, expected, scheme)) }
        let decoded: (object: JSONObject, unknownFields: [String])
        do throws(ObjectDecodingError) {
            decoded = try BuiltInDecoding.decoded(result, as: type)
        } catch {
            throw unreadable(result, error.reason)
        }
        let unknown = decoded.unknownFields.map { "unknown field \($0.quotedAsGo)" }
        let warnings = try validation.judge(problems + (kind == .strategic ? unknown.sorted() : unknown)) { unreadable(result, $0) }
        var object = decoded.object
        object["apiVersion"] = .string(expected.apiVersion)
        object["kind"] = .string(expected.kind)
        return RequestBody.Decoded(object: object, warnings: warnings)
    }

    /// What the patch makes of a custom resource, decoded and with defaults.
    ///
    /// - Parameter live: the object as a client gets it, in the version of the request.
    /// - Throws: the answer that Kubernetes gives to a patch that does not fit.
    public func patched(_ live: JSONObject, as version: CustomResourceVersion) throws(Status) -> RequestBody.Decoded {
        let (result, problems) = try applied(to: live, schema: nil)
        guard let kind = result["kind"]?.string, !kind.isEmpty else {
            throw unreadable(result, "Object 'Kind' is missing in '\(result)'")
        }
        let decoded: DecodedCustomResource
        do throws(ObjectDecodingError) {
            decoded = try version.decoded(result)
        } catch {
            throw unreadable(result, error.reason)
        }
        let unknown = decoded.unknownFields.map { "unknown field \($0.quotedAsGo)" }
        let warnings = try validation.judge(problems + unknown) { unreadable(result, $0) }
        return RequestBody.Decoded(object: decoded.object, warnings: warnings)
    }

    /// What the patch makes of an object that has another form than the one stored, such as a Scale: nothing is checked but that it is an object.
    public func patched(_ live: JSONObject) throws(Status) -> JSONObject { try applied(to: live, schema: nil).result }
}
