import KubernetesAPI

@testable import EmbeddedAPI

private let fuzzedKinds: [any BuiltInKind] =
    BuiltInKinds.all + [DefinitionKind(rules: DefinitionRules(patterns: LinearPatterns(), rules: CELRuleEngine()))]

extension Choices {
    /// A kind, and objects of it: the one that the rest of the input is as JSON, or made of choices.
    fileprivate mutating func kindAndObjects() -> (kind: any BuiltInKind, objects: [JSONObject]) {
        let kind = element(of: fuzzedKinds)
        guard byte() == UInt8(ascii: "J") else { return (kind, [nearlyValidObject(of: kind.type), nearlyValidObject(of: kind.type)]) }
        let objects = rest().split(separator: "\n", maxSplits: 1).compactMap { try? JSONValue(parsing: String($0), limits: .fuzzed).object }
        return (kind, objects)
    }
}

/// What was read of a body is read again as it is.
@Sendable func fuzzDecoding(_ bytes: UnsafeRawBufferPointer) {
    var choices = Choices(bytes)
    let (kind, objects) = choices.kindAndObjects()
    for object in objects {
        do throws(ObjectDecodingError) {
            let once = try BuiltInDecoding.decoded(object, as: kind.type)
            let twice = try BuiltInDecoding.decoded(once.object, as: kind.type)
            expect(twice.object == once.object && twice.unknownFields.isEmpty, "read otherwise the second time\n\(object)\n\(once.object)\n\(twice.object)")
        } catch {
            expect(!error.reason.isEmpty, "refused without a reason")
        }
        let body = RequestBody(JSONValue.object(object).serialized(), encoding: .json)
        for validation in [FieldValidation.strict, .warn] { _ = try? body.object(of: kind.type, validation: validation) }
    }
}

/// Every rule of every kind has an answer for every object that can be read.
@Sendable func fuzzBuiltInRules(_ bytes: UnsafeRawBufferPointer) {
    var choices = Choices(bytes)
    let (kind, objects) = choices.kindAndObjects()
    let rules = BuiltInRules(kind)
    var old: JSONObject?
    for object in objects {
        guard let read = try? rules.decoded(object) else { continue }
        var defaulted = read
        kind.applyDefaults(to: &defaulted)
        expect(defaulted == read, "defaulted twice\n\(read)\n\(defaulted)")
        let created = rules.preparedForCreation(read)
        let findings = rules.creationFindings(in: created)
        for error in findings.errors { _ = "\(error)" }
        _ = (kind.warnings(for: created, replacing: nil), rules.selectableValues(of: created))
        let cells = kind.cells(of: created, now: fuzzTime)
        expect(cells.count == kind.columns.count, "\(cells.count) cells for \(kind.columns.count) columns")
        _ = rules.read(rules.stored(created))
        if let old {
            let updated = rules.preparedForUpdate(read, replacing: old)
            for error in rules.updateFindings(in: updated, replacing: old).errors { _ = "\(error)" }
            _ = kind.warnings(for: updated, replacing: old)
            let status = rules.preparedForStatusUpdate(read, replacing: old)
            for error in rules.statusFindings(in: status, replacing: old).errors { _ = "\(error)" }
        }
        old = created
    }
}
