/// A place in a text file, as editors show it.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 1 for the first line.
    public let line: Int
    /// 1 for the first character of a line; counts Unicode scalars, a tab as one.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// `line:column`
    public var description: String { "\(line):\(column)" }

    public static func < (left: SourcePosition, right: SourcePosition) -> Bool { (left.line, left.column) < (right.line, right.column) }
}
