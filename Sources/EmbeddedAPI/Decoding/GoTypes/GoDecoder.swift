import KubernetesAPI

/// Walks once over a value and its Go type.
struct GoDecoder {
    let graph: GoTypeGraph
    /// Whether it is known where each value stands, for messages. Otherwise only ``foundFault`` is reported.
    let tracksPaths: Bool

    private(set) var foundFault = false
    private(set) var unknownFields: [String] = []
    /// The first value of a wrong type. Go goes on after it, since an error of another kind is reported instead.
    private(set) var firstError: ObjectDecodingError?

    private var path = JSONPathText()
    /// The names of the fields around the present value, and the innermost type that has one.
    private var fieldNames: [String] = []
    private var typeName = ""
    private var reportsUnknownFields = true

    static let maxReportedFields = 100

    init(graph: GoTypeGraph, tracksPaths: Bool) {
        self.graph = graph
        self.tracksPaths = tracksPaths
    }

    /// What becomes of a value.
    enum Outcome {
        case kept
        case replaced(JSONValue)
        /// It is of a wrong type or null: the field is as if it were absent.
        case ignored
    }

    // MARK: Objects

    /// The object as its type writes it; nil where that is how it is.
    mutating func object(_ object: JSONObject, _ position: Int) throws(ObjectDecodingError) -> JSONObject? {
        let type = graph.types[position]
        var result = object
        var isChanged = false
        let outerTypeName = typeName
        for (name, value) in object {
            guard let index = type.position(of: name) else {
                result.removeValue(forKey: name)
                isChanged = true
                reportUnknown(name)
                continue
            }
            let field = type.fields[index]
            if tracksPaths {
                path.enter(key: name)
                fieldNames.append(name)
                typeName = type.name
            }
            switch try self.value(value, field.value, field.goType) {
            case .kept: if settle(value, field, position, in: &result) { isChanged = true }
            case .replaced(let new):
                isChanged = true
                if !settle(new, field, position, in: &result) { result[name] = new }
            case .ignored:
                isChanged = true
                if field.presence == .omittedWhenAbsent || field.presence == .omittedWhenZero {
                    result.removeValue(forKey: name)
                } else {
                    result[name] = field.presence == .always ? graph.zero(field.value) : .null
                }
            }
            if tracksPaths {
                path.leave()
                fieldNames.removeLast()
                typeName = outerTypeName
            }
        }
        for index in type.standingFields where result[type.fields[index].name] == nil {
            let field = type.fields[index]
            isChanged = true
            result[field.name] = field.presence == .always ? graph.zero(field.value) : .null
        }
        return isChanged ? result : nil
    }

    /// Drops a zero value that is not written, and makes null of an empty list that Kubernetes' storage does not tell from none; true where it did.
    private func settle(_ value: JSONValue, _ field: GoField, _ position: Int, in object: inout JSONObject) -> Bool {
        switch (field.presence, value) {
        case (.omittedWhenZero, _) where value.isGoZero: object.removeValue(forKey: field.name)
        case (.always, .array(let elements)) where elements.isEmpty && !graph.keepsEmptyLists[position]: object[field.name] = .null
        default: return false
        }
        return true
    }

    private mutating func reportUnknown(_ name: String) {
        guard reportsUnknownFields else { return }
        foundFault = true
        guard tracksPaths, unknownFields.count < Self.maxReportedFields else { return }
        path.enter(key: name)
        let text = path.text
        path.leave()
        if !unknownFields.contains(text) { unknownFields.append(text) }
    }

    // MARK: Values

