import KubernetesAPI

/// Reads objects of declared types in Kubernetes' protobuf encoding, in which Go clients send them. Answers are always JSON, which these clients take too.
struct ProtobufDecoding {
    private let graph = GoTypeGraph.shared
    private let table = ProtobufFieldTable.shared

    /// How deep messages may be in each other.
    private static let maxDepth = 200

    /// What surrounds an object: `k8s`, a zero byte, and a `runtime.Unknown` that names the object's type.
    struct Envelope {
        var apiVersion = ""
        var kind = ""
        var message: ArraySlice<UInt8> = []

        init(_ bytes: [UInt8]) throws(ObjectDecodingError) {
            guard bytes.starts(with: Array("k8s\0".utf8)) else {
                throw ObjectDecodingError("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")
            }
            var reader = ProtobufReader(bytes.dropFirst(4))
            while let (number, value) = try reader.next() {
                switch (number, value) {
                case (1, .bytes(let type)):
                    var type = ProtobufReader(type)
                    while let (number, value) = try type.next() {
                        guard case .bytes(let text) = value else { continue }
                        if number == 1 { apiVersion = String(decoding: text, as: UTF8.self) }
                        if number == 2 { kind = String(decoding: text, as: UTF8.self) }
                    }
                case (2, .bytes(let message)): self.message = message
                default: break
                }
            }
        }
    }

    /// The object in an envelope as JSON would have it; only its type where that is not known.
    ///
    /// - Parameter expected: what an envelope holds that does not say.
    /// - Throws: ``ObjectDecodingError`` for bytes that are no such message.
    static func object(_ bytes: [UInt8], expected: GroupVersionKind, _ scheme: Scheme = .kubernetesAPI) throws(ObjectDecodingError) -> JSONObject {
        var envelope = try Envelope(bytes)
        if envelope.kind.isEmpty { envelope.kind = expected.kind }
        if envelope.apiVersion.isEmpty { envelope.apiVersion = expected.apiVersion }
        // Options may say that they are of the group of what they are for.
        let type: (any APIStruct.Type)? =
            envelope.kind == "DeleteOptions" ? DeleteOptions.self : scheme.resource(apiVersion: envelope.apiVersion, kind: envelope.kind)
        var object: JSONObject = ["apiVersion": .string(envelope.apiVersion), "kind": .string(envelope.kind)]
        let decoding = ProtobufDecoding()
        guard let type, let position = decoding.graph.position(of: type) else { return object }
        for (name, value) in try decoding.message(envelope.message, position, depth: 0) { object[name] = value }
        return object
    }

    // MARK: Messages

    /// The values of fields that come one by one.
    private struct Collected {
        var object = JSONObject()
        var lists: [Int: [JSONValue]] = [:]
        var maps: [Int: JSONObject] = [:]
    }

    private func message(_ bytes: ArraySlice<UInt8>, _ position: Int, depth: Int) throws(ObjectDecodingError) -> JSONObject {
        guard depth < Self.maxDepth else { throw ObjectDecodingError("exceeded max depth") }
        var collected = Collected()
        try read(bytes, table.steps[position], graph.types[position], into: &collected, depth: depth)
        for (index, elements) in collected.lists { collected.object[graph.types[position].fields[index].name] = .array(elements) }
        for (index, entries) in collected.maps { collected.object[graph.types[position].fields[index].name] = .object(entries) }
        return collected.object
    }

    private func read(
        _ bytes: ArraySlice<UInt8>, _ steps: [UInt64: ProtobufFieldTable.Step], _ type: GoType, into collected: inout Collected, depth: Int
    ) throws(ObjectDecodingError) {
        var reader = ProtobufReader(bytes)
        while let (number, wire) = try reader.next() {
            switch steps[number] {
            case nil: break  // A field of another version, which Kubernetes ignores too.
            case .inlined(let inner): try read(try Self.bytes(wire), inner, type, into: &collected, depth: depth)
            case .field(let index):
                let field = type.fields[index]
                switch field.value {
                case .list(let element, _): collected.lists[index, default: []] += try elements(wire, element, depth: depth)
                case .map(let value, _):
                    let (key, value) = try entry(wire, value, depth: depth)
                    collected.maps[index, default: JSONObject()][key] = value
                case .schemaUnion(let position):
                    collected.object[field.name] = try schemaUnion(wire, position, isItems: field.name == "items", depth: depth)
                default: collected.object[field.name] = try value(wire, field.value, depth: depth)
                }
            }
        }
    }

    /// One element, or several numbers in one field.
    private func elements(_ wire: ProtobufReader.Value, _ element: GoField.Value, depth: Int) throws(ObjectDecodingError) -> [JSONValue] {
        guard case .bytes(let bytes) = wire else { return [try value(wire, element, depth: depth)] }
        switch element {
        case .boolean, .int32, .int64:
            var reader = ProtobufReader(bytes)
            var elements: [JSONValue] = []
            while !reader.isAtEnd { elements.append(try value(.varint(try reader.varint()), element, depth: depth)) }
            return elements
        default: return [try value(wire, element, depth: depth)]
        }
    }

