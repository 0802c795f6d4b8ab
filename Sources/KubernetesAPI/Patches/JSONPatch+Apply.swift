extension JSONPatch {
    /// The document after all operations.
    ///
    /// - Throws: ``PatchError`` with the index of the first operation that fails: `doesNotApply`, `testFailed`, or `limitExceeded`.
    public func applied(to document: JSONValue, limits: Limits = Limits()) throws(PatchError) -> JSONValue {
        guard operations.count <= limits.operations else {
            throw PatchError(.limitExceeded, at: .patch, "The allowed maximum operations in a JSON patch is \(limits.operations), got \(operations.count)")
        }
        var target = PatchTarget(document, dialect: dialect, limits: limits)
        for (index, operation) in operations.enumerated() {
            do {
                try target.apply(operation)
            } catch {
                throw PatchError(error.reason, at: .operation(index, error.pointer), "patch[\(index)]: \(error.problem)")
            }
        }
        return target.document
    }
}

/// Why one operation fails.
private struct OperationFailure: Error {
    let reason: PatchError.Reason
    let pointer: JSONPointer
    let problem: String

    init(_ reason: PatchError.Reason, _ pointer: JSONPointer, _ problem: String) {
        self.reason = reason
        self.pointer = pointer
        self.problem = problem
    }

    /// An operation that does not fit the document.
    init(_ pointer: JSONPointer, _ problem: String) { self.init(.doesNotApply, pointer, problem) }
}

/// A document that operations change in place, and what they have used of their limits.
private struct PatchTarget {
    private(set) var document: JSONValue
    private let dialect: JSONPatch.Dialect
    private let limits: JSONPatch.Limits
    private var copiedBytes = 0
    private var shiftedElements = 0

    init(_ document: JSONValue, dialect: JSONPatch.Dialect, limits: JSONPatch.Limits) {
        self.document = document
        self.dialect = dialect
        self.limits = limits
    }

    mutating func apply(_ operation: JSONPatch.Operation) throws(OperationFailure) {
        let kind = operation.kind
        switch operation {
        case .add(let path, let value):
            try checkDepth(of: value, at: path, kind)
            _ = try change(.add(value), at: path, kind)
        case .remove(let path):
            _ = try change(.remove, at: path, kind)
        case .replace(let path, let value):
            try checkDepth(of: value, at: path, kind)
            _ = try change(.replace(value), at: path, kind)
        case .move(let from, let path):
            try move(from, path)
        case .copy(let from, let path):
            let found = try lookup(from, kind)
            guard let value = found ?? (dialect == .kubernetes ? JSONValue?.some(.null) : nil) else { throw missing(from, kind) }
            let size = ValueSize(of: value, maxBytes: limits.copiedBytes - copiedBytes, maxDepth: limits.depth - path.tokens.count)
            copiedBytes += size.bytes
            guard copiedBytes <= limits.copiedBytes else {
                let limit = "the limit of \(limits.copiedBytes) bytes; send several patches"
                throw OperationFailure(.limitExceeded, from, "Unable to copy, the accumulated size increase of copy operation exceeds \(limit)")
            }
            guard !size.isTooDeep else { throw tooDeep(path, kind) }
            _ = try change(.add(value), at: path, kind)
        case .test(let path, let expected):
            let found = try lookup(path, kind)
            guard found != nil || dialect == .kubernetes else { throw missing(path, kind) }
            guard (found ?? .null) == expected else {
                let problem = "testing value \(path.quoted) failed: the object has \(found == nil ? "no value" : "another value") there"
                throw OperationFailure(.testFailed, path, problem)
            }
        }
    }

    private mutating func move(_ from: JSONPointer, _ path: JSONPointer) throws(OperationFailure) {
        guard let moved = try lookup(from, "move") else { throw missing(from, "move") }
        if from == path { return }
        guard !from.isPrefix(of: path) else {
            throw OperationFailure(path, "move operation does not apply: \(path.quoted) is inside of what is moved, \(from.quoted)")
        }
        if path.tokens.count > from.tokens.count {
            let size = ValueSize(of: moved, maxValues: limits.shiftedElements - shiftedElements, maxDepth: limits.depth - path.tokens.count)
            guard !size.isTooDeep else { throw tooDeep(path, "move") }
            try use(size.values, at: path)
        }
        let removed = try change(.remove, at: from, "move")
        _ = try change(.add(removed ?? .null), at: path, "move")
    }

    // MARK: Reading

