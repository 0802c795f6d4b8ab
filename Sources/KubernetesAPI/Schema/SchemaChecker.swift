/// Checks whether JSON values fit a schema's types: a schema compiled into flat tables, so that checking allocates nothing and looks keys up by a few bytes.
///
/// Checked are the types of declared fields, the values of enumerations, and the forms of numbers, times, quantities and base64. Not checked are required
/// fields, which Kubernetes itself leaves out when they are zero; undeclared fields, which are kept; and value rules such as ranges and patterns,
/// which the API server enforces. Null counts as absent.
public final class SchemaChecker: Sendable {
    enum Check: UInt8 {
        case any, string, boolean, int32, int64, double, time, microTime, duration, quantity, integerOrString, base64, enumeration, anyObject
        case array, map, structure
    }

    /// What a value has to be. `index` is the node of an array's or map's elements, a position in ``structures`` or in ``enumerations``.
    struct Node {
        var check: Check
        var index: Int32 = 0
    }

    /// The hash table of a structure's fields: `mask + 1` entries of ``slots`` from `start`, with open addressing.
    struct Structure {
        var start: Int
        var mask: Int
    }

    /// One place of a hash table: a field's name, as a range of ``names``, and its node; `nameLength` below 0 where it is empty.
    struct Slot {
        var nameStart: Int32 = 0
        var nameLength: Int32 = -1
        var node: Int32 = 0
    }

    let nodes: [Node]
    let structures: [Structure]
    let slots: [Slot]
    let names: [UInt8]
    let enumerations: [[String]]
    /// For a resource: its apiVersion and kind, which objects that state them have to have.
    let resource: ResourceDefinition?

    /// How many problems are reported at most; the rest is only said to exist.
    static let problemLimit = 20

    /// Compiles the schema and every type that it reaches.
    public init(_ schema: Schema) {
        var compiler = SchemaCompiler()
        compiler.compile(schema)
        nodes = compiler.nodes
        structures = compiler.structures
        slots = compiler.slots
        names = compiler.names
        enumerations = compiler.enumerations
        if case .structure(let type) = schema.type { resource = (type as? any Resource.Type)?.resource } else { resource = nil }
    }

    /// Finds everything in `json` that does not fit, up to a limit.
    ///
    /// - Parameter path: where `json` stands in what it is part of, for the messages.
    public func check(_ json: JSONValue, at path: FieldPath = FieldPath()) throws(InvalidObjectError) {
        if accepts(json) { return }
        var search = ProblemSearch(checker: self)
        search.visit(json, node: 0, at: path)
        search.checkType(of: json, at: path)
        throw InvalidObjectError(problems: search.problems, isTruncated: search.isTruncated, kind: resource?.kind)
    }

    @inline(__always)
    static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        let count = name.count
        guard count > 0 else { return 0 }
        return Int(name[0]) &+ Int(name[count - 1]) &* 29 &+ Int(name[count >> 1]) &* 113 &+ count &* 191
    }
}

/// Turns a schema into the tables of a ``SchemaChecker``; each structure is compiled once, so recursive types end.
private struct SchemaCompiler {
    var nodes: [SchemaChecker.Node] = []
    var structures: [SchemaChecker.Structure] = []
    var slots: [SchemaChecker.Slot] = []
    var names: [UInt8] = []
    var enumerations: [[String]] = []
    private var structureIndexes: [ObjectIdentifier: Int32] = [:]

    /// Appends the node of `schema` and returns its position; the node of the schema that is compiled first is 0.
    @discardableResult
    mutating func compile(_ schema: Schema) -> Int32 {
        let position = nodes.count
        nodes.append(SchemaChecker.Node(check: .any))
        nodes[position] = node(schema)
        return Int32(position)
    }

    private mutating func node(_ schema: Schema) -> SchemaChecker.Node {
        switch schema.type {
        case .string: return .init(check: .string)
        case .boolean: return .init(check: .boolean)
        case .int32: return .init(check: .int32)
        case .int64: return .init(check: .int64)
        case .double: return .init(check: .double)
        case .time: return .init(check: .time)
        case .microTime: return .init(check: .microTime)
        case .duration: return .init(check: .duration)
        case .quantity: return .init(check: .quantity)
        case .integerOrString: return .init(check: .integerOrString)
        case .base64: return .init(check: .base64)
        case .any: return .init(check: .any)
        case .anyObject: return .init(check: .anyObject)
        case .enumeration(let cases):
            enumerations.append(cases.map(\.value))
            return .init(check: .enumeration, index: Int32(enumerations.count - 1))
        case .array(let element): return .init(check: .array, index: compile(element))
        case .map(let element): return .init(check: .map, index: compile(element))
        case .structure(let type): return .init(check: .structure, index: structure(type))
        }
    }

    private mutating func structure(_ type: any APIStruct.Type) -> Int32 {
        if let known = structureIndexes[ObjectIdentifier(type)] { return known }
        let position = structures.count
        structureIndexes[ObjectIdentifier(type)] = Int32(position)
        let fields = type.definition.fields
        // At most half full, so that an undeclared key soon meets an empty slot.
        var size = 4
        while size < fields.count * 2 { size *= 2 }
        let start = slots.count
        structures.append(SchemaChecker.Structure(start: start, mask: size - 1))
        slots.append(contentsOf: repeatElement(SchemaChecker.Slot(), count: size))
        for field in fields {
            let bytes = Array(field.name.utf8)
            var place = bytes.withUnsafeBufferPointer { SchemaChecker.hash($0) } & (size - 1)
            while slots[start + place].nameLength >= 0 { place = (place + 1) & (size - 1) }
            let nameStart = Int32(names.count)
            names.append(contentsOf: bytes)
            slots[start + place] = SchemaChecker.Slot(nameStart: nameStart, nameLength: Int32(bytes.count), node: 0)
            slots[start + place].node = compile(field.schema)
        }
        return Int32(position)
    }
}
