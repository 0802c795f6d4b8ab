/// What reading JSON as Kubernetes does finds besides the value.
public struct JSONFindings: Sendable {
    /// A place in the text that a path leads to.
    public struct Place: Hashable, Sendable {
        /// Such as `spec.containers[0].image`.
        public let path: String
        /// In bytes from the start of the text.
        public let offset: Int
    }

    /// Keys that stand in their object already, in the order of the text; each path once.
    public private(set) var duplicates: [Place] = []
    /// Paths whose first key is looked for.
    public var wanted: Set<String> = []
    /// The first keys at paths of ``wanted``.
    public private(set) var found: [Place] = []
    /// Whether an object under a duplicate key adds to the one before, as when Go reads a struct or map; otherwise it replaces it.
    public var mergesObjects = false

    /// How many duplicates are noted, as in Kubernetes.
    public static let limit = 100

    private var seen: Set<String> = []

    public init() {}

    mutating func visit(_ path: String, at offset: Int, isDuplicate: Bool) {
        if isDuplicate, duplicates.count < Self.limit, seen.insert(path).inserted { duplicates.append(Place(path: path, offset: offset)) }
        if !wanted.isEmpty, wanted.remove(path) != nil { found.append(Place(path: path, offset: offset)) }
    }
}

/// What lenient reading keeps while it reads.
final class JSONLenience {
    var findings: JSONFindings
    /// Where the present value stands.
    var path = JSONPathText()

    init(_ findings: JSONFindings) { self.findings = findings }

    func visit(_ offset: Int, isDuplicate: Bool) { findings.visit(path.text, at: offset, isDuplicate: isDuplicate) }
}

extension JSONValue {
    /// Reads one JSON text as Go and so Kubernetes does: of duplicate keys the last one counts, and what is no Unicode in strings becomes U+FFFD.
    ///
    /// This keeps track of where it is and takes several times as long as ``init(parsing:limits:)``: use it for texts that that one refuses.
    ///
    /// - Parameter findings: says what to look for, and takes what is found.
    /// - Throws: ``JSONError`` with the byte offset of the first fault.
    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits(), findings: inout JSONFindings) throws(JSONError) {
        guard bytes.count <= limits.sizeBytes else {
            throw JSONError("the text is longer than \(limits.sizeBytes) bytes", at: limits.sizeBytes)
        }
        let initial = findings
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONError) -> (JSONValue, JSONFindings) in
                guard let start = buffer.baseAddress, buffer.count > 0 else { throw JSONError("the text is empty", at: 0) }
                let lenience = JSONLenience(initial)
                var reader = JSONReader(start, count: buffer.count, depth: limits.depth, lenience: lenience)
                let value = try reader.document()
                return (value, lenience.findings)
            }
        }
        (self, findings) = try result.get()
    }
}

/// Containers as they are read for ``JSONFindings``.
extension JSONReader {
    mutating func lenientArray(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        if consume(UInt8(ascii: "]")) { return .array([]) }
        var elements: [JSONValue] = []
        while true {
            lenience?.path.enter(index: elements.count)
            elements.append(try value(depth: depth))
            lenience?.path.leave()
            skipWhitespace()
            if consume(UInt8(ascii: ",")) {
                skipWhitespace()
            } else if consume(UInt8(ascii: "]")) {
                return .array(elements)
            } else {
                throw unexpected("\",\" or \"]\"")
            }
        }
    }

    mutating func lenientObject(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var object = JSONObject()
        if consume(UInt8(ascii: "}")) { return .object(object) }
        while true {
            guard position < end, base[position] == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
            let start = position
            let (key, _) = try key()
            skipWhitespace()
            guard consume(UInt8(ascii: ":")) else { throw unexpected("\":\"") }
            skipWhitespace()
            let before = object[key]
            lenience?.path.enter(key: key)
            lenience?.visit(start, isDuplicate: before != nil)
            let value = try value(depth: depth)
            lenience?.path.leave()
            if lenience?.findings.mergesObjects == true, case .object(let old)? = before, case .object(let new) = value {
                object[key] = .object(old.adding(new))
            } else {
                object[key] = value
            }
            skipWhitespace()
            if consume(UInt8(ascii: ",")) {
                skipWhitespace()
            } else if consume(UInt8(ascii: "}")) {
                return .object(object)
            } else {
                throw unexpected("\",\" or \"}\"")
            }
        }
    }
}

extension JSONObject {
    /// With the members of `other`, objects added to objects.
    fileprivate func adding(_ other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other {
            if case .object(let old)? = result[key], case .object(let new) = value {
                result[key] = .object(old.adding(new))
            } else {
                result[key] = value
            }
        }
        return result
    }
}
