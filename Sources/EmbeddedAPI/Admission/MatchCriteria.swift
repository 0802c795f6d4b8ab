import KubernetesAPI

/// Which requests a policy or a binding is about: `matchConstraints` or `matchResources`.
///
/// Source: <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/matching/matching.go>.
struct MatchCriteria: Sendable {
    /// A selector that cannot be read, or a namespace that is not there.
    struct Failure: Error { let reason: String }

    private let namespaceSelector: Result<Selector, Failure>
    private let objectSelector: Result<Selector, Failure>
    private let rules: [MatchRule]
    private let excluded: [MatchRule]
    /// Whether a rule for another version of the resource counts, too.
    private let isEquivalent: Bool

    init(_ json: JSONValue?) {
        func selector(_ field: String) -> Result<Selector, Failure> {
            Result { () throws(FieldErrors) in try Selector(structured: json?[field]?.object ?? JSONObject()) }.mapError { Failure(reason: "\($0)") }
        }
        namespaceSelector = selector("namespaceSelector")
        objectSelector = selector("objectSelector")
        rules = (json?["resourceRules"]?.array ?? []).map(MatchRule.init)
        excluded = (json?["excludeResourceRules"]?.array ?? []).map(MatchRule.init)
        isEquivalent = json?["matchPolicy"]?.string != "Exact"
    }

    /// The request in the version that the criteria ask for; nil when they do not match.
    ///
    /// - Throws: what stands in the way of a decision, once all else matches.
    func match(_ request: AdmissionRequest, reading: any ObjectReading) throws(Failure) -> AdmissionRequest? {
        let inNamespace = Result { () throws(Failure) in try matchesNamespace(of: request, reading) }
        if case .success(false) = inNamespace { return nil }
        let selected = objectSelector.map { selector in
            selector.isEverything
                || [request.object, request.oldObject].contains { object in
                    object.map { selector.matches($0["metadata"]?["labels"]?.object) } ?? false
                }
        }
        if case .success(false) = selected { return nil }
        if version(of: excluded, for: request) != nil { return nil }
        let matched: String?
        if rules.isEmpty { matched = request.resource.version } else { matched = version(of: rules, for: request) }
        guard let matched else { return nil }
        _ = try inNamespace.get()
        _ = try selected.get()
        return request.converted(to: matched)
    }

    /// The version of the resource that a rule names: the request's own, or another one that is served.
    private func version(of rules: [MatchRule], for request: AdmissionRequest) -> String? {
        if rules.contains(where: { $0.matches(request, version: request.resource.version) }) { return request.resource.version }
        guard isEquivalent else { return nil }
        for rule in rules {
            if let version = request.servedVersions.first(where: { rule.matches(request, version: $0) }) { return version }
        }
        return nil
    }

    private func matchesNamespace(of request: AdmissionRequest, _ reading: any ObjectReading) throws(Failure) -> Bool {
        let selector = try namespaceSelector.get()
        if selector.isEverything || (request.namespace.isEmpty && !request.isAboutNamespace) { return true }
        if request.isAboutNamespace, request.subresource.isEmpty, let object = request.object { return selector.matches(object["metadata"]?["labels"]?.object) }
        let name = request.namespace.isEmpty ? request.name : request.namespace
        let resource = GroupResource(group: "", resource: "namespaces")
        guard let namespace = reading.object(resource, namespace: "", name: name) else { throw Failure(reason: "namespaces \(name.quotedAsGo) not found") }
        return selector.matches(namespace["metadata"]?["labels"]?.object)
    }
}

/// One of `resourceRules`.
struct MatchRule: Sendable {
    private let groups: [String]
    private let versions: [String]
    private let operations: [String]
    private let resources: [String]
    private let names: [String]
    private let scope: String

    init(_ json: JSONValue) {
        func texts(_ field: String) -> [String] { (json[field]?.array ?? []).compactMap(\.string) }
        groups = texts("apiGroups")
        versions = texts("apiVersions")
        operations = texts("operations")
        resources = texts("resources")
        names = texts("resourceNames")
        scope = json["scope"]?.string ?? "*"
    }

    func matches(_ request: AdmissionRequest, version: String) -> Bool {
        func contains(_ words: [String], _ word: String) -> Bool { words.contains { $0 == "*" || $0 == word } }
        return contains(operations, request.operation.rawValue) && contains(groups, request.resource.group) && contains(versions, version)
            && matchesScope(of: request) && matchesResource(of: request) && (names.isEmpty || names.contains(request.name))
    }

    private func matchesScope(of request: AdmissionRequest) -> Bool {
        let isClusterWide = request.isAboutNamespace || request.namespace.isEmpty
        return scope == "*" || scope.isEmpty || (scope == "Cluster") == isClusterWide
    }

    /// `pods`, `pods/status`, `*`, `*/*`, `pods/*`, `*/scale`.
    private func matchesResource(of request: AdmissionRequest) -> Bool {
        resources.contains { pattern in
            let parts = pattern.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let (resource, subresource) = (parts[0], parts.count > 1 ? parts[1] : "")
            return (resource == "*" || resource == request.resource.resource) && (subresource == "*" || subresource == request.subresource)
        }
    }
}
