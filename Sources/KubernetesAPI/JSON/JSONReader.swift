import Glibc

extension JSONValue {
    /// Reads one JSON text (RFC 8259) that fills all of `bytes`, white space around it aside.
    ///
    /// Refused are: duplicate keys, invalid UTF-8, escaped surrogates that form no pair, numbers beyond the range of doubles, a byte order mark, and what exceeds `limits`.
    ///
    /// - Throws: ``JSONError`` with the byte offset of the first fault.
    public init(parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        guard bytes.count <= limits.sizeBytes else {
            throw JSONError("the text is longer than \(limits.sizeBytes) bytes", at: limits.sizeBytes)
        }
        guard let start = bytes.baseAddress, bytes.count > 0 else { throw JSONError("the text is empty", at: 0) }
        var reader = JSONReader(start.assumingMemoryBound(to: UInt8.self), count: bytes.count, depth: limits.depth)
        self = try reader.document()
    }

    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        let result = bytes.withUnsafeBytes { buffer in Result { () throws(JSONError) in try JSONValue(parsing: buffer, limits: limits) } }
        self = try result.get()
    }

    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

/// A recursive-descent reader over bytes that outlive it.
///
/// The hot path of every list and watch, hence the unsafe parts: finished children wait on two stacks that all levels share, so that each array and object is
/// allocated once, at its final size; and keys, which repeat from object to object, are made once and shared.
struct JSONReader: ~Copyable {
    let base: UnsafePointer<UInt8>
    let end: Int
    private let maxDepth: Int
    var position = 0
    private var elements = PendingStack<JSONValue>()
    private var members = PendingStack<JSONObject.Member>()
    /// One for each of `members`: most different keys differ in it, so that looking for duplicates rarely compares texts.
    private var fingerprints = PendingStack<UInt32>()
    private var keys = KeyCache()

    /// Takes what reading as Kubernetes does passes over; nil for strict reading. One reference, since anything more here slows strict reading down by a tenth.
    let lenience: JSONLenience?

    init(_ base: UnsafePointer<UInt8>, count: Int, depth: Int, lenience: JSONLenience? = nil) {
        self.base = base
        end = count
        maxDepth = depth
        self.lenience = lenience
    }

