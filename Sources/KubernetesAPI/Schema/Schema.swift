/// What values of a type or field look like: an OpenAPI v3 structural schema, as Kubernetes describes built-in and custom resources.
///
/// Structures are referred to by their type and looked up when they are needed, so that types may contain themselves.
public struct Schema: Sendable {
    /// The kind of value. Each case is a Swift type of declarations, so it is finer than OpenAPI's `type` and `format`.
    public indirect enum ValueType: Sendable {
        case string
        case boolean
        /// `integer`, format `int32`.
        case int32
        /// `integer`, format `int64`.
        case int64
        /// `number`, format `double`.
        case double
        /// A string that is one of these.
        case enumeration([EnumerationCase])
        /// `date-time` in whole seconds (RFC 3339), Kubernetes' `Time`.
        case time
        /// `date-time` with microseconds, Kubernetes' `MicroTime`.
        case microTime
        /// A string such as `1h30m`, format `duration`.
        case duration
        /// A number with a suffix such as `100m` or `2Gi`; written as a string, read from a string or number.
        case quantity
        /// An integer (int32) or a string, such as a port number or a percentage.
        case integerOrString
        /// A string that is base64, format `byte`.
        case base64
        /// Any JSON value.
        case any
        /// Any JSON object.
        case anyObject
        /// A list.
        case array(Schema)
        /// An object whose keys are data and whose values are alike.
        case map(Schema)
        /// An object with declared fields.
        case structure(any APIStruct.Type)
    }

    /// One value of an enumeration.
    public struct EnumerationCase: Hashable, Sendable {
        /// The value on the wire.
        public let value: String
        /// What it means; may be empty.
        public let description: String

        public init(_ value: String, _ description: String = "") {
            self.value = value
            self.description = description
        }
    }

    public var type: ValueType
    /// What the value is for, for people; may be empty.
    public var description: String
    /// What the field is when it is absent: the API server writes it into the object.
    public var defaultValue: JSONValue?
    /// Everything else that restricts or describes the value.
    public var keywords: [Keyword]

    public init(_ type: ValueType, description: String = "", default defaultValue: JSONValue? = nil, keywords: [Keyword] = []) {
        self.type = type
        self.description = description
        self.defaultValue = defaultValue
        self.keywords = keywords
    }
}

extension Schema {
    /// A field of an object.
    public struct Field: Sendable {
        /// The name on the wire.
        public let name: String
        public let schema: Schema
        /// Whether the API server refuses an object without it.
        public let isRequired: Bool

        public init(_ name: String, _ schema: Schema, isRequired: Bool = false) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
        }

        /// The field as generated code declares it: `type` gives the kind of value, `keywords` what its annotations add.
        public init(
            _ name: String, _ type: any SchemaValue.Type, required isRequired: Bool = false, default defaultValue: JSONValue? = nil,
            _ keywords: [Keyword] = [], _ description: String = ""
        ) {
            var schema = type.schema
            schema.apply(keywords)
            if !description.isEmpty { schema.description = description }
            schema.defaultValue = defaultValue ?? schema.defaultValue
            self.init(name, schema, isRequired: isRequired)
        }
    }

    /// Adds keywords; those for elements and values go to the schema of these.
    mutating func apply(_ keywords: [Keyword]) {
        for keyword in keywords {
            switch (keyword, type) {
            case (.items(let inner), .array(var element)):
                element.apply(inner)
                type = .array(element)
            case (.values(let inner), .map(var element)):
                element.apply(inner)
                type = .map(element)
            default: self.keywords.append(keyword)
            }
        }
    }
}
