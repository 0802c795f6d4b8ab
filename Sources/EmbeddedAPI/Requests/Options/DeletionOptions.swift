public import KubernetesAPI

/// How objects are deleted: `DeleteOptions` from a body or from the query.
public struct DeletionOptions: Sendable, Hashable {
    public enum Propagation: String, Sendable {
        case background = "Background"
        case foreground = "Foreground"
        case orphan = "Orphan"
    }

    public var isDryRun = false
    /// Nil for the default of the kind.
    public var gracePeriodSeconds: Int64?
    /// Nil for the default of the kind. `orphanDependents` is part of it.
    public var propagation: Propagation?
    /// What the option `orphanDependents`, which came before `propagationPolicy`, was; nil where it was not given.
    public var orphanDependents: Bool?
    /// The uid that the object has to have; nil for any.
    public var uid: String?
    /// The version that the object has to have; nil for any.
    public var resourceVersion: String?

    public init() {}

    /// Reads the options of a DELETE request: those of the body, or of the query where the body is empty.
    ///
    /// - Throws: 400 for a body or parameter that cannot be read, 415 for a body of another media type, 422 for values that are not allowed.
    public init(body: [UInt8], contentType: String?, query: QueryParameters) throws(Status) {
        self.init()
        var errors: [FieldError] = []
        let dryRun: [String]
        var policy: String?
        if body.isEmpty {
            dryRun = query.texts("dryRun")
            gracePeriodSeconds = try query.integer("gracePeriodSeconds")
            orphanDependents = query.boolean("orphanDependents")
            policy = query.text("propagationPolicy")
            uid = query.text("uid").flatMap { $0.isEmpty ? nil : $0 }
            resourceVersion = query.text("resourceVersion").flatMap { $0.isEmpty ? nil : $0 }
        } else {
            let object = try Self.object(RequestBody(body, encoding: try RequestBody.encoding(of: contentType)))
            dryRun = object["dryRun"]?.array?.map { $0.string ?? "" } ?? []
            gracePeriodSeconds = object["gracePeriodSeconds"]?.integer
            orphanDependents = object["orphanDependents"]?.bool
            policy = object["propagationPolicy"]?.string
            uid = object["preconditions"]?["uid"]?.string
            resourceVersion = object["preconditions"]?["resourceVersion"]?.string
        }
        let path = FieldPath("propagationPolicy")
        if let policy {
            let value = JSONValue.string(policy)
            if orphanDependents != nil {
                errors.append(FieldError(.invalid, at: path, value: value, "orphanDependents and deletionPropagation cannot be both set"))
            }
            propagation = Propagation(rawValue: policy)
            if propagation == nil { errors.append(.notSupported(path, value, ["Foreground", "Background", "Orphan", "nil"])) }
        } else if let orphanDependents {
            propagation = orphanDependents ? .orphan : .background
        }
        errors += DryRun.errors(in: dryRun)
        isDryRun = DryRun.isDryRun(dryRun)
        if !errors.isEmpty { throw .invalidOptions("DeleteOptions", errors) }
    }

    /// The options that a body holds; they may name any served group version, and unknown fields do not matter.
    private static func object(_ body: RequestBody) throws(Status) -> JSONObject {
        let expected = GroupVersionKind(group: "meta.k8s.io", version: "v1", kind: "DeleteOptions")
        do throws(ObjectDecodingError) {
            let value = try body.read(expected, mergesObjects: true).value
            let kind = try RequestBody.statedKind(of: value, expected)
            guard kind.kind == expected.kind else { throw RequestBody.unregistered(kind) }
            return try BuiltInDecoding.decoded(value.object ?? JSONObject(), as: DeleteOptions.self).object
        } catch {
            throw .badRequest(error.reason)
        }
    }
}
