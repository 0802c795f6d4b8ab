/// A regular expression in the syntax of RE2, matched in time that grows with the text and the pattern only, whatever they are.
///
/// Syntax: <https://github.com/google/re2/wiki/Syntax>, without `\C`; of the scripts, the common ones (``ScalarSet/scripts``).
public struct LinearRegex: Sendable {
    private let program: [Instruction]

    /// Why a text is no regular expression, in the words of RE2: ``missing closing ): `(` ``.
    public struct Failure: Error, Equatable {
        public let message: String
    }

    enum Instruction: Sendable {
        case scalar(UInt32)
        case set(ScalarSet)
        case assert(Assertion)
        /// Both ways, the first one preferred.
        case split(Int, Int)
        case jump(Int)
        case match
    }

    enum Assertion: Sendable { case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary }

    public init(_ pattern: String) throws(Failure) {
        var parser = RegexParser(pattern)
        var compiler = RegexCompiler()
        program = try compiler.compile(try parser.parse())
    }

    /// Whether some part of the text matches.
    public func matches(_ text: String) -> Bool {
        var matcher = Matcher(program: program, text: text.unicodeScalars.map(\.value))
        return matcher.match(from: 0, needsRange: false) != nil
    }

    /// The first match, as the leftmost and then preferred one.
    func find(in text: String) -> String? { findAll(in: text, limit: 1)?.first }

    /// The matches that do not overlap, at most `limit`. Nil where the search would read the text over and over:
    /// some patterns look at all of the rest before each short match.
    func findAll(in text: String, limit: Int) -> [String]? {
        let scalars = Array(text.unicodeScalars)
        var matcher = Matcher(program: program, text: scalars.map(\.value))
        var results: [String] = []
        var (position, lastEnd) = (0, -1)
        while results.count < limit, position <= scalars.count, let range = matcher.match(from: position, needsRange: true) {
            // An empty match right behind another one does not count.
            if !(range.isEmpty && range.lowerBound == lastEnd) {
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars[range])
                results.append(String(view))
            }
            if matcher.scalarsRead > 100_000 + 20 * scalars.count { return nil }
            lastEnd = range.upperBound
            position = range.isEmpty ? range.upperBound + 1 : range.upperBound
        }
        return results
    }
}

/// Runs all threads of the program side by side (Pike's machine), each at most once per place of the text.
private struct Matcher {
    let program: [LinearRegex.Instruction]
    let text: [UInt32]
    private var lastVisit: [Int]
    private var visit = 0
    private(set) var scalarsRead = 0
    private var pending: [Int] = []

    init(program: [LinearRegex.Instruction], text: [UInt32]) {
        (self.program, self.text) = (program, text)
        lastVisit = Array(repeating: -1, count: program.count)
    }

    mutating func match(from first: Int, needsRange: Bool) -> Range<Int>? {
        var found: Range<Int>?
        var threads: [(instruction: Int, start: Int)] = []
        var target = threads
        var position = first
        visit += 1
        while true {
            // Threads that began earlier come first: the leftmost match wins.
            if found == nil { follow(0, start: position, at: position, into: &threads) }
            if threads.isEmpty, found != nil { return found }
            visit += 1
            target.removeAll(keepingCapacity: true)
            let scalar = position < text.count ? text[position] : nil
            stepping: for thread in threads {
                switch program[thread.instruction] {
                case .match:
                    if !needsRange { return thread.start..<position }
                    found = thread.start..<position
                    // What comes later is less preferred.
                    break stepping
                case .scalar(let expected):
                    if scalar == expected { follow(thread.instruction + 1, start: thread.start, at: position + 1, into: &target) }
                case .set(let set):
                    if let scalar, set.contains(scalar) { follow(thread.instruction + 1, start: thread.start, at: position + 1, into: &target) }
                default: break
                }
            }
            swap(&threads, &target)
            if position >= text.count { return found }
            position += 1
            scalarsRead += 1
        }
    }

    /// Adds the threads that an instruction leads to without reading anything.
    private mutating func follow(_ instruction: Int, start: Int, at position: Int, into target: inout [(instruction: Int, start: Int)]) {
        pending.append(instruction)
        while let instruction = pending.popLast() {
            guard lastVisit[instruction] != visit else { continue }
            lastVisit[instruction] = visit
            switch program[instruction] {
            case .jump(let next): pending.append(next)
            case .split(let preferred, let other):
                pending.append(other)
                pending.append(preferred)
            case .assert(let assertion): if holds(assertion, at: position) { pending.append(instruction + 1) }
            default: target.append((instruction, start))
            }
        }
    }

    private func holds(_ assertion: LinearRegex.Assertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == text.count
        case .lineStart: position == 0 || text[position - 1] == 10
        case .lineEnd: position == text.count || text[position] == 10
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .noWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ position: Int) -> Bool {
        guard position >= 0, position < text.count else { return false }
        return ScalarSet.word.contains(text[position])
    }
}
