import Expressions
import KubernetesAPI

/// What a schema says about values, as far as expressions and the estimate of their cost need it.
///
/// Source: <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/cel/common/schemas.go>.
final class DeclaredType: Sendable {
    enum Shape: Sendable {
        case simple
        case list(DeclaredType)
        case map(DeclaredType)
        /// The fields by the names that expressions use.
        case object([String: DeclaredType])
    }

    let shape: Shape
    let type: ExpressionType
    /// How large a value can be: characters, bytes, elements, members. 0 for values that are all of one size.
    let maxElements: UInt64
    /// Bytes of the smallest value as JSON.
    let minSerializedSize: Int64

    init(_ type: ExpressionType, _ shape: Shape = .simple, maxElements: UInt64 = 0, minSerializedSize: Int64) {
        (self.type, self.shape, self.maxElements, self.minSerializedSize) = (type, shape, maxElements, minSerializedSize)
    }

    /// Bytes of the largest request that Kubernetes accepts, which bounds what has no other limit.
    static let requestLimit: Int64 = 3 * 1024 * 1024

    static let bool = DeclaredType(.bool, minSerializedSize: 4)
    static let int = DeclaredType(.int, minSerializedSize: 1)
    static let double = DeclaredType(.double, minSerializedSize: 1)
    static let string = DeclaredType(.string, minSerializedSize: 2)
    static let timestamp = DeclaredType(.timestamp, minSerializedSize: 21)
    static let dyn = DeclaredType(.dyn, minSerializedSize: 1)

    static func list(of element: DeclaredType, maxItems: Int64? = nil) -> DeclaredType {
        let limit = maxItems ?? (requestLimit - 2) / (element.minSerializedSize + 1)
        return DeclaredType(.list(element.type), .list(element), maxElements: UInt64(max(0, limit)), minSerializedSize: 2)
    }

    static func map(of value: DeclaredType, maxProperties: Int64? = nil) -> DeclaredType {
        let limit = maxProperties ?? (requestLimit - 2) / (value.minSerializedSize + 6)
        return DeclaredType(.map(.string, value.type), .map(value), maxElements: UInt64(max(0, limit)), minSerializedSize: 2)
    }

    /// - Parameter name: unique among the types of an environment.
    static func object(_ name: String, _ fields: [String: DeclaredType], minSerializedSize: Int64 = 2) -> DeclaredType {
        DeclaredType(.object(name), .object(fields), minSerializedSize: minSerializedSize)
    }

    /// How many values of the type a request can hold, where nothing else limits them.
    var maxCardinality: UInt64 { UInt64(Self.requestLimit / (minSerializedSize + 1)) }

    /// The type at a path of fields, `@items`, `@keys` and `@values`.
    func type(at path: ArraySlice<String>) -> DeclaredType? {
        guard let step = path.first else { return self }
        let rest = path.dropFirst()
        switch (shape, step) {
        case (.list(let element), "@items"), (.list(let element), "@values"): return element.type(at: rest)
        case (.map(let value), "@items"), (.map(let value), "@values"): return value.type(at: rest)
        case (.map, "@keys"): return Self.string.type(at: rest)
        case (.object(let fields), _): return fields[step]?.type(at: rest)
        default: return nil
        }
    }

    /// This and every object type inside, by name.
    func collectObjects(into objects: inout [String: [String: ExpressionType]]) {
        switch shape {
        case .simple: break
        case .list(let element): element.collectObjects(into: &objects)
        case .map(let value): value.collectObjects(into: &objects)
        case .object(let fields):
            guard case .object(let name) = type, objects[name] == nil else { return }
            objects[name] = fields.mapValues(\.type)
            for field in fields.values { field.collectObjects(into: &objects) }
        }
    }
}

/// The object types that the checker of an environment knows.
struct DeclaredObjects: ObjectTypeProvider {
    private var fields: [String: [String: ExpressionType]] = [:]
    /// Who is asked about other types.
    var next: (any ObjectTypeProvider)?

    init(_ types: [DeclaredType]) { for type in types { type.collectObjects(into: &fields) } }

    mutating func add(_ name: String, _ members: [String: ExpressionType]) { fields[name, default: [:]].merge(members) { $1 } }

    func type(ofField field: String, in object: String) -> ExpressionType? {
        if let members = fields[object] { return members[field] }
        return next?.type(ofField: field, in: object)
    }
}

/// The sizes of variables that are all of one type: `self` and `oldSelf`.
struct DeclaredSizes: ExpressionSizes {
    let root: DeclaredType

    func largestSize(at path: [String]) -> UInt64? {
        guard !path.isEmpty else { return nil }
        return root.type(at: path.dropFirst())?.maxElements
    }
}
