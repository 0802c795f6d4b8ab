/// Makes values of the events of one YAML text, document by document.
struct YAMLReader: ~Copyable {
    /// The deepest nesting that recursion takes, whatever the limits say.
    static let deepest = 1000

    private var events: YAMLEvents
    let file: String?
    let limits: YAMLLimits
    private let maxDepth: Int

    /// Duplicate keys that were passed over, the last one counting; nil where they are refused.
    var duplicates: [YAMLDuplicateKey]?

    var sourceMap = YAMLSourceMap()
    private var anchors = YAMLAnchors()
    private var budget = Budget()
    /// The deepest level met since it was last set.
    private var deepestLevel = 0

    /// What has been read so far, each alias counted as all that it names.
    private struct Budget {
        var nodes = 0
        var bytes = 0
        /// The same for the current document alone, and how much of it came by aliases.
        var documentNodes = 0
        var documentAliasNodes = 0
    }

    /// - Parameter text: not empty, and must outlive this.
    init(_ text: UnsafeBufferPointer<UInt8>, file: String?, limits: YAMLLimits) {
        events = YAMLEvents(text, file: file)
        self.file = file
        self.limits = limits
        maxDepth = min(max(limits.depth, 1), Self.deepest)
    }

    mutating func documents() throws(YAMLError) -> [YAMLDocument] {
        var documents: [YAMLDocument] = []
        var count = 0
        while true {
            switch try events.next() {
            case .documentStart:
                count += 1
                guard count <= limits.documents else { throw error("more than \(limits.documents) documents", at: events.position) }
                if let document = try document() { documents.append(document) }
            case .streamEnd: return documents
            default: continue
            }
        }
    }

    /// A document whose start was read; nil when it is null.
    private mutating func document() throws(YAMLError) -> YAMLDocument? {
        sourceMap = YAMLSourceMap()
        anchors = YAMLAnchors()
        budget.documentNodes = 0
        budget.documentAliasNodes = 0
        let event = try events.next()
        let start = events.position
        let value = try value(of: event, at: start, depth: 0)
        _ = try events.next()  // the end of the document
        return value.isNull ? nil : YAMLDocument(value: value, start: start, file: file, sourceMap: sourceMap)
    }

    func error(_ reason: String, at position: SourcePosition) -> YAMLError { YAMLError(reason, at: position, file: file) }

    // MARK: Values

    /// The value that begins with `event`.
    ///
    /// - Parameter place: where the source map says that it stands: its key, if it has one.
    private mutating func value(of event: YAMLEvent, at place: SourcePosition, depth: Int) throws(YAMLError) -> JSONValue {
        switch event {
        case .scalar(let scalar):
            let position = events.position
            try spend(nodes: 1, bytes: scalar.text.utf8.count, at: position)
            let entry = sourceMap.begin(at: place)
            let value = try value(of: scalar, at: position)
            if let name = scalar.anchor { anchors.add(name, .init(value: value, entry: entry, nodes: 1, bytes: scalar.text.utf8.count, height: 0)) }
            return value
        case .alias(let name):
            let node = try expand(name, at: events.position, depth: depth)
            sourceMap.alias(at: place, to: node.entry)
            return node.value
        case .sequenceStart(let anchor): return try container(.sequence, at: place, anchor: anchor, depth: depth + 1)
        case .mappingStart(let anchor): return try container(.mapping, at: place, anchor: anchor, depth: depth + 1)
        default: throw error("a value is expected", at: events.position)
        }
    }

    private enum Container {
        case sequence
        case mapping
    }

