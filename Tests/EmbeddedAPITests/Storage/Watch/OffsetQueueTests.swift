@testable import EmbeddedAPI
import TestSupport
import Testing

@Suite struct OffsetQueueTests {
    @Test func elementsKeepTheirNumber() {
        var random = SeededGenerator(seed: 7)
        var (queue, appended, dropped) = (OffsetQueue<Int>(), 0, 0)
        for _ in 0..<5000 {
            if Bool.random(using: &random) || Bool.random(using: &random) {
                queue.append(appended)
                appended += 1
            } else if let element = queue.popFirst() {
                #expect(element == dropped)
                dropped += 1
            }
            #expect(queue.firstOffset == dropped && queue.endOffset == appended && queue.count == appended - dropped)
            let probe = Int.random(in: 0...(appended + 2), using: &random)
            #expect(queue[probe] == (probe >= dropped && probe < appended ? probe : nil))
            #expect(queue.slice(from: probe, limit: 3) == Array((max(probe, dropped)..<max(appended, probe, dropped)).prefix(3)))
            #expect(queue.firstOffset { $0 >= probe } == min(max(probe, dropped), appended))
        }
    }
}
