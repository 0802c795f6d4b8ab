import TestSupport
import Testing

@testable import HTTPTransport

struct BufferTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func bytesComeOutAsTheyWentIn(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var buffer = ChunkBuffer()
        var expected: [UInt8] = []
        var received: [UInt8] = []
        for _ in 0..<300 {
            if Bool.random(using: &generator) {
                let piece = (0..<Int.random(in: 1...(seed % 2 == 0 ? 100 : 20_000), using: &generator)).map { UInt8(truncatingIfNeeded: $0 + expected.count) }
                expected += piece
                piece.withUnsafeBytes { buffer.append($0) }
            } else if let chunk = buffer.popFirst() {
                #expect(!chunk.isEmpty && chunk.count <= 64 << 10)
                received += chunk
            }
            #expect(buffer.count == expected.count - received.count)
        }
        while let chunk = buffer.popFirst() { received += chunk }
        #expect(received == expected)
        #expect(buffer.count == 0)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func deadlinesComeUpInOrder(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let start = ContinuousClock.now
        var queue = DeadlineQueue()
        let instants = (0..<500).map { _ in start + .milliseconds(Int.random(in: 0...1000, using: &generator)) }
        for (index, instant) in instants.enumerated() { queue.insert(instant, UInt64(index)) }
        var order: [ContinuousClock.Instant] = []
        for step in stride(from: 0, through: 1000, by: 50) {
            let now = start + .milliseconds(step)
            while let id = queue.popFirst(dueBy: now) {
                #expect(instants[Int(id)] <= now)
                order.append(instants[Int(id)])
            }
            #expect(queue.earliest.map { $0 > now } ?? true)
        }
        #expect(order == instants.sorted())
        #expect(queue.count == 0)
    }
}