    /// The value at `pointer`; nil when only the last step leads to a member that is not there.
    private func lookup(_ pointer: JSONPointer, _ kind: String) throws(OperationFailure) -> JSONValue? {
        var value = document
        for (depth, token) in pointer.tokens.enumerated() {
            switch value {
            case .object(let object):
                if let member = object[token] {
                    value = member
                } else if depth == pointer.tokens.count - 1 {
                    return nil
                } else {
                    throw missingStep(depth, of: pointer, kind)
                }
            case .array(let elements):
                value = elements[try index(token, count: elements.count, inserting: false, pointer, kind)]
            default:
                throw missingStep(depth, of: pointer, kind, from: value)
            }
        }
        return value
    }

    // MARK: Changing

    private enum Change {
        case add(JSONValue), replace(JSONValue), remove
    }

    /// Makes a change and returns the value that was at `pointer` before.
    private mutating func change(_ change: Change, at pointer: JSONPointer, _ kind: String) throws(OperationFailure) -> JSONValue? {
        if pointer.tokens.isEmpty {
            let before = document
            switch change {
            case .add(let value), .replace(let value): document = value
            case .remove: throw OperationFailure(pointer, "\(kind) operation does not apply: the whole document cannot be removed; delete the object instead")
            }
            return before
        }
        // Taken out while it changes, since a second reference would make every step copy what it changes. After a failure it is not used any more.
        var root: JSONValue? = document
        document = .null
        let before = try self.change(change, of: &root, depth: 0, pointer, kind)
        document = root ?? .null
        return before
    }

    private mutating func change(
        _ change: Change, of slot: inout JSONValue?, depth: Int, _ pointer: JSONPointer, _ kind: String
    ) throws(OperationFailure) -> JSONValue? {
        let token = pointer.tokens[depth]
        let isLast = depth == pointer.tokens.count - 1
        if var object = slot.takeObject() {
            defer { slot = .object(object) }
            if isLast { return try self.change(change, ofMember: token, in: &object, pointer, kind) }
            guard object.position(of: token) != nil else { throw missingStep(depth, of: pointer, kind) }
            return try self.change(change, of: &object[token], depth: depth + 1, pointer, kind)
        }
        if var elements = slot.takeArray() {
            defer { slot = .array(elements) }
            if isLast { return try self.change(change, ofElement: token, in: &elements, pointer, kind) }
            let index = try index(token, count: elements.count, inserting: false, pointer, kind)
            var element: JSONValue? = elements[index]
            elements[index] = .null
            let before = try self.change(change, of: &element, depth: depth + 1, pointer, kind)
            elements[index] = element ?? .null
            return before
        }
        throw missingStep(depth, of: pointer, kind, from: slot)
    }

    private mutating func change(
        _ change: Change, ofMember name: String, in object: inout JSONObject, _ pointer: JSONPointer, _ kind: String
    ) throws(OperationFailure) -> JSONValue? {
        switch change {
        case .add(let value):
            let before = object[name]
            object[name] = value
            return before
        case .replace(let value):
            let before = object[name]
            guard before != nil || dialect == .kubernetes else {
                throw OperationFailure(pointer, "replace operation does not apply: doc is missing key: \(pointer.quoted): use add")
            }
            object[name] = value
            return before
        case .remove:
            guard let position = object.position(of: name) else { throw missing(pointer, kind) }
            try use(object.count - position, at: pointer)
            return object.removeValue(forKey: name)
        }
    }

    private mutating func change(
        _ change: Change, ofElement token: String, in elements: inout [JSONValue], _ pointer: JSONPointer, _ kind: String
    ) throws(OperationFailure) -> JSONValue? {
        switch change {
        case .add(let value):
            let index = try index(token, count: elements.count, inserting: true, pointer, kind)
            try use(elements.count - index, at: pointer)
            elements.insert(value, at: index)
            return nil
        case .replace(let value):
            let index = try index(token, count: elements.count, inserting: false, pointer, kind)
            let before = elements[index]
            elements[index] = value
            return before
        case .remove:
            let index = try index(token, count: elements.count, inserting: false, pointer, kind)
            try use(elements.count - index, at: pointer)
            return elements.remove(at: index)
        }
    }

    // MARK: Steps and limits

