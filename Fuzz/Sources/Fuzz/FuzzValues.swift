import KubernetesAPI

/// What is read of a quantity, a duration or a time is printed and read back equal.
@Sendable func fuzzValues(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let quantity = try? Quantity(parsing: text) {
        guard let again = try? Quantity(parsing: quantity.canonicalText), again == quantity else { fatalError("quantity \(text)") }
        _ = (quantity + quantity, quantity - quantity, quantity.value(), quantity.milliValue(), quantity.double, quantity < again)
    }
    if let duration = try? DurationText(parsing: text) {
        guard let again = try? DurationText(parsing: duration.description), again == duration else { fatalError("duration \(text)") }
        guard let short = try? DurationText(parsing: duration.shortDescription), short == duration else { fatalError("short duration \(text)") }
    }
    if let time = try? Time(parsing: text) {
        guard let again = try? Time(parsing: time.description), again == time else { fatalError("time \(text)") }
    }
    if let time = try? MicroTime(parsing: text) {
        guard let again = try? MicroTime(parsing: time.description), again == time else { fatalError("micro time \(text)") }
    }
    _ = try? Base64Data(base64: text)
}

/// What is read of a label or field selector is printed and read back equal.
@Sendable func fuzzSelectors(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let selector = try? Selector(parsing: text) {
        guard let again = try? Selector(parsing: selector.description), again == selector else { fatalError("label selector \(text)") }
        _ = selector.matches(["app": "web", "tier": "1"])
    }
    if let selector = try? FieldSelector(parsing: text) {
        guard let again = try? FieldSelector(parsing: selector.description), again == selector else { fatalError("field selector \(text)") }
        _ = selector.matches { $0 == "metadata.name" ? "a" : nil }
    }
}

/// An object from outside is taken for a declared type or refused with a path; its unknown members survive.
@Sendable func fuzzObjects(_ bytes: UnsafeRawBufferPointer) {
    guard let json = try? JSONValue(parsing: bytes, limits: JSONLimits(depth: 128, sizeBytes: 1 << 18)), case .object(let members) = json else { return }
    if let pod = try? Pod(checking: json) {
        for member in members where !member.value.isNull && pod.members[member.key] != member.value { fatalError("\(member.key) got lost") }
        _ = (pod.spec?.containers.map(\.name), pod.metadata.labels, pod.status?.conditions)
    }
    _ = try? Deployment(checking: json)
    _ = try? CustomResourceDefinition(checking: json)
    _ = try? ResourceList<DynamicObject>(checking: json)
}
