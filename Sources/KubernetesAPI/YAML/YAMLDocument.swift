/// One document of a YAML text: its value, and where each part of it stands.
///
/// ```swift
/// for document in try YAMLDocument.parse(bytes, file: "deploy.yaml") {
///     let path = FieldPath("spec", "replicas")
///     print(document.value["kind"], document.position(of: path))
/// }
/// ```
public struct YAMLDocument: Sendable {
    public let value: JSONValue
    /// Where the document's value begins.
    public let start: SourcePosition
    /// The name of the text as the caller gave it.
    public let file: String?
    /// Nil when the text was read as JSON, which keeps no positions.
    let sourceMap: YAMLSourceMap?

    /// Reads all documents of a YAML text. Those that are empty or null are left out, as kubectl does.
    ///
    /// Values get the types that kubectl (sigs.k8s.io/yaml on go-yaml v2) gives them, which are mostly those of YAML 1.1: `yes`, `on` and `y` are true,
    /// `010` is 8, and `1_000` a number; timestamps stay text, and a number beyond the range of doubles is text too. A tag that is not one of YAML's own
    /// makes a scalar text and changes nothing on maps and lists. Keys that are booleans or numbers become text. Other than go-yaml v2,
    /// - a key that a map has itself wins over one merged into it (`<<`) wherever the merge stands, as YAML specifies and go-yaml v3 does;
    /// - duplicate keys are refused (kubectl refuses them only under strict validation);
    /// - `!!binary` is refused when its bytes are no UTF-8 text, since JSON could not hold them;
    /// - a document after `...` is read (kubectl splits at `---` only and drops it).
    ///
    /// JSON is read too, also where YAML differs from it (escaped surrogate pairs, long keys); such documents have no positions.
    /// UTF-16 is recognized by its byte order mark, everything else must be UTF-8.
    ///
    /// - Parameters:
    ///   - bytes: the text; any bytes are safe to pass.
    ///   - file: the text's name, for errors.
    /// - Throws: ``YAMLError`` at the first fault.
    public static func parse(_ bytes: [UInt8], file: String? = nil, limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> [YAMLDocument] {
        try parse(bytes, file: file, limits: limits, passingOverDuplicates: false).documents
    }

    /// The documents, where of duplicate keys the last one counts, with these duplicates.
    static func parsePassingOverDuplicates(
        _ bytes: [UInt8], limits: YAMLLimits
    ) throws(YAMLError) -> (documents: [YAMLDocument], duplicates: [YAMLDuplicateKey]) {
        try parse(bytes, file: nil, limits: limits, passingOverDuplicates: true)
    }

    private static func parse(
        _ bytes: [UInt8], file: String?, limits: YAMLLimits, passingOverDuplicates: Bool
    ) throws(YAMLError) -> (documents: [YAMLDocument], duplicates: [YAMLDuplicateKey]) {
        guard bytes.count <= min(limits.sizeBytes, Int(UInt32.max) - 16) else {
            throw YAMLError("the text is longer than \(limits.sizeBytes) bytes", at: SourcePosition(line: 1, column: 1), file: file)
        }
        let text = try YAMLEncoding.utf8(of: bytes, file: file)
        guard !text.isEmpty else { return ([], []) }
        try YAMLEncoding.checkTagDirectives(of: text, file: file)
        let result = text.withUnsafeBufferPointer { buffer in
            Result { () throws(YAMLError) -> ([YAMLDocument], [YAMLDuplicateKey]) in
                var reader = YAMLReader(buffer, file: file, limits: limits)
                if passingOverDuplicates { reader.duplicates = [] }
                let documents = try reader.documents()
                return (documents, reader.duplicates ?? [])
            }
        }
        do {
            return try result.get()
        } catch {
            if error.isSyntax, let document = json(text, file: file, limits: limits) { return ([document], []) }
            throw error
        }
    }

    public static func parse(_ text: String, file: String? = nil, limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> [YAMLDocument] {
        try parse(Array(text.utf8), file: file, limits: limits)
    }

    /// The text as the one JSON value that it may be.
    private static func json(_ text: [UInt8], file: String?, limits: YAMLLimits) -> YAMLDocument? {
        guard let first = text.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        let limits = JSONLimits(depth: min(limits.depth, YAMLReader.deepest), sizeBytes: min(limits.sizeBytes, limits.expandedBytes))
        guard let value = try? JSONValue(parsing: text, limits: limits) else { return nil }
        return YAMLDocument(value: value, start: SourcePosition(line: 1, column: 1), file: file, sourceMap: nil)
    }

    /// Where the field at `path` stands: its key, or the beginning of a list's element. For what an alias or a merge brings in, where it is written.
    ///
    /// Nil when the document has no such field, or is JSON that only the JSON reader takes.
    public func position(of path: FieldPath) -> SourcePosition? {
        guard let (position, depth) = walk(path), depth == path.elements.count else { return nil }
        return position
    }

    /// The position of the field at `path` or, where that is missing, of the innermost part around it that exists.
    public func closestPosition(to path: FieldPath) -> SourcePosition { walk(path)?.position ?? start }

    /// Follows `path` as far as it goes; with the number of its elements that exist.
    private func walk(_ path: FieldPath) -> (position: SourcePosition, depth: Int)? {
        guard let sourceMap else { return nil }
        var entry = 0
        var value = value
        for (depth, element) in path.elements.enumerated() {
            switch (element, value) {
            case (.field(let name), .object(let object)), (.key(let name), .object(let object)):
                guard let position = object.position(of: name) else { return (sourceMap.position(of: entry), depth) }
                value = object[position].value
                entry = sourceMap.child(position, of: entry)
            case (.index(let index), .array(let array)) where array.indices.contains(index):
                value = array[index]
                entry = sourceMap.child(index, of: entry)
            default: return (sourceMap.position(of: entry), depth)
            }
        }
        return (sourceMap.position(of: entry), path.elements.count)
    }
}

extension JSONValue {
    /// Reads a YAML text that has exactly one document, under the rules of ``YAMLDocument/parse(_:file:limits:)``.
    public init(parsingYAML bytes: [UInt8], file: String? = nil, limits: YAMLLimits = YAMLLimits()) throws(YAMLError) {
        let documents = try YAMLDocument.parse(bytes, file: file, limits: limits)
        guard let first = documents.first else { throw YAMLError("the text has no document", at: SourcePosition(line: 1, column: 1), file: file) }
        if documents.count > 1 { throw YAMLError("a second document, where one is expected", at: documents[1].start, file: file) }
        self = first.value
    }

    public init(parsingYAML text: String, file: String? = nil, limits: YAMLLimits = YAMLLimits()) throws(YAMLError) {
        try self.init(parsingYAML: Array(text.utf8), file: file, limits: limits)
    }
}
