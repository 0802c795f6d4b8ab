extension ExpressionLibrary {
    /// cel-go's extended string functions in version 2: <https://pkg.go.dev/github.com/google/cel-go/ext#Strings>.
    public static let strings = ExpressionLibrary(functions: [
        ExpressionFunction(
            "charAt",
            [
                .member([.string, .int], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                    let scalars = Array(try arguments.string(0).unicodeScalars)
                    let index = try position(try arguments.int(1), upTo: scalars.count)
                    return .string(index == scalars.count ? "" : String(scalars[index]))
                }
            ]),
        ExpressionFunction(
            "indexOf",
            [
                .member([.string, .string], .int, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in try first(arguments, from: 0) },
                .member([.string, .string, .int], .int, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in
                    try first(arguments, from: try arguments.int(2))
                },
            ]),
        ExpressionFunction(
            "lastIndexOf",
            [
                .member([.string, .string], .int, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in try last(arguments, upTo: nil) },
                .member([.string, .string, .int], .int, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in
                    try last(arguments, upTo: try arguments.int(2))
                },
            ]),
        ExpressionFunction(
            "join",
            [
                .member([.list(.string)], .string, cost: .result) { (arguments) throws(EvaluationFailure) in try join(arguments, "") },
                .member([.list(.string), .string], .string, cost: .result) { (arguments) throws(EvaluationFailure) in
                    try join(arguments, try arguments.string(1))
                },
            ]),
        ExpressionFunction(
            "lowerAscii",
            [
                .member([.string], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                    .string(mapASCII(try arguments.string(0), 65...90) { $0 + 32 })
                }
            ]),
        ExpressionFunction(
            "upperAscii",
            [
                .member([.string], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                    .string(mapASCII(try arguments.string(0), 97...122) { $0 - 32 })
                }
            ]),
        ExpressionFunction(
            "replace",
            [
                .member([.string, .string, .string], .string, cost: .rebuilding(0)) { (arguments) throws(EvaluationFailure) in
                    try replace(arguments, count: -1)
                },
                .member([.string, .string, .string, .int], .string, cost: .rebuilding(0)) { (arguments) throws(EvaluationFailure) in
                    try replace(arguments, count: try arguments.int(3))
                },
            ]),
        ExpressionFunction(
            "split",
            [
                .member([.string, .string], .list(.string), cost: .rebuilding(0)) { (arguments) throws(EvaluationFailure) in try split(arguments, count: -1) },
                .member([.string, .string, .int], .list(.string), cost: .rebuilding(0)) { (arguments) throws(EvaluationFailure) in
                    try split(arguments, count: try arguments.int(2))
                },
            ]),
        ExpressionFunction(
            "substring",
            [
                .member([.string, .int], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in try substring(arguments, end: nil) },
                .member([.string, .int, .int], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                    try substring(arguments, end: try arguments.int(2))
                },
            ]),
        ExpressionFunction(
            "trim",
            [
                .member([.string], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                    let scalars = Array(try arguments.string(0).unicodeScalars)
                    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
                        let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
                    else { return .string("") }
                    return .string(text(scalars[start...end]))
                }
            ]),
        ExpressionFunction(
            "strings.quote",
            [.function([.string], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in .string(quote(try arguments.string(0))) }]),
        ExpressionFunction(
            "format",
            [
                .member([.string, .list(.dyn)], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                    .string(try TextFormat.format(try arguments.string(0), try arguments.list(1)))
                }
            ]),
    ])

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func position(_ index: Int64, upTo count: Int) throws(EvaluationFailure) -> Int {
        guard index >= 0, index <= count else { throw EvaluationFailure("index out of range: \(index)") }
        return Int(index)
    }

    private static func first(_ arguments: [ExpressionValue], from start: Int64) throws(EvaluationFailure) -> ExpressionValue {
        let scalars = Array(try arguments.string(0).unicodeScalars)
        let needle = Array(try arguments.string(1).unicodeScalars)
        let start = try position(start, upTo: scalars.count)
        return .int(Int64(TextSearch.first(needle[...], in: scalars[start...]) ?? -1))
    }

    private static func last(_ arguments: [ExpressionValue], upTo limit: Int64?) throws(EvaluationFailure) -> ExpressionValue {
        let scalars = Array(try arguments.string(0).unicodeScalars)
        let needle = Array(try arguments.string(1).unicodeScalars)
        let limit = try limit.map { (limit) throws(EvaluationFailure) in try position(limit, upTo: scalars.count) } ?? scalars.count
        return .int(Int64(TextSearch.last(needle, in: scalars, startingUpTo: limit) ?? -1))
    }

    private static func join(_ arguments: [ExpressionValue], _ separator: String) throws(EvaluationFailure) -> ExpressionValue {
        let list = try arguments.list(0)
        var result = ""
        for index in 0..<list.count {
            guard case .string(let text) = list[index] else { throw .noSuchOverload }
            if index > 0 { result += separator }
            result += text
            try limit(result.utf8.count)
        }
        return .string(result)
    }

    /// Refuses results that no object of Kubernetes could hold, before they fill the memory.
    private static func limit(_ size: Int) throws(EvaluationFailure) {
        if size > TextFormat.maximumSize { throw EvaluationFailure("the resulting string is larger than \(TextFormat.maximumSize) bytes") }
    }

    private static func mapASCII(_ text: String, _ range: ClosedRange<UInt8>, _ change: (UInt8) -> UInt8) -> String {
        String(decoding: text.utf8.map { range.contains($0) ? change($0) : $0 }, as: UTF8.self)
    }

    /// The bytes between separators; an empty separator cuts between code points. `count` limits the parts unless it is negative.
    private static func parts(of text: String, separator: String, count: Int64) -> [String] {
        if count == 0 { return [] }
        if separator.isEmpty {
            let scalars = Array(text.unicodeScalars)
            let whole = count < 0 ? scalars.count : min(scalars.count, Int(clamping: count))
            if whole == 0 { return [] }
            return scalars[..<(whole - 1)].map { String($0) } + [Self.text(scalars[(whole - 1)...].prefix(whole == scalars.count ? 1 : .max))]
        }
        var rest = Array(text.utf8)[...]
        let needle = Array(separator.utf8)[...]
        var result: [String] = []
        while count < 0 || result.count < count - 1, let index = TextSearch.first(needle, in: rest) {
            result.append(String(decoding: rest[..<index], as: UTF8.self))
            rest = rest[(index + needle.count)...]
        }
        return result + [String(decoding: rest, as: UTF8.self)]
    }

    private static func split(_ arguments: [ExpressionValue], count: Int64) throws(EvaluationFailure) -> ExpressionValue {
        .list(parts(of: try arguments.string(0), separator: try arguments.string(1), count: count).map { .string($0) })
    }

    private static func replace(_ arguments: [ExpressionValue], count: Int64) throws(EvaluationFailure) -> ExpressionValue {
        let (text, old, new) = (try arguments.string(0), try arguments.string(1), try arguments.string(2))
        if count == 0 { return .string(text) }
        guard old.isEmpty else {
            let parts = parts(of: text, separator: old, count: count < 0 || count == .max ? -1 : count + 1)
            try limit(text.utf8.count + parts.count.multipliedReportingOverflow(by: new.utf8.count).partialValue)
            return .string(parts.joined(separator: new))
        }
        try limit(text.utf8.count + text.unicodeScalars.count.multipliedReportingOverflow(by: new.utf8.count).partialValue)
        // Nothing is found before each code point and at the end.
        var (result, left) = ("", count < 0 ? Int64.max : count)
        for scalar in text.unicodeScalars {
            if left > 0 { result += new }
            left -= left > 0 ? 1 : 0
            result.unicodeScalars.append(scalar)
        }
        return .string(left > 0 ? result + new : result)
    }

    private static func substring(_ arguments: [ExpressionValue], end: Int64?) throws(EvaluationFailure) -> ExpressionValue {
        let scalars = Array(try arguments.string(0).unicodeScalars)
        let start = try position(try arguments.int(1), upTo: scalars.count)
        let end = try end.map { (end) throws(EvaluationFailure) in try position(end, upTo: scalars.count) } ?? scalars.count
        guard start <= end else { throw EvaluationFailure("invalid substring range. start: \(start), end: \(end)") }
        return .string(text(scalars[start..<end]))
    }

    private static func quote(_ text: String) -> String {
        let escapes: [Unicode.Scalar: String] = [
            "\u{7}": "\\a", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{B}": "\\v", "\\": "\\\\", "\"": "\\\"",
        ]
        var result = "\""
        for scalar in text.unicodeScalars {
            if let escape = escapes[scalar] { result += escape } else { result.unicodeScalars.append(scalar) }
        }
        return result + "\""
    }
}
