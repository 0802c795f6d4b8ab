import KubernetesAPI

/// Brings `metadata` into the form of an `ObjectMeta`: unknown and empty fields go, wrong types are errors.
struct ObjectMetaCoercion {
    enum Form {
        case string, integer, boolean, time, strings, stringMap, anyObject
        case list([String: Form])
    }

    static let fields: [String: Form] = [
        "annotations": .stringMap, "creationTimestamp": .time, "deletionGracePeriodSeconds": .integer, "deletionTimestamp": .time, "finalizers": .strings,
        "generateName": .string, "generation": .integer, "labels": .stringMap,
        "managedFields": .list([
            "apiVersion": .string, "fieldsType": .string, "fieldsV1": .anyObject, "manager": .string, "operation": .string, "subresource": .string,
            "time": .time,
        ]),
        "name": .string, "namespace": .string,
        "ownerReferences": .list([
            "apiVersion": .string, "blockOwnerDeletion": .boolean, "controller": .boolean, "kind": .string, "name": .string, "uid": .string,
        ]),
        "resourceVersion": .string, "selfLink": .string, "uid": .string,
    ]

    /// Where unknown fields were, such as `metadata.nope`.
    private(set) var unknown: [String] = []

    /// - Parameter metadata: the value of `metadata` at `path`.
    /// - Parameter dropsInvalid: whether fields of a wrong type are left out, as for stored objects, and not errors.
    /// - Throws: ``ObjectDecodingError`` in the words of Go's JSON decoder.
    mutating func coerce(_ metadata: JSONValue, at path: FieldPath, dropsInvalid: Bool = false) throws(ObjectDecodingError) -> JSONObject {
        guard case .object(let object) = metadata else {
            if metadata.isNull || dropsInvalid { return JSONObject() }
            throw ObjectDecodingError("json: cannot unmarshal \(metadata.goKind) into Go value of type v1.ObjectMeta")
        }
        return try structure(object, Self.fields, type: "ObjectMeta", field: "", at: path, dropsInvalid: dropsInvalid)
    }

    private mutating func structure(
        _ object: JSONObject, _ forms: [String: Form], type: String, field: String, at path: FieldPath, dropsInvalid: Bool
    ) throws(ObjectDecodingError) -> JSONObject {
        var kept: [(String, JSONValue)] = []
        for (name, value) in object {
            guard let form = forms[name] else {
                unknown.append(path.field(name).description)
                continue
            }
            do {
                let place = field.isEmpty ? name : "\(field).\(name)"
                if let coerced = try coerce(value, form, type: type, field: place, at: path.field(name), dropsInvalid: dropsInvalid) {
                    kept.append((name, coerced))
                }
            } catch {
                if !dropsInvalid { throw error }
            }
        }
        return JSONObject(uniqueKeysWithValues: kept)
    }

    /// The value as it is written back; nil where it is empty.
    private mutating func coerce(
        _ value: JSONValue, _ form: Form, type: String, field: String, at path: FieldPath, dropsInvalid: Bool
    ) throws(ObjectDecodingError) -> JSONValue? {
        if value.isNull { return nil }
        func mismatch(_ value: JSONValue, _ goType: String) -> ObjectDecodingError {
            ObjectDecodingError("json: cannot unmarshal \(value.goKind) into Go struct field \(type).\(field) of type \(goType)")
        }
        switch form {
        case .string:
            guard let text = value.string else { throw mismatch(value, field.hasSuffix("uid") ? "types.UID" : "string") }
            return text.isEmpty ? .none : value
        case .integer:
            guard case .integer(let integer) = value else { throw mismatch(value, "int64") }
            return integer == 0 && field == "generation" ? .none : value
        case .boolean:
            guard value.bool != nil else { throw mismatch(value, "bool") }
            return value
        case .time:
            guard let text = value.string else { throw mismatch(value, "string") }
            guard !text.isEmpty else { return nil }
            guard let time = try? Time(parsing: text) else {
                throw ObjectDecodingError("parsing time \(text.quotedAsGo) as \"2006-01-02T15:04:05Z07:00\": cannot parse it")
            }
            return time.json
        case .strings:
            guard let items = value.array else { throw mismatch(value, "[]string") }
            for item in items where item.string == nil && !item.isNull { throw mismatch(item, "string") }
            return items.isEmpty ? .none : .array(items.map { $0.isNull ? "" : $0 })
        case .stringMap:
            guard let object = value.object else { throw mismatch(value, "map[string]string") }
            for (_, item) in object where item.string == nil && !item.isNull { throw mismatch(item, "string") }
            return object.isEmpty ? .none : .object(JSONObject(uniqueKeysWithValues: object.map { ($0.key, $0.value.isNull ? "" : $0.value) }))
        case .anyObject: return value
        case .list(let forms):
            guard let items = value.array else { throw mismatch(value, field == "managedFields" ? "[]v1.ManagedFieldsEntry" : "[]v1.OwnerReference") }
            var coerced: [JSONValue] = []
            for (index, item) in items.enumerated() {
                guard let object = item.object ?? (item.isNull ? JSONObject() : nil) else { throw mismatch(item, "v1.OwnerReference") }
                coerced.append(.object(try structure(object, forms, type: type, field: field, at: path.index(index), dropsInvalid: dropsInvalid)))
            }
            return coerced.isEmpty ? .none : .array(coerced)
        }
    }
}

/// Why a body cannot be read as an object of its kind, in the words that follow `cannot be handled as a …: `.
public struct ObjectDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }

    public var description: String { reason }
}

extension JSONValue {
    /// What Go's JSON decoder calls this type of value.
    var goKind: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .integer, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
