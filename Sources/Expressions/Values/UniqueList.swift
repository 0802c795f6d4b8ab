/// A list without repetitions whose order means nothing: Kubernetes' lists of the types `set` and `map`.
///
/// Such lists are equal when they have equal elements, and `+` leaves out or replaces what is there already.
public struct UniqueList: ExpressionList {
    private let base: any ExpressionList
    /// The members that identify an element of a map; nil for sets, whose elements identify themselves.
    private let keys: [String]?

    /// - Parameter keys: the members by which elements are told apart; nil for a set.
    public init(_ base: any ExpressionList, keys: [String]? = nil) { (self.base, self.keys) = (base, keys) }

    public var count: Int { base.count }
    public subscript(index: Int) -> ExpressionValue { base[index] }

    public func equality(to other: any ExpressionList) -> Bool? {
        guard count == other.count else { return false }
        guard let keys else { return Membership(other).containsAll(of: self) }
        var others: [[MapKey?]: ExpressionValue] = [:]
        for index in 0..<other.count { others[Self.identity(of: other[index], keys)] = other[index] }
        for index in 0..<count {
            let element = self[index]
            guard let other = others[Self.identity(of: element, keys)], element.isEqual(to: other) else { return false }
        }
        return true
    }

    public func joined(with other: any ExpressionList) -> (any ExpressionList)? {
        guard let keys else {
            let known = Membership(self)
            return UniqueList(ArrayList(elements + other.elements.filter { !known.contains($0) }))
        }
        var joined = elements
        var positions: [[MapKey?]: Int] = [:]
        for (index, element) in joined.enumerated() { positions[Self.identity(of: element, keys)] = index }
        for element in other.elements {
            let identity = Self.identity(of: element, keys)
            if let position = positions[identity] {
                joined[position] = element
            } else {
                positions[identity] = joined.count
                joined.append(element)
            }
        }
        return UniqueList(ArrayList(joined), keys: keys)
    }

    private static func identity(of element: ExpressionValue, _ keys: [String]) -> [MapKey?] {
        guard case .map(let map) = element else { return [] }
        return keys.map { map.value(named: $0).flatMap { MapKey($0) } }
    }

    /// Elements to be asked for others.
    private struct Membership {
        private let keys: Set<MapKey>
        private let others: [ExpressionValue]

        init(_ list: any ExpressionList) {
            let elements = list.elements
            keys = Set(elements.compactMap { MapKey($0) })
            others = elements.filter { MapKey($0) == nil }
        }

        func contains(_ element: ExpressionValue) -> Bool { MapKey(element).map { keys.contains($0) } ?? others.contains { $0.isEqual(to: element) } }
        func containsAll(of list: any ExpressionList) -> Bool { list.elements.allSatisfy(contains) }
    }
}
