/// Applies one strategic merge patch.
///
/// Objects change in place: a list of a patch may name the same element many times, and each time costs only what it changes. What costs more is counted.
struct StrategicMerger {
    typealias Directive = StrategicMergePatch.Directive
    typealias Directives = StrategicMergePatch.Directives

    /// Elements of lists that are gone through, and members of objects from which some are removed, at most. A patch that names nothing twice goes through
    /// each element of object and patch a few times; what a Kubernetes API server takes, 3 MiB each, stays below this.
    private let maxVisitedElements: Int
    private var visitedElements = 0

    init(maxVisitedElements: Int = 1 << 22) { self.maxVisitedElements = maxVisitedElements }

    mutating func visit(_ count: Int, at path: FieldPath) throws(PatchError) {
        visitedElements += count
        guard visitedElements <= maxVisitedElements else {
            throw PatchError(.limitExceeded, at: .field(path), "\(path): the patch names the same elements of long lists too often; name each once")
        }
    }

    // MARK: Objects

    mutating func merge(_ patch: JSONObject, into object: inout JSONObject, as type: PatchValue, at path: FieldPath) throws(PatchError) {
        guard path.elements.count < PatchError.maxDepth else { throw PatchError.tooDeep }
        if let directive = patch[Directive.patch] {
            object = try replacement(by: directive, patch, at: path)
            return
        }
        let directives = try Directives(of: patch, at: path)
        if let retained = directives.retainedKeys {
            try visit(object.count, at: path)
            object.removeAll { !retained.contains(.string($0.key)) }
        }
        var ordered: Set<JSONValue> = []
        for (name, order) in directives.orders {
            ordered.insert(.string(name))
            try mergeAndOrder(name, order, patch: patch[name], in: &object, field: type.field(name), at: path)
        }
        for (name, deletions) in directives.deletions { try delete(deletions, from: name, in: &object, at: path) }

        var removes = false
        for (name, change) in patch where !Directives.isDirective(name) && !ordered.contains(.string(name)) {
            if change.isNull {
                removes = true
            } else {
                let count = object.count
                try mergeMember(name, change, into: &object[name], field: type.field(name), at: path)
                if object.count < count { try visit(count, at: path) }
            }
        }
        if removes {
            // Together, since each removal alone moves all members behind it.
            try visit(object.count, at: path)
            object.removeAll { patch[$0.key]?.isNull == true }
        }
    }

    /// What `$patch` makes of the object that it is in.
    private func replacement(by directive: JSONValue, _ patch: JSONObject, at path: FieldPath) throws(PatchError) -> JSONObject {
        switch directive {
        case .string(Directive.delete): return JSONObject()
        case .string(Directive.replace):
            var object = patch
            object[Directive.patch] = nil
            return object
        default: throw PatchError.unknownPatchType(directive, at: path)
        }
    }

    mutating func mergeMember(
        _ name: String, _ change: JSONValue, into slot: inout JSONValue?, field: PatchField?, at parent: FieldPath
    ) throws(PatchError) {
        let strategies = field?.strategies ?? []
        if case .object(let new) = change, var object = slot.takeObject() {
            slot = change
            if strategies.contains(.replace) { return }
            try merge(new, into: &object, as: field?.value ?? .plain, at: parent.field(name))
            slot = .object(object)
        } else if case .array(let new) = change, var elements = slot.takeArray() {
            slot = change
            guard let field, strategies.contains(.merge) else { return }
            try mergeList(new, into: &elements, field: field, at: parent.field(name))
            slot = .array(elements)
        } else {
            slot = try newValue(change, depth: parent.elements.count + 1)
        }
    }

    /// A value of the patch for a member that the object lacks (or has as another type): without nulls and without what `$patch` is in.
    /// Nil where `$patch` is in the value itself.
    private func newValue(_ value: JSONValue, depth: Int) throws(PatchError) -> JSONValue? {
        switch value {
        case .null, .bool, .integer, .double, .string: return value
        case .object(let object):
            if object[Directive.patch] != nil { return nil }
            guard depth < PatchError.maxDepth else { throw PatchError.tooDeep }
            var result = JSONObject()
            for (name, member) in object where !member.isNull { result[name] = try newValue(member, depth: depth + 1) }
            return .object(result)
        case .array(let elements):
            guard depth < PatchError.maxDepth else { throw PatchError.tooDeep }
            var result: [JSONValue] = []
            result.reserveCapacity(elements.count)
            for element in elements {
                if let element = try newValue(element, depth: depth + 1) { result.append(element) }
            }
            return .array(result)
        }
    }
}
