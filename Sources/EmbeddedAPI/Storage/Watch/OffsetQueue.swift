/// A queue whose elements keep their number for life, however many were dropped before them.
struct OffsetQueue<Element: Sendable>: Sendable {
    private var elements: [Element?] = []
    /// Elements at the front of ``elements`` that were dropped. Removing them one by one would move all others each time.
    private var dropped = 0
    /// The number of the oldest element that is there.
    private(set) var firstOffset = 0

    /// The number that the next appended element gets.
    var endOffset: Int { firstOffset + count }
    var count: Int { elements.count - dropped }

    mutating func append(_ element: Element) { elements.append(element) }

    subscript(offset: Int) -> Element? {
        guard offset >= firstOffset, offset < endOffset else { return nil }
        return elements[dropped + offset - firstOffset]
    }

    mutating func popFirst() -> Element? {
        guard dropped < elements.count else { return nil }
        let element = elements[dropped]
        elements[dropped] = nil
        dropped += 1
        firstOffset += 1
        if dropped > elements.count / 2 {
            elements.removeFirst(dropped)
            dropped = 0
        }
        return element
    }

    /// Up to `limit` elements from `offset` on.
    func slice(from offset: Int, limit: Int = .max) -> [Element] {
        let start = max(offset, firstOffset)
        guard start < endOffset else { return [] }
        let end = start + min(limit, endOffset - start)
        return elements[(dropped + start - firstOffset)..<(dropped + end - firstOffset)].compactMap { $0 }
    }

    /// The number of the first element for which `isBehind` holds, in a queue where it holds for all after it.
    func firstOffset(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (firstOffset, endOffset)
        while low < high {
            let middle = (low + high) / 2
            if let element = self[middle], !isBehind(element) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
