import Dispatch
import EmbeddedAPI
import KubernetesAPI
import Testing

private struct Refused: Error, Equatable { let reason: String }

@Suite struct ObjectStoreWriteTests {
    @Test func everyChangeGetsTheNextVersionWhateverItsResource() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        #expect(store.version == 0)
        #expect(try await store.put("a/x").resourceVersion == 1)
        #expect(try await store.put("y", in: jobs).resourceVersion == 2)
        #expect(try await store.put("a/x", value: 5).resourceVersion == 3)
        #expect(try await store.delete("a/x")?.resourceVersion == 4)
        #expect(try await store.delete("a/x") == nil)
        #expect(store.version == 4)
        #expect(store.object(at: ObjectKey(path: "a/x"), in: pods) == nil)
        #expect(store.resources == [jobs])
    }

    @Test func theVersionStandsInTheObject() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let written = try await store.put("a/x", value: 9)
        let object = try #require(store.object(at: written.key, in: pods))
        #expect(object === written)
        let json = try JSONValue(parsing: object.bytes)
        #expect(json["metadata"]?["resourceVersion"]?.string == "1" && json["value"]?.integer == 9)
        #expect(try .object(object.decoded()) == json)
        let deleted = try #require(try await store.delete("a/x"))
        #expect(try deleted.decoded()["metadata"]?["resourceVersion"]?.string == "2")
        #expect(try deleted.decoded()["value"]?.integer == 9)
    }

    @Test func aDecisionThatThrowsWritesNothingAndSpoilsNoOther() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        try await store.write { transaction in
                            let key = ObjectKey(name: "p\(number)")
                            try transaction.put(example(key), at: key, in: pods)
                            try transaction.put(example(key), at: key, in: jobs)
                            if number % 3 == 0 { throw Refused(reason: "\(number)") }
                        }
                        return false
                    } catch {
                        #expect(error as? Refused == Refused(reason: "\(number)"))
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 67)
        #expect(store.version == 266)
        #expect(store.count(of: pods) == 133 && store.count(of: jobs) == 133)
    }

    @Test func decisionsSeeWhatTheyReplaceSoNoUpdateIsLost() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let key = ObjectKey(name: "counter")
        try await store.put("counter")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    for _ in 0..<50 {
                        try await store.write { transaction in
                            guard let object = transaction.object(at: key, in: pods) else { throw Refused(reason: "gone") }
                            #expect(object.resourceVersion == transaction.version)
                            let value = try object.decoded()["value"]?.integer ?? 0
                            try transaction.put(example(key, value: value + 1), at: key, in: pods)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.object(at: key, in: pods)?.decoded()["value"]?.integer == 800)
        #expect(store.version == 801)
    }

    @Test func aDecisionSeesItsOwnChanges() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let counts = try await store.write { transaction in
            var counts: [Int] = []
            for path in ["a/1", "a/2", "b/1"] { try transaction.put(example(ObjectKey(path: path)), at: ObjectKey(path: path), in: pods) }
            counts.append(transaction.count(of: pods, namespace: "a"))
            var keys: [ObjectKey] = []
            transaction.walk(pods, namespace: "a") { object in
                keys.append(object.key)
                return true
            }
            for key in keys { try transaction.delete(key, in: pods) }
            counts += [transaction.count(of: pods, namespace: "a"), transaction.count(of: pods), transaction.count(of: jobs)]
            return counts
        }
        #expect(counts == [2, 0, 1, 0])
        #expect(try await take(5, of: store.watch(pods, from: .after(0))) == ["ADDED a/1 1", "ADDED a/2 2", "ADDED b/1 3", "DELETED a/1 4", "DELETED a/2 5"])
    }

    @Test func aCancelledCallerLeavesTheQueue() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let mayGoOn = DispatchSemaphore(value: 0)
        let first = Task {
            try await store.write { transaction in
                enter.finish()
                mayGoOn.wait()
                try transaction.put(example(ObjectKey(name: "first")), at: ObjectKey(name: "first"), in: pods)
            }
        }
        for await _ in entered {}
        // The writer is busy: these wait.
        let waiting = (0..<20).map { number in Task { try await store.put("w\(number)") } }
        for task in waiting[..<10] { task.cancel() }
        for task in waiting[..<10] { await #expect(throws: CancellationError.self) { try await task.value } }
        mayGoOn.signal()
        try await first.value
        for task in waiting[10...] { _ = try await task.value }
        #expect(store.count(of: pods) == 11 && store.version == 11)
    }

    @Test func aFullDiskRefusesTheWriteAndNothingElse() async throws {
        let directory = try DataDirectory()
        var configuration = ObjectStore.Configuration()
        configuration.maximumPages = 60
        let store = try directory.open(configuration)
        var stored = 0
        do {
            while stored < 1000 {
                try await store.put("p\(stored)", padding: 8000)
                stored += 1
            }
        } catch {
            #expect(error as? StorageError == .diskFull(path: directory.path + "/martlet.sqlite"))
            #expect("\(error)".contains("Free some space"))
        }
        #expect(stored > 5 && stored < 60)
        #expect(store.count(of: pods) == stored && store.version == Int64(stored))
        #expect(try await take(stored, of: store.watch(pods, from: .after(0))).last == "ADDED p\(stored - 1) \(stored)")
        // Small ones still fit, and take the version that the refused one had for a moment.
        #expect(try await store.put("small", in: jobs).resourceVersion == Int64(stored) + 1)
        try await store.close()
    }

    @Test func whatCannotBeStoredIsRefused() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let key = ObjectKey(name: "x")
        await #expect(throws: StorageError.invalidObject(key, reason: "it has no metadata")) {
            try await store.write { try $0.put(["kind": "Pod"], at: key, in: pods) }
        }
        await #expect(throws: StorageError.self) { try await store.put("x", padding: 9 << 20) }
        #expect(store.version == 0)
    }

    @Test func aClosedStoreRefusesWritesAndEndsWatches() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let watcher = Task { try await take(2, of: store.watch(pods, from: .now)) }
        await eventually("the watch waits") { store.waitingWatchCount == 1 }
        try await store.put("x")
        try await store.close()
        #expect(try await watcher.value == ["ADDED x 1"])
        await #expect(throws: StorageError.closed) { try await store.put("y") }
    }
}