    /// The index that `token` means in a list of `count` elements: of an element, or when `inserting` of a place before or behind one.
    private func index(_ token: String, count: Int, inserting: Bool, _ pointer: JSONPointer, _ kind: String) throws(OperationFailure) -> Int {
        let end = inserting ? count + 1 : count
        if inserting, token == "-" { return count }
        guard var index = dialect == .kubernetes ? Int(token) : JSONPointer.index(token) else {
            let known = inserting ? "a number from 0 to \(count), or - for the end" : "a number from 0 on, below \(count)"
            let problem = "value was not a proper array index: \(token.quotedForMessage): it must be \(known)"
            throw OperationFailure(pointer, "error in \(kind) for path: \(pointer.quoted): \(problem)")
        }
        if index < 0 { index += end }
        guard index >= 0, index < end else {
            let problem = "Unable to access invalid index: \(token): the list has \(count) elements"
            throw OperationFailure(pointer, "error in \(kind) for path: \(pointer.quoted): \(problem)")
        }
        return index
    }

    private mutating func use(_ elements: Int, at pointer: JSONPointer) throws(OperationFailure) {
        shiftedElements += elements
        guard shiftedElements <= limits.shiftedElements else {
            let problem = "the operations shift more than \(limits.shiftedElements) elements of long lists; replace the list as a whole"
            throw OperationFailure(.limitExceeded, pointer, problem)
        }
    }

    private func checkDepth(of value: JSONValue, at pointer: JSONPointer, _ kind: String) throws(OperationFailure) {
        if ValueSize(of: value, maxDepth: limits.depth - pointer.tokens.count).isTooDeep { throw tooDeep(pointer, kind) }
    }

    private func tooDeep(_ pointer: JSONPointer, _ kind: String) -> OperationFailure {
        OperationFailure(.limitExceeded, pointer, "\(kind) operation does not apply: the result is nested deeper than \(limits.depth) levels")
    }

    private func missing(_ pointer: JSONPointer, _ kind: String) -> OperationFailure {
        OperationFailure(pointer, "\(kind) operation does not apply: doc is missing path: \(pointer.quoted): correct the path, or leave the operation out")
    }

    /// The step `depth` of `pointer` leads nowhere: from an object that has no such member, or from `other`, which has no members at all.
    private func missingStep(_ depth: Int, of pointer: JSONPointer, _ kind: String, from other: JSONValue? = nil) -> OperationFailure {
        let parent = depth == 0 ? "the document" : JSONPointer(Array(pointer.tokens.prefix(depth))).quoted
        let problem =
            other.map { "\(parent) is \($0.typeNameWithArticle), neither an object nor a list; correct the path" }
            ?? "\(parent) has no \(pointer.tokens[depth].quotedForMessage); add that first, or correct the path"
        return OperationFailure(pointer, "\(kind) operation does not apply: doc is missing path: \(pointer.quoted): \(problem)")
    }
}

/// How large a value is, as far as it matters: measuring ends when a limit is passed.
private struct ValueSize {
    /// As JSON without escapes and white space.
    private(set) var bytes = 0
    private(set) var values = 0
    private(set) var isTooDeep = false

    init(of value: JSONValue, maxBytes: Int = .max, maxValues: Int = .max, maxDepth: Int) {
        measure(value, maxBytes: maxBytes, maxValues: maxValues, depth: maxDepth)
    }

    private mutating func measure(_ value: JSONValue, maxBytes: Int, maxValues: Int, depth: Int) {
        values += 1
        switch value {
        case .null: bytes += 4
        case .bool(let value): bytes += value ? 4 : 5
        case .integer(let value): bytes += "\(value)".utf8.count
        case .double(let value): bytes += "\(value)".utf8.count
        case .string(let text): bytes += text.utf8.count + 2
        case .array(let elements):
            bytes += 2 + max(elements.count - 1, 0)
            guard enters(maxDepth: depth) else { return }
            for element in elements where bytes <= maxBytes && values <= maxValues && !isTooDeep {
                measure(element, maxBytes: maxBytes, maxValues: maxValues, depth: depth - 1)
            }
        case .object(let object):
            bytes += 2 + max(object.count - 1, 0)
            guard enters(maxDepth: depth) else { return }
            for member in object.members where bytes <= maxBytes && values <= maxValues && !isTooDeep {
                bytes += member.key.utf8.count + 3
                measure(member.value, maxBytes: maxBytes, maxValues: maxValues, depth: depth - 1)
            }
        }
    }

    private mutating func enters(maxDepth: Int) -> Bool {
        if maxDepth < 1 { isTooDeep = true }
        return !isTooDeep
    }
}

extension JSONPointer {
    fileprivate var quoted: String { description.quotedForMessage }
}
