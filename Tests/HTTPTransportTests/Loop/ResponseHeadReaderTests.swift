import Testing

@testable import HTTPTransport

struct ResponseHeadReaderTests {
    private func read(_ lines: [String], limits: HTTPRequest.Limits = .init()) -> (ResponseHeadReader, ResponseHeadReader.Outcome) {
        var reader = ResponseHeadReader(limits: limits)
        var outcome = ResponseHeadReader.Outcome.more
        for line in lines where outcome == .more {
            outcome = Array((line + "\r\n").utf8).withUnsafeBytes { reader.read($0) }
        }
        return (reader, outcome)
    }

    @Test func interimResponsesAreDroppedAndFoldedLinesJoined() {
        let (reader, outcome) = read(["HTTP/1.1 103 Early", "Link: x", "", "HTTP/1.1 200 OK", "A:  1 ", "B: 2", "\t3", "C:", ""])
        #expect(outcome == .complete)
        #expect(reader.status == 200 && reader.version == .http11)
        #expect(reader.headers == ["A": "1", "B": "2 3", "C": ""])
    }

    @Test(arguments: [["HTTP/3.5 200"], ["HTTP/1.1"], ["HTTP/1.1 20x"], ["HTTP/1.1 99"], ["HTTP/1.1 200", "no colon"], [""]])
    func whatIsNoHeadIsMalformed(_ lines: [String]) { #expect(read(lines).1 == .malformed) }

    @Test func limitsCountEveryLine() {
        #expect(read(["HTTP/1.1 200 OK", "A: 1", "B: 2"], limits: .init(headerCount: 2)).1 == .tooLarge(.headerCount))
        #expect(read(["HTTP/1.1 200 OK", "A: 1"], limits: .init(headerBytes: 22)).1 == .tooLarge(.headerBytes))
        #expect(read(["HTTP/1.1 200 OK", "A: 1"], limits: .init(headerBytes: 23)).1 == .more)
    }
}
