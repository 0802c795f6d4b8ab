public import KubernetesAPI

/// Lets a user act as another, if he may: Kubernetes' constrained impersonation, and the older form after it.
///
/// In the constrained form a user needs the verb `impersonate:MODE` on whom he acts as and `impersonate-on:MODE:VERB` on what he does so; in the older one
/// `impersonate` is enough. Modes are tried in a fixed order; when none allows it, the refusal of the first is the answer.
public struct Impersonation: Sendable {
    private let authorizer: any Authorizing

    public init(authorizer: any Authorizing) { self.authorizer = authorizer }

    /// Who the request acts as.
    ///
    /// - Parameters:
    ///   - headers: all headers of the request; values as they were sent.
    ///   - attributes: what is requested, by the user whose credentials came with it.
    /// - Returns: that user when no header asks for another.
    /// - Throws: 400 when groups, a uid or extra facts are asked for without a name; 403 when the user may not.
    public func identity(headers: [(name: String, value: String)], for attributes: AccessAttributes) throws(Status) -> Identity {
        guard let wanted = try ImpersonatedUser(headers: headers) else { return attributes.user }
        var refusal: Status?
        for mode in ImpersonationMode.allCases where mode.applies(to: wanted, by: attributes.user) {
            do throws(Status) {
                return try identity(wanted, mode, attributes)
            } catch {
                if refusal == nil { refusal = error }
            }
        }
        throw refusal ?? .internalError("all impersonation modes failed")
    }

    private func identity(_ wanted: ImpersonatedUser, _ mode: ImpersonationMode, _ attributes: AccessAttributes) throws(Status) -> Identity {
        if mode.isConstrained {
            var action = mode.requester(attributes)
            action.verb = "impersonate-on:\(mode.rawValue):\(attributes.verb)"
            try check(action)
        }
        let check = Check(authorizer: authorizer, mode: mode, requester: mode.requester(attributes).user)
        var identity = Identity(name: wanted.name, uid: wanted.uid, groups: wanted.groups, extra: wanted.extra)
        try check.name(wanted, &identity)
        if !wanted.uid.isEmpty { try check.one("uids", wanted.uid, group: Check.group) }
        try check.groups(wanted.groups)
        try check.extra(wanted.extra)
        let implied: String?
        if identity.name == Identity.anonymousName {
            implied = Identity.unauthenticatedGroup
        } else {
            implied = identity.groups.contains(Identity.unauthenticatedGroup) ? nil : Identity.authenticatedGroup
        }
        if let implied, !identity.groups.contains(implied) { identity.groups.append(implied) }
        return identity
    }

    private func check(_ attributes: AccessAttributes) throws(Status) {
        let decision = authorizer.decide(attributes)
        if !decision.isAllowed { throw .denied(attributes, reason: decision.reason) }
    }
}

/// The ways in which a user may act as another; in the order in which they are tried.
enum ImpersonationMode: String, CaseIterable {
    case associatedNode = "associated-node"
    case arbitraryNode = "arbitrary-node"
    case serviceAccount = "serviceaccount"
    case userInfo = "user-info"
    case legacy

    var isConstrained: Bool { self != .legacy }
    var verb: String { isConstrained ? "impersonate:\(rawValue)" : "impersonate" }

    func applies(to wanted: ImpersonatedUser, by requester: Identity) -> Bool {
        switch self {
        case .associatedNode:
            wanted.isNameOnly && Identity.serviceAccount(inName: requester.name) != nil
                && Identity.node(inName: wanted.name).map { requester.extra["authentication.kubernetes.io/node-name"] == [$0] } ?? false
        case .arbitraryNode: wanted.isNameOnly && Identity.node(inName: wanted.name) != nil
        case .serviceAccount: wanted.isNameOnly && Identity.serviceAccount(inName: wanted.name) != nil
        case .userInfo: Identity.node(inName: wanted.name) == nil && Identity.serviceAccount(inName: wanted.name) == nil
        case .legacy: true
        }
    }

    /// The request as the mode has it authorized: for its own node a service account is one and the same, wherever it runs.
    func requester(_ attributes: AccessAttributes) -> AccessAttributes {
        guard self == .associatedNode else { return attributes }
        var attributes = attributes
        attributes.user.extra = ["authentication.kubernetes.io/associated-node-keys": attributes.user.extra.keys.sorted()]
        return attributes
    }
}

/// Asks, for each fact of the wanted user, whether the requester may take it on.
private struct Check {
    static let group = "authentication.k8s.io"
    /// From how many groups or values on the right to all of them is asked for first.
    static let many = 4

