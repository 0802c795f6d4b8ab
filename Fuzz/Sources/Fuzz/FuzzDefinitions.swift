import KubernetesAPI

@testable import EmbeddedAPI

/// The input is a CustomResourceDefinition and up to three objects of it, as JSON on lines of their own. What is accepted serves these objects.
@Sendable func fuzzDefinitions(_ bytes: UnsafeRawBufferPointer) {
    guard let lines = jsonLines(bytes, atMost: 4), let json = lines.first?.object else { return }
    guard let decoded = try? BuiltInDecoding.decoded(json, as: CustomResourceDefinition.self).object else { return }
    let defaulted = DefinitionDefaults.apply(decoded)
    expect(DefinitionDefaults.apply(defaulted) == defaulted, "defaulted twice: \(defaulted)")
    let definition = DefinitionStatus.preparedForCreation(defaulted)
    let (patterns, rules) = (LinearPatterns(), CELRuleEngine())
    let checks = DefinitionRules(patterns: patterns, rules: rules)
    let errors = checks.creationErrors(in: definition, includingMetadata: false)
    for error in errors { _ = "\(error)" }
    _ = checks.warnings(for: definition)
    _ = checks.updateErrors(in: DefinitionStatus.preparedForUpdate(definition, replacing: definition), replacing: definition, includingMetadata: false)
    guard errors.isEmpty else { return }
    guard let resource = CustomResource(definition: definition, patterns: patterns) else { fatalError("accepted without a storage version: \(definition)") }
    let objects = lines.dropFirst().compactMap(\.object)
    for version in resource.versions {
        _ = version.columnDefinitions
        var old: JSONObject?
        for object in objects {
            var object = object
            object["apiVersion"] = .string(version.apiVersion)
            object["kind"] = .string(version.kind)
            guard let read = try? version.decoded(object) else { continue }
            expect((try? version.decoded(read.object))?.object == read.object, "decoded twice: \(read.object)")
            let created = version.preparedForCreation(read.object)
            let findings = version.creationFindings(in: created, rules: rules)
            for error in findings.errors { _ = "\(error)" }
            _ = (version.cells(of: created, now: fuzzTime), version.selectableValues(of: created), version.finalizerWarnings(in: created, replacing: old))
            if let old {
                let updated = version.preparedForUpdate(read.object, replacing: old)
                _ = version.updateFindings(in: updated, replacing: old, rules: rules)
                _ = version.statusFindings(in: version.preparedForStatusUpdate(read.object, replacing: old), replacing: old, rules: rules)
            }
            guard findings.errors.isEmpty else { continue }
            let stored = resource.stored(created, from: version)
            for other in resource.versions { _ = resource.read(stored, as: other) }
            old = created
        }
    }
}