    mutating func value(_ json: JSONValue, _ value: GoField.Value, _ goType: String) throws(ObjectDecodingError) -> Outcome {
        switch (value, json) {
        case (_, .null): return .ignored
        case (.string, .string), (.boolean, .bool), (.int64, .integer), (.double, .integer), (.double, .double), (.any, _): return .kept
        case (.int32, .integer(let number)):
            return Int32(exactly: number) != nil ? .kept : mismatch(json, goType, showsNumber: true)
        case (.structure(let position), .object(let object)): return outcome(try self.object(object, position))
        case (.list(let element, let elementType), .array(let elements)): return outcome(try list(elements, element, elementType))
        case (.map(let element, let elementType), .object(let object)): return outcome(try map(object, element, elementType))
        case (.schemaUnion(let position), _): return try schemaUnion(json, position, goType)
        case (.int32, .double), (.int64, .double): return mismatch(json, goType, showsNumber: true)
        case (.string, _), (.boolean, _), (.int32, _), (.int64, _), (.double, _), (.structure, _), (.list, _), (.map, _): return mismatch(json, goType)
        default: return try scalar(json, value, goType)
        }
    }

    private func outcome(_ object: JSONObject?) -> Outcome { object.map { .replaced(.object($0)) } ?? .kept }
    private func outcome(_ elements: [JSONValue]?) -> Outcome { elements.map { .replaced(.array($0)) } ?? .kept }

    private mutating func list(_ elements: [JSONValue], _ element: GoField.Value, _ elementType: String) throws(ObjectDecodingError) -> [JSONValue]? {
        var result = elements
        var isChanged = false
        for (index, json) in elements.enumerated() {
            if tracksPaths { path.enter(index: index) }
            switch try value(json, element, elementType) {
            case .kept: break
            case .replaced(let new): (result[index], isChanged) = (new, true)
            case .ignored: (result[index], isChanged) = (graph.zero(element), true)
            }
            if tracksPaths { path.leave() }
        }
        return isChanged ? result : nil
    }

    private mutating func map(_ object: JSONObject, _ element: GoField.Value, _ elementType: String) throws(ObjectDecodingError) -> JSONObject? {
        var result = object
        var isChanged = false
        for (key, json) in object {
            if tracksPaths { path.enter(key: key) }
            switch try value(json, element, elementType) {
            case .kept: break
            case .replaced(let new): (result[key], isChanged) = (new, true)
            case .ignored: (result[key], isChanged) = (graph.zero(element), true)
            }
            if tracksPaths { path.leave() }
        }
        return isChanged ? result : nil
    }

    /// A schema where also a list of schemas or a boolean may stand. Kubernetes reads it by itself and reports no unknown fields in it.
    private mutating func schemaUnion(_ json: JSONValue, _ position: Int, _ goType: String) throws(ObjectDecodingError) -> Outcome {
        let reports = reportsUnknownFields
        reportsUnknownFields = false
        defer { reportsUnknownFields = reports }
        switch json {
        case .object(let object): return outcome(try self.object(object, position))
        case .array(let elements): return outcome(try list(elements, .structure(position), goType))
        default: return .kept
        }
    }

    // MARK: Errors

    /// Notes a value of a wrong type, as if it had not been there.
    mutating func mismatch(_ json: JSONValue, _ goType: String, showsNumber: Bool = false) -> Outcome {
        foundFault = true
        if tracksPaths, firstError == nil { firstError = typeError(json, goType, showsNumber: showsNumber) }
        return .ignored
    }

    func typeError(_ json: JSONValue, _ goType: String, showsNumber: Bool = false) -> ObjectDecodingError {
        let kind = showsNumber ? "number \(json.goNumberText)" : json.goKind
        let place = fieldNames.isEmpty ? "value" : "struct field \(typeName).\(fieldNames.joined(separator: "."))"
        return ObjectDecodingError("json: cannot unmarshal \(kind) into Go \(place) of type \(goType)")
    }

    /// Notes an error that Go reports like a wrong type.
    mutating func note(_ reason: String) -> Outcome {
        foundFault = true
        if firstError == nil { firstError = ObjectDecodingError(reason) }
        return .ignored
    }
}

extension JSONValue {
    /// Whether Go's encoder leaves the value out of an `omitempty` field.
    var isGoZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .integer(let value): value == 0
        case .double(let value): value == 0
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        }
    }

    /// The number as it most likely stood in the text; the exact text is gone.
    var goNumberText: String { if case .double(let value) = self { "\(value)" } else { "\(self)" } }
}
