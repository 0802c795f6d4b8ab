import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite struct WatchTests {
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
        try await Self.withWatch([
            { request, responder in
                let watch = try await responder.startWatch()
                try await watch.added(ConfigMap.text("a", version: 11))
                try await watch.modified(ConfigMap.text("a", version: 12, data: "w"))
                try await watch.bookmark(resourceVersion: "13", kind: "ConfigMap")
                try await watch.deleted(ConfigMap.text("a", version: 14))
                try await responder.stall()
            }
        ], WatchOptions(labels: "a=b", fields: "metadata.name=a", resourceVersion: "10", timeoutSeconds: 77)) { server, events in
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
        try await Self.withWatch([{ _, responder in
            try await responder.startWatch().added(ConfigMap.text("a", version: 11))
            try await responder.write(#"{"type":"ADD"#)
        }], once) { server, events in
            let first = try await events.next()?.object?.name
            #expect(first == "a")
            let error = await Self.failure(&events)
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps: the watch ended in the middle of an event, after 12 bytes of it")
        }
    }

    // MARK: Initial events

    @Test func aStreamingListIsAListAndThenAWatch() async throws {
        try await withAPIServer { request, responder in
            let watch = try await responder.startWatch()
            try await watch.added(ConfigMap.text("a", version: 30))
            try await watch.added(ConfigMap.text("b", version: 7))
            try await watch.bookmark(resourceVersion: "40", kind: "ConfigMap", endsInitialEvents: true)
            try await watch.modified(ConfigMap.text("b", version: 41))
            try await responder.stall()
        } body: { server, client in
            var (objects, version, changes) = try await client.resources(ConfigMap.self, in: "ml").streamingList(WatchOptions(timeoutSeconds: 300))
            #expect(objects.map(\.name) == ["a", "b"])
            #expect(version == "40")
            #expect(try await changes.next()?.object?.resourceVersion == "41")
            #expect(
                server.observations.value.requests.map(\.target) == [
                    "/api/v1/namespaces/ml/configmaps?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                ])
        }
    }

    @Test func afterItsInitialEventsAWatchGoesOnFromTheirBookmark() async throws {
        try await Self.withWatch(
            [
                Self.answering { watch in
                    try await watch.added(ConfigMap.text("a", version: 30))
                    try await watch.bookmark(resourceVersion: "40", kind: "ConfigMap", endsInitialEvents: true)
                }, Self.answering { watch in try await watch.modified(ConfigMap.text("a", version: 41)) },
            ], WatchOptions(sendInitialEvents: true)
        ) { server, events in
            _ = try await events.next()
            #expect(try await events.next() == .bookmark(resourceVersion: "40", endsInitialEvents: true))
            #expect(try await events.next()?.object?.resourceVersion == "41")
            #expect(Self.versions(server) == [nil, "40"])
            #expect(server.observations.value.requests.last?.target.contains("sendInitialEvents") == false)
        }
    }

    @Test(arguments: [
        ("initial events that were asked for", WatchOptions(sendInitialEvents: true)), ("no version", WatchOptions()), ("any version", WatchOptions(resourceVersion: "0")),
    ])
    func aWatchThatEndsBeforeItHasAVersionDoesNotGoOn(_ rule: String, options: WatchOptions) async throws {
        // The objects come in no order: after the first, neither its version nor none is one to go on from.
        for dies in [true, false] {
            try await Self.withWatch([{ request, responder in
                try await responder.startWatch().added(ConfigMap.text("a", version: 30))
                if dies { try await responder.reset(.internalError) }
            }], options) { server, events in
                let first = try await events.next()?.object?.name
                #expect(first == "a")
                let error = await Self.failure(&events)
                #expect(dies ? error?.transportKind == .connectionClosed : error?.description.contains("from which version to go on") == true, "\(rule)")
                #expect(server.observations.value.requestCount == 1)
            }
        }
    }

    @Test func aBookmarkGivesAWatchWithoutAVersionOne() async throws {
        try await Self.withWatch(
            [
                Self.answering { watch in
                    try await watch.added(ConfigMap.text("a", version: 30))
                    try await watch.bookmark(resourceVersion: "50", kind: "ConfigMap")
                    try await watch.modified(ConfigMap.text("a", version: 51))
                }, Self.answering { watch in try await watch.deleted(ConfigMap.text("a", version: 52)) },
            ], WatchOptions()
        ) { server, events in
            for _ in 0..<4 { _ = try await events.next() }
            #expect(Self.versions(server) == [nil, "51"])
        }
    }

    // MARK: Bad input

    @Test func anEventMayComeInAnyPieces() async throws {
        let long = String(repeating: "ä", count: 100_000)
        for size in [1, 7, 1000, 16_384] {
            try await Self.withWatch([{ request, responder in
                _ = try await responder.startWatch()
                let small = #"{"type":"ADDED","object":\#(ConfigMap.text("a", version: 11))}"#
                let large = #"{"type":"ADDED","object":\#(ConfigMap.text("b", version: 12, data: long))}"#
                // Blank lines between events are white space; the last has no line feed.
                let bytes = Array("\(small)\r\n\n\(size < 1000 ? small : large)\n\(small)".utf8)
                for start in stride(from: 0, to: bytes.count, by: size) { try await responder.write(bytes[start..<min(start + size, bytes.count)]) }
            }], WatchOptions(resourceVersion: "10", resumes: false)) { _, events in
                #expect(try await events.next()?.object?.name == "a")
                let second = try await events.next()?.object
                #expect(size < 1000 || second?.data?["k"] == long)
                #expect(try await events.next()?.object?.name == "a")
                try await Self.expectEnd(of: &events)
            }
        }
    }

    @Test func anEventWithoutEndIsAnError() async throws {
        var settings = KubernetesClient.Settings.quick()
        settings.maxAnswerBytes = 1 << 20
        try await Self.withWatch([{ request, responder in
            _ = try await responder.startWatch()
            while true { try await responder.write([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)) }
        }], settings: settings) { server, events in
            let error = await Self.failure(&events)
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps: a watch event is longer than 1048576 bytes")
            try await server.streams(reset: 1)
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test(arguments: [
        ("text", "hello\n", "not JSON"), ("a page", "<html>\n", "not JSON"), ("an array", "[]\n", "no type or no object"),
        ("no object", #"{"type":"ADDED"}"# + "\n", "no type or no object"), ("an unknown type", #"{"type":"MOVED","object":{}}"# + "\n", "MOVED"),
        ("an object of another kind", #"{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1"}}"# + "\n", "ConfigMap"),
        ("a bookmark without a version", #"{"type":"BOOKMARK","object":{"metadata":{}}}"# + "\n", "no resourceVersion"),
        ("invalid UTF-8", "{\"type\":\"\u{FFFD}\"}\n", "no type or no object"),
    ])
    func whatIsNoEventEndsTheWatch(_ rule: String, line: String, message: String) async throws {
        try await Self.withWatch([{ _, responder in
            _ = try await responder.startWatch()
            try await responder.write(line)
            try await responder.stall()
        }]) { server, events in
            let error = await Self.failure(&events)
            guard case .undecodable(let text)? = error?.cause else {
                Issue.record("\(rule): \(String(describing: error))")
                return
            }
            #expect(text.contains(message), "\(text)")
            try await server.streams(reset: 1)
            #expect(server.observations.value.requestCount == 1)
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
        try await withAPIServer { request, responder in try await Self.stalling(request, responder) } body: { server, client in
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
        try await withAPIServer { request, responder in try await Self.stalling(request, responder) } body: { server, client in
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
        try await withAPIServer { _, responder in try await responder.json("{}") } body: { server, client in
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
