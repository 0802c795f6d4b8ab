import Expressions
import Foundation
import KubernetesAPI

/// JSON as expressions see it where a schema says what it is: nothing is converted before an expression asks for it.
enum TypedValue {
    /// - Parameter isResource: whether `apiVersion`, `kind` and parts of `metadata` can be seen without being declared.
    static func of(_ value: JSONValue, _ schema: StructuralSchema, isResource: Bool = false) -> ExpressionValue {
        if value.isNull { return .null }
        if schema.isIntOrString { return DynamicValue.of(value) }
        switch (schema.type, value) {
        case ("object", .object(let object)): return .map(TypedObject(object: object, schema: schema, isResource: isResource || schema.isEmbeddedResource))
        case ("array", .array(let items)):
            guard let itemSchema = schema.items else { return DynamicValue.of(value) }
            let list = TypedList(items: items, schema: itemSchema)
            switch schema.listType {
            case .set: return .list(UniqueList(list))
            case .map: return .list(UniqueList(list, keys: schema.listMapKeys.map { PropertyName.escaped($0) ?? $0 }))
            default: return .list(list)
            }
        case ("string", .string(let text)): return of(text, format: schema.format)
        case ("number", _):
            if let number = value.double { return .double(number) }
        case ("integer", _):
            if let number = value.integer { return .int(number) }
            if let number = value.double, let whole = Int64(exactly: number.rounded(.towardZero)) { return .int(whole) }
        default: break
        }
        return DynamicValue.of(value)
    }

    private static func of(_ text: String, format: String) -> ExpressionValue {
        switch format {
        case "duration":
            if let duration = TimeText.nanoseconds(text) { return .duration(nanoseconds: duration) }
        case "date":
            if let time = Timestamp(parsing: text + "T00:00:00Z") { return .timestamp(time) }
        case "date-time":
            if let time = Timestamp(parsing: text.uppercased()) { return .timestamp(time) }
        case "byte":
            if let data = Data(base64Encoded: text) { return .bytes([UInt8](data)) }
        default: break
        }
        return .string(text)
    }
}

/// An object with the fields of a schema, or a map.
private struct TypedObject: ExpressionMap {
    let object: JSONObject
    let schema: StructuralSchema
    let isResource: Bool

    private var isMap: Bool { !isResource && schema.json["properties"]?.object == nil && schema.additionalProperties?.schema != nil }

    var type: ExpressionType { isMap ? .map(.dyn, .dyn) : .object("object") }
    var count: Int { keys.count }

    func value(named name: String) -> ExpressionValue? {
        if isMap { return object[name].flatMap { member($0, schema.additionalProperties?.schema) } }
        let property = PropertyName.unescaped(name) ?? name
        guard let value = object[property] else { return nil }
        if isResource {
            switch property {
            case "apiVersion", "kind": return DynamicValue.of(value)
            case "metadata":
                let metadata = value.object ?? JSONObject()
                return .map(DynamicMap(object: metadata.filtered { $0 == "name" || $0 == "generateName" }))
            default: break
            }
        }
        return member(value, schema.properties[property])
    }

    private func member(_ value: JSONValue, _ schema: StructuralSchema?) -> ExpressionValue? { schema.map { TypedValue.of(value, $0) } }

    var keys: [ExpressionValue] {
        object.keys.compactMap { name in
            if isMap { return .string(name) }
            guard schema.properties[name] != nil || (isResource && ["apiVersion", "kind", "metadata"].contains(name)) else { return nil }
            return PropertyName.escaped(name).map { .string($0) }
        }
    }
}

private struct TypedList: ExpressionList {
    let items: [JSONValue]
    let schema: StructuralSchema

    var count: Int { items.count }
    subscript(index: Int) -> ExpressionValue { TypedValue.of(items[index], schema) }
}

extension JSONObject {
    /// The members whose names are wanted.
    func filtered(_ isWanted: (String) -> Bool) -> JSONObject {
        JSONObject(uniqueKeysWithValues: filter { isWanted($0.key) }.map { ($0.key, $0.value) })
    }
}
