/// A value of the Common Expression Language.
///
/// Lists and maps are read through protocols, so that documents of the host are exposed as they are and nothing is converted in advance.
public enum ExpressionValue: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list(any ExpressionList)
    case map(any ExpressionMap)
    case type(ExpressionType)
    case timestamp(Timestamp)
    /// A span of time in nanoseconds, as in Go: about ±292 years.
    case duration(nanoseconds: Int64)
    indirect case optional(ExpressionValue?)
    /// A value that only its own functions understand, such as a quantity.
    case opaque(any OpaqueValue)

    public static func list(_ values: [ExpressionValue]) -> ExpressionValue { .list(ArrayList(values)) }

    /// The type of the value as far as its outermost part tells; elements count as `dyn`.
    public var type: ExpressionType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list(.dyn)
        case .map(let map): map.type
        case .type: .type(.dyn)
        case .timestamp: .timestamp
        case .duration: .duration
        case .optional: .optional(.dyn)
        case .opaque(let value): value.type
        }
    }

    /// Whether the value is what a variable of its type holds before anything is assigned; `optional.ofNonZeroValue` leaves such values out.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .list(let value): value.count == 0
        case .map(let value): value.count == 0
        case .timestamp(let value): value == Timestamp(seconds: 0, nanoseconds: 0)
        case .duration(let value): value == 0
        case .optional(let value): value == nil
        case .type, .opaque: false
        }
    }
}

/// A list as expressions see it. Elements are made when they are asked for.
public protocol ExpressionList: Sendable {
    var count: Int { get }
    /// The element at `index`, which is in `0..<count`.
    subscript(index: Int) -> ExpressionValue { get }
    /// Whether the lists are equal, for lists with a notion of their own; nil to compare element by element.
    func equality(to other: any ExpressionList) -> Bool?
    /// What `+` makes of both lists, for lists with a notion of their own; nil to put one after the other.
    func joined(with other: any ExpressionList) -> (any ExpressionList)?
}

extension ExpressionList {
    public func equality(to other: any ExpressionList) -> Bool? { nil }
    public func joined(with other: any ExpressionList) -> (any ExpressionList)? { nil }
}

/// A map or object as expressions see it. Members are made when they are asked for.
public protocol ExpressionMap: Sendable {
    var count: Int { get }
    /// What `type(…)` answers.
    var type: ExpressionType { get }
    /// The member with this textual key.
    func value(named name: String) -> ExpressionValue?
    /// The member with a key of another type; numbers find keys of the same worth whatever their type.
    func value(forKey key: ExpressionValue) -> ExpressionValue?
    /// The keys in the order in which expressions visit them.
    var keys: [ExpressionValue] { get }
}

extension ExpressionMap {
    public var type: ExpressionType { .map(.dyn, .dyn) }

    /// Right for maps that have textual keys only.
    public func value(forKey key: ExpressionValue) -> ExpressionValue? {
        guard case .string(let name) = key else { return nil }
        return value(named: name)
    }
}

/// A value of a type that a library or the host adds to the language.
public protocol OpaqueValue: Sendable {
    var type: ExpressionType { get }
    func isEqual(to other: any OpaqueValue) -> Bool
}

/// A list that holds its elements.
public struct ArrayList: ExpressionList {
    public var elements: [ExpressionValue]

    public init(_ elements: [ExpressionValue]) { self.elements = elements }

    public var count: Int { elements.count }
    public subscript(index: Int) -> ExpressionValue { elements[index] }
}

/// A map that holds its members, in the order in which they were added.
public struct DictionaryMap: ExpressionMap {
    private var index: [MapKey: Int] = [:]
    private var entries: [(key: ExpressionValue, value: ExpressionValue)] = []

    public init() {}

    public init(_ members: [String: ExpressionValue]) {
        for name in members.keys.sorted() { _ = insert(members[name] ?? .null, forKey: .string(name)) }
    }

    public var count: Int { entries.count }
    public var keys: [ExpressionValue] { entries.map(\.key) }
    public func value(named name: String) -> ExpressionValue? { index[.string(TextKey(name))].map { entries[$0].value } }
    public func value(forKey key: ExpressionValue) -> ExpressionValue? { MapKey(key).flatMap { index[$0] }.map { entries[$0].value } }

    /// Adds a member. False, and no change, when the key is there already or cannot be a key.
    public mutating func insert(_ value: ExpressionValue, forKey key: ExpressionValue) -> Bool {
        guard let hashed = MapKey(key), index[hashed] == nil else { return false }
        index[hashed] = entries.count
        entries.append((key, value))
        return true
    }
}

/// Text that is the same only when its code points are the same; `String` would also take canonically equivalent text for equal.
struct TextKey: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: TextKey, right: TextKey) -> Bool { left.text.hasSameCodePoints(as: right.text) }
    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// A key of a map: numbers of the same worth are the same key.
enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case string(TextKey)

    init?(_ value: ExpressionValue) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .uint(value)
        case .double(let value):
            if let whole = Int64(exactly: value) {
                self = .int(whole)
            } else if let whole = UInt64(exactly: value) {
                self = .uint(whole)
            } else {
                return nil
            }
        case .string(let value): self = .string(TextKey(value))
        default: return nil
        }
    }
}

extension String {
    /// Whether both texts have the same code points.
    func hasSameCodePoints(as other: String) -> Bool {
        let (left, right) = (utf8, other.utf8)
        guard left.count == right.count else { return false }
        return left.withContiguousStorageIfAvailable { left in right.withContiguousStorageIfAvailable { left.elementsEqual($0) } ?? left.elementsEqual(right) }
            ?? left.elementsEqual(right)
    }
}
