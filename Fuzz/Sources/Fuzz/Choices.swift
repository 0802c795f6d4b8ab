import KubernetesAPI

/// Takes decisions from a fuzzer's bytes, one after another; when they are used up, every decision is the first possible.
struct Choices {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = ArraySlice(bytes) }

    var isExhausted: Bool { bytes.isEmpty }

    mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

    /// One of `0..<count`; `count` is 1...65,536.
    mutating func index(_ count: Int) -> Int {
        if count <= 256 { return Int(byte()) % count }
        return (Int(byte()) << 8 | Int(byte())) % count
    }

    /// True once in `rarity` times; not when the bytes are used up.
    mutating func happens(oneIn rarity: Int) -> Bool { !isExhausted && index(rarity) == rarity - 1 }

    mutating func element<Element>(of elements: [Element]) -> Element { elements[index(elements.count)] }

    /// Bytes up to the next line feed, as text.
    mutating func line() -> String {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        bytes = bytes.dropFirst(line.count + 1)
        return String(decoding: line, as: UTF8.self)
    }

    mutating func rest() -> String {
        defer { bytes = [] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What one harness takes where another answer would be a defect.
func expect(_ isTrue: Bool, _ what: @autoclosure () -> String) {
    if !isTrue { fatalError(what()) }
}

let fuzzTime = Time(secondsSince1970: 1_800_000_000) ?? .min

extension JSONLimits {
    static let fuzzed = JSONLimits(depth: 64, sizeBytes: 1 << 16)
}

/// The input as JSON values on lines of their own; nil where one of them is none.
func jsonLines(_ bytes: UnsafeRawBufferPointer, atMost count: Int) -> [JSONValue]? {
    var values: [JSONValue] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), maxSplits: count - 1) {
        guard let value = try? JSONValue(parsing: UnsafeRawBufferPointer(rebasing: line), limits: .fuzzed) else { return nil }
        values.append(value)
    }
    return values
}
