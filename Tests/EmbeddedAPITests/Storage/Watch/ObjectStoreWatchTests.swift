import EmbeddedAPI
import KubernetesAPI
import TestSupport
import Testing

@Suite struct ObjectStoreWatchTests {
    @Test func aWatchBeginsWhereItIsTold() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        try await store.put("b")
        try await store.put("other", in: jobs)
        try await store.put("a")
        let now = try store.watch(pods, from: .now)
        let initial = try store.watch(pods, from: .initialObjects(thenBookmark: true))
        let withoutBookmark = try store.watch(pods, from: .initialObjects(thenBookmark: false))
        let future = try store.watch(pods, from: .after(4))
        try await store.put("a")
        try await store.delete("b")
        #expect(try await take(2, of: now) == ["MODIFIED a 4", "DELETED b 5"])
        #expect(try await take(4, of: store.watch(pods, from: .after(0))) == ["ADDED b 1", "ADDED a 3", "MODIFIED a 4", "DELETED b 5"])
        #expect(try await take(2, of: store.watch(pods, from: .after(3))) == ["MODIFIED a 4", "DELETED b 5"])
        #expect(try await take(5, of: initial) == ["ADDED a 3", "ADDED b 1", "BOOKMARK 3 initial-events-end", "MODIFIED a 4", "DELETED b 5"])
        #expect(try await take(3, of: withoutBookmark) == ["ADDED a 3", "ADDED b 1", "MODIFIED a 4"])
        #expect(try await take(1, of: future) == ["DELETED b 5"])
    }

    @Test func objectsComeIntoAndLeaveTheSelection() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        try await store.put("n/a", labels: [("app", "x")], value: 1)
        try await store.put("n/a", labels: [("app", "x")], value: 2)
        try await store.put("n/a", labels: [("app", "y")], value: 3)
        try await store.put("n/a", labels: [("app", "y")], value: 4)
        try await store.put("m/a", labels: [("app", "x")])
        try await store.put("n/a", labels: [("app", "x")], value: 5)
        try await store.delete("n/a")
        try await store.put("n/b", labels: [("app", "y")])
        try await store.delete("n/b")
        try await store.put("n/c", labels: [("app", "x")])
        var events: [ObjectEvent] = []
        for try await event in try store.watch(pods, Selection(namespace: "n", matches: hasLabel("app", "x")), from: .after(0)) {
            events.append(event)
            if events.count == 6 { break }
        }
        #expect(events.map(\.text) == ["ADDED n/a 1", "MODIFIED n/a 2", "DELETED n/a 3", "ADDED n/a 6", "DELETED n/a 7", "ADDED n/c 10"])
        // One that leaves is shown as it last matched, with the version of the change.
        guard case .deleted(let left) = events[2] else { throw StorageError.closed }
        #expect(try left.decoded()["value"]?.integer == 2)
        #expect(try left.decoded()["metadata"]?["resourceVersion"]?.string == "3")
        #expect(try store.list(pods, at: .exact(3)).objects.first?.decoded()["value"]?.integer == 3)
    }

    @Test func initialObjectsOfALargeResourceAreThoseThatMatch() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        try await store.write { transaction in
            for number in 0..<1000 {
                let key = ObjectKey(namespace: "n\(number % 2)", name: "p\(number)")
                try transaction.put(example(key, labels: [("rare", number % 300 == 0 ? "yes" : "no")]), at: key, in: pods)
            }
        }
        let rare = try store.watch(pods, Selection(namespace: "n0", matches: hasLabel("rare", "yes")), from: .initialObjects(thenBookmark: true))
        #expect(
            try await take(5, of: rare) == ["ADDED n0/p0 1", "ADDED n0/p300 301", "ADDED n0/p600 601", "ADDED n0/p900 901", "BOOKMARK 1000 initial-events-end"])
        let all = try await take(1001, of: store.watch(pods, from: .initialObjects(thenBookmark: true)))
        #expect(Array(all.dropLast()) == (try store.list(pods).objects.map { "ADDED \($0.key) \($0.resourceVersion)" }))
    }

    @Test func watchersShareTheBytesOfAnEvent() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        try await store.put("a")
        try await store.delete("a")
        func deleted() async throws -> StoredObject? {
            for try await event in try store.watch(pods, from: .after(1)) { if case .deleted(let object) = event { return object } }
            return nil
        }
        let (first, second) = (try await deleted(), try await deleted())
        #expect(first != nil && first === second)
    }

    @Test(arguments: [UInt64(21), 22]) func fiftyWatchersMissNothingUnderSixteenWriters(seed: UInt64) async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let (writers, writes) = (16, 60)
        let total = writers * writes
        let sequences = try await withThrowingTaskGroup(of: [String].self) { group in
            for number in 0..<50 {
                // Begins at a moment of its own: some resume from a version, some list first.
                group.addTask {
                    var random = SeededGenerator(seed: seed &* 1000 &+ UInt64(number))
                    let begin = Int64.random(in: 0..<Int64(total / 2), using: &random)
                    var iterator = try store.watch(pods, from: .after(0)).makeAsyncIterator()
                    while store.version < begin, try await iterator.next() != nil {}
                    var seen: [String] = []
                    var watch = try store.watch(pods, from: .after(0)).makeAsyncIterator()
                    if number.isMultiple(of: 2) {
                        seen = try await take(total, from: &watch)
                    } else {
                        seen = try await take(Int(begin), from: &watch)
                        watch = try store.watch(pods, from: .after(begin)).makeAsyncIterator()
                        seen += try await take(total - Int(begin), from: &watch)
                    }
                    return seen
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { clients in
                for client in 0..<writers {
                    clients.addTask {
                        var random = SeededGenerator(seed: seed &* 77 &+ UInt64(client))
                        var written = 0
                        while written < writes {
                            let path = "n/\(Int.random(in: 0..<30, using: &random))"
                            if Int.random(in: 0..<4, using: &random) == 0 {
                                if try await store.delete(path) != nil { written += 1 }
                            } else {
                                try await store.put(path)
                                written += 1
                            }
                        }
                    }
                }
                try await clients.waitForAll()
            }
            return try await group.reduce(into: [[String]]()) { $0.append($1) }
        }
        #expect(sequences.count == 50)
        let first = try #require(sequences.first)
        // Every version once, in order: no gap, no event twice.
        #expect(first.compactMap { Int64($0.split(separator: " ").last ?? "") } == Array(1...Int64(total)))
        for sequence in sequences { #expect(sequence == first) }
    }

    @Test func anEventIsSeenOnlyOnceItIsAcknowledgedToReaders() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let watcher = Task {
            var iterator = try store.watch(pods, from: .now).makeAsyncIterator()
            for _ in 0..<200 {
                guard let event = try await iterator.next() else { return false }
                guard store.version >= event.resourceVersion else { return false }
            }
            return true
        }
        await eventually("the watch waits") { store.waitingWatchCount == 1 }
        for number in 0..<200 { try await store.put("p\(number)") }
        #expect(try await watcher.value)
    }

    @Test func aSlowWatcherIsCutOffAndTheOthersAreNot() async throws {
        let directory = try DataDirectory()
        let store = try directory.open(.init(history: HistoryLimits(maximumChanges: 300)))
        var slow = try store.watch(pods, from: .now).makeAsyncIterator()
        var idle = try store.watch(jobs, from: .now).makeAsyncIterator()
        var quick = try store.watch(pods, from: .now).makeAsyncIterator()
        for number in 1...1000 {
            try await store.put("p")
            #expect(try await quick.next()?.resourceVersion == Int64(number))
        }
        let compacted = store.compactedVersion
        #expect(compacted >= 700 && compacted < 1000)
        await #expect(throws: StorageError.watchExpired(requested: 0, compacted: compacted)) { try await slow.next() }
        // A watch of a quiet resource has missed nothing, however much happened elsewhere.
        try await store.put("j", in: jobs)
        #expect(try await idle.next()?.text == "ADDED j 1001")
    }

    @Test func compactionEndsTheReachOfWatches() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        for _ in 0..<5 { try await store.put("p") }
        let present = try store.watch(pods, from: .now)
        try await store.compact()
        #expect(throws: StorageError.watchExpired(requested: 4, compacted: 5)) { try store.watch(pods, from: .after(4)) }
        #expect("\(StorageError.watchExpired(requested: 4, compacted: 5))" == "too old resource version: 4 (5)")
        let last = try store.watch(pods, from: .after(5))
        try await store.put("p")
        #expect(try await take(1, of: last) == ["MODIFIED p 6"])
        #expect(try await take(1, of: present) == ["MODIFIED p 6"])
    }

    @Test(arguments: [
        (HistoryLimits(maximumChanges: 100), 94...100), (HistoryLimits(maximumBytes: 100_000), 60...90), (HistoryLimits(maximumAge: 99), 90...170),
    ]) func historyIsBoundedByCountBytesAndAge(limits: HistoryLimits, kept: ClosedRange<Int>) async throws {
        let directory = try DataDirectory()
        let clock = TestClock()
        let store = try directory.open(.init(history: limits, now: { clock.now }))
        for _ in 0..<1000 {
            clock.advance()
            try await store.put("p", padding: 1000)
        }
        #expect(kept.contains(Int(store.version - store.compactedVersion)), "\(store.version - store.compactedVersion) are kept")
    }

    @Test func bookmarksComeWhenAskedForToThoseWhoWantThem() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let with = Task { try await take(3, of: store.watch(pods, from: .now, bookmarks: true)) }
        let without = Task { try await take(1, of: store.watch(pods, from: .now)) }
        await eventually("both wait") { store.waitingWatchCount == 2 }
        store.sendBookmarks()
        await eventually("both wait again") { store.waitingWatchCount == 2 }
        try await store.put("other", in: jobs)
        store.sendBookmarks()
        await eventually("both wait again") { store.waitingWatchCount == 2 }
        try await store.put("p")
        #expect(try await with.value == ["BOOKMARK 0", "BOOKMARK 1", "ADDED p 2"])
        #expect(try await without.value == ["ADDED p 2"])
    }

    @Test func aTimerSendsBookmarks() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let timer = Task { await store.sendBookmarks(every: .milliseconds(1)) }
        #expect(try await take(3, of: store.watch(pods, from: .now, bookmarks: true)) == ["BOOKMARK 0", "BOOKMARK 0", "BOOKMARK 0"])
        timer.cancel()
        await timer.value
    }

    @Test func aCancelledWatchIsGoneAtOnce() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        let watchers = (0..<100).map { _ in Task { try await take(1, of: store.watch(pods, from: .now)) } }
        await eventually("all wait") { store.waitingWatchCount == 100 }
        for watcher in watchers { watcher.cancel() }
        #expect(store.waitingWatchCount == 0)
        for watcher in watchers { #expect(try await watcher.value == []) }
    }
}
