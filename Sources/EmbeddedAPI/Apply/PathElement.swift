import Glibc
public import KubernetesAPI

/// One step of a path into an object, as server-side apply identifies fields and list elements.
///
/// Elements have a total order, that of Kubernetes: fields, then keys, values and indexes; texts by their bytes, numbers by their value.
///
/// - Note: the forms are those of `fieldsV1` in <https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#fieldsv1-v1-meta>.
public enum PathElement: Sendable {
    /// A field of an object: `f:name`.
    case field(String)
    /// The element of a list that has these values in its key fields, which are sorted by name: `k:{"name":"x"}`.
    case key([KeyField])
    /// The element of a set that has this value: `v:"x"`.
    case value(JSONValue)
    /// The element at a position: `i:0`. No list is tracked like this today, but clients may send it.
    case index(Int)

    /// A key field of a list element with its value.
    public struct KeyField: Sendable {
        public let name: String
        public let value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The element of a list with these key fields, in any order.
    public static func keyed(_ fields: [KeyField]) -> PathElement {
        .key(fields.count < 2 ? fields : fields.sorted { ByteOrder.compare($0.name, $1.name) < 0 })
    }
}

extension PathElement: Hashable, Comparable {
    /// Negative, zero or positive, as `left` stands before, at or behind `right`.
    static func compare(_ left: PathElement, _ right: PathElement) -> Int {
        switch (left, right) {
        case (.field(let a), .field(let b)): ByteOrder.compare(a, b)
        case (.key(let a), .key(let b)): compare(a, b)
        case (.value(let a), .value(let b)): ByteOrder.compare(a, b)
        case (.index(let a), .index(let b)): a < b ? -1 : a > b ? 1 : 0
        default: left.rank - right.rank
        }
    }

    private static func compare(_ left: [KeyField], _ right: [KeyField]) -> Int {
        for (a, b) in zip(left, right) {
            let names = ByteOrder.compare(a.name, b.name)
            if names != 0 { return names }
            let values = ByteOrder.compare(a.value, b.value)
            if values != 0 { return values }
        }
        return left.count - right.count
    }

    private var rank: Int {
        switch self {
        case .field: 0
        case .key: 1
        case .value: 2
        case .index: 3
        }
    }

    public static func < (left: PathElement, right: PathElement) -> Bool { compare(left, right) < 0 }
    public static func == (left: PathElement, right: PathElement) -> Bool { compare(left, right) == 0 }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(rank)
        switch self {
        case .field(let name): hasher.combine(name)
        case .key(let fields):
            for field in fields {
                hasher.combine(field.name)
                hasher.combine(field.value)
            }
        case .value(let value): hasher.combine(value)
        case .index(let index): hasher.combine(index)
        }
    }
}

extension PathElement: CustomStringConvertible {
    /// The element as Kubernetes' messages write it: `.image`, `[name="a"]`, `[="x"]`, `[0]`.
    public var description: String {
        switch self {
        case .field(let name): "." + name
        case .key(let fields): "[" + fields.map { "\($0.name)=\(Self.text($0.value))" }.joined(separator: ",") + "]"
        case .value(let value): "[=\(Self.text(value))]"
        case .index(let index): "[\(index)]"
        }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text.quotedAsGo
        case .double(let number): Int64(exactly: number).map(String.init) ?? value.description
        default: value.description
        }
    }
}

/// Orders as Kubernetes has them: texts by their bytes, numbers of either kind by their value.
enum ByteOrder {
    static func compare(_ left: String, _ right: String) -> Int {
        let order = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in
                let common = min(left.count, right.count)
                guard common > 0, let a = left.baseAddress, let b = right.baseAddress else { return left.count - right.count }
                let order = Int(memcmp(a, b, common))
                return order != 0 ? order : left.count - right.count
            }
        }
        if let order, let order { return order }
        if left.utf8.elementsEqual(right.utf8) { return 0 }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    }

    static func compare(_ left: JSONValue, _ right: JSONValue) -> Int {
        switch (left, right) {
        case (.integer(let a), .integer(let b)): return a < b ? -1 : a > b ? 1 : 0
        case (.string(let a), .string(let b)): return compare(a, b)
        case (.bool(let a), .bool(let b)): return a == b ? 0 : a ? 1 : -1
        case (.array(let a), .array(let b)):
            for (x, y) in zip(a, b) {
                let order = compare(x, y)
                if order != 0 { return order }
            }
            return a.count - b.count
        case (.object(let a), .object(let b)): return compare(a, b)
        default:
            if case .integer(let a) = left, case .double(let b) = right { return compare(a, b) }
            if case .double(let a) = left, case .integer(let b) = right { return -compare(b, a) }
            if case .double(let a) = left, case .double(let b) = right { return a < b ? -1 : a > b ? 1 : 0 }
            return rank(left) - rank(right)
        }
    }

    /// Exactly, also where not every integer is a double.
    private static func compare(_ left: Int64, _ right: Double) -> Int {
        if let exact = Int64(exactly: right) { return left < exact ? -1 : left > exact ? 1 : 0 }
        return Double(left) < right ? -1 : 1
    }

    private static func compare(_ left: JSONObject, _ right: JSONObject) -> Int {
        for (a, b) in zip(left.sortedByKey(), right.sortedByKey()) {
            let keys = compare(a.key, b.key)
            if keys != 0 { return keys }
            let values = compare(a.value, b.value)
            if values != 0 { return values }
        }
        return left.count - right.count
    }

    private static func rank(_ value: JSONValue) -> Int {
        switch value {
        case .integer, .double: 0
        case .string: 1
        case .bool: 2
        case .array: 3
        case .object: 4
        case .null: 5
        }
    }
}
