import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct CancellationTests {
    @Test func aCancelledCallClosesItsStreamAtOnceAndNoOther() async throws {
        let go = Observed(false)
        try await withAPIServer { request, responder in
            guard request.isWatch else { try await responder.stall() }
            let watch = try await responder.startWatch()
            try await watch.bookmark(resourceVersion: "11", kind: "ConfigMap")
            try await go.wait(for: "the call to be cancelled") { $0 }
            try await watch.added(ConfigMap.text("a", version: 12))
            try await responder.stall()
        } body: { server, client in
            var watch = client.resources(ConfigMap.self, in: "ml").watch(WatchOptions(resourceVersion: "10")).makeAsyncIterator()
            _ = try await watch.next()
            let call = Task { try await client.serverVersion() }
            try await server.streams(opened: 2)
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            try await server.streams(reset: 1)
            go.update { $0 = true }
            #expect(try await watch.next()?.object?.name == "a")
            #expect(server.observations.value.connections.count == 1)
        }
    }

    @Test func aCallThatIsCancelledWhileItsAnswerComesClosesItsStream() async throws {
        try await withAPIServer { _, responder in
            try await responder.start(200, headers: ["content-type": "application/json"])
            try await responder.write("{")
            try await responder.stall()
        } body: { server, client in
            let call = Task { try await client.serverVersion() }
            try await server.observations.wait(for: "the first byte") { $0.bytesAccepted == 1 }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            try await server.streams(reset: 1)
        }
    }

    @Test func aTaskThatIsCancelledAlreadySendsNothingThatLasts() async throws {
        try await withAPIServer { _, responder in
            try await responder.stall()
        } body: { _, client in
            let call = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.serverVersion()
            }
            await #expect(throws: CancellationError.self) { try await call.value }
            #expect(client.statistics.allSatisfy { $0.openTransfers == 0 })
        }
    }

    @Test func thousandsOfCancelledCallsLeaveNothingBehind() async throws {
        let count = 3000
        try await withAPIServer { request, responder in
            if request.path == "/last" { return try await responder.json("{}") }
            // Some are cancelled before the head, some in the middle of the body, some are done by then.
            switch (request.streamID ?? 0) / 2 % 3 {
            case 0: break
            case 1: try await responder.write("{")
            default: return try await responder.json("{}")
            }
            try await responder.stall()
        } body: { server, client in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<count {
                    tasks.addTask {
                        let call = Task { try await client.serverVersion() }
                        for _ in 0..<(number % 50) { await Task.yield() }
                        call.cancel()
                        do {
                            _ = try await call.value
                        } catch is CancellationError {}
                    }
                    if number >= 64 { try await tasks.next() }
                }
                try await tasks.waitForAll()
            }
            // It still serves, and by then all that was before is over.
            _ = try await client.raw("GET", "/last")
            try await server.streams(open: 0)
            let statistics = client.statistics
            #expect(statistics.map(\.openTransfers) == [0])
            #expect(statistics.map { $0.transfersCancelled + $0.transfersCompleted } == statistics.map(\.transfersStarted))
        }
    }
}
