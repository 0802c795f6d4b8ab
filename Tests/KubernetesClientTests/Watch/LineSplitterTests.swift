import TestSupport
import Testing

@testable import KubernetesClient

@Suite struct LineSplitterTests {
    @Test func linesAreTheSameHoweverTheBytesAreCut() throws {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let lines = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                [UInt8](repeating: UInt8.random(in: 97...122, using: &generator), count: Int.random(in: 0...12, using: &generator))
            }
            let rest = [UInt8](repeating: 65, count: Int.random(in: 0...5, using: &generator))
            let bytes = lines.flatMap { $0 + [10] } + rest
            var splitter = LineSplitter(maxLineBytes: 12)
            var read: [[UInt8]] = []
            var position = 0
            while position < bytes.count {
                let end = min(position + Int.random(in: 1...20, using: &generator), bytes.count)
                splitter.append(Array(bytes[position..<end]))
                position = end
                while let line = try splitter.next({ Array($0) }) { read.append(line) }
            }
            #expect(read == lines, "seed \(seed)")
            #expect(splitter.takeRest() == rest, "seed \(seed)")
            #expect(splitter.takeRest() == [])
        }
    }

    @Test(
        arguments: [
            ("a line of the limit", [1, 2, 3, 10], 3), ("no line yet, of the limit", [1, 2, 3], nil), ("an empty line", [10], 0),
        ] as [(String, [UInt8], Int?)])
    func takesLinesUpToTheLimit(_ rule: String, bytes: [UInt8], length: Int?) throws {
        var splitter = LineSplitter(maxLineBytes: 3)
        splitter.append(bytes)
        let found = try splitter.next { $0.count }
        #expect(found == length)
    }

    @Test(arguments: [("a line", [1, 2, 3, 4, 10]), ("what can no longer become one", [1, 2, 3, 4])] as [(String, [UInt8])])
    func refusesWhatIsLonger(_ what: String, bytes: [UInt8]) {
        var splitter = LineSplitter(maxLineBytes: 3)
        splitter.append(bytes)
        #expect(throws: LineSplitter.LineTooLong.self) { _ = try splitter.next { $0.count } }
    }
}
