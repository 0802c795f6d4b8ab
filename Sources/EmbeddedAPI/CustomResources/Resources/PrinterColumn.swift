public import KubernetesAPI

/// A column of a custom resource's Table.
public struct PrinterColumn: Sendable {
    public let name: String
    public let type: String
    public let format: String
    public let description: String
    public let priority: Int32
    private let path: JSONPath

    /// Reads `additionalPrinterColumns`; columns whose path cannot be read end the list, as in Kubernetes. Without any, there is the age.
    static func columns(of version: JSONValue) -> [PrinterColumn] {
        let definitions = version["additionalPrinterColumns"]?.array ?? []
        guard !definitions.isEmpty else { return [age].compactMap { $0 } }
        var columns: [PrinterColumn] = []
        for definition in definitions {
            guard let column = PrinterColumn(json: definition) else { break }
            columns.append(column)
        }
        return columns
    }

    private static let age = PrinterColumn(json: [
        "name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp", "description": .string(TableTexts.creationTimestamp),
    ])

    private init?(json: JSONValue) {
        let text = json["jsonPath"]?.string ?? ""
        guard let path = try? JSONPath(parsing: text) else { return nil }
        self.path = path
        name = json["name"]?.string ?? ""
        type = json["type"]?.string ?? ""
        format = json["format"]?.string ?? ""
        let description = json["description"]?.string ?? ""
        self.description = description.isEmpty ? "Custom resource definition column (in JSONPath format): \(text)" : description
        priority = Int32(clamping: json["priority"]?.integer ?? 0)
    }

    /// The column in a Table's `columnDefinitions`.
    public var definition: JSONValue {
        [
            "name": .string(name), "type": .string(type), "format": .string(format), "description": .string(description),
            "priority": .integer(Int64(priority)),
        ]
    }

    /// The cell of an object; null where the object has no value, or one that does not fit the column's type.
    public func cell(of object: JSONObject, now: Time) -> JSONValue {
        guard let value = path.results(in: .object(object)).first else { return .null }
        switch (type, value) {
        case ("string", _): return .string(text(of: value))
        case ("integer", .integer), ("number", .double), ("boolean", .bool): return value
        case ("integer", .double(let number)): return .integer(GoNumber.truncated(.double(number)))
        case ("number", .integer(let integer)): return .double(Double(integer))
        case ("date", .string(let timestamp)): return .string(Age.text(of: timestamp, now: now))
        default: return .null
        }
    }

    private func text(of value: JSONValue) -> String {
        switch value {
        case .null: "<no value>"
        case .bool(let flag): "\(flag)"
        case .integer, .double: GoNumber.text(value)
        case .string(let text): text
        case .array, .object: String(decoding: value.serialized(sortedKeys: true), as: UTF8.self)
        }
    }
}

/// Descriptions that every Table shows, from the API's own documentation.
enum TableTexts {
    static let name = """
        Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of \
        an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: \
        https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names
        """
    static let creationTimestamp = """
        CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order \
        across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.

        Populated by the system. Read-only. Null for lists. More info: \
        https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
        """
}
