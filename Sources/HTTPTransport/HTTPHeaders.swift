/// Header fields in order, with names compared without regard to case (RFC 9110 §5.1).
///
/// A name may occur several times; each occurrence keeps its place.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, RandomAccessCollection {
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    private var fields: [Field]

    public init(_ fields: [Field] = []) { self.fields = fields }
    public init(dictionaryLiteral elements: (String, String)...) { fields = elements.map { Field($0, $1) } }
    public init(arrayLiteral elements: Field...) { fields = elements }

    public var startIndex: Int { 0 }
    public var endIndex: Int { fields.count }
    public subscript(position: Int) -> Field { fields[position] }

    /// The first value of `name`; setting it replaces every occurrence, and `nil` removes them.
    public subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            let position = fields.firstIndex { Self.same($0.name, name) } ?? fields.count
            fields.removeAll { Self.same($0.name, name) }
            if let newValue { fields.insert(Field(name, newValue), at: position) }
        }
    }

    /// Every value of `name`, in order.
    public func values(of name: String) -> [String] { fields.filter { Self.same($0.name, name) }.map(\.value) }

    public func contains(name: String) -> Bool { fields.contains { Self.same($0.name, name) } }

    /// Adds an occurrence at the end, whatever is there already.
    public mutating func add(_ name: String, _ value: String) { fields.append(Field(name, value)) }

    /// Adds a continuation line of the last field (`obs-fold`, RFC 9112 §5.2), as one space and the text.
    mutating func extendLast(with text: String) {
        guard let last = fields.popLast() else { return }
        fields.append(Field(last.name, last.value.isEmpty ? text : last.value + " " + text))
    }

    mutating func removeAll(where isRemoved: (Field) -> Bool) { fields.removeAll(where: isRemoved) }

    private static func same(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
