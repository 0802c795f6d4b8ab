public import KubernetesAPI

/// The options of requests that write: who writes, whether it is only tried, and what is done about unknown fields.
public struct WriteOptions: Sendable, Hashable {
    /// Whether nothing is stored.
    public var isDryRun = false
    /// The name that the client gives itself; empty where it gives none.
    public var fieldManager = ""
    public var fieldValidation = FieldValidation.warn

    public init() {}

    /// The options of a creation.
    ///
    /// - Throws: 422 in Kubernetes' words.
    public static func create(_ query: QueryParameters) throws(Status) -> WriteOptions { try WriteOptions(query, kind: "CreateOptions", errors: []) }

    /// The options of an update.
    ///
    /// - Throws: 422 in Kubernetes' words.
    public static func update(_ query: QueryParameters) throws(Status) -> WriteOptions { try WriteOptions(query, kind: "UpdateOptions", errors: []) }

    init(_ query: QueryParameters, kind: String, errors: [FieldError]) throws(Status) {
        var errors = errors
        fieldManager = query.text("fieldManager") ?? ""
        errors += FieldManagerName.errors(of: fieldManager)?.errors ?? []
        let dryRun = query.texts("dryRun")
        errors += DryRun.errors(in: dryRun)
        isDryRun = DryRun.isDryRun(dryRun)
        let validation = query.text("fieldValidation") ?? ""
        if let known = FieldValidation(parsing: validation) {
            fieldValidation = known
        } else {
            errors.append(.notSupported(FieldPath("fieldValidation"), .string(validation), ["", "Ignore", "Strict", "Warn"]))
        }
        if !errors.isEmpty { throw .invalidOptions(kind, errors) }
    }
}

/// The options of a patch.
public struct PatchOptions: Sendable, Hashable {
    public var write: WriteOptions
    /// Whether server-side apply takes fields from other managers.
    public var force: Bool

    /// - Throws: 422 in Kubernetes' words.
    public init(_ query: QueryParameters, kind: Patching.Kind) throws(Status) {
        var errors: [FieldError] = []
        let force = query.boolean("force")
        if kind == .apply {
            if (query.text("fieldManager") ?? "").isEmpty {
                errors.append(FieldError(.required, at: FieldPath("fieldManager"), "is required for apply patch"))
            }
        } else if force != nil {
            errors.append(FieldError(.forbidden, at: FieldPath("force"), "may not be specified for non-apply patch"))
        }
        write = try WriteOptions(query, kind: "PatchOptions", errors: errors)
        self.force = force ?? false
    }
}

/// The option `dryRun`.
enum DryRun {
    /// Go takes the mere presence of the only value that there is.
    static func isDryRun(_ values: [String]) -> Bool { !values.isEmpty }

    static func errors(in values: [String]) -> [FieldError] {
        if values.allSatisfy({ $0 == "All" }) { return [] }
        return [.notSupported(FieldPath("dryRun"), .array(values.map { .string($0) }), ["All"])]
    }
}

extension Status {
    /// Options that contradict each other or do not exist: 422.
    static func invalidOptions(_ kind: String, _ errors: [FieldError]) -> Status {
        .invalid(GroupKind(group: "meta.k8s.io", kind: kind), name: "", FieldErrors(errors))
    }
}