    mutating func document() throws(JSONError) -> JSONValue {
        skipWhitespace()
        let value = try value(depth: 0)
        skipWhitespace()
        guard position == end else { throw unexpected("the end of the text") }
        return value
    }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard position < end else { throw JSONError("the text ends where a value is expected", at: position) }
        switch base[position] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return lenience == nil ? try object(depth: depth + 1) : try lenientObject(depth: depth + 1)
        case UInt8(ascii: "["): return lenience == nil ? try array(depth: depth + 1) : try lenientArray(depth: depth + 1)
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw unexpected("a value")
        }
    }

    // MARK: Containers

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        if consume(UInt8(ascii: "]")) { return .array([]) }
        let mark = elements.count
        while true {
            elements.push(try value(depth: depth))
            skipWhitespace()
            if consume(UInt8(ascii: ",")) {
                skipWhitespace()
            } else if consume(UInt8(ascii: "]")) {
                return .array(elements.pop(downTo: mark))
            } else {
                throw unexpected("\",\" or \"]\"")
            }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        let start = position
        try enter(depth)
        if consume(UInt8(ascii: "}")) { return .object(JSONObject()) }
        let mark = members.count
        while true {
            guard position < end, base[position] == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
            let keyStart = position
            let (key, fingerprint) = try key()
            guard !isDuplicate(key, fingerprint, since: mark) else { throw JSONError("duplicate key \(quoted(key))", at: keyStart) }
            skipWhitespace()
            guard consume(UInt8(ascii: ":")) else { throw unexpected("\":\"") }
            skipWhitespace()
            members.push(JSONObject.Member(key: key, value: try value(depth: depth)))
            fingerprints.push(fingerprint)
            skipWhitespace()
            if consume(UInt8(ascii: ",")) {
                skipWhitespace()
            } else if consume(UInt8(ascii: "}")) {
                break
            } else {
                throw unexpected("\",\" or \"}\"")
            }
        }
        fingerprints.drop(downTo: mark)
        let own = members.pop(downTo: mark)
        guard own.count >= JSONObject.indexedCount else { return .object(JSONObject(fewUniqueMembers: own)) }
        var duplicate = 0
        if let object = JSONObject(manyMembers: own, duplicate: &duplicate) { return .object(object) }
        throw JSONError("duplicate key \(quoted(own[duplicate].key)) in the object that begins here", at: start)
    }

    /// Whether a key stands among the few members since `mark` already. Many members are left to the index that they get anyway.
    private func isDuplicate(_ key: String, _ fingerprint: UInt32, since mark: Int) -> Bool {
        guard members.count - mark < JSONObject.indexedCount else { return false }
        for position in mark..<members.count where fingerprints[position] == fingerprint && members[position].key.hasSameUTF8(as: key) { return true }
        return false
    }

    mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= maxDepth else { throw JSONError("nested deeper than \(maxDepth) levels", at: position) }
        position += 1
        skipWhitespace()
    }

    // MARK: Strings

    mutating func key() throws(JSONError) -> (String, UInt32) {
        let start = position + 1
        guard let (length, isASCII) = plainLength(from: start) else {
            let text = try string()
            return (text, KeyCache.fingerprint(Array(text.utf8).span))
        }
        position = start + length + 1
        let bytes = UnsafeBufferPointer(start: base + start, count: length)
        let fingerprint = KeyCache.fingerprint(bytes.span)
        if let known = keys.find(bytes, fingerprint) { return (known, fingerprint) }
        let text = try text(of: bytes, isASCII: isASCII, at: start)
        keys.remember(bytes, fingerprint, as: text)
        return (text, fingerprint)
    }

    private mutating func string() throws(JSONError) -> String {
        let start = position + 1
        if let (length, isASCII) = plainLength(from: start) {
            position = start + length + 1
            return try text(of: UnsafeBufferPointer(start: base + start, count: length), isASCII: isASCII, at: start)
        }
        return try escapedString(from: start)
    }

    /// The length of the string whose first byte is at `start`, when it has no escapes and ends, and whether all of it is ASCII.
    private func plainLength(from start: Int) -> (length: Int, isASCII: Bool)? {
        var here = start
        var highBits: UInt64 = 0
        // Eight bytes at a time: a byte below 0x20, a quote or a backslash sets a high bit in `found` (there may be false alarms, which the loop below settles).
        while here + 8 <= end {
            let word = UnsafeRawPointer(base + here).loadUnaligned(as: UInt64.self)
            let ones: UInt64 = 0x0101_0101_0101_0101
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            let found = ((word &- ones &* 0x20) | (quotes &- ones) | (backslashes &- ones)) & (ones &* 0x80)
            let ascii = ~word & (ones &* 0x80)
            let suspicious = found & ascii
            if suspicious == 0 {
                highBits |= word
                here += 8
                continue
            }
            let clean = suspicious.trailingZeroBitCount / 8
            highBits |= word & ((1 << UInt64(clean * 8)) - 1)
            here += clean
            break
        }
        while here < end {
            let byte = base[here]
            if byte == UInt8(ascii: "\"") { return (here - start, highBits & 0x8080_8080_8080_8080 == 0) }
            highBits |= UInt64(byte)
            if byte == UInt8(ascii: "\\") || byte < 0x20 { return nil }
            here += 1
        }
        return nil
    }

    private func text(of bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool, at start: Int) throws(JSONError) -> String {
        // For ASCII, where there is nothing to repair, this is several times as fast as the validating initializer, which is generic code in the library.
        if isASCII { return String(decoding: bytes, as: UTF8.self) }
        if lenience != nil { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw JSONError("a string is not valid UTF-8", at: start) }
        return text
    }

    /// The slow path: collects the bytes of a string with escapes, or finds out why it is no string.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var bytes: [UInt8] = []
        position = start
        while position < end {
            let byte = base[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                if lenience != nil { return String(decoding: bytes, as: UTF8.self) }
                let result = bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
                guard let result else { throw JSONError("a string is not valid UTF-8", at: start) }
                return result
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &bytes)
            case 0..<0x20:
                throw JSONError("a control character in a string is not escaped", at: position)
            default:
                bytes.append(byte)
                position += 1
            }
        }
        throw JSONError("a string does not end", at: start - 1)
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONError) {
        guard position < end else { throw JSONError("a string does not end", at: position) }
        let simple: UInt8
        switch base[position] {
        case UInt8(ascii: "\""): simple = UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): simple = UInt8(ascii: "\\")
        case UInt8(ascii: "/"): simple = UInt8(ascii: "/")
        case UInt8(ascii: "b"): simple = 0x08
        case UInt8(ascii: "f"): simple = 0x0C
        case UInt8(ascii: "n"): simple = 0x0A
        case UInt8(ascii: "r"): simple = 0x0D
        case UInt8(ascii: "t"): simple = 0x09
        case UInt8(ascii: "u"): return try unicodeEscape(into: &bytes)
        default: throw JSONError("an escape that JSON does not have", at: position - 1)
        }
        bytes.append(simple)
        position += 1
    }

    private mutating func unicodeEscape(into bytes: inout [UInt8]) throws(JSONError) {
        let start = position - 1
        let first = try hexadecimalUnit()
        var scalar = UInt32(first)
        if first & 0xFC00 == 0xD800, position + 1 < end, base[position] == UInt8(ascii: "\\"), base[position + 1] == UInt8(ascii: "u") {
            let retry = position
            position += 1
            let second = try hexadecimalUnit()
            if lenience != nil, second & 0xFC00 != 0xDC00 {
                position = retry
                bytes.append(contentsOf: "\u{FFFD}".utf8)
                return
            }
            guard second & 0xFC00 == 0xDC00 else { throw JSONError("an escaped surrogate without its pair", at: start) }
            scalar = 0x10000 + (UInt32(first & 0x3FF) << 10) + UInt32(second & 0x3FF)
        }
        if lenience != nil, Unicode.Scalar(scalar) == nil { scalar = 0xFFFD }
        guard let unicode = Unicode.Scalar(scalar) else { throw JSONError("an escaped surrogate without its pair", at: start) }
        bytes.append(contentsOf: UTF8.encode(unicode).map { Array($0) } ?? [])
    }

    /// Reads `uXXXX` and moves behind it.
    private mutating func hexadecimalUnit() throws(JSONError) -> UInt16 {
        guard position + 5 <= end else { throw JSONError("\\u without four hexadecimal digits", at: position - 1) }
        var unit: UInt16 = 0
        for offset in 1...4 {
            let digit: UInt8
            switch base[position + offset] {
            case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case let byte where byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw JSONError("\\u without four hexadecimal digits", at: position - 1)
            }
            unit = unit << 4 | UInt16(digit)
        }
        position += 5
        return unit
    }

    // MARK: Numbers and literals

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = consume(UInt8(ascii: "-"))
        let digitsStart = position
        var magnitude: UInt64 = 0
        var overflows = false
        while position < end, case let digit = base[position] &- UInt8(ascii: "0"), digit < 10 {
            let (product, first) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(UInt64(digit))
            overflows = overflows || first || second
            magnitude = sum
            position += 1
        }
        guard position > digitsStart else { throw JSONError("a number without digits", at: start) }
        if position - digitsStart > 1, base[digitsStart] == UInt8(ascii: "0") { throw JSONError("a number with a leading zero", at: start) }

        var isInteger = true
        if consume(UInt8(ascii: ".")) {
            isInteger = false
            try digits(of: start, "after the point")
        }
        if consume(UInt8(ascii: "e")) || consume(UInt8(ascii: "E")) {
            isInteger = false
            if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
            try digits(of: start, "in the exponent")
        }
        if isInteger, !overflows {
            if !isNegative, let value = Int64(exactly: magnitude) { return .integer(value) }
            if isNegative, magnitude == 0 { return .double(-0.0) }
            if isNegative, magnitude <= UInt64(Int64.max) + 1 { return .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) }
        }
        let text = String(decoding: UnsafeBufferPointer(start: base + start, count: position - start), as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw JSONError("a number beyond the range of doubles", at: start) }
        return .double(value)
    }

    private mutating func digits(of number: Int, _ place: String) throws(JSONError) {
        let start = position
        while position < end, base[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else { throw JSONError("a number without digits \(place)", at: number) }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let length = text.utf8CodeUnitCount
        guard position + length <= end, memcmp(base + position, text.utf8Start, length) == 0 else { throw unexpected("a value") }
        position += length
        return value
    }

    // MARK: Bytes

    mutating func consume(_ byte: UInt8) -> Bool {
        guard position < end, base[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func skipWhitespace() {
        while position < end {
            switch base[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    func unexpected(_ expected: String) -> JSONError {
        guard position < end else { return JSONError("the text ends where \(expected) is expected", at: position) }
        let byte = base[position]
        let found = byte > 0x20 && byte < 0x7F ? "\"\(Unicode.Scalar(byte))\"" : "byte 0x" + String(byte, radix: 16)
        return JSONError("\(found) where \(expected) is expected", at: position)
    }

    /// A key for a message: cut where it is long.
    private func quoted(_ key: String) -> String { key.count > 64 ? "\"\(key.prefix(64))…\"" : "\"\(key)\"" }
}
