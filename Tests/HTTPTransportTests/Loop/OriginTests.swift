import Testing

@testable import HTTPTransport

struct OriginTests {
    /// An origin with connections of so many streams, by port, the settled ones of which are named.
    private func origin(_ streams: [Int: Int], settled: Set<Int> = []) -> Origin {
        let origin = Origin(name: "https://host:443")
        var id: UInt64 = 0
        for (port, count) in streams.sorted(by: { $0.key < $1.key }) {
            for index in 0..<count {
                id += 1
                origin.launched(id)
                origin.connected(id, port: port)
                if index == 0, settled.contains(port) { origin.answered(port: port, isMultiplexed: true) }
            }
        }
        return origin
    }

    @Test func theFirstRequestsAreFewUntilAnAnswerHasCome() {
        let origin = Origin(name: "https://host:443")
        #expect(origin.room == 20)
        for id in 1...20 as ClosedRange<UInt64> { origin.launched(id) }
        #expect(origin.room == 0)
        for id in 1...20 as ClosedRange<UInt64> { origin.connected(id, port: 1) }
        #expect(origin.room == 1, "one may go ahead, to make another connection")
        origin.answered(port: 1, isMultiplexed: true)
        #expect(origin.room == 70)
    }

    @Test func aboveTheUsualOnlyProbesGoAhead() {
        let origin = origin([1: 90], settled: [1])
        #expect(origin.room == 2)
        origin.launched(1000)
        #expect(origin.room == 1)
    }

    @Test func theLimitIsLearnedFromANewConnectionAndForgottenWhenItIsRefuted() {
        let origin = origin([1: 100, 2: 1], settled: [1])
        #expect(origin.streamLimit == 100)
        #expect(origin.room == 19, "what an unsettled connection takes")
        origin.answered(port: 2, isMultiplexed: true)
        #expect(origin.room == 99)
        origin.launched(1000)
        origin.connected(1000, port: 1)
        #expect(origin.streamLimit == nil)
    }

    @Test func patienceLetsMoreThroughOncePerPeriod() {
        let origin = origin([1: 20])
        let now = ContinuousClock.now
        for _ in 0..<5 { origin.losePatience(at: now) }
        #expect(origin.room == 20)
        origin.losePatience(at: now + Origin.patience)
        #expect(origin.room == 40)
    }

    @Test func withHTTP1NothingIsHeld() {
        let origin = origin([1: 1])
        origin.answered(port: 1, isMultiplexed: false)
        #expect(origin.room == .max)
    }

    @Test func endedTransfersMakeRoomAndWaitingOnesKeepTheirOrder() {
        let origin = origin([1: 3], settled: [1])
        for id in [7, 8, 9] as [UInt64] { origin.wait(id) }
        #expect(origin.popWaiting() == 7 && origin.popWaiting() == 8)
        for id in 1...3 as ClosedRange<UInt64> { origin.ended(id) }
        #expect(origin.connections.isEmpty && !origin.isUnused)
        #expect(origin.popWaiting() == 9 && origin.popWaiting() == nil)
        #expect(origin.isUnused)
    }
}
