/// Makes UTF-8 of the encodings that YAML allows, and finds places in it.
enum YAMLEncoding {
    /// The text in UTF-8. UTF-16 is told by its byte order mark, as libyaml does; whether UTF-8 is valid, libyaml checks.
    static func utf8(of bytes: [UInt8], file: String?) throws(YAMLError) -> [UInt8] {
        let isLittleEndian = bytes.starts(with: [0xFF, 0xFE])
        guard isLittleEndian || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isLittleEndian ? second << 8 | first : first << 8 | second)
        }
        guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
            throw YAMLError("the text begins as UTF-16 and is not valid UTF-16", at: SourcePosition(line: 1, column: 1), file: file)
        }
        return Array(text.utf8)
    }

    /// Refuses more `%TAG` directives than ``YAMLLimits/tagDirectives``.
    static func checkTagDirectives(of text: [UInt8], file: String?) throws(YAMLError) {
        // A directive stands at the beginning of a line, where nothing but a strange continuation of quoted text could look the same.
        let directive = Array("%TAG".utf8)
        var count = 0
        var line = 1
        var previous = UInt8(ascii: "\n")
        for (index, byte) in text.enumerated() {
            if byte == directive[0], previous == UInt8(ascii: "\n") || previous == UInt8(ascii: "\r"), text[index...].starts(with: directive) {
                count += 1
                guard count <= YAMLLimits.tagDirectives else {
                    throw YAMLError("more than \(YAMLLimits.tagDirectives) %TAG directives", at: SourcePosition(line: line, column: 1), file: file)
                }
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            previous = byte
        }
    }

    /// The position of the byte `offset`.
    static func position(of offset: Int, in text: UnsafeBufferPointer<UInt8>) -> SourcePosition {
        var line = 1, column = 1
        for byte in text[..<min(max(offset, 0), text.count)] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourcePosition(line: line, column: column)
    }
}
