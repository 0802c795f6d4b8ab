import EmbeddedAPI
import KubernetesAPI
import TestSupport
import Testing

@Suite struct ObjectStoreListTests {
    private static func filled(_ directory: DataDirectory) async throws -> ObjectStore {
        let store = try directory.open()
        for path in ["b/2", "a/1", "a-b/1", "a/3", "a/2", "b/1"] { try await store.put(path, labels: [("odd", path.hasSuffix("2") ? "no" : "yes")]) }
        return store
    }

    @Test func aListIsSortedAndHasTheVersionOfItsSnapshot() async throws {
        let directory = try DataDirectory()
        let store = try await Self.filled(directory)
        let page = try store.list(pods)
        #expect(page.paths == ["a-b/1", "a/1", "a/2", "a/3", "b/1", "b/2"])
        #expect(page.version == 6 && page.continueToken == nil && page.remainingCount == nil)
        #expect(try store.list(jobs).paths == [])
        #expect(try store.list(jobs).version == 6)
    }

    @Test(
        arguments: [
            ("a", nil, ["a/1", "a/2", "a/3"]), ("a-b", nil, ["a-b/1"]), ("c", nil, []), ("a", "yes", ["a/1", "a/3"]), (nil, "no", ["a/2", "b/2"]),
        ] as [(String?, String?, [String])])
    func aSelectionChooses(namespace: String?, odd: String?, expected: [String]) async throws {
        let directory = try DataDirectory()
        let store = try await Self.filled(directory)
        let selection = Selection(namespace: namespace, matches: odd.map { hasLabel("odd", $0) })
        #expect(try store.list(pods, selection).paths == expected)
        // The same, one by one.
        var (paths, token): ([String], String?) = ([], nil)
        repeat {
            let page = try store.list(pods, selection, limit: 1, continueToken: token)
            #expect(page.remainingCount == (odd == nil && page.continueToken != nil ? expected.count - paths.count - 1 : nil))
            paths += page.paths
            token = page.continueToken
        } while token != nil
        #expect(paths == expected)
    }

    @Test(arguments: [UInt64(11), 12, 13]) func pagesAreOneSnapshotWhateverIsWrittenMeanwhile(seed: UInt64) async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        try await store.write { transaction in
            for number in 0..<500 {
                let key = ObjectKey(namespace: "n\(number % 5)", name: "p\(number)")
                try transaction.put(example(key, value: 1), at: key, in: pods)
            }
        }
        let expected = try store.list(pods)
        var random = SeededGenerator(seed: seed)
        var (objects, token): ([StoredObject], String?) = ([], nil)
        repeat {
            let page = try store.list(pods, limit: 7, continueToken: token)
            #expect(page.version == expected.version)
            #expect(page.remainingCount == (page.continueToken == nil ? nil : 500 - objects.count - 7))
            objects += page.objects
            token = page.continueToken
            for _ in 0..<4 {
                let number = Int.random(in: 0..<800, using: &random)
                let path = "n\(number % 5)/p\(number)"
                if Bool.random(using: &random) { try await store.delete(path) } else { try await store.put(path, value: 2) }
            }
        } while token != nil
        #expect(objects.map(\.key) == expected.objects.map(\.key))
        #expect(objects.map(\.resourceVersion) == expected.objects.map(\.resourceVersion))
        #expect(try store.list(pods, at: .exact(expected.version)).objects.map(\.bytes) == expected.objects.map(\.bytes))
    }

    @Test func everyVersionOfThePastCanBeListed() async throws {
        let directory = try DataDirectory()
        let store = try directory.open()
        var random = SeededGenerator(seed: 5)
        var past: [(Int64, [String])] = []
        for _ in 0..<120 {
            let path = "n/\(Int.random(in: 0..<12, using: &random))"
            if Bool.random(using: &random) { try await store.delete(path) } else { try await store.put(path) }
            try await store.put("other", in: jobs)
            past.append((store.version, try store.list(pods).objects.map { "\($0.key) \($0.resourceVersion)" }))
        }
        for (version, expected) in past { #expect(try store.list(pods, at: .exact(version)).objects.map { "\($0.key) \($0.resourceVersion)" } == expected) }
    }

    @Test func anExpiredContinueTokenComesWithOneThatGoesOn() async throws {
        let directory = try DataDirectory()
        let store = try await Self.filled(directory)
        let token = try #require(try store.list(pods, Selection(namespace: "a"), limit: 1).continueToken)
        try await store.put("a/1a")
        try await store.delete("a/3")
        try await store.compact()
        var fresh = ""
        do throws(StorageError) {
            _ = try store.list(pods, Selection(namespace: "a"), limit: 1, continueToken: token)
            Issue.record("the token still works")
        } catch {
            guard case .continueExpired(let offered) = error else { throw error }
            #expect("\(error)".contains("use the continue token in this response to retrieve the remainder of the results"))
            fresh = offered
        }
        let page = try store.list(pods, Selection(namespace: "a"), limit: 1, continueToken: fresh)
        #expect(page.paths == ["a/1a"] && page.version == 8)
        #expect(try store.list(pods, Selection(namespace: "a"), limit: 1, continueToken: page.continueToken).paths == ["a/2"])
    }

    @Test func aVersionThatIsGoneOrToComeIsRefused() async throws {
        let directory = try DataDirectory()
        let store = try await Self.filled(directory)
        #expect(throws: StorageError.versionInFuture(requested: 7, current: 6)) { try store.list(pods, at: .notOlderThan(7)) }
        #expect(throws: StorageError.versionInFuture(requested: 7, current: 6)) { try store.list(pods, at: .exact(7)) }
        #expect(try store.list(pods, at: .notOlderThan(2)).version == 6)
        #expect(try store.list(pods, at: .exact(2)).paths == ["a/1", "b/2"])
        try await store.compact()
        #expect(throws: StorageError.listExpired(requested: 5, compacted: 6)) { try store.list(pods, at: .exact(5)) }
        #expect(try store.list(pods, at: .exact(6)).paths.count == 6)
    }
}
