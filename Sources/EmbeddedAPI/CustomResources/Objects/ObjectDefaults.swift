import KubernetesAPI

/// Fills in the defaults of a schema. Null in a field that is not nullable counts as absent: it is removed, or replaced by the default.
enum ObjectDefaults {
    /// The value with its defaults; nil when nothing changes.
    static func apply(_ value: JSONValue, _ schema: StructuralSchema) -> JSONValue? {
        let withoutNulls = removeNulls(value, schema)
        guard schema.hasDefaults else { return withoutNulls }
        return fill(withoutNulls ?? value, schema) ?? withoutNulls
    }

    static func apply(_ object: JSONObject, _ schema: StructuralSchema) -> JSONObject {
        apply(.object(object), schema)?.object ?? object
    }

    /// The object with its defaults, which take the place of nulls; other nulls stay, for validation to find. What is applied is read so.
    static func applyKeepingNulls(_ object: JSONObject, _ schema: StructuralSchema) -> JSONObject {
        schema.hasDefaults ? fill(.object(object), schema)?.object ?? object : object
    }

    private static func removeNulls(_ value: JSONValue, _ schema: StructuralSchema?) -> JSONValue? {
        guard let schema else { return nil }
        switch value {
        case .object(let object):
            var kept: [(String, JSONValue)]?
            for (position, member) in object.enumerated() {
                let field = schema.field(member.key)
                let isDropped = member.value.isNull && field.map { !$0.isNullable && $0.defaultValue == nil } ?? false
                let replacement = removeNulls(member.value, field)
                if kept == nil {
                    guard isDropped || replacement != nil else { continue }
                    kept = object.prefix(position).map { ($0.key, $0.value) }
                }
                if !isDropped { kept?.append((member.key, replacement ?? member.value)) }
            }
            return kept.map { .object(JSONObject(uniqueKeysWithValues: $0)) }
        case .array(let items):
            return changing(items) { removeNulls($0, schema.items) }
        default: return nil
        }
    }

    private static func fill(_ value: JSONValue, _ schema: StructuralSchema?) -> JSONValue? {
        guard let schema, schema.hasDefaults else { return nil }
        switch value {
        case .object(let object):
            var result = object
            var isChanged = false
            for name in schema.propertyNames {
                guard let property = schema.properties[name], let defaultValue = property.defaultValue else { continue }
                if let present = result[name], !present.isNull || property.isNullable { continue }
                result[name] = defaultValue
                isChanged = true
            }
            for (name, value) in result {
                var value = value
                if schema.properties[name] == nil, let values = schema.additionalProperties?.schema, value.isNull, !values.isNullable,
                    let defaultValue = values.defaultValue
                {
                    value = defaultValue
                    result[name] = value
                    isChanged = true
                }
                guard let filled = fill(value, schema.field(name)) else { continue }
                result[name] = filled
                isChanged = true
            }
            return isChanged ? .object(result) : .none
        case .array(let items):
            return changing(items) { item in
                var item = item
                var isReplaced = false
                if item.isNull, let itemSchema = schema.items, !itemSchema.isNullable, let defaultValue = itemSchema.defaultValue {
                    item = defaultValue
                    isReplaced = true
                }
                if let filled = fill(item, schema.items) { return filled }
                return isReplaced ? item : .none
            }
        default: return nil
        }
    }

    /// The list with the items that `change` returns; nil when it returns none.
    private static func changing(_ items: [JSONValue], _ change: (JSONValue) -> JSONValue?) -> JSONValue? {
        var result: [JSONValue]?
        for (index, item) in items.enumerated() {
            guard let changed = change(item) else { continue }
            if result == nil { result = items }
            result?[index] = changed
        }
        return result.map { .array($0) }
    }
}
