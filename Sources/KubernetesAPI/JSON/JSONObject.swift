/// The members of a JSON object: unique keys in the order in which they were read or added.
///
/// Lookup walks the members while there are few, as in nearly every API object, and uses an index of the keys where there are many
/// (a ConfigMap with thousands of keys), so that no size of input makes it slow. Equality and hashing do not depend on the order.
public struct JSONObject: Sendable {
    public struct Member: Sendable {
        public let key: String
        public var value: JSONValue

        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// From this many members on, keys are found through ``index``.
    static let indexedCount = 24

    private(set) var members: [Member]
    /// Position of every key; present exactly when there are at least ``indexedCount`` members.
    private var index: KeyIndex?

    public init() {
        members = []
        index = nil
    }

    /// - Precondition: no key twice.
    public init(uniqueKeysWithValues pairs: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in pairs {
            precondition(self[key] == nil, "key \(key) twice")
            append(Member(key: key, value: value))
        }
    }

    /// Takes members whose keys are known to be unique; nil, with the position of the second one, where they are not.
    static func checkingKeys(of members: [Member], duplicate: inout Int) -> JSONObject? {
        var object = JSONObject()
        if members.count < indexedCount {
            for i in members.indices.dropFirst() {
                for j in 0..<i where members[i].key.hasSameUTF8(as: members[j].key) {
                    duplicate = i
                    return nil
                }
            }
        } else {
            let index = KeyIndex(minimumCapacity: members.count)
            for (i, member) in members.enumerated() {
                guard index.append(member.key) else {
                    duplicate = i
                    return nil
                }
            }
            object.index = index
        }
        object.members = members
        return object
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: some Sequence<String> { members.lazy.map(\.key) }

    /// The value of `key`. Setting nil removes the member; setting a new key appends it.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
        _modify {
            if let position = position(of: key) {
                // Moved out and back, so that an edit in place does not copy the value.
                var value: JSONValue? = members[position].value
                members[position].value = .null
                yield &value
                if let value { members[position].value = value } else { remove(at: position) }
            } else {
                var value: JSONValue?
                yield &value
                if let value { append(Member(key: key, value: value)) }
            }
        }
    }

    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSONValue? {
        guard let position = position(of: key) else { return nil }
        let value = members[position].value
        remove(at: position)
        return value
    }

    /// Removes the members that `shouldBeRemoved` holds for, in one pass however many they are.
    mutating func removeAll(where shouldBeRemoved: (Member) -> Bool) {
        let before = members.count
        members.removeAll(where: shouldBeRemoved)
        if members.count != before { reindex() }
    }

    /// The same members ordered by the bytes of their keys.
    public func sortedByKey() -> JSONObject {
        var sorted = JSONObject()
        for member in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) { sorted.append(member) }
        return sorted
    }

    func position(of key: String) -> Int? {
        if let index { return index.position(of: key) }
        for position in members.indices where members[position].key.hasSameUTF8(as: key) { return position }
        return nil
    }

    private mutating func append(_ member: Member) {
        members.append(member)
        if index != nil {
            ownedIndex().append(member.key)
        } else if members.count >= Self.indexedCount {
            reindex()
        }
    }

    private mutating func remove(at position: Int) {
        let key = members.remove(at: position).key
        if members.count < Self.indexedCount { index = nil } else { ownedIndex().remove(key, at: position) }
    }

    private mutating func reindex() {
        index = nil
        guard members.count >= Self.indexedCount else { return }
        let index = KeyIndex(minimumCapacity: members.count)
        for member in members { index.append(member.key) }
        self.index = index
    }

    /// The index, copied first when another object shares it.
    private mutating func ownedIndex() -> KeyIndex {
        if let index, !isKnownUniquelyReferenced(&self.index) { self.index = KeyIndex(copying: index) }
        return self.index ?? KeyIndex(minimumCapacity: 0)
    }
}

/// Keys by their bytes, since `String` finds canonically equivalent keys equal and JSON does not.
private struct ByteKey: Hashable {
    let text: String
    init(_ text: String) { self.text = text }
    static func == (left: ByteKey, right: ByteKey) -> Bool { left.text.hasSameUTF8(as: right.text) }
    func hash(into hasher: inout Hasher) { text.hashUTF8(into: &hasher) }
}

/// - Note: `@unchecked Sendable`: only ``JSONObject`` reaches it, which changes it only while it holds the sole reference (`isKnownUniquelyReferenced`),
///   so it never changes while another thread can see it.
private final class KeyIndex: @unchecked Sendable {
    /// For every key a number that rises along the members. These are the positions until a member is removed.
    private var ordinals: [ByteKey: Int]
    /// The ordinal of every member, once a removal has made ordinals and positions differ: a removal then costs no new index.
    private var ordinalsByPosition: [Int]?
    private var next = 0

    init(minimumCapacity: Int) { ordinals = Dictionary(minimumCapacity: minimumCapacity) }

    init(copying other: KeyIndex) {
        ordinals = other.ordinals
        ordinalsByPosition = other.ordinalsByPosition
        next = other.next
    }

    func position(of key: String) -> Int? {
        guard let ordinal = ordinals[ByteKey(key)] else { return nil }
        guard let ordinalsByPosition else { return ordinal }
        var (low, high) = (0, ordinalsByPosition.count)
        while low < high {
            let middle = (low + high) / 2
            if ordinalsByPosition[middle] < ordinal { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds the key of a member behind all others; false when the key is there already.
    @discardableResult
    func append(_ key: String) -> Bool {
        ordinalsByPosition?.append(next)
        defer { next += 1 }
        return ordinals.updateValue(next, forKey: ByteKey(key)) == nil
    }

    func remove(_ key: String, at position: Int) {
        if ordinalsByPosition == nil { ordinalsByPosition = Array(0..<next) }
        ordinalsByPosition?.remove(at: position)
        ordinals[ByteKey(key)] = nil
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { members.startIndex }
    public var endIndex: Int { members.endIndex }
    public subscript(position: Int) -> (key: String, value: JSONValue) { (members[position].key, members[position].value) }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for (position, member) in left.members.enumerated() {
            // The same key usually stands at the same place.
            let other = right.members[position]
            if other.key.hasSameUTF8(as: member.key) {
                guard other.value == member.value else { return false }
            } else {
                guard right[member.key] == member.value else { return false }
            }
        }
        return true
    }

    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for member in members {
            var own = Hasher()
            member.key.hashUTF8(into: &own)
            own.combine(member.value)
            combined ^= own.finalize()
        }
        hasher.combine(combined)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral, CustomStringConvertible {
    /// - Precondition: no key twice.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(uniqueKeysWithValues: elements) }
    public var description: String { JSONValue.object(self).description }
}
