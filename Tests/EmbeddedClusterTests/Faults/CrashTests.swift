import Foundation
import KubernetesAPI
import KubernetesClient
import TestSupport
import Testing

extension FaultTests {
    /// The server is killed while it writes, over and over.
    @Suite struct Crashes {
        private static let writers = 12
        private static let objectsOfWriter = 6

        @Test func killedServersLoseNothingThatTheyAcknowledged() async throws {
            let directory = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-crash-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let (ledger, rounds) = (WriteLedger(), FaultSettings.crashRounds)
            var random = SeededGenerator(seed: 36)
            var watched: WatchedState?
            var (version, resumed, expired, faults): (Int64, Int, Int, [String]) = (0, 0, 0, [])
            for round in 1...rounds {
                let (before, seed, pause) = (watched, random.next(), Int.random(in: 30...400, using: &random))
                let (outcome, end) = try await ServerProcess.up(directory) { server in
                    let client = try faultClient(server.kubeconfig)
                    let outcome = try await Self.round(round, client, server, ledger, before, seed: seed, pause: .milliseconds(pause))
                    await client.shutdown()
                    return outcome
                }
                #expect(end.code == -Int(SIGKILL), "round \(round): \(end)")
                if outcome.version < version { faults.append("round \(round): the version went back from \(version) to \(outcome.version)") }
                faults += outcome.faults.map { "round \(round): \($0)" }
                resumed += outcome.resumed ? 1 : 0
                expired += outcome.resumed || round == 1 ? 0 : 1
                version = max(outcome.version, ledger.highestVersion)
                watched = outcome.watched
            }
            #expect(faults.isEmpty, "\(faults.prefix(10).joined(separator: "\n"))")
            #expect(ledger.acknowledgedCount > rounds * 10)
            print(
                "api crash test: \(rounds) kills, \(ledger.acknowledgedCount) acknowledged writes, \(faults.count) lost; "
                    + "\(resumed) watches resumed, \(expired) told 410; version \(version)")
        }

        struct Outcome: Sendable {
            var faults: [String] = []
            /// The version that the server began with.
            var version: Int64 = 0
            var resumed = false
            var watched: WatchedState?
        }

        /// Checks what the server has after its start, then has it write until it is killed.
        private static func round(
            _ number: Int, _ client: KubernetesClient, _ server: ServerProcess, _ ledger: WriteLedger, _ before: WatchedState?, seed: UInt64,
            pause: Duration
        ) async throws -> Outcome {
            let configMaps = client.resources(ConfigMap.self, in: "default")
            let list = try await configMaps.list(ListOptions(labels: "crash"))
            var outcome = Outcome(version: Int64(list.metadata.resourceVersion ?? "") ?? 0)
            let found = list.items.map { ($0.name, (value: $0.data?["value"] ?? "", version: $0.versionNumber)) }
            outcome.faults = ledger.reconcile(with: Dictionary(found) { first, _ in first })
            if outcome.version < ledger.highestVersion {
                outcome.faults.append("the list is of \(outcome.version), before the acknowledged \(ledger.highestVersion)")
            }
            if let before { try await resume(before, configMaps, list, number, &outcome) }

            let watched = WatchedState(try await configMaps.list(ListOptions(labels: "crash")))
            let watching = Task { await watch(watched, configMaps) }
            await withTaskGroup(of: Void.self) { group in
                for writer in 0..<writers { group.addTask { await write(writer, configMaps, ledger, seed: seed &+ UInt64(writer)) } }
                try? await Task.sleep(for: pause)
                server.send(SIGKILL)
            }
            outcome.watched = await watching.value
            outcome.faults += outcome.watched?.faults ?? []
            return outcome
        }

        /// Follows the watch of the life before from where it ended to the present, which must be what a list shows, unless its version is forgotten.
        private static func resume(
            _ before: WatchedState, _ configMaps: Resources<ConfigMap>, _ list: ResourceList<ConfigMap>, _ round: Int, _ outcome: inout Outcome
        ) async throws {
            let mark = try await configMaps.create(
                ConfigMap(metadata: ObjectMeta(generateName: "mark-", labels: ["crash": "mark"]), data: ["value": "\(round)"]))
            let options = WatchOptions(labels: "crash", resourceVersion: "\(before.version)", resumes: false)
            do {
                let after = try await withDeadline(.seconds(30), "the watch from \(before.version)") {
                    var state = before
                    for try await event in configMaps.watch(options) {
                        state.follow(event)
                        if event.object?.name == mark.name { break }
                    }
                    return state
                }
                outcome.resumed = true
                outcome.faults += after.faults
                var expected = Dictionary(list.items.map { ($0.name, $0.versionNumber) }) { first, _ in first }
                expected[mark.name] = mark.versionNumber
                if after.versions != expected { outcome.faults.append("the watch resumed from \(before.version) ends with other objects than the list") }
            } catch let error as KubernetesError where error.isGone {
                // Told to list again.
            }
            try await configMaps.delete(mark.name)
        }

        private static func watch(_ start: WatchedState, _ configMaps: Resources<ConfigMap>) async -> WatchedState {
            var state = start
            do {
                let options = WatchOptions(labels: "crash", resourceVersion: "\(start.version)", resumes: false)
                for try await event in configMaps.watch(options) { state.follow(event) }
            } catch {
                // The server is gone.
            }
            return state
        }

        /// Writes its own objects in all ways until the server is gone.
        private static func write(_ writer: Int, _ configMaps: Resources<ConfigMap>, _ ledger: WriteLedger, seed: UInt64) async {
            var random = SeededGenerator(seed: seed)
            var count = 0
            while true {
                let name = "object-\(writer)-\(Int.random(in: 0..<objectsOfWriter, using: &random))"
                let (entry, kind) = (ledger[name], Int.random(in: 0..<5, using: &random))
                count += 1
                let value = "\(seed)-\(count)"
                var object = ConfigMap(metadata: ObjectMeta(labels: ["crash": "yes"], name: name), data: ["value": value])
                do {
                    let isDelete = kind == 4 && entry.value != nil
                    ledger.begin(isDelete ? .deleted : .put(value), of: name)
                    var version: Int64?
                    switch (kind, entry.value) {
                    case (0, _): version = try await configMaps.apply(object, as: "crash").versionNumber
                    case (_, nil): version = try await configMaps.create(object).versionNumber
                    case (1, _):
                        object.metadata.resourceVersion = "\(entry.version)"
                        version = try await configMaps.update(object).versionNumber
                    case (2, _): version = try await configMaps.patch(name, .merge(["data": ["value": .string(value)]])).versionNumber
                    case (3, _): version = try await configMaps.patch(name, .strategicMerge(["data": ["value": .string(value)]])).versionNumber
                    default: try await configMaps.delete(name)
                    }
                    ledger.acknowledge(name, version: version)
                } catch let error as KubernetesError {
                    if let status = error.status, status.code != 503 { Issue.record("\(name): \(error)") }
                    return
                } catch {
                    return
                }
            }
        }
    }
}
