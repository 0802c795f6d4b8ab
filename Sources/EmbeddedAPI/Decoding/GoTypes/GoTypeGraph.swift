import KubernetesAPI

/// A field of a Go type as its JSON form is read and written.
struct GoField {
    enum Presence: Sendable {
        /// Left out when it is absent or null; zero values are kept.
        case omittedWhenAbsent
        /// Left out when it is absent, null, zero or empty.
        case omittedWhenZero
        /// Written as its zero value when it is absent or null.
        case always
        /// Written as null when it is absent or null.
        case nullWhenAbsent
    }

    /// What a field, an element of a list or a value of a map holds.
    indirect enum Value: Sendable {
        case string, boolean, int32, int64, double, time, microTime, duration, quantity, integerOrString, bytes, any
        case list(Value, elementType: String)
        case map(Value, elementType: String)
        /// A position in ``GoTypeGraph/types``.
        case structure(Int)
        /// A `JSONSchemaProps`, a list of them or a boolean.
        case schemaUnion(Int)
    }

    let name: String
    let value: Value
    let presence: Presence
    /// What messages call the type.
    let goType: String
}

/// A Go struct.
struct GoType {
    let name: String
    let fields: [GoField]
    /// The fields that are written when they are absent.
    let standingFields: [Int]
    private let positions: [String: Int]

    init(name: String, fields: [GoField]) {
        self.name = name
        self.fields = fields
        standingFields = fields.indices.filter { fields[$0].presence == .always || fields[$0].presence == .nullWhenAbsent }
        positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($0.element.name, $0.offset) })
    }

    func position(of name: String) -> Int? { positions[name] }
}

/// The Go types of all declared types, which refer to each other by position.
struct GoTypeGraph: Sendable {
    let types: [GoType]
    /// The names of their definitions, such as `io.k8s.api.core.v1.Pod`.
    let names: [String]
    /// Whether the group keeps its objects as JSON, so that an empty list that is always written stays one. Others forget it and write null.
    let keepsEmptyLists: [Bool]
    private let positions: [String: Int]

    /// The graph of everything that is declared in KubernetesAPI.
    static let shared = GoTypeGraph(of: Scheme.kubernetesAPI.structs)

    init(of structs: [any APIStruct.Type]) {
        var compiler = GoTypeCompiler()
        for type in structs { _ = compiler.compile(type) }
        types = compiler.types
        names = compiler.names
        keepsEmptyLists = compiler.names.map { $0.hasPrefix("io.k8s.apiextensions-apiserver.") }
        positions = compiler.positions
    }

    func position(of type: any APIStruct.Type) -> Int? { positions[type.definition.name] }

    /// What a value is when it is absent.
    func zero(_ value: GoField.Value) -> JSONValue {
        switch value {
        case .string, .bytes: ""
        case .boolean: false
        case .int32, .int64, .integerOrString: 0
        case .double: 0
        case .duration: "0s"
        case .quantity: "0"
        case .time, .microTime, .any, .list, .map, .schemaUnion: .null
        case .structure(let position): .object(zeroObject(position))
        }
    }

    private func zeroObject(_ position: Int) -> JSONObject {
        var object = JSONObject()
        for index in types[position].standingFields {
            let field = types[position].fields[index]
            object[field.name] = field.presence == .always ? zero(field.value) : .null
        }
        return object
    }
}

/// Turns declared types into Go types, each once.
private struct GoTypeCompiler {
    var types: [GoType] = []
    var names: [String] = []
    var positions: [String: Int] = [:]
    private let table = GoFieldTable.entries()

    mutating func compile(_ type: any APIStruct.Type) -> Int {
        let definition = type.definition
        if let known = positions[definition.name] { return known }
        let position = types.count
        positions[definition.name] = position
        names.append(definition.name)
        types.append(GoType(name: "", fields: []))
        let path = definition.name.split(separator: ".")
        let entries = table[Substring(path.suffix(3).joined(separator: "."))] ?? [:]
        var fields: [GoField] = []
        for field in definition.fields {
            let entry = entries[Substring(field.name)]
            let isMetadata = type is any Resource.Type && field.name == "metadata"
            fields.append(
                GoField(
                    name: field.name, value: value(field, of: definition.name, position),
                    presence: entry?.presence ?? (isMetadata ? .always : Self.presence(field)),
                    goType: entry?.goType ?? Self.goType(field.schema)))
        }
        types[position] = GoType(name: path.last.map(String.init) ?? "", fields: fields)
        return position
    }

    private mutating func value(_ field: Schema.Field, of type: String, _ position: Int) -> GoField.Value {
        if type.hasSuffix(".JSONSchemaProps"), ["items", "additionalItems", "additionalProperties"].contains(field.name) { return .schemaUnion(position) }
        return value(field.schema)
    }

    private mutating func value(_ schema: Schema) -> GoField.Value {
        switch schema.type {
        case .string, .enumeration: .string
        case .boolean: .boolean
        case .int32: .int32
        case .int64: .int64
        case .double: .double
        case .time: .time
        case .microTime: .microTime
        case .duration: .duration
        case .quantity: .quantity
        case .integerOrString: .integerOrString
        case .base64: .bytes
        case .any, .anyObject: .any
        case .array(let element): .list(value(element), elementType: Self.goType(element))
        case .map(let element): .map(value(element), elementType: Self.goType(element))
        case .structure(let type): .structure(compile(type))
        }
    }

    private static func presence(_ field: Schema.Field) -> GoField.Presence {
        if field.isRequired { return .always }
        switch field.schema.type {
        case .string, .enumeration, .boolean, .array, .map, .base64: return .omittedWhenZero
        default: return .omittedWhenAbsent
        }
    }

    private static func goType(_ schema: Schema) -> String {
        switch schema.type {
        case .string, .enumeration: return "string"
        case .boolean: return "bool"
        case .int32, .integerOrString: return "int32"
        case .int64: return "int64"
        case .double: return "float64"
        // They are read as strings first.
        case .time, .microTime, .duration, .quantity: return "string"
        case .base64: return "[]uint8"
        case .any, .anyObject: return "interface {}"
        case .array(let element): return "[]" + goType(element)
        case .map(let element): return "map[string]" + goType(element)
        case .structure(let type): return type.definition.name.split(separator: ".").suffix(2).joined(separator: ".")
        }
    }
}
