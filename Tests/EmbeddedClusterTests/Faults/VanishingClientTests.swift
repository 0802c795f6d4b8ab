import Foundation
import HTTPTestServer
import KubernetesAPI
import KubernetesClient
import Testing

extension FaultTests {
    /// Clients that go away, or do not read, leave nothing behind and slow nobody.
    @Suite struct VanishingClients {
        private static let watches = "martlet_api_waiting_watches"

        @Test func watchesEndWithTheirClients() async throws {
            try await TestCluster.run { cluster in
                let observer = try cluster.client
                let base = try await eventually("watches of the server itself") {
                    try await observer.metric(Self.watches)
                } until: {
                    $0 >= 0
                }
                let files = try openFileCount()
                try await Self.leaveHTTP2Watches(cluster, observer, base, count: 250)
                try await Self.leaveHTTP1Watches(cluster, observer, base, count: 250)
                try await eventually("open files") {
                    try openFileCount()
                } until: {
                    $0 <= files + 4
                }
                await observer.shutdown()
            }
        }

        private static func leaveHTTP2Watches(_ cluster: TestCluster, _ observer: KubernetesClient, _ base: Int, count: Int) async throws {
            let client = try cluster.client
            let maps = client.resources(ConfigMap.self, in: "default")
            let version = try await maps.list().metadata.resourceVersion
            let tasks = (0..<count).map { _ in
                Task { for try await _ in maps.watch(WatchOptions(resourceVersion: version, resumes: false)) {} }
            }
            try await eventually("HTTP/2 watches") {
                try await observer.metric(watches)
            } until: {
                $0 >= base + count
            }
            // The first half closes its streams, the rest with its connections.
            for task in tasks.prefix(count / 2) { task.cancel() }
            try await eventually("HTTP/2 watches without readers") {
                try await observer.metric(watches)
            } until: {
                $0 <= base + count - count / 2
            }
            await client.shutdown()
            try await eventually("HTTP/2 watches without connections") {
                try await observer.metric(watches)
            } until: {
                $0 <= base
            }
        }

        private static func leaveHTTP1Watches(_ cluster: TestCluster, _ observer: KubernetesClient, _ base: Int, count: Int) async throws {
            let request = RawRequest(target: "/api/v1/namespaces/default/configmaps?watch=true&resourceVersion=1").bytes(token: cluster.ready.token)
            var connections: [RawConnection] = []
            for _ in 0..<count {
                let connection = try await cluster.connect()
                try await connection.write(request)
                connections.append(connection)
            }
            try await eventually("HTTP/1.1 watches") {
                try await observer.metric(watches)
            } until: {
                $0 >= base + count
            }
            for (number, connection) in connections.enumerated() {
                if number.isMultiple(of: 2) { await connection.abort() } else { await connection.close() }
            }
            try await eventually("HTTP/1.1 watches without connections") {
                try await observer.metric(watches)
            } until: {
                $0 <= base
            }
        }

        /// Writes about 30 MiB of changes, a few objects over and over, and waits until a watch that reads has told the last.
        private static func writeMuch(_ client: KubernetesClient, hasObjects: Bool) async throws -> Duration {
            let maps = client.resources(ConfigMap.self, in: "default")
            let text = String(repeating: "x", count: 500 << 10)
            let version = try await maps.list().metadata.resourceVersion
            let reading = Task {
                for try await event in maps.watch(WatchOptions(resourceVersion: version, resumes: false)) where event.object?.name == "the-end" { return }
            }
            let duration = try await ContinuousClock().measure {
                for number in 0..<60 {
                    let object = ConfigMap(metadata: ObjectMeta(name: "big-\(number % 4)"), data: ["text": text, "number": "\(number)"])
                    _ = hasObjects || number >= 4 ? try await maps.update(object) : try await maps.create(object)
                }
                _ = try await maps.create(ConfigMap(metadata: ObjectMeta(name: "the-end")))
                try await withDeadline(.seconds(30), "the watch that reads") { try await reading.value }
            }
            try await maps.delete("the-end")
            return duration
        }

        @Test func slowWatchersAreCutOffAndSlowNobody() async throws {
            try await TestCluster.run(configure: { $0.connections.unreadWatch = .seconds(1) }) { cluster in
                let client = try cluster.client
                let alone = try await Self.writeMuch(client, hasObjects: false)
                // The server's own watches wait when they have nothing to do: the most is what a quiet server has.
                var base = 0
                for _ in 0..<50 { base = try await max(base, client.metric(Self.watches)) }
                let memory = try Self.residentBytes()

                let slow = try await cluster.connect()
                try await slow.write(RawRequest(target: "/api/v1/namespaces/default/configmaps?watch=true").bytes(token: cluster.ready.token))
                try await slow.read(through: "\r\n\r\n")
                // On the same connection as the writer and the watch that reads.
                var slowEvents = client.resources(ConfigMap.self, in: "default").watch(WatchOptions(resumes: false)).makeAsyncIterator()
                _ = try await slowEvents.next()

                let besides = try await Self.writeMuch(client, hasObjects: true)
                #expect(besides < alone * 4 + .seconds(2), "\(besides) beside watches that do not read, \(alone) without")
                #expect(try Self.residentBytes() - memory < 200 << 20)

                // What it finds when it reads at last is a part, and then the end.
                let received = try await withDeadline(.seconds(20), "the end of the slow watch") {
                    var count = 0
                    while let bytes = try? await slow.read() { count += bytes.count }
                    return count
                }
                #expect(received < 25 << 20)
                try await eventually("waiting watches") {
                    try await client.metric(Self.watches)
                } until: {
                    $0 <= base
                }
                await slow.close()
                await client.shutdown()
            }
        }

        private static func residentBytes() throws -> Int {
            let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
            return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
        }
    }
}