    /// Reads a list or map whose start was read, and keeps it under its anchor.
    private mutating func container(_ kind: Container, at place: SourcePosition, anchor: String?, depth: Int) throws(YAMLError) -> JSONValue {
        let position = events.position
        guard depth <= maxDepth else { throw error("nested deeper than \(maxDepth) levels", at: position) }
        let before = budget
        try spend(nodes: 1, bytes: 0, at: position)
        let entry = sourceMap.begin(at: place)
        guard let anchor else {
            deepestLevel = max(deepestLevel, depth)
            let value = kind == .sequence ? try sequence(depth: depth) : try mapping(depth: depth)
            sourceMap.end(entry)
            return value
        }
        let slot = anchors.open(anchor, at: position)
        let deepestBefore = deepestLevel
        deepestLevel = depth
        let value = kind == .sequence ? try sequence(depth: depth) : try mapping(depth: depth)
        sourceMap.end(entry)
        let height = deepestLevel - depth + 1
        anchors.close(slot, .init(value: value, entry: entry, nodes: budget.nodes - before.nodes, bytes: budget.bytes - before.bytes, height: height))
        deepestLevel = max(deepestLevel, deepestBefore)
        return value
    }

    private mutating func sequence(depth: Int) throws(YAMLError) -> JSONValue {
        var elements: [JSONValue] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event { return .array(elements) }
            elements.append(try value(of: event, at: events.position, depth: depth))
        }
    }

    private mutating func mapping(depth: Int) throws(YAMLError) -> JSONValue {
        var members: [JSONObject.Member] = []
        var merge: (position: SourcePosition, sources: [MergeSource])?
        let container = sourceMap.last
        var lines: [Int] = []
        while true {
            let event = try events.next()
            if case .mappingEnd = event { break }
            let position = events.position
            if case .scalar(let scalar) = event, scalar.isMergeKey {
                if let merge {
                    throw error("duplicate key \"<<\" (first at \(merge.position)); merge several maps with a list: \"<<: [*a, *b]\"", at: position)
                }
                merge = (position, try mergeSources(at: position, depth: depth))
                continue
            }
            let key = try key(of: event)
            let first = try events.next()
            if duplicates != nil { lines.append(events.position.line) }
            let value = try value(of: first, at: position, depth: depth)
            members.append(JSONObject.Member(key: key, value: value))
        }
        var duplicate = 0
        var object: JSONObject
        if let unique = JSONObject(checking: members, duplicate: &duplicate) {
            object = unique
        } else if duplicates != nil {
            object = lastMembers(members, lines: lines)
        } else {
            throw duplicateKey(members, at: duplicate, of: container)
        }
        for source in merge?.sources ?? [] { add(source, to: &object) }
        return .object(object)
    }

    /// The members of a map where of those with the same key the last one counts.
    private mutating func lastMembers(_ members: [JSONObject.Member], lines: [Int]) -> JSONObject {
        var object = JSONObject()
        for (member, line) in zip(members, lines) {
            if object[member.key] != nil { duplicates?.append(YAMLDuplicateKey(key: member.key, line: line)) }
            object[member.key] = member.value
        }
        return object
    }

    private mutating func duplicateKey(_ members: [JSONObject.Member], at duplicate: Int, of container: Int) -> YAMLError {
        sourceMap.end(container)
        let key = members[duplicate].key
        let places = sourceMap.children(of: container)
        // Merged members stand behind all others, so that a map's own members are its first children.
        let first = members.firstIndex { $0.key.hasSameUTF8(as: key) } ?? duplicate
        return error("duplicate key \(quoted(key)) (first at \(sourceMap.position(of: places[first])))", at: sourceMap.position(of: places[duplicate]))
    }

    /// Text for a message: cut where it is long.
    func quoted(_ text: String) -> String { text.count > 64 ? "\"\(text.prefix(64))…\"" : "\"\(text)\"" }

    // MARK: Keys

    private mutating func key(of event: YAMLEvent) throws(YAMLError) -> String {
        let position = events.position
        switch event {
        case .scalar(let scalar):
            try spend(nodes: 1, bytes: scalar.text.utf8.count, at: position)
            let key = try keyText(of: scalar, at: position)
            if let name = scalar.anchor {
                let value = try value(of: scalar, at: position)
                anchors.add(name, .init(value: value, entry: sourceMap.last, nodes: 1, bytes: scalar.text.utf8.count, height: 0))
            }
            return key
        case .alias(let name):
            let node = try expand(name, at: position, depth: 0)
            guard let key = node.value.keyText else {
                throw error("the key *\(name) is \(node.value.typeName); a key must be text, a number or a boolean", at: position)
            }
            return key
        case .sequenceStart: throw error("a list is no key; a key must be text, a number or a boolean", at: position)
        case .mappingStart:
            throw error(
                "a map is no key; a key must be text, a number or a boolean (a template's \"{{ }}\" must be rendered first or stand in quotes)", at: position)
        default: throw error("a key is expected", at: position)
        }
    }

    // MARK: Aliases and merges

    /// What an anchor names, which is paid for as if it stood here.
    private mutating func expand(_ name: String, at position: SourcePosition, depth: Int) throws(YAMLError) -> YAMLAnchors.Node {
        switch anchors[name] {
        case nil: throw error("the alias *\(name) has no anchor &\(name) before it in its document", at: position)
        case .open(let start): throw error("the alias *\(name) stands inside the value that it names (which begins at \(start))", at: position)
        case .closed(let node):
            guard depth + node.height <= maxDepth else { throw error("nested deeper than \(maxDepth) levels by the alias *\(name)", at: position) }
            deepestLevel = max(deepestLevel, depth + node.height)
            budget.documentAliasNodes += node.nodes
            try spend(nodes: 1 + node.nodes, bytes: node.bytes, at: position)
            let (aliased, all) = (budget.documentAliasNodes, budget.documentNodes)
            if aliased > 100, all > 1000, Double(aliased) > YAMLLimits.aliasShare(ofNodes: all) * Double(all) {
                throw error("too much of the document comes from aliases (\(aliased) of \(all) values)", at: position)
            }
            return node
        }
    }

    private mutating func spend(nodes: Int, bytes: Int, at position: SourcePosition) throws(YAMLError) {
        budget.nodes += nodes
        budget.documentNodes += nodes
        budget.bytes += bytes
        guard budget.nodes <= limits.nodes else { throw error("more than \(limits.nodes) values and keys, counting what aliases repeat", at: position) }
        guard budget.bytes <= limits.expandedBytes else {
            throw error("more than \(limits.expandedBytes) bytes of text, counting what aliases repeat", at: position)
        }
    }

    private struct MergeSource {
        let object: JSONObject
        let entry: Int
    }

    /// The maps under a merge key, the one that wins first.
    private mutating func mergeSources(at place: SourcePosition, depth: Int) throws(YAMLError) -> [MergeSource] {
        try spend(nodes: 1, bytes: 0, at: place)
        let entry = sourceMap.beginMerge(at: place)
        defer { sourceMap.end(entry) }
        let event = try events.next()
        guard case .sequenceStart = event else { return [try mergeSource(event, depth: depth)] }
        guard depth + 1 <= maxDepth else { throw error("nested deeper than \(maxDepth) levels", at: events.position) }
        var sources: [MergeSource] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event { return sources }
            sources.append(try mergeSource(event, depth: depth + 1))
        }
    }

    private mutating func mergeSource(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> MergeSource {
        let position = events.position
        switch event {
        case .mappingStart, .alias:
            let entry = sourceMap.next
            let value = try value(of: event, at: position, depth: depth)
            if case .object(let object) = value { return MergeSource(object: object, entry: entry) }
        default: break
        }
        throw error("the merge key \"<<\" needs a map, an alias of a map, or a list of these", at: position)
    }

    /// Adds what `object` does not have yet.
    private mutating func add(_ source: MergeSource, to object: inout JSONObject) {
        let places = sourceMap.children(of: source.entry)
        for (member, place) in zip(source.object, places) where object[member.key] == nil {
            object[member.key] = member.value
            sourceMap.alias(at: sourceMap.position(of: place), to: place)
        }
    }
}
