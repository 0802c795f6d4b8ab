import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

extension WatchTests {
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
        ("initial events that were asked for", WatchOptions(sendInitialEvents: true)), ("no version", WatchOptions()),
        ("any version", WatchOptions(resourceVersion: "0")),
    ])
    func aWatchThatEndsBeforeItHasAVersionDoesNotGoOn(_ rule: String, options: WatchOptions) async throws {
        // The objects come in no order: after the first, neither its version nor none is one to go on from.
        for dies in [true, false] {
            try await Self.withWatch(
                [
                    { request, responder in
                        try await responder.startWatch().added(ConfigMap.text("a", version: 30))
                        if dies { try await responder.reset(.internalError) }
                    }
                ], options
            ) { server, events in
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
}
