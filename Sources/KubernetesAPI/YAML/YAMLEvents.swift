import CLibYAML

/// A step through a YAML text, as libyaml parses it.
enum YAMLEvent {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(YAMLScalar)
    case sequenceStart(anchor: String?)
    case sequenceEnd
    case mappingStart(anchor: String?)
    case mappingEnd
}

/// A scalar as it is written, before its type is found.
struct YAMLScalar {
    /// The text without quotes, escapes and indentation.
    let text: String
    /// The tag in full (`tag:yaml.org,2002:int`), nil where there is none.
    let tag: String?
    let anchor: String?
    /// Whether the text tells the type: it is neither quoted, nor a block, nor tagged.
    let isPlain: Bool
}

/// The events of one text. Frees what libyaml allocates.
struct YAMLEvents: ~Copyable {
    private let text: UnsafeBufferPointer<UInt8>
    private let file: String?
    // On the heap, because libyaml keeps the parser's address in the parser.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let isReady: Bool
    /// A character of the text by number and by byte; only moves forward, so that all look-ups together read the text once.
    private var cursor = (index: 0, offset: 0)

    /// - Parameter text: not empty, and must outlive this.
    init(_ text: UnsafeBufferPointer<UInt8>, file: String?) {
        self.text = text
        self.file = file
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        event.initialize(to: yaml_event_t())
        isReady = yaml_parser_initialize(parser) == 1
        if isReady, let start = text.baseAddress { yaml_parser_set_input_string(parser, start, text.count) }
    }

    deinit {
        yaml_event_delete(event)
        if isReady { yaml_parser_delete(parser) }
        event.deallocate()
        parser.deallocate()
    }

    /// Where the event that ``next()`` gave last begins.
    var position: SourcePosition { Self.position(event.pointee.start_mark) }

    /// The next event. Not to be called after the end of the stream or an error.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        yaml_event_delete(event)
        guard isReady, yaml_parser_parse(parser, event) == 1 else { throw syntaxError() }
        let data = event.pointee.data
        switch event.pointee.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(Self.string(data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: return .scalar(try scalar())
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart(anchor: Self.string(data.sequence_start.anchor))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT: return .mappingStart(anchor: Self.string(data.mapping_start.anchor))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return .streamEnd
        }
    }

    private mutating func scalar() throws(YAMLError) -> YAMLScalar {
        let scalar = event.pointee.data.scalar
        guard let text = String(validating: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self) else {
            throw YAMLError("text that is not valid UTF-8", at: position, file: file, isSyntax: true)
        }
        let tag = Self.string(scalar.tag)
        var isPlain = tag == nil && scalar.style == YAML_PLAIN_SCALAR_STYLE
        if isPlain, hasProperties(longerThan: text.unicodeScalars.count), hasNonSpecificTag() { isPlain = false }
        return YAMLScalar(text: text, tag: tag, anchor: Self.string(scalar.anchor), isPlain: isPlain)
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? { text.map { String(cString: $0) } }

    private static func position(_ mark: yaml_mark_t) -> SourcePosition {
        SourcePosition(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
    }

    // MARK: The tag "!"

    /// Whether a scalar on one line takes more characters of the text than it has, which an anchor or a tag before it makes it do.
    private func hasProperties(longerThan count: Int) -> Bool {
        Int(clamping: event.pointee.end_mark.index) - Int(clamping: event.pointee.start_mark.index) > count
    }

    /// Whether the current scalar has the tag `!`, which makes it text. libyaml drops that tag, so the text itself must be asked.
    private mutating func hasNonSpecificTag() -> Bool {
        let start = Int(clamping: event.pointee.start_mark.index)
        while cursor.index < start, cursor.offset < text.count {
            cursor.offset += 1
            while cursor.offset < text.count, text[cursor.offset] & 0xC0 == 0x80 { cursor.offset += 1 }
            cursor.index += 1
        }
        // libyaml does not count the byte order mark as a character.
        var offset = cursor.offset + (text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        if offset < text.count, text[offset] == UInt8(ascii: "&") {
            while offset < text.count, text[offset] > 0x20 { offset += 1 }
            while offset < text.count, text[offset] <= 0x20 { offset += 1 }
        }
        return offset < text.count && text[offset] == UInt8(ascii: "!")
    }

    // MARK: Errors

    private func syntaxError() -> YAMLError {
        guard isReady else { return YAMLError("there is no memory to read it", at: SourcePosition(line: 1, column: 1), file: file) }
        let parser = parser.pointee
        let problem = parser.problem.map { String(cString: $0) } ?? "the text cannot be read"
        switch parser.error {
        case YAML_READER_ERROR:
            var offset = min(Int(clamping: parser.problem_offset), text.count)
            if problem == "invalid trailing UTF-8 octet" {
                // The character begins before the byte that libyaml stumbles over.
                repeat { offset -= 1 } while offset > 0 && text[offset] & 0xC0 == 0x80
            }
            let position = YAMLEncoding.position(of: offset, in: text)
            return YAMLError(Self.explained(problem, value: parser.problem_value), at: position, file: file, isSyntax: true)
        case YAML_MEMORY_ERROR:
            return YAMLError("there is no memory to read it", at: Self.position(parser.mark), file: file)
        default:
            let position = Self.position(parser.problem_mark)
            var reason = hint(for: problem, at: position) ?? problem
            if let context = parser.context {
                let start = Self.position(parser.context_mark)
                reason += " (\(String(cString: context))" + (start == position || start > position ? ")" : " that begins at \(start))")
            }
            return YAMLError(reason, at: position, file: file, isSyntax: true)
        }
    }

    private static func explained(_ problem: String, value: CInt) -> String {
        switch problem {
        case "control characters are not allowed":
            "the control character U+\(hexadecimal(value)), which YAML does not allow; write it as an escape in double quotes"
        case "invalid leading UTF-8 octet", "invalid trailing UTF-8 octet", "incomplete UTF-8 octet sequence", "invalid length of a UTF-8 sequence",
            "invalid Unicode character":
            "the text is not valid UTF-8"
        default: problem
        }
    }

    private static func hexadecimal(_ value: CInt) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// What to do about the problems that people meet most.
    private func hint(for problem: String, at position: SourcePosition) -> String? {
        switch problem {
        case "mapping values are not allowed in this context":
            return "\":\" is not allowed here; put text that contains \": \" in quotes, or correct the indentation"
        case "found character that cannot start any token":
            guard let character = character(at: position) else { return nil }
            return character == "\t" ? "a tab where YAML needs spaces" : "\"\(character)\" cannot begin a value; put the text in quotes"
        case "did not find expected key": return "a key is expected here; check the indentation and the quotes before it"
        default: return nil
        }
    }

    private func character(at position: SourcePosition) -> Character? {
        var line = 1, column = 1
        for (offset, byte) in text.enumerated() {
            if line == position.line, column == position.column { return byte < 0x80 ? Character(Unicode.Scalar(byte)) : nil }
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if offset + 1 == text.count || text[offset + 1] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return nil
    }
}
