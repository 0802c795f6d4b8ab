import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct WatchTests {
    /// What each request of a watch gets, by its number from 1. The last script serves all further ones.
    typealias Script = @Sendable (TestRequest, TestResponder) async throws -> Void

    static func withWatch(
        _ scripts: [Script], _ options: WatchOptions = WatchOptions(resourceVersion: "10"), settings: KubernetesClient.Settings = .quick(),
        body: (HTTPTestServer, inout Watch<ConfigMap>.Iterator) async throws -> Void
    ) async throws {
        let count = Observed(0)
        try await withAPIServer(settings: settings) { request, responder in
            let number = count.update { count -> Int in
                count += 1
                return count
            }
            try await scripts[min(number, scripts.count) - 1](request, responder)
        } body: { server, client in
            var events = client.resources(ConfigMap.self, in: "ml").watch(options).makeAsyncIterator()
            try await body(server, &events)
        }
    }

    /// Answers with events, and then ends the response.
    static func answering(_ events: @escaping @Sendable (WatchStream) async throws -> Void) -> Script {
        { _, responder in
            let watch = try await responder.startWatch()
            try await events(watch)
            try await watch.end()
        }
    }

    static let stalling: Script = { _, responder in
        _ = try await responder.startWatch()
        try await responder.stall()
    }

    static func versions(_ server: HTTPTestServer) -> [String?] {
        server.observations.value.requests.map { request in
            request.target.split(separator: "&").first { $0.hasPrefix("resourceVersion=") }.map { String($0.dropFirst("resourceVersion=".count)) }
        }
    }

    @Test func tellsWhatHappensInOrder() async throws {
        try await Self.withWatch(
            [
                { request, responder in
                    let watch = try await responder.startWatch()
                    try await watch.added(ConfigMap.text("a", version: 11))
                    try await watch.modified(ConfigMap.text("a", version: 12, data: "w"))
                    try await watch.bookmark(resourceVersion: "13", kind: "ConfigMap")
                    try await watch.deleted(ConfigMap.text("a", version: 14))
                    try await responder.stall()
                }
            ], WatchOptions(labels: "a=b", fields: "metadata.name=a", resourceVersion: "10", timeoutSeconds: 77)
        ) { server, events in
            guard case .added(let added)? = try await events.next(), case .modified(let modified)? = try await events.next() else {
                Issue.record("no addition and change")
                return
            }
            #expect(added.data == ["k": "v"])
            #expect(modified.data == ["k": "w"])
            #expect(try await events.next() == .bookmark(resourceVersion: "13", endsInitialEvents: false))
            guard case .deleted(let deleted)? = try await events.next() else {
                Issue.record("no deletion")
                return
            }
            #expect(deleted.resourceVersion == "14")
            #expect(
                server.observations.value.requests.map(\.target) == [
                    "/api/v1/namespaces/ml/configmaps?watch=true&labelSelector=a%3Db&fieldSelector=metadata.name%3Da&resourceVersion=10&allowWatchBookmarks=true&timeoutSeconds=77"
                ])
        }
    }

    @Test func goesOnFromTheLastVersionWhereTheServerEnds() async throws {
        try await Self.withWatch([
            Self.answering { watch in
                try await watch.added(ConfigMap.text("a", version: 11))
                try await watch.added(ConfigMap.text("b", version: 12))
            },
            Self.answering { watch in try await watch.bookmark(resourceVersion: "20", kind: "ConfigMap") },
            // Nothing at all.
            Self.answering { _ in },
            Self.answering { watch in try await watch.added(ConfigMap.text("c", version: 21)) },
        ]) { server, events in
            var told: [String] = []
            while told.count < 4, let event = try await events.next() {
                if case .bookmark(let version, _) = event { told.append(version) } else { told.append(event.object?.name ?? "") }
            }
            #expect(told == ["a", "b", "20", "c"])
            #expect(Self.versions(server) == ["10", "12", "20", "20"])
        }
    }

    @Test(arguments: ["abort", "close", "reset", "half an event", "garbled status"])
    func goesOnWithoutLossOrRepetitionWhereTheStreamIsKilled(how: String) async throws {
        // Each request gives the next two events after the version asked for, and then dies.
        try await withAPIServer { request, responder in
            let version = Int(request.parameter("resourceVersion") ?? "") ?? 0
            let watch = try await responder.startWatch()
            try await watch.added(ConfigMap.text("o\(version + 1)", version: version + 1))
            try await watch.added(ConfigMap.text("o\(version + 2)", version: version + 2))
            switch how {
            case "abort": request.connection.abort()
            case "close": request.connection.close()
            case "reset": try await responder.reset(.internalError)
            case "half an event": try await responder.write(#"{"type":"ADDED","object":{"metadata":{"na"#)
            default: try await watch.error(StatusFailure(500, "InternalError", "etcd is away"))
            }
        } body: { server, client in
            var events = client.resources(ConfigMap.self, in: "ml").watch(WatchOptions(resourceVersion: "10")).makeAsyncIterator()
            var told: [String] = []
            while told.count < 7, let event = try await events.next() { told.append(event.object?.name ?? "?") }
            // An abort may take written events with it: then the next request asks for them.
            #expect(told == (11..<18).map { "o\($0)" })
        }
    }

    @Test func goneAsAnEventIsGone() async throws {
        try await Self.withWatch([Self.answering { watch in try await watch.error(.expired) }]) { server, events in
            let error = await Self.failure(&events)
            #expect(error?.isGone == true)
            try await Self.expectEnd(of: &events)
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test func goneAsAStatusIsGone() async throws {
        try await Self.withWatch([{ _, responder in try await responder.fail(.expired) }]) { server, events in
            let error = await Self.failure(&events)
            #expect(error?.isGone == true)
            #expect(error?.description.hasPrefix("GET /api/v1/namespaces/ml/configmaps: ") == true)
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test(arguments: [(403, "Forbidden"), (404, "NotFound"), (401, "Unauthorized")])
    func whatTryingAgainDoesNotMendEndsTheWatch(code: Int, reason: String) async throws {
        try await Self.withWatch([{ _, responder in try await responder.fail(StatusFailure(code, reason, "no")) }]) { server, events in
            let error = await Self.failure(&events)
            #expect(error?.status?.code == Int32(code))
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test func aWatchThatDoesNotResumeEndsWithItsRequest() async throws {
        let once = WatchOptions(resourceVersion: "10", resumes: false)
        try await Self.withWatch([Self.answering { watch in try await watch.added(ConfigMap.text("a", version: 11)) }], once) { server, events in
            #expect(try await events.next()?.object?.name == "a")
            try await Self.expectEnd(of: &events)
            try await Self.expectEnd(of: &events)
            #expect(server.observations.value.requestCount == 1)
        }
        try await Self.withWatch(
            [
                { _, responder in
                    try await responder.startWatch().added(ConfigMap.text("a", version: 11))
                    try await responder.write(#"{"type":"ADD"#)
                }
            ], once
        ) { server, events in
            let first = try await events.next()?.object?.name
            #expect(first == "a")
            let error = await Self.failure(&events)
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps: the watch ended in the middle of an event, after 12 bytes of it")
        }
    }

    @Test func aWatchThatIsDeadIsNoticed() async throws {
        var settings = KubernetesClient.Settings.quick()
        settings.timeout = .milliseconds(500)
        let options = WatchOptions(resourceVersion: "10", timeoutSeconds: 0)
        // The server should have ended the first request at once, and says nothing more.
        try await Self.withWatch(
            [
                Self.stalling,
                { _, responder in
                    try await responder.startWatch().added(ConfigMap.text("a", version: 11))
                    try await responder.stall()
                },
            ], options, settings: settings
        ) { server, events in
            let first = try await events.next()?.object?.name
            #expect(first == "a")
            #expect(server.observations.value.streams.reset >= 1)
            #expect(Self.versions(server).allSatisfy { $0 == "10" })
        }
    }

    // MARK: Ends

    @Test func aDroppedWatchClosesItsStream() async throws {
        try await withAPIServer { _, responder in
            try await responder.startWatch().added(ConfigMap.text("a", version: 11))
            try await responder.stall()
        } body: { server, client in
            for try await event in client.resources(ConfigMap.self, in: "ml").watch(WatchOptions(resourceVersion: "10")) {
                #expect(event.object?.name == "a")
                break
            }
            try await server.streams(reset: 1)
            #expect(server.observations.value.connections.count == 1)
        }
    }

    @Test func aCancelledWatchClosesItsStreamAndThrows() async throws {
        try await withAPIServer { request, responder in
            try await Self.stalling(request, responder)
        } body: { server, client in
            let reading = Task {
                for try await _ in client.resources(ConfigMap.self, in: "ml").watch(WatchOptions(resourceVersion: "10")) {}
            }
            try await server.streams(opened: 1)
            reading.cancel()
            await #expect(throws: CancellationError.self) { try await reading.value }
            try await server.streams(reset: 1)
        }
    }

    @Test func shutdownEndsWatchesWithAnError() async throws {
        try await withAPIServer { request, responder in
            try await Self.stalling(request, responder)
        } body: { server, client in
            let reading = Task {
                await callFailure { for try await _ in client.resources(ConfigMap.self, in: "ml").watch(WatchOptions(resourceVersion: "10")) {} }
            }
            try await server.streams(opened: 1)
            await client.shutdown()
            #expect(await reading.value?.transportKind == .shutdown)
            let error = await callFailure { try await client.serverVersion() }
            #expect(error?.description == "GET /version: the client has been shut down")
        }
    }

    @Test func aClientThatWasShutDownBeforeItsFirstCallMakesNone() async throws {
        try await withAPIServer { _, responder in
            try await responder.json("{}")
        } body: { server, client in
            await client.shutdown()
            let error = await callFailure { try await client.serverVersion() }
            #expect(error?.description == "GET /version: the client has been shut down")
            #expect(server.observations.value.connections.isEmpty)
        }
    }

    @Test func aThousandWatchesShareAConnection() async throws {
        let watches = 1000
        let go = Observed(false)
        try await withAPIServer(limits: ServerLimits(maxConcurrentStreams: 2000)) { request, responder in
            guard request.isWatch else { return try await responder.json("{}") }
            let watch = try await responder.startWatch()
            try await go.wait(for: "all watches to be open", within: .seconds(60)) { $0 }
            try await watch.added(ConfigMap.text(request.parameter("fieldSelector") ?? "", version: 11))
            try await responder.stall()
        } body: { server, client in
            // Whoever has not seen the server's SETTINGS does not know that one connection is enough, and on a busy machine makes another.
            _ = try await client.serverVersion()
            try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for number in 0..<watches {
                    tasks.addTask {
                        let options = WatchOptions(fields: "n\(number)", resourceVersion: "10")
                        var events = client.resources(ConfigMap.self, in: "ml").watch(options).makeAsyncIterator()
                        return try await events.next()?.object?.name == "n\(number)"
                    }
                }
                try await server.streams(opened: watches + 1, within: .seconds(60))
                #expect(client.statistics.map(\.openTransfers) == [watches])
                go.update { $0 = true }
                var right = 0
                for try await isRight in tasks where isRight { right += 1 }
                #expect(right == watches)
            }
            #expect(server.observations.value.connections.count == 1)
            try await server.streams(reset: watches, within: .seconds(60))
            #expect(client.statistics.map(\.openTransfers) == [0])
        }
    }

    static func expectEnd(of events: inout Watch<ConfigMap>.Iterator, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let event = try await events.next()
        #expect(event == nil, sourceLocation: sourceLocation)
    }

    static func failure(_ events: inout Watch<ConfigMap>.Iterator, sourceLocation: SourceLocation = #_sourceLocation) async -> KubernetesError? {
        do {
            let event = try await events.next()
            Issue.record("nothing was thrown, but \(String(describing: event)) told", sourceLocation: sourceLocation)
        } catch let error as KubernetesError {
            return error
        } catch {
            Issue.record("\(type(of: error)) was thrown: \(error)", sourceLocation: sourceLocation)
        }
        return nil
    }
}
