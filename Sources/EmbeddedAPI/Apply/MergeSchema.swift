public import KubernetesAPI
import Synchronization

/// What server-side apply needs to know of a type: whether its values are scalars, lists or maps, and how these merge.
///
/// A reference type, since types may contain themselves; what a type contains is found out when it is first asked for.
public final class MergeSchema: Sendable {
    private enum State {
        case known(MergeAtom)
        case unresolved(@Sendable () -> MergeAtom)
    }
    private let state: Mutex<State>

    public init(_ atom: MergeAtom) { state = Mutex(.known(atom)) }

    /// A type that is looked up when it is first needed; `resolve` is called once, or a few times when first asked by several threads at once.
    public init(lazily resolve: @escaping @Sendable () -> MergeAtom) { state = Mutex(.unresolved(resolve)) }

    /// What values of the type may be.
    public var atom: MergeAtom {
        let resolve: @Sendable () -> MergeAtom
        switch state.withLock({ $0 }) {
        case .known(let atom): return atom
        case .unresolved(let pending): resolve = pending
        }
        // Outside of the lock: a type may ask for itself.
        let atom = resolve()
        state.withLock { $0 = .known(atom) }
        return atom
    }

    public static let string = MergeSchema(MergeAtom(scalar: .string))
    public static let numeric = MergeSchema(MergeAtom(scalar: .numeric))
    public static let boolean = MergeSchema(MergeAtom(scalar: .boolean))
    /// A scalar of any type.
    public static let anyScalar = MergeSchema(MergeAtom(scalar: .untyped))

    /// Any value, each of whose lists and maps is one unit: what lists without a schema contain.
    public static let untypedAtomic: MergeSchema = MergeSchema(lazily: {
        MergeAtom(scalar: .untyped, list: .init(.atomic, of: .untypedAtomic), map: .init(.atomic, of: .untypedAtomic))
    })

    /// Any value: maps merge key by key, lists are one unit. What fields without a schema are.
    public static let deduced: MergeSchema = MergeSchema(lazily: {
        MergeAtom(scalar: .untyped, list: .init(.atomic, of: .untypedAtomic), map: .init(.granular, of: .deduced))
    })
}

/// What values of a type may be; several where the schema leaves it open.
public struct MergeAtom: Sendable {
    public enum Scalar: Hashable, Sendable {
        case numeric, string, boolean
        /// Any of these.
        case untyped
    }

    /// How a list or map merges.
    public enum Relationship: Hashable, Sendable {
        /// As one value.
        case atomic
        /// A list whose elements are identified by the values of key fields; without such fields a set, whose elements are identified by themselves.
        case associative(keys: [String])
        /// A map that merges key by key.
        case granular
    }

    public struct List: Sendable {
        /// ``Relationship/atomic`` or ``Relationship/associative(keys:)``.
        public let relationship: Relationship
        /// The type of the elements; nil where none is declared, which no value fits.
        public let element: MergeSchema?

        public init(_ relationship: Relationship, of element: MergeSchema?) {
            self.relationship = relationship
            self.element = element
        }
    }

    public struct Field: Sendable {
        public let schema: MergeSchema
        /// What a list element without this key field is taken to have.
        public let defaultValue: JSONValue?

        public init(_ schema: MergeSchema, default defaultValue: JSONValue? = nil) {
            self.schema = schema
            self.defaultValue = defaultValue
        }
    }

    public struct Map: Sendable {
        /// ``Relationship/atomic`` or ``Relationship/granular``.
        public let relationship: Relationship
        /// The declared fields.
        public let fields: [String: Field]
        /// The type of all other values; nil where there may be no others.
        public let element: MergeSchema?

        public init(_ relationship: Relationship = .granular, fields: [String: Field] = [:], of element: MergeSchema? = nil) {
            self.relationship = relationship
            self.fields = fields
            self.element = element
        }

        /// The type of the value of `key`; nil where there may be none.
        func schema(of key: String) -> MergeSchema? { fields[key]?.schema ?? element }
    }

    public var scalar: Scalar?
    public var list: List?
    public var map: Map?

    public init(scalar: Scalar? = nil, list: List? = nil, map: Map? = nil) {
        self.scalar = scalar
        self.list = list
        self.map = map
    }

    /// Nothing: the type of what no schema declares.
    static let none = MergeAtom()

    /// How a value is treated.
    enum Shape {
        case map(Map)
        case scalar(Scalar)
        case list(List)
        case none

        fileprivate var rank: Int {
            switch self {
            case .map: 0
            case .scalar: 1
            case .list: 2
            case .none: 3
            }
        }
    }

    /// The shape of a value: its own where the type allows it. Null, no value and values of another type take the first that the type allows.
    func shape(of value: JSONValue?) -> Shape {
        switch value {
        case .string, .bool, .integer, .double: if let scalar { return .scalar(scalar) }
        case .array: if let list { return .list(list) }
        case .object: if let map { return .map(map) }
        case .null, nil: break
        }
        return map.map(Shape.map) ?? scalar.map(Shape.scalar) ?? list.map(Shape.list) ?? Shape.none
    }

    /// The shapes in which two values are merged or compared: one, unless they are of different types that the schema leaves open.
    func shapes(of old: JSONValue?, _ new: JSONValue?) -> [Shape] {
        guard let new else { return [shape(of: old)] }
        guard let old else { return [shape(of: new)] }
        let (left, right) = (shape(of: old), shape(of: new))
        return left.rank == right.rank ? [right] : [left, right]
    }
}

extension MergeSchema? {
    /// Undeclared places have an empty atom.
    var atom: MergeAtom { self?.atom ?? .none }
}
