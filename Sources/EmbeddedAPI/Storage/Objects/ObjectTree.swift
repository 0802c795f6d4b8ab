/// The objects of one resource in the order of their keys: a persistent B+ tree.
///
/// Nodes never change. A write makes new ones along one path (a few microseconds) and shares the rest, so a reader that holds a tree lists a
/// consistent snapshot for as long as it likes, without a lock and without a copy.
struct ObjectTree: Sendable {
    private(set) var root: Node

    init() { root = Node(objects: []) }

    /// - Parameter objects: in the order of their keys, no key twice.
    init(sorted objects: [StoredObject]) {
        let size = Node.capacity * 3 / 4
        var level = stride(from: 0, to: objects.count, by: size).map { Node(objects: Array(objects[$0..<min($0 + size, objects.count)])) }
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: size).map { Node(children: Array(level[$0..<min($0 + size, level.count)])) }
        }
        root = level.first ?? Node(objects: [])
    }

    var count: Int { root.count }

    subscript(key: ObjectKey) -> StoredObject? {
        var node = root
        while let child = node.children.isEmpty ? nil : node.child(holding: key.path) { node = child }
        let position = node.position(of: key.path)
        guard position < node.objects.count, node.objects[position].key == key else { return nil }
        return node.objects[position]
    }

    /// Adds `object`, or replaces the one with its key, which is returned.
    @discardableResult
    mutating func put(_ object: StoredObject) -> StoredObject? {
        let (nodes, replaced) = root.putting(object)
        root = nodes.count == 1 ? nodes[0] : Node(children: nodes)
        return replaced
    }

    @discardableResult
    mutating func remove(_ key: ObjectKey) -> StoredObject? {
        guard let (node, removed) = root.removing(key) else { return nil }
        root = node
        while root.children.count == 1 { root = root.children[0] }
        return removed
    }

    /// How many objects have a path whose bytes sort before `path`.
    func count(before path: String) -> Int {
        var (node, before) = (root, 0)
        while !node.children.isEmpty {
            let position = node.position(of: path)
            for child in node.children[..<position] { before += child.count }
            guard position < node.children.count else { return before }
            node = node.children[position]
        }
        return before + node.position(of: path)
    }

    /// Calls `body` with the objects whose path does not sort before `path`, in order, until it returns false.
    func walk<Failure: Error>(from path: String, _ body: (StoredObject) throws(Failure) -> Bool) throws(Failure) {
        _ = try root.walk(from: path, body)
    }

    /// One leaf or inner node.
    final class Node: Sendable {
        /// The most objects or children of a node. Larger nodes make lists faster and writes slower.
        static let capacity = 64

        /// Of a leaf.
        let objects: [StoredObject]
        /// Of an inner node: at least one, none of them empty.
        let children: [Node]
        /// The objects below.
        let count: Int
        /// The greatest path below; empty only in an empty tree.
        let last: String

        init(objects: [StoredObject]) {
            self.objects = objects
            children = []
            count = objects.count
            last = objects.last?.key.path ?? ""
        }

        init(children: [Node]) {
            objects = []
            self.children = children
            count = children.reduce(0) { $0 + $1.count }
            last = children.last?.last ?? ""
        }

        private var size: Int { children.isEmpty ? objects.count : children.count }

        /// The first object at or behind `path`, or the first child that holds one; the number of them when there is none.
        func position(of path: String) -> Int {
            var (low, high) = (0, size)
            while low < high {
                let middle = (low + high) / 2
                let own = children.isEmpty ? objects[middle].key.path : children[middle].last
                if own.comparesByBytes(to: path) < 0 { low = middle + 1 } else { high = middle }
            }
            return low
        }

        func child(holding path: String) -> Node? {
            let position = position(of: path)
            return position < children.count ? children[position] : children.last
        }

        func putting(_ object: StoredObject) -> (nodes: [Node], replaced: StoredObject?) {
            let path = object.key.path
            let position = position(of: path)
            if children.isEmpty {
                var objects = objects
                if position < objects.count, objects[position].key == object.key {
                    let replaced = objects[position]
                    objects[position] = object
                    return ([Node(objects: objects)], replaced)
                }
                objects.insert(object, at: position)
                return (Self.split(objects, appended: position == objects.count - 1, Node.init(objects:)), nil)
            }
            let target = min(position, children.count - 1)
            let (nodes, replaced) = children[target].putting(object)
            var children = children
            children.replaceSubrange(target...target, with: nodes)
            return (Self.split(children, appended: target == children.count - nodes.count, Node.init(children:)), replaced)
        }

        /// One node, or two when there are too many elements. Keys that only rise (names with a counter) leave full nodes behind, not half-empty ones.
        private static func split<Element>(_ elements: [Element], appended: Bool, _ make: ([Element]) -> Node) -> [Node] {
            guard elements.count > capacity else { return [make(elements)] }
            let middle = appended ? elements.count - capacity / 4 : elements.count / 2
            return [make(Array(elements[..<middle])), make(Array(elements[middle...]))]
        }

        func removing(_ key: ObjectKey) -> (Node, StoredObject)? {
            let position = position(of: key.path)
            if children.isEmpty {
                guard position < objects.count, objects[position].key == key else { return nil }
                var objects = objects
                let removed = objects.remove(at: position)
                return (Node(objects: objects), removed)
            }
            guard position < children.count, let (node, removed) = children[position].removing(key) else { return nil }
            var children = children
            if node.count == 0 {
                children.remove(at: position)
            } else {
                children[position] = node
                if node.size < Self.capacity / 4 { Self.merge(&children, around: position) }
            }
            return (Node(children: children), removed)
        }

        /// Joins the small node at `position` with a neighbour, so that a tree that was large does not stay deep and sparse.
        private static func merge(_ children: inout [Node], around position: Int) {
            guard children.count > 1 else { return }
            let first = position == children.count - 1 ? position - 1 : position
            let (left, right) = (children[first], children[first + 1])
            let nodes =
                left.children.isEmpty && right.children.isEmpty
                ? split(left.objects + right.objects, appended: false, Node.init(objects:))
                : split(left.children + right.children, appended: false, Node.init(children:))
            children.replaceSubrange(first...(first + 1), with: nodes)
        }

        func walk<Failure: Error>(from path: String, _ body: (StoredObject) throws(Failure) -> Bool) throws(Failure) -> Bool {
            let start = path.isEmpty ? 0 : position(of: path)
            guard start < size else { return true }
            if children.isEmpty {
                for object in objects[start...] where try !body(object) { return false }
                return true
            }
            for position in start..<children.count {
                guard try children[position].walk(from: position == start ? path : "", body) else { return false }
            }
            return true
        }
    }
}
