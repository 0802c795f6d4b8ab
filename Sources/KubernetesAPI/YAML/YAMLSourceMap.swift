/// Where the values of a document stand: 16 bytes a value.
///
/// Entries are in the order of the text, a container before its children, so that a value is found by walking down and skipping its elder siblings.
struct YAMLSourceMap: Sendable {
    private struct Entry {
        var line: UInt32
        var column: UInt32
        /// How many entries the value has with all that it contains.
        var size: UInt32 = 1
        /// The entry that has this value's children when it is an alias or a merged member; or one of the marks below.
        var target: UInt32
    }

    private static let own = UInt32.max
    /// Marks what stands under a merge key: no child of the map around it.
    private static let merge = UInt32.max - 1

    private var entries: [Entry] = []

    /// Begins a value; its children follow until ``end(_:)``.
    mutating func begin(at position: SourcePosition) -> Int { append(position, target: Self.own) }
    mutating func beginMerge(at position: SourcePosition) -> Int { append(position, target: Self.merge) }
    mutating func end(_ entry: Int) { entries[entry].size = UInt32(clamping: entries.count - entry) }

    /// Adds a value whose children stand elsewhere.
    mutating func alias(at position: SourcePosition, to entry: Int) { _ = append(position, target: UInt32(clamping: resolved(entry))) }

    /// The entry that was added last; 0 before the first.
    var last: Int { max(entries.count - 1, 0) }
    /// The entry that will be added next.
    var next: Int { entries.count }

    private mutating func append(_ position: SourcePosition, target: UInt32) -> Int {
        entries.append(Entry(line: UInt32(clamping: position.line), column: UInt32(clamping: position.column), target: target))
        return entries.count - 1
    }

    func position(of entry: Int) -> SourcePosition { SourcePosition(line: Int(entries[entry].line), column: Int(entries[entry].column)) }

    /// The entries of a value's children, in order.
    func children(of entry: Int) -> [Int] {
        let parent = resolved(entry)
        var children: [Int] = []
        var next = parent + 1
        while next < parent + Int(entries[parent].size) {
            if entries[next].target != Self.merge { children.append(next) }
            next += Int(entries[next].size)
        }
        return children
    }

    /// The entry of a value's child `position`, which must exist.
    func child(_ position: Int, of entry: Int) -> Int {
        var next = resolved(entry) + 1
        var remaining = position
        while entries[next].target == Self.merge || remaining > 0 {
            if entries[next].target != Self.merge { remaining -= 1 }
            next += Int(entries[next].size)
        }
        return next
    }

    private func resolved(_ entry: Int) -> Int {
        let target = entries[entry].target
        return target < Self.merge ? Int(target) : entry
    }
}
