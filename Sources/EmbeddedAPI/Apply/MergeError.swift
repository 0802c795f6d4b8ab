import KubernetesAPI

/// Why a value does not fit its merge schema.
public struct MergeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One value that does not fit.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// Where, as `.spec.ports[port=80]`; empty for the whole object.
        public internal(set) var path: String
        /// What is wrong, in Kubernetes' words.
        public let message: String

        public var description: String { path.isEmpty ? message : "\(path): \(message)" }
    }

    /// In the order of the value; at least one and at most ``limit``.
    public let problems: [Problem]

    /// From here on problems are not collected: a large object can have one in every value.
    static let limit = 1000

    /// One line, or a list below a line that announces it, as Kubernetes writes it.
    public var description: String {
        guard problems.count != 1 else { return problems[0].description }
        return "errors:\n" + problems.map { "  \($0)" }.joined(separator: "\n")
    }
}

/// Problems that are gathered while a value is walked.
struct MergeProblems {
    private(set) var problems: [MergeError.Problem] = []

    var isFull: Bool { problems.count >= MergeError.limit }

    mutating func add(_ message: String) {
        guard !isFull else { return }
        problems.append(MergeError.Problem(path: "", message: message))
    }

    /// Runs `walk` for a value inside this one; its problems get their place.
    mutating func inside(_ element: PathElement, _ walk: (inout MergeProblems) -> Void) {
        let before = problems.count
        walk(&self)
        guard problems.count > before else { return }
        let prefix = element.description
        for position in before..<problems.count { problems[position].path = prefix + problems[position].path }
    }

    func check() throws(MergeError) {
        guard problems.isEmpty else { throw MergeError(problems: problems) }
    }
}

/// Values as Go programs print them, since Kubernetes' messages about wrong types do so.
enum GoText {
    /// `%v` of a value inside of its wrapper: `&{red}`.
    static func wrapped(_ value: JSONValue) -> String { "&{\(plain(value))}" }

    /// `%#v` of a wrapped value: `&value.valueUnstructured{Value:1}`.
    static func wrappedSyntax(_ value: JSONValue) -> String { "&value.valueUnstructured{Value:\(syntax(value))}" }

    /// `%T`, the name of the type.
    static func typeName(_ value: JSONValue) -> String {
        switch value {
        case .null: "<nil>"
        case .bool: "bool"
        case .integer: "int64"
        case .double: "float64"
        case .string: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .null: "<nil>"
        case .string(let text): text
        case .array(let elements): "[" + elements.map(plain).joined(separator: " ") + "]"
        case .object(let members): "map[" + members.sortedByKey().map { "\($0.key):\(plain($0.value))" }.joined(separator: " ") + "]"
        default: value.description
        }
    }

    private static func syntax(_ value: JSONValue) -> String {
        switch value {
        case .null: "interface {}(nil)"
        case .string(let text): text.quotedAsGo
        case .array(let elements): "[]interface {}{" + elements.map(syntax).joined(separator: ", ") + "}"
        case .object(let members):
            "map[string]interface {}{" + members.sortedByKey().map { "\($0.key.quotedAsGo):\(syntax($0.value))" }.joined(separator: ", ") + "}"
        default: value.description
        }
    }
}
