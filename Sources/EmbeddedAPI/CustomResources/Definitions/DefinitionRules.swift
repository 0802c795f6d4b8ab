public import KubernetesAPI

/// What Kubernetes requires of a CustomResourceDefinition, in its words and with its places.
public struct DefinitionRules: Sendable {
    let patterns: any PatternMatching
    let rules: (any ValidationRuleEngine)?

    /// - Parameter rules: checks `x-kubernetes-validations`; without it their expressions are not looked at.
    public init(patterns: any PatternMatching, rules: (any ValidationRuleEngine)? = nil) {
        self.patterns = patterns
        self.rules = rules
    }

    /// What is wrong with a new definition, which has been prepared by ``DefinitionStatus/preparedForCreation(_:)``.
    ///
    /// - Parameter includingMetadata: whether what every object's metadata must keep is looked at, too.
    public func creationErrors(in definition: JSONObject, includingMetadata: Bool = true) -> [FieldError] {
        let hoisted = HoistedDefinition(definition)
        var errors = includingMetadata ? Self.metadataRules.creationErrors(in: hoisted.metadata) : []
        let name = hoisted.metadata["name"]?.string ?? ""
        if !name.isEmpty, name != "\(hoisted.names.plural).\(hoisted.spec["group"]?.string ?? "")" {
            errors.append(FieldError(.invalid, at: FieldPath("metadata", "name"), value: .string(name), "must be spec.names.plural+\".\"+spec.group"))
        }
        errors += specErrors(hoisted) + statusErrors(hoisted)
        if let error = approvalError(hoisted) { errors.append(error) }
        return errors
    }

    /// What is wrong with a definition that replaces `old`.
    public func updateErrors(in definition: JSONObject, replacing old: JSONObject, includingMetadata: Bool = true) -> [FieldError] {
        let (hoisted, hoistedOld) = (HoistedDefinition(definition), HoistedDefinition(old))
        var errors = includingMetadata ? Self.metadataRules.updateErrors(in: hoisted.metadata, replacing: hoistedOld.metadata) : []
        errors += specErrors(hoisted, unchanged: hoisted.versionsWithSchemas(of: hoistedOld))
        func fixed(_ value: String, _ old: String, _ path: FieldPath) {
            if value != old { errors.append(FieldError(.invalid, at: path, value: .string(value), "field is immutable")) }
        }
        if DefinitionStatus.isEstablished(old) {
            fixed(hoisted.spec["scope"]?.string ?? "", hoistedOld.spec["scope"]?.string ?? "", FieldPath("spec", "scope"))
            fixed(hoisted.names.kind, hoistedOld.names.kind, FieldPath("spec", "names", "kind"))
        }
        fixed(hoisted.spec["group"]?.string ?? "", hoistedOld.spec["group"]?.string ?? "", FieldPath("spec", "group"))
        fixed(hoisted.names.plural, hoistedOld.names.plural, FieldPath("spec", "names", "plural"))
        errors += statusErrors(hoisted)
        if approvalState(hoisted) != approvalState(hoistedOld), let error = approvalError(hoisted) { errors.append(error) }
        return errors
    }

    /// What is wrong with a definition whose status replaces that of `old`.
    public func statusErrors(in definition: JSONObject, replacing old: JSONObject, includingMetadata: Bool = true) -> [FieldError] {
        let (hoisted, hoistedOld) = (HoistedDefinition(definition), HoistedDefinition(old))
        return (includingMetadata ? Self.metadataRules.updateErrors(in: hoisted.metadata, replacing: hoistedOld.metadata) : [])
            + DefinitionNames(json: hoisted.status["acceptedNames"]).errors(at: FieldPath("status", "acceptedNames"))
    }

    /// Warnings about what a write brings into a definition: formats that are not checked, sets of objects.
    public func warnings(for definition: JSONObject, replacing old: JSONObject? = nil) -> [String] {
        let known = Set(old.map { DefinitionWarnings.all(in: HoistedDefinition($0), patterns: patterns) } ?? [])
        return DefinitionWarnings.all(in: HoistedDefinition(definition), patterns: patterns).filter { !known.contains($0) }
    }

    private static let metadataRules = ObjectMetaRules(nameRule: .dns1123Subdomain, isNamespaced: false)

    private func statusErrors(_ definition: HoistedDefinition) -> [FieldError] {
        var errors = DefinitionNames(json: definition.status["acceptedNames"]).errors(at: FieldPath("status", "acceptedNames"))
        let place = FieldPath("status", "storedVersions")
        let stored = definition.status["storedVersions"]?.array ?? []
        guard !stored.isEmpty else { return errors + [FieldError(.invalid, at: place, value: .null, "must have at least one stored version")] }
        for version in definition.versions where version.isStorage && !stored.contains(.string(version.name)) {
            errors.append(FieldError(.invalid, at: place, value: .array(stored), "must have the storage version \(version.name)"))
        }
        let names = Set(definition.versions.map(\.name))
        for (index, version) in stored.enumerated() where !names.contains(version.string ?? "") {
            let name = version.string ?? ""
            let detail =
                "missing from spec.versions; \(name) was previously a storage version, and must remain in spec.versions until a storage migration ensures "
                + "no data remains persisted in \(name) and removes \(name) from status.storedVersions"
            errors.append(FieldError(.invalid, at: place.index(index), value: version, detail))
        }
        return errors
    }

    // MARK: Groups of the Kubernetes project

    private static let approval = "api-approved.kubernetes.io"
    private enum ApprovalState { case unprotected, missing, invalid, bypassed, approved }

    private func approvalState(_ definition: HoistedDefinition) -> ApprovalState {
        let group = definition.spec["group"]?.string ?? ""
        guard ["k8s.io", "kubernetes.io"].contains(where: { group == $0 || group.hasSuffix(".\($0)") }) else { return .unprotected }
        guard let annotation = definition.metadata["annotations"]?[Self.approval]?.string, !annotation.isEmpty else { return .missing }
        if annotation.hasPrefix("unapproved") { return .bypassed }
        return annotation.contains("://") && SchemaFormat.isRequestURI(annotation) ? .approved : .invalid
    }

    private func approvalError(_ definition: HoistedDefinition) -> FieldError? {
        let place = FieldPath("metadata", "annotations").key(Self.approval)
        let must = "protected groups must have approval annotation \"\(Self.approval)\""
        let see = "see https://github.com/kubernetes/enhancements/pull/1111"
        switch approvalState(definition) {
        case .missing: return FieldError(.required, at: place, "\(must), \(see)")
        case .invalid:
            let detail = "\(must) with either a URL or a reason starting with \"unapproved\", \(see)"
            return FieldError(.invalid, at: place, value: definition.metadata["annotations"]?[Self.approval] ?? "", detail)
        case .unprotected, .bypassed, .approved: return nil
        }
    }
}
