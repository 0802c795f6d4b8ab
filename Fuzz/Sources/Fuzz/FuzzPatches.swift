import KubernetesAPI

/// The input is two JSON values, one after the other on lines of their own: a document and a patch. Whatever the patch gives is JSON again, the same each time.
private func documentAndPatch(_ bytes: UnsafeRawBufferPointer) -> (document: JSONValue, patch: JSONValue)? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let limits = JSONLimits(depth: 64, sizeBytes: 1 << 16)
    guard let document = try? JSONValue(parsing: UnsafeRawBufferPointer(rebasing: bytes[..<end]), limits: limits),
        let patch = try? JSONValue(parsing: UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...]), limits: limits)
    else { return nil }
    return (document, patch)
}

private func expectSame(_ first: JSONValue?, _ second: JSONValue?) {
    guard first == second else { fatalError("two answers: \(String(describing: first)) and \(String(describing: second))") }
}

@Sendable func fuzzJSONPatch(_ bytes: UnsafeRawBufferPointer) {
    guard let (document, json) = documentAndPatch(bytes) else { return }
    for dialect in [JSONPatch.Dialect.standard, .kubernetes] {
        guard let patch = try? JSONPatch(parsing: json, dialect: dialect) else { continue }
        expectSame(try? patch.applied(to: document), try? patch.applied(to: document))
    }
}

@Sendable func fuzzMergePatch(_ bytes: UnsafeRawBufferPointer) {
    guard let (document, json) = documentAndPatch(bytes) else { return }
    guard let patched = try? MergePatch(json).applied(to: document) else { return }
    expectSame(try? MergePatch(json).applied(to: patched), patched)
    expectSame(try? MergePatch.make(from: document, to: patched).applied(to: document), patched)
}

@Sendable func fuzzStrategicMergePatch(_ bytes: UnsafeRawBufferPointer) {
    guard let (document, json) = documentAndPatch(bytes), case .object(let object) = document, case .object(let members) = json else { return }
    for schema in [Pod.definition, Service.definition, Deployment.definition] {
        let patch = StrategicMergePatch(members)
        let patched = try? patch.applied(to: object, schema: schema)
        expectSame(patched.map(JSONValue.object), (try? patch.applied(to: object, schema: schema)).map(JSONValue.object))
    }
}
