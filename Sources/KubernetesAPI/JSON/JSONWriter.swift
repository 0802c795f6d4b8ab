extension JSONValue {
    /// The value as JSON in UTF-8.
    ///
    /// Numbers are written as Kubernetes' own encoder (Go's `encoding/json`) does: shortest digits that read back equal, `1` for a double without fraction,
    /// an exponent below 1e-6 and from 1e21 on. A double that is NaN or infinite, which only a program can make, becomes null.
    ///
    /// - Parameters:
    ///   - indent: spaces a level, with a line for each element (4 is what `kubectl -o json` prints); nil writes one line without spaces.
    ///   - sortedKeys: orders the members of every object by the bytes of their keys.
    public func serialized(indent: Int? = nil, sortedKeys: Bool = false) -> [UInt8] {
        var writer = JSONWriter(indent: indent, sortedKeys: sortedKeys)
        writer.write(self)
        return writer.bytes
    }
}

/// Appends JSON texts to a buffer.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private let indent: Int?
    private let sortedKeys: Bool
    private var level = 0

    public init(indent: Int? = nil, sortedKeys: Bool = false) {
        self.indent = indent
        self.sortedKeys = sortedKeys
    }

    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): write(value)
        case .double(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements):
            open("[", isEmpty: elements.isEmpty)
            for (position, element) in elements.enumerated() {
                separate(position)
                write(element)
            }
            close("]", isEmpty: elements.isEmpty)
        case .object(let object):
            open("{", isEmpty: object.isEmpty)
            for (position, member) in (sortedKeys ? object.sortedByKey() : object).members.enumerated() {
                separate(position)
                write(member.key)
                bytes.append(UInt8(ascii: ":"))
                if indent != nil { bytes.append(UInt8(ascii: " ")) }
                write(member.value)
            }
            close("}", isEmpty: object.isEmpty)
        }
    }

    private mutating func open(_ bracket: Unicode.Scalar, isEmpty: Bool) {
        bytes.append(UInt8(ascii: bracket))
        level += 1
    }

    private mutating func separate(_ position: Int) {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        newline()
    }

    private mutating func close(_ bracket: Unicode.Scalar, isEmpty: Bool) {
        level -= 1
        if !isEmpty { newline() }
        bytes.append(UInt8(ascii: bracket))
    }

    private mutating func newline() {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * level))
    }

    private mutating func write(_ integer: Int64) {
        if integer >= 0, integer < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(integer))
        } else {
            bytes.append(contentsOf: String(integer).utf8)
        }
    }

    private mutating func write(_ double: Double) {
        guard double.isFinite else { return bytes.append(contentsOf: "null".utf8) }
        bytes.append(contentsOf: Self.text(of: double).utf8)
    }

    /// The text that Go's `encoding/json` writes for a float64; only whole numbers that fit 64 bits, which will be read as integers, are written to the last digit.
    static func text(of double: Double) -> String {
        if double == 0 { return double.sign == .minus ? "-0" : "0" }
        if let integer = Int64(exactly: double) { return String(integer) }
        // Swift's description has the shortest digits; only their layout differs.
        let description = "\(double.magnitude)"
        let (mantissa, exponentText) = description.splitOnce(at: "e")
        let (whole, fractionText) = mantissa.splitOnce(at: ".")
        let fraction = fractionText == "0" ? "" : fractionText ?? ""
        let allDigits = whole + fraction
        var digits = allDigits.drop { $0 == "0" }
        // The value is 0.digits * 10^point.
        let point = whole.count + (exponentText.flatMap { Int($0) } ?? 0) - (allDigits.count - digits.count)
        while digits.last == "0" { digits.removeLast() }

        let text: String
        if double.magnitude < 1e-6 || double.magnitude >= 1e21 {
            let exponent = point - 1
            let tail = digits.dropFirst()
            text =
                digits.prefix(1) + (tail.isEmpty ? "" : "." + tail) + "e" + (exponent < 0 ? "-" : "+") + (abs(exponent) < 10 && exponent > 0 ? "0" : "")
                + "\(abs(exponent))"
        } else if point <= 0 {
            text = "0." + String(repeating: "0", count: -point) + digits
        } else if point >= digits.count {
            text = digits + String(repeating: "0", count: point - digits.count)
        } else {
            text = digits.prefix(point) + "." + digits.dropFirst(point)
        }
        return double < 0 ? "-" + text : text
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let written: Void? = text.utf8.withContiguousStorageIfAvailable { write($0) }
        if written == nil { Array(text.utf8).withUnsafeBufferPointer { write($0) } }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for position in text.indices {
            let byte = text[position]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            bytes.append(contentsOf: text[start..<position])
            start = position + 1
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
            case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
            case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
            case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
            case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
            default: bytes.append(contentsOf: ((byte < 0x10 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16)).utf8)
            }
        }
        bytes.append(contentsOf: text[start...])
    }
}

extension StringProtocol {
    fileprivate func splitOnce(at separator: Character) -> (String, String?) {
        guard let place = firstIndex(of: separator) else { return (String(self), nil) }
        return (String(self[..<place]), String(self[index(after: place)...]))
    }
}