    let authorizer: any Authorizing
    let mode: ImpersonationMode
    let requester: Identity

    private var nameGroup: String { mode.isConstrained ? Self.group : "" }

    func name(_ wanted: ImpersonatedUser, _ identity: inout Identity) throws(Status) {
        if let account = Identity.serviceAccount(inName: wanted.name) {
            if wanted.groups.isEmpty { identity.groups = Identity.serviceAccountGroups(namespace: account.namespace) }
            try one("serviceaccounts", account.name, group: nameGroup, namespace: account.namespace)
        } else if mode.isConstrained, let node = Identity.node(inName: wanted.name) {
            identity.groups = ["system:nodes"]
            try one("nodes", mode == .associatedNode ? "*" : node, group: nameGroup)
        } else {
            try one("users", wanted.name, group: nameGroup)
        }
    }

    func groups(_ groups: [String]) throws(Status) {
        if mode.isConstrained {
            if groups.contains("") { throw refusal("groups", "", group: nameGroup, "impersonating the empty string group is not allowed") }
            if groups.contains(Identity.privilegedGroup) {
                throw refusal("groups", Identity.privilegedGroup, group: nameGroup, "impersonating the system:masters group is not allowed")
            }
            if groups.count >= Self.many, isAllowed(attributes("groups", "*", group: nameGroup)) { return }
        }
        for group in groups { try one("groups", group, group: nameGroup) }
    }

    func extra(_ extra: [String: [String]]) throws(Status) {
        if mode.isConstrained {
            for key in extra.keys.sorted() {
                if let problem = Self.problem(key, extra[key] ?? []) { throw refusal("userextras", "", group: Self.group, problem) }
            }
            let isLarge = extra.count >= Self.many || extra.values.reduce(0, { $0 + $1.count }) >= Self.many
            if isLarge, isAllowed(attributes("userextras", "*", group: Self.group, subresource: "*")) { return }
        }
        for key in extra.keys.sorted() {
            for value in extra[key] ?? [] { try one("userextras", value, group: Self.group, subresource: key) }
        }
    }

    func one(_ resource: String, _ name: String, group: String, namespace: String = "", subresource: String = "") throws(Status) {
        let attributes = attributes(resource, name, group: group, namespace: namespace, subresource: subresource)
        let decision = authorizer.decide(attributes)
        if !decision.isAllowed { throw .denied(attributes, reason: decision.reason) }
    }

    private static func problem(_ key: String, _ values: [String]) -> String? {
        if key.isEmpty { return "impersonating the empty string key in extra is not allowed" }
        if let invalid = domainPrefixedPathError(key) { return "impersonating an invalid key in extra is not allowed: \(invalid)" }
        if key != key.lowercased() { return "impersonating a non-lowercase key in extra is not allowed: \(key.quotedAsGo)" }
        if values.contains("") { return "impersonating the empty string value in extra is not allowed" }
        return nil
    }

    /// Keys are like `example.com/path`.
    private static func domainPrefixedPathError(_ key: String) -> String? {
        let path = FieldPath("extra", "key")
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return FieldError(
                .invalid, at: path, value: .string(key), "must be a domain-prefixed path (such as \"acme.io/foo\")"
            ).description
        }
        var errors = NameRule.dns1123Subdomain.violations(in: parts[0]).map { FieldError(.invalid, at: path, value: .string(parts[0]), $0).description }
        if !parts[1].utf8.allSatisfy(isPathCharacter) {
            let detail = "Invalid path (e.g. 'acme.io/foo', regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"
            errors.append(FieldError(.invalid, at: path, value: .string(parts[1]), detail).description)
        }
        return errors.isEmpty ? nil : errors.aggregatedErrors
    }

    private static func isPathCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: "/-._~%!$&'()*+,;=:".utf8.contains(byte)
        }
    }

    private func isAllowed(_ attributes: AccessAttributes) -> Bool { authorizer.decide(attributes).isAllowed }

    private func refusal(_ resource: String, _ name: String, group: String, _ why: String) -> Status {
        .denied(attributes(resource, name, group: group), reason: why)
    }

    private func attributes(_ resource: String, _ name: String, group: String, namespace: String = "", subresource: String = "") -> AccessAttributes {
        AccessAttributes(
            user: requester, verb: mode.verb, group: group, version: "v1", resource: resource, subresource: subresource, name: name, namespace: namespace)
    }
}
