public import KubernetesAPI

/// Secrets: values in base64, of a type that can require certain keys.
public struct SecretKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { Secret.self }

    /// Moves `stringData` into `data`, over what is there.
    public func applyDefaults(to object: inout JSONObject) {
        object.fillIn("type", "Opaque")
        var data = object.goObject("data")
        for (key, value) in object.goObject("stringData") { data[key] = .string(Base64Data(utf8: value.string ?? "").base64) }
        for (key, value) in data where value.isNull { data[key] = "" }
        object.removeValue(forKey: "stringData")
        object["data"] = data.isEmpty ? Optional.none : .object(data)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let data = object.goObject("data")
        let path = FieldPath("data")
        var errors = data.flatMap { FieldChecks.name(.configMapKey, $0.key, at: path.key($0.key)) }
        if data.reduce(0, { $0 + SecretData.count($1.value) }) > SecretData.limitBytes { errors.append(.tooLong(path, Int64(SecretData.limitBytes))) }

        func required(_ keys: String...) -> [FieldError] { keys.filter { data[$0] == nil }.map { FieldError(.required, at: path.key($0)) } }
        switch object.goString("type") {
        case "kubernetes.io/service-account-token":
            let name = "kubernetes.io/service-account.name"
            if object.goMetadata.goObject("annotations").goString(name).isEmpty {
                errors.append(FieldError(.required, at: FieldPath("metadata", "annotations").key(name)))
            }
        case "kubernetes.io/dockercfg": errors += required(".dockercfg") + jsonErrors(data, ".dockercfg")
        case "kubernetes.io/dockerconfigjson": errors += required(".dockerconfigjson") + jsonErrors(data, ".dockerconfigjson")
        case "kubernetes.io/basic-auth":
            if data["username"] == nil, data["password"] == nil { errors += required("username", "password") }
        case "kubernetes.io/ssh-auth":
            if data.goString("ssh-privatekey").isEmpty { errors.append(FieldError(.required, at: path.key("ssh-privatekey"))) }
        case "kubernetes.io/tls": errors += required("tls.crt", "tls.key")
        default: break
        }
        return errors
    }

    /// Configurations of registries must be JSON objects; the messages are those of Go's decoder.
    private func jsonErrors(_ data: JSONObject, _ key: String) -> [FieldError] {
        guard let value = data[key], let bytes = Base64Data(json: value)?.bytes else { return [] }
        guard let message = GoSyntax.error(in: bytes) ?? notAnObject(bytes) else { return [] }
        return [FieldError(.invalid, at: FieldPath("data").key(key), value: "<secret contents redacted>", message)]
    }

    private func notAnObject(_ bytes: [UInt8]) -> String? {
        guard let json = try? JSONValue(parsing: bytes) else { return nil }
        switch json {
        case .object, .null: return nil
        default:
            let type = json.double != nil ? "number" : json.bool != nil ? "bool" : json.typeName
            return "json: cannot unmarshal \(type) into Go value of type map[string]interface {}"
        }
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        FieldChecks.unchanged(object["type"], old["type"], at: FieldPath("type"))
            + SecretData.immutabilityErrors(in: object, replacing: old, fields: ["data"]) + creationErrors(in: object)
    }

    /// Kubernetes warns of certificates that it cannot read; whether key and certificate belong together is not looked at here.
    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        guard object.goString("type") == "kubernetes.io/tls" else { return [] }
        func isPEM(_ key: String) -> Bool {
            object.goObject("data")[key].flatMap { Base64Data(json: $0) }.map { String(decoding: $0.bytes, as: UTF8.self).contains("-----BEGIN ") } ?? false
        }
        if !isPEM("tls.crt") { return ["tls: failed to find any PEM data in certificate input"] }
        return isPEM("tls.key") ? [] : ["tls: failed to find any PEM data in key input"]
    }

    public func selectableValues(of object: JSONObject) -> [String: String] { ["type": object.goString("type")] }

    public var columns: [TableColumn] {
        [.objectName, TableColumn("Type", CoreTexts.secretType), TableColumn("Data", CoreTexts.secretData), .age]
    }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [TableCells.name(object), .string(object.goString("type")), .integer(Int64(object.goObject("data").count)), TableCells.age(object, now)]
    }
}
