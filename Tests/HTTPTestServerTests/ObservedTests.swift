import HTTPTestServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ObservedTests {
    @Test func everyWaiterSeesItsOwnCondition() async throws {
        let counter = Observed(0)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for target in 1...100 {
                group.addTask { try await counter.wait(for: "\(target)") { $0 >= target } }
            }
            for _ in 1...100 {
                group.addTask {
                    counter.update { $0 += 1 }
                    return 0
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.value == 100)
    }

    @Test func aDeadlineShowsTheLastValue() async {
        let value = Observed("as it was")
        let error = await #expect(throws: TestServerError.self) {
            try await value.wait(for: "another text", within: .milliseconds(1)) { $0 == "as it will be" }
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains("another text"))
        #expect("\(error.map { "\($0)" } ?? "")".contains("as it was"))
    }

    @Test func cancellingAWaiterEndsIt() async {
        let value = Observed(0)
        for _ in 1...100 {
            let waiting = Task { try await value.wait(for: "ever", within: .seconds(3600)) { $0 == 1 } }
            waiting.cancel()
            await #expect(throws: TestServerError.self) { try await waiting.value }
        }
    }
}
