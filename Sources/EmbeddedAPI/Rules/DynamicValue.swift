import Expressions
import KubernetesAPI

/// JSON as expressions see it where nothing says what it is.
enum DynamicValue {
    static func of(_ value: JSONValue) -> ExpressionValue {
        switch value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let integer): .int(integer)
        case .double(let double): .double(double)
        case .string(let text): .string(text)
        case .array(let items): .list(DynamicList(items: items))
        case .object(let object): .map(DynamicMap(object: object))
        }
    }
}

struct DynamicMap: ExpressionMap {
    let object: JSONObject

    var count: Int { object.count }
    func value(named name: String) -> ExpressionValue? { object[name].map { DynamicValue.of($0) } }
    var keys: [ExpressionValue] { object.keys.map { .string($0) } }
}

struct DynamicList: ExpressionList {
    let items: [JSONValue]

    var count: Int { items.count }
    subscript(index: Int) -> ExpressionValue { DynamicValue.of(items[index]) }
}
