public import KubernetesAPI

/// Config maps: keys that can be file names, at most 1 MiB of values.
public struct ConfigMapKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { ConfigMap.self }

    public func applyDefaults(to object: inout JSONObject) {
        for field in ["data", "binaryData"] where object.goObject(field).isEmpty { object.removeValue(forKey: field) }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (data, binaryData) = (object.goObject("data"), object.goObject("binaryData"))
        var errors: [FieldError] = []
        var size = 0
        for (key, value) in data {
            let path = FieldPath("data").key(key)
            errors += FieldChecks.name(.configMapKey, key, at: path)
            if binaryData[key] != nil { errors.append(FieldError(.invalid, at: path, value: .string(key), "duplicate of key present in binaryData")) }
            size += (value.string ?? "").utf8.count
        }
        for (key, value) in binaryData {
            errors += FieldChecks.name(.configMapKey, key, at: FieldPath("binaryData").key(key))
            size += SecretData.count(value)
        }
        if size > SecretData.limitBytes { errors.append(.tooLong(FieldPath().key(""), Int64(SecretData.limitBytes))) }
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        SecretData.immutabilityErrors(in: object, replacing: old, fields: ["data", "binaryData"]) + creationErrors(in: object)
    }

    public var columns: [TableColumn] { [.objectName, TableColumn("Data", CoreTexts.configMapData), .age] }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let count = object.goObject("data").count + object.goObject("binaryData").count
        return [TableCells.name(object), .integer(Int64(count)), TableCells.age(object, now)]
    }
}

/// What ConfigMaps and Secrets have in common.
enum SecretData {
    /// How many bytes the values may have together.
    static let limitBytes = 1 << 20

    /// The number of bytes that a text in base64 stands for.
    static func count(_ value: JSONValue) -> Int {
        let text = value.string ?? ""
        let characters = text.utf8.count { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "=") }
        return characters * 3 / 4
    }

    /// An object that was made immutable stays so, and keeps its values.
    static func immutabilityErrors(in object: JSONObject, replacing old: JSONObject, fields: [String]) -> [FieldError] {
        guard old.goBool("immutable") else { return [] }
        let detail = "field is immutable when `immutable` is set"
        var errors: [FieldError] = []
        if !object.goBool("immutable") { errors.append(FieldError(.forbidden, at: FieldPath("immutable"), detail)) }
        for field in fields where object.goObject(field) != old.goObject(field) {
            errors.append(FieldError(.forbidden, at: FieldPath(field), detail))
        }
        return errors
    }
}
