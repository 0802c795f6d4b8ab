/// What a strategic merge patch must know of an object type: how its fields are merged.
///
/// Fields are asked for one by one, so that a schema may refer to itself.
public protocol PatchSchema: Sendable {
    /// How the field `name` is merged; nil where the type has no such field or it is not known: objects then merge member by member, lists are replaced.
    func field(_ name: String) -> PatchField?
}

/// How one field is merged: what it holds, and what Kubernetes' API types state as `patchStrategy` and `patchMergeKey` (`x-kubernetes-patch-strategy` and
/// `x-kubernetes-patch-merge-key` in OpenAPI).
public struct PatchField: Sendable {
    public var value: PatchValue
    public var strategies: PatchStrategies
    /// The member that identifies the elements of a merged list of objects.
    public var mergeKey: String?

    public init(_ value: PatchValue, strategies: PatchStrategies = [], mergeKey: String? = nil) {
        self.value = value
        self.strategies = strategies
        self.mergeKey = mergeKey
    }
}

/// What a field holds.
public indirect enum PatchValue: Sendable {
    /// A scalar, or a value of which nothing is known.
    case plain
    case object(any PatchSchema)
    /// An object whose keys are data and whose values are merged like the field.
    case map(PatchField)
    case list(PatchValue)

    /// How the member `name` of an object of this kind is merged.
    func field(_ name: String) -> PatchField? {
        switch self {
        case .object(let schema): schema.field(name)
        case .map(let field): field
        case .plain, .list: nil
        }
    }

    /// What the elements of a list of this kind are; for a list whose type says nothing of one, the type itself, as in Kubernetes.
    var elements: PatchValue { if case .list(let elements) = self { elements } else { self } }
}

/// How a field is merged. Without a strategy objects are merged and lists replaced.
public struct PatchStrategies: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Lists are merged: objects by their merge key, scalars as a set.
    public static let merge = PatchStrategies(rawValue: 1)
    /// The field is replaced, also when it is an object.
    public static let replace = PatchStrategies(rawValue: 2)
    /// Who makes a patch adds `$retainKeys`, as for unions. Applying a patch obeys `$retainKeys` everywhere.
    public static let retainKeys = PatchStrategies(rawValue: 4)

    /// Reads the form of API types and OpenAPI: `merge`, `replace`, `retainKeys`, or two of them with a comma. Nil for anything else.
    public init?(parsing text: String) {
        self = []
        for name in text.split(separator: ",") {
            switch name {
            case "merge": insert(.merge)
            case "replace": insert(.replace)
            case "retainKeys": insert(.retainKeys)
            default: return nil
            }
        }
    }
}
