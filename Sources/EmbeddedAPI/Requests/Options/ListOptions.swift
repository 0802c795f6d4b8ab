public import KubernetesAPI

/// What a list or watch shows: `ListOptions` from the query.
public struct ListOptions: Sendable, Hashable {
    public enum VersionMatch: String, Sendable {
        case exact = "Exact"
        case notOlderThan = "NotOlderThan"
    }

    public var labels = Selector([])
    public var fields = FieldSelector.everything
    public var isWatch = false
    public var allowsBookmarks = false
    /// As the client gives it; empty for the latest, `0` for any.
    public var resourceVersion = ""
    public var resourceVersionMatch: VersionMatch?
    /// How long a watch lasts; nil or 0 for the server's choice.
    public var timeoutSeconds: Int64?
    /// The most objects of a page; 0 or less for all.
    public var limit: Int64 = 0
    /// Where a list goes on; empty at its beginning.
    public var continueToken = ""
    /// Whether a watch begins with the objects that exist; nil where that follows from the version.
    public var sendsInitialEvents: Bool?

    public init() {}

    /// - Parameter isWatch: whether the request is a watch without saying so, as under the old `/watch/` paths.
    /// - Throws: 400 for a parameter that cannot be read, 422 for options that do not go together.
    public init(_ query: QueryParameters, isWatch forcedWatch: Bool = false) throws(Status) {
        // In the order in which Kubernetes reads them: numbers before selectors.
        timeoutSeconds = try query.integer("timeoutSeconds")
        limit = try query.integer("limit") ?? 0
        do throws(ValueError) {
            labels = try Selector(parsing: query.text("labelSelector") ?? "")
            fields = try FieldSelector(parsing: query.text("fieldSelector") ?? "")
        } catch {
            throw .badRequest(error.reason)
        }
        isWatch = query.boolean("watch") ?? false
        allowsBookmarks = query.boolean("allowWatchBookmarks") ?? false
        resourceVersion = query.text("resourceVersion") ?? ""
        continueToken = query.text("continue") ?? ""
        sendsInitialEvents = query.boolean("sendInitialEvents")
        let match = query.text("resourceVersionMatch") ?? ""
        resourceVersionMatch = VersionMatch(rawValue: match)

        let errors = isWatch ? watchErrors(match) : listErrors(match)
        if !errors.isEmpty { throw .invalidOptions("ListOptions", errors) }
        if forcedWatch { isWatch = true }
    }

    /// Whether a watch begins with the objects that exist. Where the client does not say it, a watch of the latest or any version does.
    public var beginsWithInitialEvents: Bool {
        sendsInitialEvents ?? (isWatch && resourceVersionMatch == nil && ["", "0"].contains(resourceVersion))
    }

    private static let matchPath = FieldPath("resourceVersionMatch")

    private func listErrors(_ match: String) -> [FieldError] {
        var errors: [FieldError] = []
        if !match.isEmpty {
            if resourceVersion.isEmpty {
                errors.append(FieldError(.forbidden, at: Self.matchPath, "resourceVersionMatch is forbidden unless resourceVersion is provided"))
            }
            if !continueToken.isEmpty { errors.append(Self.forbiddenWithContinue) }
            if resourceVersionMatch == nil { errors.append(.notSupported(Self.matchPath, .string(match), ["Exact", "NotOlderThan", ""])) }
            if resourceVersionMatch == .exact, resourceVersion == "0" {
                errors.append(FieldError(.forbidden, at: Self.matchPath, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""))
            }
        }
        if sendsInitialEvents != nil {
            errors.append(FieldError(.forbidden, at: FieldPath("sendInitialEvents"), "sendInitialEvents is forbidden for list"))
        }
        return errors
    }

    private func watchErrors(_ match: String) -> [FieldError] {
        var errors: [FieldError] = []
        if sendsInitialEvents != nil, resourceVersionMatch != .notOlderThan {
            errors.append(FieldError(.forbidden, at: Self.matchPath, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"))
        }
        if !match.isEmpty {
            if sendsInitialEvents == nil {
                errors.append(
                    FieldError(.forbidden, at: Self.matchPath, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"))
            }
            if resourceVersionMatch != .notOlderThan { errors.append(.notSupported(Self.matchPath, .string(match), ["NotOlderThan"])) }
            if !continueToken.isEmpty { errors.append(Self.forbiddenWithContinue) }
        }
        return errors
    }

    private static var forbiddenWithContinue: FieldError {
        FieldError(.forbidden, at: matchPath, "resourceVersionMatch is forbidden when continue is provided")
    }

    /// Refuses fields that selectors of the resource cannot use.
    ///
    /// - Parameters:
    ///   - supported: the fields besides `metadata.name` and `metadata.namespace`.
    ///   - hasOwnFields: whether Kubernetes has a list of fields for the kind, which decides about the words.
    /// - Throws: 400.
    public func checkFields(supported: Set<String>, hasOwnFields: Bool) throws(Status) {
        for term in fields.terms where term.field != "metadata.name" && term.field != "metadata.namespace" && !supported.contains(term.field) {
            let known = "only \"metadata.name\", \"metadata.namespace\""
            throw .badRequest(
                hasOwnFields ? "field label not supported: \(term.field)" : "\(term.field.quotedAsGo) is not a known field selector: \(known)")
        }
    }

    /// Checks what a list needs of its version. A watch and a single object answer such a version with 500.
    ///
    /// - Returns: the version; nil for the latest.
    /// - Throws: 400 for a version that is none, or with a continue token.
    public func listVersion() throws(Status) -> UInt64? {
        if !continueToken.isEmpty {
            guard resourceVersion.isEmpty || resourceVersion == "0" else { throw .badRequest("specifying resource version is not allowed when using continue") }
            return nil
        }
        return try Self.version(resourceVersion, code: .badRequest)
    }

    /// The version that a watch or the reading of one object begins with; nil for the latest.
    ///
    /// - Throws: 500 without a reason, for a version that is none.
    public static func readVersion(_ text: String) throws(Status) -> UInt64? { try version(text, code: .unknown) }

    private static func version(_ text: String, code reason: Status.Reason) throws(Status) -> UInt64? {
        if text.isEmpty { return nil }
        if let version = UInt64(text), text.utf8.first != UInt8(ascii: "+") { return version }
        let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let why = "strconv.ParseUint: parsing \(text.quotedAsGo): \(isNumber ? "value out of range" : "invalid syntax")"
        let error = FieldError(.invalid, at: FieldPath("resourceVersion"), value: .string(text), why)
        throw reason == .badRequest ? .badRequest("invalid resource version: \(error)") : Status(failure: reason, message: "\(error)")
    }
}
