import KubernetesClient
import Testing

@testable import ControllerKit

@Suite(.timeLimit(.minutes(1))) struct WorkQueueTests {
    @Test func wakesForWhatIsAddedAndForWhatIsDue() async throws {
        let queue = WorkQueue<String>("test")
        queue.add("never", after: .seconds(3600))
        async let first = queue.next()
        queue.add("now")
        #expect(try await first == "now")
        async let second = queue.next()
        queue.add("soon", after: .milliseconds(20))
        #expect(try await second == "soon")
        queue.add("now")
        async let again = queue.next()
        queue.finish("now", after: .zero)
        #expect(try await again == "now")
    }

    @Test func endsWhenItIsCancelled() async throws {
        let queue = WorkQueue<String>("test")
        let waiting = Task { try await queue.next() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test func aFailedKeyComesAgain() async throws {
        let queue = WorkQueue<String>("test", backoff: Backoff(first: .milliseconds(1), longest: .milliseconds(2)))
        for _ in 0..<5 {
            queue.addRateLimited("a")
            #expect(try await queue.next() == "a")
            queue.finish("a", after: .zero)
        }
    }

    @Test func nothingIsLostBetweenManyWritersAndOneReader() async throws {
        let queue = WorkQueue<Int>("test")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 { group.addTask { for key in 0..<500 { queue.add(writer * 500 + key) } } }
            group.addTask {
                var seen: Set<Int> = []
                while seen.count < 2000 {
                    let key = try await queue.next()
                    seen.insert(key)
                    queue.finish(key, after: .zero)
                }
            }
            try await group.waitForAll()
        }
    }
}
