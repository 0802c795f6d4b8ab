import KubernetesAPI

/// What is done about fields that an object cannot have and about duplicate ones: the option `fieldValidation`.
public enum FieldValidation: String, Sendable {
    case ignore = "Ignore"
    /// The default.
    case warn = "Warn"
    case strict = "Strict"

    /// The value of the option; nil for one that Kubernetes does not know. An empty one is the default.
    public init?(parsing text: String) {
        if text.isEmpty { self = .warn } else { self.init(rawValue: text) }
    }

    /// Decides about what was found in a body or patch.
    ///
    /// - Parameters:
    ///   - problems: such as `unknown field "spec.foo"`; a text of the YAML decoder may have several lines.
    ///   - failure: makes the answer of a refusal from `strict decoding error: …`.
    /// - Returns: the texts of warnings.
    /// - Throws: the failure, where the option is `Strict` and there are problems.
    func judge(_ problems: [String], failure: (String) -> Status) throws(Status) -> [String] {
        if problems.isEmpty { return [] }
        switch self {
        case .ignore: return []
        case .warn: return problems.flatMap(Self.warnings)
        case .strict: throw failure("strict decoding error: \(problems.joined(separator: ", "))")
        }
    }

    /// The lines of a text of the YAML decoder, or the text itself.
    private static func warnings(of problem: String) -> [String] {
        for prefix in ["yaml: unmarshal errors:\n", "error converting YAML to JSON: yaml: unmarshal errors:\n"] where problem.hasPrefix(prefix) {
            return problem.dropFirst(prefix.count).split(separator: "\n").map { String($0.drop { $0 == " " }) }
        }
        return [problem]
    }
}

/// The `Warning` headers of an answer: each text once, and cut when they get too long together.
public struct ResponseWarnings: Sendable {
    /// The values of the headers: `299 - "text"`.
    public private(set) var headers: [String] = []
    private var texts: [String] = []
    private var written = 0
    private var isTruncating = false

    /// In characters (Unicode scalars), as in Kubernetes: of all texts, and of each text once these are too long.
    private static let (totalLimit, itemLimit) = (4 * 1024, 256)

    public init() {}

    public mutating func add(_ text: String) {
        if text.isEmpty || (isTruncating && written >= Self.totalLimit) || texts.contains(text) { return }
        texts.append(text)
        let count = text.unicodeScalars.count
        if isTruncating || written + count <= Self.totalLimit {
            write(text)
            return
        }
        isTruncating = true
        written = 0
        headers = []
        for text in texts { write(text) }
    }

    private mutating func write(_ text: String) {
        let cut = isTruncating ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.itemLimit))) : text
        // A header cannot hold control characters: Kubernetes drops the warning.
        if cut.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) { return }
        written += cut.unicodeScalars.count
        let quoted = cut.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        headers.append("299 - \"\(quoted)\"")
    }
}
