/// The text of an expression with its line starts.
struct Source: Sendable {
    let scalars: [Unicode.Scalar]
    private let lineStarts: [Int]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        var starts = [0]
        for (index, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(index + 1) }
        lineStarts = starts
    }

    func issue(_ message: String, at offset: Int) -> ExpressionError.Issue {
        var (low, high) = (0, lineStarts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        let start = lineStarts[low]
        let end = low + 1 < lineStarts.count ? lineStarts[low + 1] - 1 : scalars.count
        // A line of a hostile expression may be very long; the message stays readable.
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars[start..<max(start, min(end, start + 400))])
        return .init(message: message, line: low + 1, column: offset - start + 1, sourceLine: String(line))
    }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}
