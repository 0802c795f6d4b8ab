import SwiftSyntax

/// A doc comment: its lines as they are, and as the description of a schema.
struct Documentation: Equatable {
    /// Without the leading `///`.
    let lines: [String]

    init(lines: [String]) { self.lines = lines }

    /// The `///` comment directly before a declaration.
    init(of syntax: some SyntaxProtocol) {
        var lines: [String] = []
        var newlines = 0
        for piece in syntax.leadingTrivia {
            switch piece {
            case .docLineComment(let text):
                // A comment that stands apart, such as the one at the top of a file, belongs to nothing.
                if newlines > 1 { lines = [] }
                let content = text.dropFirst(3)
                lines.append(String(content.first == " " ? content.dropFirst() : content))
                newlines = 0
            case .newlines(let count): newlines += count
            case .carriageReturnLineFeeds(let count): newlines += count
            default: break
            }
        }
        self.lines = newlines > 1 ? [] : lines
    }

    /// The text as schemas carry it: the lines of a paragraph joined, empty lines between paragraphs, list items on lines of their own.
    var description: String {
        var text = ""
        var isAtBreak = true
        for line in lines {
            let content = line.trimmingSpaces()
            if content.isEmpty {
                if !text.isEmpty, !isAtBreak { text += "\n\n" }
                isAtBreak = true
                continue
            }
            let isListItem =
                content.hasPrefix("* ") || content.hasPrefix("- ")
                || content.firstIndex(of: ".").map {
                    content[..<$0].allSatisfy(\.isNumber) && $0 != content.startIndex && content[$0...].dropFirst().first == " "
                } == true
            if !isAtBreak { text += isListItem ? "\n" : " " }
            text += content
            isAtBreak = false
        }
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}

extension String {
    func trimmingSpaces() -> String {
        var slice = self[...]
        while let last = slice.last, last.isWhitespace { slice.removeLast() }
        return String(slice.drop(while: \.isWhitespace))
    }

    /// The text as a Swift string literal on one line.
    var swiftLiteral: String {
        var literal = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\t": literal += "\\t"
            case "\r": literal += "\\r"
            default:
                if scalar.value < 0x20 { literal += "\\u{\(String(scalar.value, radix: 16))}" } else { literal.unicodeScalars.append(scalar) }
            }
        }
        return literal + "\""
    }
}
