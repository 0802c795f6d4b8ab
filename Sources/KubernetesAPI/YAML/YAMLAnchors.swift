/// The anchors of a document: what `*name` stands for.
struct YAMLAnchors {
    /// A finished value with what an alias of it costs.
    struct Node {
        let value: JSONValue
        /// Where the source map has it.
        let entry: Int
        let nodes: Int
        let bytes: Int
        /// How many levels of maps and lists it has; 0 for a scalar.
        let height: Int
    }

    enum State {
        /// Its value is still being read.
        case open(SourcePosition)
        case closed(Node)
    }

    private var states: [State] = []
    /// The state of a name's latest anchor; a name may be used again.
    private var latest: [String: Int] = [:]

    subscript(name: String) -> State? { latest[name].map { states[$0] } }

    mutating func add(_ name: String, _ node: Node) {
        latest[name] = states.count
        states.append(.closed(node))
    }

    /// Begins a container's anchor; ``close(_:_:)`` ends it, even when its name means something else by then.
    mutating func open(_ name: String, at position: SourcePosition) -> Int {
        latest[name] = states.count
        states.append(.open(position))
        return states.count - 1
    }

    mutating func close(_ slot: Int, _ node: Node) { states[slot] = .closed(node) }
}