    private func entry(_ wire: ProtobufReader.Value, _ type: GoField.Value, depth: Int) throws(ObjectDecodingError) -> (key: String, value: JSONValue) {
        var reader = ProtobufReader(try Self.bytes(wire))
        var entry = (key: "", value: graph.zero(type))
        while let (number, wire) = try reader.next() {
            if number == 1 { entry.key = try Self.text(wire) }
            if number == 2 { entry.value = try value(wire, type, depth: depth) }
        }
        return entry
    }

    /// A `JSONSchemaPropsOrArray` or a `JSONSchemaPropsOrBool`.
    private func schemaUnion(_ wire: ProtobufReader.Value, _ position: Int, isItems: Bool, depth: Int) throws(ObjectDecodingError) -> JSONValue {
        var reader = ProtobufReader(try Self.bytes(wire))
        var result = JSONValue.bool(false)
        var schemas: [JSONValue] = []
        while let (number, wire) = try reader.next() {
            switch (number, wire) {
            case (1, .varint(let allows)): result = .bool(allows != 0)
            case (2, .bytes(let bytes)) where isItems: schemas.append(.object(try message(bytes, position, depth: depth + 1)))
            case (_, .bytes(let bytes)): result = .object(try message(bytes, position, depth: depth + 1))
            default: break
            }
        }
        return schemas.isEmpty ? result : .array(schemas)
    }

    // MARK: Values

    private func value(_ wire: ProtobufReader.Value, _ type: GoField.Value, depth: Int) throws(ObjectDecodingError) -> JSONValue {
        switch (type, wire) {
        case (.string, _): return .string(try Self.text(wire))
        case (.boolean, .varint(let number)): return .bool(number != 0)
        case (.int32, .varint(let number)), (.int64, .varint(let number)): return .integer(Int64(bitPattern: number))
        case (.double, .fixed64(let bits)): return .double(Double(bitPattern: bits))
        case (.bytes, .bytes(let bytes)): return Base64Data(Array(bytes)).json
        case (.structure(let position), .bytes(let bytes)): return .object(try message(bytes, position, depth: depth + 1))
        case (.list(let element, _), .bytes(let bytes)):
            // A list in a map is a message with the list in it.
            var reader = ProtobufReader(bytes)
            var result: [JSONValue] = []
            while let (number, wire) = try reader.next() { if number == 1 { result += try elements(wire, element, depth: depth + 1) } }
            return .array(result)
        case (.any, .bytes(let bytes)):
            guard case .bytes(let raw) = try Self.fields(bytes)[1] else { return .null }
            do {
                return try JSONValue(parsing: Array(raw), limits: RequestBody.limits)
            } catch {
                throw ObjectDecodingError(error.reason)
            }
        case (_, .bytes(let bytes)): return try scalar(Self.fields(bytes), type)
        default: throw ObjectDecodingError("proto: wrong wireType")
        }
    }

    /// A value that is a message of its own.
    private func scalar(_ fields: [UInt64: ProtobufReader.Value], _ type: GoField.Value) throws(ObjectDecodingError) -> JSONValue {
        func number(_ position: UInt64) -> Int64 { if case .varint(let number) = fields[position] { Int64(bitPattern: number) } else { 0 } }
        func text(_ position: UInt64) throws(ObjectDecodingError) -> String {
            guard let value = fields[position] else { return "" }
            return try Self.text(value)
        }
        switch type {
        case .time: return fields.isEmpty ? .null : Time(secondsSince1970: number(1))?.json ?? .null
        case .microTime:
            let (micros, overflow) = number(1).multipliedReportingOverflow(by: 1_000_000)
            return fields.isEmpty || overflow ? .null : MicroTime(microsecondsSince1970: micros &+ number(2) / 1000)?.json ?? .null
        case .duration: return DurationText(nanoseconds: number(1)).json
        case .quantity:
            let quantity = try text(1)
            return .string(quantity.isEmpty ? "0" : quantity)
        case .integerOrString: return number(1) == 0 ? .integer(number(2)) : .string(try text(3))
        default: throw ObjectDecodingError("proto: wrong wireType")
        }
    }

    private static func fields(_ bytes: ArraySlice<UInt8>) throws(ObjectDecodingError) -> [UInt64: ProtobufReader.Value] {
        var reader = ProtobufReader(bytes)
        var fields: [UInt64: ProtobufReader.Value] = [:]
        while let (number, value) = try reader.next() { fields[number] = value }
        return fields
    }

    private static func bytes(_ wire: ProtobufReader.Value) throws(ObjectDecodingError) -> ArraySlice<UInt8> {
        guard case .bytes(let bytes) = wire else { throw ObjectDecodingError("proto: wrong wireType") }
        return bytes
    }

    private static func text(_ wire: ProtobufReader.Value) throws(ObjectDecodingError) -> String {
        guard let text = String(validating: try bytes(wire), as: UTF8.self) else { throw ObjectDecodingError("proto: invalid UTF-8") }
        return text
    }
}
