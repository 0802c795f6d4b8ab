extension StrategicMergePatch {
    /// The words of the directives.
    enum Directive {
        static let patch = "$patch"
        static let delete = "delete"
        static let replace = "replace"
        static let merge = "merge"
        static let retainKeys = "$retainKeys"
        static let deleteFromPrimitiveList = "$deleteFromPrimitiveList"
        static let setElementOrder = "$setElementOrder"
    }

    /// The directives of one object of a patch, `$patch` aside.
    struct Directives {
        /// As JSON texts, which are equal when their bytes are.
        private(set) var retainedKeys: Set<JSONValue>?
        private(set) var orders: [(field: String, elements: [JSONValue])] = []
        private(set) var deletions: [(field: String, elements: [JSONValue])] = []

        init(of patch: JSONObject, at path: FieldPath) throws(PatchError) {
            for (name, value) in patch where Self.isDirective(name) {
                guard case .array(let elements) = value else {
                    throw PatchError(.invalidDirective, at: .field(path.field(name)), "\(path.field(name)) is \(value.typeNameWithArticle), but must be a list")
                }
                if name == Directive.retainKeys {
                    retainedKeys = try Self.retained(elements, by: patch, at: path)
                } else if name.hasPrefix(Directive.setElementOrder) {
                    orders.append((try Self.field(of: name, Directive.setElementOrder, at: path), elements))
                } else {
                    deletions.append((try Self.field(of: name, Directive.deleteFromPrimitiveList, at: path), elements))
                }
            }
        }

        static func isDirective(_ name: String) -> Bool {
            guard name.utf8.first == UInt8(ascii: "$") else { return false }
            return name == Directive.retainKeys || name.hasPrefix(Directive.setElementOrder) || name.hasPrefix(Directive.deleteFromPrimitiveList)
        }

        /// The field in `$directive/field`.
        private static func field(of name: String, _ directive: String, at path: FieldPath) throws(PatchError) -> String {
            let rest = name.utf8.dropFirst(directive.utf8.count)
            guard rest.first == UInt8(ascii: "/"), rest.count > 1, let field = String(rest.dropFirst()) else {
                let kind = directive == Directive.setElementOrder ? "setElementOrder" : "primitive"
                let message = "invalid patch format of \(kind) list: \(path.field(name)) names no field; write \(directive)/<name of the list>"
                throw PatchError(.invalidDirective, at: .field(path.field(name)), message)
            }
            return field
        }

        private static func retained(_ elements: [JSONValue], by patch: JSONObject, at path: FieldPath) throws(PatchError) -> Set<JSONValue> {
            let place = path.field(Directive.retainKeys)
            var names: Set<JSONValue> = []
            for (index, element) in elements.enumerated() {
                guard case .string = element else {
                    let message = "\(place.index(index)) is \(element.typeNameWithArticle), but must be the name of a field"
                    throw PatchError(.invalidDirective, at: .field(place), message)
                }
                names.insert(element)
            }
            for (name, value) in patch where !value.isNull && !isDirective(name) && !names.contains(.string(name)) {
                let message = "invalid patch format of retainKeys: \(path.field(name)) is set, but \(place) does not name it; add it there"
                throw PatchError(.invalidDirective, at: .field(path.field(name)), message)
            }
            return names
        }
    }
}

extension PatchError {
    static func unknownPatchType(_ directive: JSONValue, at path: FieldPath) -> PatchError {
        let name = directive.string.map { $0.count > 64 ? "\($0.prefix(64))…" : $0 } ?? directive.typeName
        let place = path.elements.isEmpty ? "of the whole patch" : "\(path)"
        let message = "unknown patch type: \(name) in map \(place): $patch is \"replace\" or \"delete\", and merging needs no directive"
        return PatchError(.invalidDirective, at: .field(path), message)
    }

    static func wrongType(_ value: JSONValue, wanted: String, at path: FieldPath) -> PatchError {
        PatchError(.wrongType, at: .field(path), "\(path) is \(value.typeNameWithArticle), but must be \(wanted)")
    }

    static func missingMergeKey(_ key: String, at path: FieldPath) -> PatchError {
        let message = "\(path) does not contain declared merge key: \(key); add it, since the elements of this list are identified by it"
        return PatchError(.missingMergeKey, at: .field(path), message)
    }
}
