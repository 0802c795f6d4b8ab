import KubernetesAPI

/// The items of lists of `x-kubernetes-list-type` `set` and `map` are unique.
enum ListTypeRules {
    static func errors(in object: JSONObject, _ schema: StructuralSchema, at path: FieldPath = FieldPath()) -> [FieldError] {
        var errors: [FieldError] = []
        for (name, value) in object {
            if let values = schema.additionalProperties?.schema { check(value, values, path.key(name), &errors) }
            if let property = schema.properties[name] { check(value, property, path.field(name), &errors) }
        }
        return errors
    }

    private static func check(_ value: JSONValue, _ schema: StructuralSchema, _ path: FieldPath, _ errors: inout [FieldError]) {
        switch value {
        case .object(let object): errors += Self.errors(in: object, schema, at: path)
        case .array(let items):
            switch schema.listType {
            case .set: errors += repeated(items).map { FieldError(.duplicate, at: path.index($0), value: GoNumber.shown(items[$0])) }
            case .map: errors += mapErrors(items, schema, path)
            default: break
            }
            guard let itemSchema = schema.items else { return }
            for (index, item) in items.enumerated() where item.array != nil || item.object != nil { check(item, itemSchema, path.index(index), &errors) }
        default: break
        }
    }

    private static func mapErrors(_ items: [JSONValue], _ schema: StructuralSchema, _ path: FieldPath) -> [FieldError] {
        if let wrong = items.firstIndex(where: { $0.object == nil && !$0.isNull }) {
            return [FieldError(.invalid, at: path.index(wrong), value: items[wrong], "must be an object for an array of list-type map")]
        }
        let names = schema.listMapKeys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let keys: [JSONValue] = items.map { item in
            .object(JSONObject(uniqueKeysWithValues: names.compactMap { name in item[name].map { (name, $0) } }))
        }
        return repeated(keys).map { FieldError(.duplicate, at: path.index($0), value: keys[$0]) }
    }

    /// Where values stand for the second time; a third time is not counted.
    private static func repeated(_ values: [JSONValue]) -> [Int] {
        guard values.count > 1 else { return [] }
        var counts: [JSONValue: Int] = [:]
        var positions: [Int] = []
        for (index, value) in values.enumerated() {
            let count = counts[value, default: 0] + 1
            counts[value] = count
            if count == 2 { positions.append(index) }
        }
        return positions
    }
}
