public import KubernetesAPI

/// A path of fields such as `.spec.replicas`, for scale and selectable fields: no indexes, no escapes.
public struct FieldReference: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    public let text: String
    public let fields: [String]

    public init(_ text: String) {
        self.text = text
        let path = text.hasPrefix(".") ? text.dropFirst() : text[...]
        fields = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    public var description: String { text }

    /// The value in `object`; nil where a field is missing.
    ///
    /// - Throws: ``ObjectDecodingError`` where something on the way is no object.
    public func value(in object: JSONObject) throws(ObjectDecodingError) -> JSONValue? {
        var value = JSONValue.object(object)
        for (depth, field) in fields.enumerated() {
            guard case .object(let members) = value else {
                throw accessError(value, "map[string]interface {}", depth: depth)
            }
            guard let next = members[field] else { return nil }
            value = next
        }
        return value
    }

    /// The value as an integer; nil where a field is missing.
    public func integer(in object: JSONObject) throws(ObjectDecodingError) -> Int64? {
        guard let value = try value(in: object) else { return nil }
        guard case .integer(let integer) = value else { throw accessError(value, "int64", depth: fields.count) }
        return integer
    }

    /// The value as a text; nil where a field is missing.
    public func text(in object: JSONObject) throws(ObjectDecodingError) -> String? {
        guard let value = try value(in: object) else { return nil }
        guard let text = value.string else { throw accessError(value, "string", depth: fields.count) }
        return text
    }

    private func accessError(_ value: JSONValue, _ expected: String, depth: Int) -> ObjectDecodingError {
        let goType =
            switch value {
            case .null: "<nil>"
            case .bool: "bool"
            case .integer: "int64"
            case .double: "float64"
            case .string: "string"
            case .array: "[]interface {}"
            case .object: "map[string]interface {}"
            }
        let path = "." + fields.prefix(depth).joined(separator: ".")
        return ObjectDecodingError("\(path) accessor error: \(value.string ?? GoNumber.text(value)) is of the type \(goType), expected \(expected)")
    }

    /// The object with `value` at this place; objects on the way are made where they are missing.
    public func setting(_ value: JSONValue, in object: JSONObject) throws(ObjectDecodingError) -> JSONObject {
        try setting(value, in: object, depth: 0)
    }

    private func setting(_ value: JSONValue, in object: JSONObject, depth: Int) throws(ObjectDecodingError) -> JSONObject {
        var object = object
        let field = fields[depth]
        guard depth + 1 < fields.count else {
            object[field] = value
            return object
        }
        let inner = object[field] ?? .object(JSONObject())
        guard case .object(let members) = inner else {
            throw ObjectDecodingError("value cannot be set because .\(fields.prefix(depth + 1).joined(separator: ".")) is not a map[string]interface{}")
        }
        object[field] = .object(try setting(value, in: members, depth: depth + 1))
        return object
    }
}
