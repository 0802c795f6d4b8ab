extension StrategicMerger {
    /// Merges the lists of a field whose strategy is `merge`.
    mutating func mergeList(_ patch: [JSONValue], into elements: inout [JSONValue], field: PatchField, at path: FieldPath) throws(PatchError) {
        guard let first = elements.first ?? patch.first else { return }
        try visit(elements.count + patch.count, at: path)
        guard case .object = first else { return elements = try mergedScalars(elements, patch, at: path) }
        guard let key = field.mergeKey else {
            let message = "cannot merge lists without merge key for \(path): its schema has none; replace the list by a JSON patch"
            throw PatchError(.missingMergeKey, at: .field(path), message)
        }
        try mergeObjects(patch, into: &elements, key: key, field: field, at: path)
    }

    // MARK: Lists of objects

    private mutating func mergeObjects(
        _ patch: [JSONValue], into elements: inout [JSONValue], key: String, field: PatchField, at path: FieldPath
    ) throws(PatchError) {
        let changes = try ListChanges(patch, key: key, at: path)
        if changes.replacesAll { return elements = changes.elements.map(\.element) }
        var merged = try Elements(elements, key: key, at: path)
        elements = []
        if !changes.deleted.isEmpty { merged.removeAll { changes.deleted.contains($0) } }

        let serverOrder = merged.positions
        for (key, change) in changes.elements {
            if let position = merged.positions[key], case .object(let new) = change, var element = merged.takeElement(at: position) {
                try merge(new, into: &element, as: field.value.elements, at: path.key(key.string ?? "\(key)"))
                merged.elements[position] = .object(element)
            } else {
                merged.append(change, key: key)
            }
        }
        let patchOrder = Elements.positions(of: changes.elements.map(\.key))
        elements = arrange(merged.elements, keys: merged.keys, by: patchOrder, serverOrder: serverOrder)
    }

    /// What the list of a patch does to the elements of a merged list.
    private struct ListChanges {
        /// Elements without `$patch`.
        private(set) var elements: [(key: JSONValue, element: JSONValue)] = []
        private(set) var deleted: Set<JSONValue> = []
        private(set) var replacesAll = false

        init(_ patch: [JSONValue], key: String, at path: FieldPath) throws(PatchError) {
            for (index, element) in patch.enumerated() {
                guard case .object(let object) = element else { throw PatchError.wrongType(element, wanted: "an object", at: path.index(index)) }
                switch object[Directive.patch] {
                case nil: elements.append((try Elements.key(of: object, key, at: path.index(index)), element))
                case .string(Directive.delete)?: deleted.insert(try Elements.key(of: object, key, at: path.index(index)))
                case .string(Directive.replace)?: replacesAll = true
                case .string(Directive.merge)?:
                    let place = path.index(index)
                    let advice = "leave it out, elements merge by \(key) without it"
                    let message = "merging lists cannot yet be specified in the patch: \(place) has $patch: merge; \(advice)"
                    throw PatchError(.invalidDirective, at: .field(place), message)
                case let directive?: throw PatchError.unknownPatchType(directive, at: path.index(index))
                }
            }
        }
    }

    /// A list of objects that are found by their merge key.
    private struct Elements {
        var elements: [JSONValue]
        private(set) var keys: [JSONValue] = []
        /// The first element with each key.
        private(set) var positions: [JSONValue: Int] = [:]

        init(_ elements: [JSONValue], key: String, at path: FieldPath) throws(PatchError) {
            self.elements = elements
            keys.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                guard case .object(let object) = element else { throw PatchError.wrongType(element, wanted: "an object", at: path.index(index)) }
                keys.append(try Self.key(of: object, key, at: path.index(index)))
            }
            positions = Self.positions(of: keys)
        }

        /// The element, to be put back when it is changed.
        mutating func takeElement(at position: Int) -> JSONObject? {
            var element: JSONValue? = elements[position]
            elements[position] = .null
            return element.takeObject()
        }

        mutating func append(_ element: JSONValue, key: JSONValue) {
            elements.append(element)
            keys.append(key)
            positions[key] = keys.count - 1
        }

        mutating func removeAll(where shouldBeRemoved: (JSONValue) -> Bool) {
            let kept = keys.indices.filter { !shouldBeRemoved(keys[$0]) }
            elements = kept.map { elements[$0] }
            keys = kept.map { keys[$0] }
            positions = Self.positions(of: keys)
        }

        static func key(of object: JSONObject, _ key: String, at path: @autoclosure () -> FieldPath) throws(PatchError) -> JSONValue {
            guard let value = object[key] else { throw PatchError.missingMergeKey(key, at: path()) }
            switch value {
            case .array, .object: throw PatchError.wrongType(value, wanted: "a scalar, since elements are identified by it", at: path().field(key))
            default: return value
            }
        }

        static func positions(of keys: [JSONValue]) -> [JSONValue: Int] {
            Dictionary(zip(keys, keys.indices), uniquingKeysWith: { first, _ in first })
        }
    }

    // MARK: Lists of scalars

    private func mergedScalars(_ original: [JSONValue], _ patch: [JSONValue], at path: FieldPath) throws(PatchError) -> [JSONValue] {
        try requireScalars(original, like: original.first ?? patch.first, at: path)
        try requireScalars(patch, like: original.first ?? patch.first, at: path)
        var seen: Set<JSONValue> = []
        let merged = (original + patch).filter { seen.insert($0).inserted }
        return arrange(merged, keys: merged, by: Elements.positions(of: patch), serverOrder: Elements.positions(of: original))
    }

    /// Removes what `$deleteFromPrimitiveList/<name>` lists.
    mutating func delete(_ deletions: [JSONValue], from name: String, in object: inout JSONObject, at path: FieldPath) throws(PatchError) {
        switch object[name] {
        case nil, .null?: return
        case .array(let elements)?:
            try visit(elements.count + deletions.count, at: path.field(name))
            try requireScalars(deletions, like: elements.first ?? deletions.first, at: path.field("\(Directive.deleteFromPrimitiveList)/\(name)"))
            let deleted = Set(deletions)
            object[name] = .array(elements.filter { !deleted.contains($0) })
        case let value?:
            throw PatchError.wrongType(value, wanted: "a list, since the patch deletes elements from it", at: path.field(name))
        }
    }

    private func requireScalars(_ elements: [JSONValue], like model: JSONValue?, at path: FieldPath) throws(PatchError) {
        for (index, element) in elements.enumerated() {
            switch (element, model) {
            case (.string, .string?), (.bool, .bool?), (.integer, .integer?), (.integer, .double?), (.double, .integer?), (.double, .double?): continue
            case (.array, _):
                let place = path.index(index)
                throw PatchError(.wrongType, at: .field(place), "lists of lists are not supported: \(place) is a list in a list that is merged")
            case (.object, _), (.null, _): throw PatchError.wrongType(element, wanted: "a scalar", at: path.index(index))
            default:
                let place = path.index(index)
                let message = "list element types are not identical: \(place) is \(element.typeNameWithArticle), the first element of the list is not"
                throw PatchError(.wrongType, at: .field(place), message)
            }
        }
    }

    // MARK: Order

    /// Merges the patch's list of that name, if there is one, and orders the result as `$setElementOrder/<name>` says.
    mutating func mergeAndOrder(
        _ name: String, _ order: [JSONValue], patch: JSONValue?, in object: inout JSONObject, field: PatchField?, at parent: FieldPath
    ) throws(PatchError) {
        let path = parent.field(name)
        func list(_ value: JSONValue?) throws(PatchError) -> [JSONValue]? {
            guard let value else { return nil }
            guard case .array(let elements) = value else { throw PatchError.wrongType(value, wanted: "a list, since the patch orders its elements", at: path) }
            return elements
        }
        let new = try list(patch)
        let oldCount = try list(object[name])?.count
        let key = field?.mergeKey
        let orderKeys = try keys(of: order, key: key, at: parent.field("\(Directive.setElementOrder)/\(name)"))
        try requireOrder(orderKeys, of: new ?? [], key: key, at: path)
        guard oldCount != nil || new != nil else { return }

        try visit((oldCount ?? 0) + order.count, at: path)
        var serverKeys = try keys(of: object[name]?.array ?? [], key: key, at: path)
        let isMerged = field?.strategies.contains(.merge) == true
        if let key, let new, isMerged { serverKeys = replacingDeleted(serverKeys, by: try ListChanges(new, key: key, at: path)) }
        if let new { try mergeMember(name, .array(new), into: &object[name], field: field, at: parent) }
        let merged = object[name]?.array ?? []
        let mergedKeys = try keys(of: merged, key: key, at: path)
        let (wanted, present) = (Elements.positions(of: orderKeys), Elements.positions(of: serverKeys))
        object[name] = .array(arrange(merged, keys: mergedKeys, by: wanted, serverOrder: present))
    }

    /// The keys of the server's list for `$setElementOrder`: as many new elements as were deleted stand at its end. So elements that the order does not name
    /// stay before an element that replaces another. (In Kubernetes a consequence of merging in place, and expected by its tests.)
    private func replacingDeleted(_ serverKeys: [JSONValue], by changes: ListChanges) -> [JSONValue] {
        if changes.deleted.isEmpty || changes.replacesAll { return serverKeys }
        let kept = serverKeys.filter { !changes.deleted.contains($0) }
        var known = Set(kept)
        let added = changes.elements.map(\.key).filter { known.insert($0).inserted }
        return kept + added.prefix(serverKeys.count - kept.count)
    }

    /// The elements of a patch's list must stand in the order that the patch itself gives.
    private func requireOrder(_ order: [JSONValue], of patch: [JSONValue], key: String?, at path: FieldPath) throws(PatchError) {
        // Kubernetes does not look at the elements when no order is given.
        if order.isEmpty { return }
        var listed: [(index: Int, name: JSONValue)] = []
        for (index, element) in patch.enumerated() where element[Directive.patch] == nil {
            listed += try keys(of: [element], key: key, at: path, offset: index).map { (index, $0) }
        }
        var position = 0
        for (index, name) in listed {
            while position < order.count, order[position] != name { position += 1 }
            guard position < order.count else {
                let lists = (summary(listed.map(\.name), key: key), summary(order, key: key))
                let message =
                    "The order in patch list: \(lists.0) doesn't match \(Directive.setElementOrder) list: \(lists.1): "
                    + "\(path.index(index)) is not there in this order; list all elements of the patch there, in the same order"
                throw PatchError(.invalidDirective, at: .field(path), message)
            }
            position += 1
        }
    }

    /// What identifies each element of a list: its merge key, or where the list has none itself.
    private func keys(of elements: [JSONValue], key: String?, at path: FieldPath, offset: Int = 0) throws(PatchError) -> [JSONValue] {
        var keys: [JSONValue] = []
        keys.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            switch (element, key) {
            case (.object(let object), let key?): keys.append(try Elements.key(of: object, key, at: path.index(index + offset)))
            case (_, .some): throw PatchError.wrongType(element, wanted: "an object", at: path.index(index + offset))
            case (.object, nil), (.array, nil), (.null, nil):
                let wanted = "a scalar: this list has no merge key by which other elements could be ordered"
                throw PatchError.wrongType(element, wanted: wanted, at: path.index(index + offset))
            case (_, nil): keys.append(element)
            }
        }
        return keys
    }

    /// Keys for a message: cut where there are many. Of scalars only the number, since they may be secret, like the arguments of a container.
    private func summary(_ keys: [JSONValue], key: String?) -> String {
        if key == nil { return "[\(keys.count) scalars]" }
        let shown = keys.prefix(8).map { key in key.string.map { $0.count > 64 ? "\($0.prefix(64))…" : $0 } ?? "\(key)" }
        return "[" + shown.joined(separator: ", ") + (keys.count > shown.count ? ", …" : "") + "]"
    }

    /// Puts the elements that `order` names into that order and weaves the others, which keep theirs, in among them.
    ///
    /// An element that is not named comes before the next named one only where both were in the list before (`serverOrder`), in this order; so new elements
    /// come first.
    private func arrange(
        _ elements: [JSONValue], keys: [JSONValue], by order: [JSONValue: Int], serverOrder: [JSONValue: Int]
    ) -> [JSONValue] {
        var named: [(rank: Int, position: Int)] = []
        var others: [Int] = []
        for position in keys.indices {
            if let rank = order[keys[position]] { named.append((rank, position)) } else { others.append(position) }
        }
        if named.isEmpty || (others.isEmpty && order.isEmpty) { return elements }
        named.sort { ($0.rank, $0.position) < ($1.rank, $1.position) }

        var result: [JSONValue] = []
        result.reserveCapacity(elements.count)
        var next = 0
        for (_, position) in named {
            let server = serverOrder[keys[position]]
            while next < others.count, let server, let other = serverOrder[keys[others[next]]], other < server {
                result.append(elements[others[next]])
                next += 1
            }
            result.append(elements[position])
        }
        for position in others[next...] { result.append(elements[position]) }
        return result
    }
}
