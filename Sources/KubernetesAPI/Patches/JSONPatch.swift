/// A JSON Patch (RFC 6902): operations that are applied in order, all or none.
public struct JSONPatch: Hashable, Sendable {
    public enum Operation: Hashable, Sendable {
        /// Adds a member or replaces it; inserts an element before the one at the index, or behind the last at `-`.
        case add(JSONPointer, JSONValue)
        case remove(JSONPointer)
        case replace(JSONPointer, JSONValue)
        case move(from: JSONPointer, to: JSONPointer)
        case copy(from: JSONPointer, to: JSONPointer)
        /// Fails unless the value is equal to this one.
        case test(JSONPointer, JSONValue)
    }

    /// Whose rules hold where implementations differ.
    public enum Dialect: Hashable, Sendable {
        /// RFC 6902 to the letter.
        case standard
        /// As a Kubernetes API server (<https://github.com/evanphx/json-patch>, version 4): `replace` adds a member that is missing; a missing `value` is null;
        /// `test` finds null, and `copy` takes null, where a member is missing; an index may have leading zeros or count from the end (`-1` is the last
        /// element, and inserts behind it).
        case kubernetes
    }

    /// What a patch may demand at most.
    public struct Limits: Hashable, Sendable {
        /// Operations in a patch. Kubernetes allows 10,000.
        public var operations: Int
        /// Size of all copied values as JSON, in bytes. Kubernetes allows 3 MiB; without this a short patch doubles the object with every operation.
        public var copiedBytes: Int
        /// How deep the result may be nested.
        public var depth: Int
        /// Elements and members that are shifted by insertions and removals, or measured for moves, in all operations together.
        /// Enough for 10,000 insertions at the beginning of a list of 20,000 elements.
        public var shiftedElements: Int

        public init(operations: Int = 10_000, copiedBytes: Int = 3 << 20, depth: Int = JSONLimits().depth, shiftedElements: Int = 1 << 28) {
            self.operations = operations
            self.copiedBytes = copiedBytes
            self.depth = depth
            self.shiftedElements = shiftedElements
        }
    }

    public var operations: [Operation]
    public var dialect: Dialect

    public init(_ operations: [Operation], dialect: Dialect = .standard) {
        self.operations = operations
        self.dialect = dialect
    }

    /// Reads a patch from its JSON form, a list of operations.
    ///
    /// - Throws: ``PatchError``: `invalidPatch` when this is no list of objects, `limitExceeded` for too many operations, `doesNotApply` for an operation that
    ///   is unknown or incomplete.
    public init(parsing json: JSONValue, dialect: Dialect = .standard, limits: Limits = Limits()) throws(PatchError) {
        guard case .array(let elements) = json else {
            let message = "a JSON patch is a list of operations, not \(json.typeNameWithArticle): write [{\"op\": …, \"path\": …}]"
            throw PatchError(.invalidPatch, at: .patch, message)
        }
        guard elements.count <= limits.operations else {
            throw PatchError(.limitExceeded, at: .patch, "The allowed maximum operations in a JSON patch is \(limits.operations), got \(elements.count)")
        }
        // Kubernetes answers a patch that is none before it looks into any operation.
        for (index, element) in elements.enumerated() where element.object == nil {
            let message = "patch[\(index)] is \(element.typeNameWithArticle), not an operation: write {\"op\": …, \"path\": …}"
            throw PatchError(.invalidPatch, at: .operation(index, nil), message)
        }
        operations = []
        operations.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            operations.append(try Self.operation(element, index: index, dialect: dialect))
        }
        self.dialect = dialect
    }

    private static func operation(_ json: JSONValue, index: Int, dialect: Dialect) throws(PatchError) -> Operation {
        func fail(_ problem: String) -> PatchError { PatchError(.doesNotApply, at: .operation(index, nil), "patch[\(index)]: \(problem)") }

        func pointer(_ name: String, of kind: String) throws(PatchError) -> JSONPointer {
            guard let member = json[name] else { throw fail("\(kind) operation without \"\(name)\": add it, a JSON pointer such as \"/metadata/labels\"") }
            guard let text = member.string else {
                throw fail("\"\(name)\" is \(member.typeNameWithArticle): it must be a JSON pointer such as \"/metadata/labels\"")
            }
            do { return try JSONPointer(parsing: text) } catch { throw fail(error.message) }
        }

        func value(of kind: String) throws(PatchError) -> JSONValue {
            if let value = json["value"] { return value }
            guard dialect == .kubernetes else { throw fail("\(kind) operation without \"value\": add it, which may be null") }
            return .null
        }

        switch json["op"] {
        case .string("add"): return .add(try pointer("path", of: "add"), try value(of: "add"))
        case .string("remove"): return .remove(try pointer("path", of: "remove"))
        case .string("replace"): return .replace(try pointer("path", of: "replace"), try value(of: "replace"))
        case .string("move"): return .move(from: try pointer("from", of: "move"), to: try pointer("path", of: "move"))
        case .string("copy"): return .copy(from: try pointer("from", of: "copy"), to: try pointer("path", of: "copy"))
        case .string("test"): return .test(try pointer("path", of: "test"), try value(of: "test"))
        case .string(let kind): throw fail("Unexpected kind: \(kind.quotedForMessage); \"op\" is one of add, remove, replace, move, copy, test")
        default: throw fail("an operation without a text \"op\": it is one of add, remove, replace, move, copy, test")
        }
    }

    /// The patch in its JSON form.
    public var json: JSONValue {
        .array(
            operations.map { operation in
                switch operation {
                case .add(let path, let value): ["op": "add", "path": "\(path)", "value": value]
                case .remove(let path): ["op": "remove", "path": "\(path)"]
                case .replace(let path, let value): ["op": "replace", "path": "\(path)", "value": value]
                case .move(let from, let path): ["op": "move", "from": "\(from)", "path": "\(path)"]
                case .copy(let from, let path): ["op": "copy", "from": "\(from)", "path": "\(path)"]
                case .test(let path, let value): ["op": "test", "path": "\(path)", "value": value]
                }
            })
    }
}

extension JSONPatch.Operation {
    /// The value of `op` in JSON.
    public var kind: String {
        switch self {
        case .add: "add"
        case .remove: "remove"
        case .replace: "replace"
        case .move: "move"
        case .copy: "copy"
        case .test: "test"
        }
    }
}

extension JSONValue {
    /// ``typeName`` as part of a sentence: `an object`.
    var typeNameWithArticle: String {
        switch self {
        case .null: "null"
        case .integer, .array, .object: "an \(typeName)"
        case .bool, .double, .string: "a \(typeName)"
        }
    }
}
