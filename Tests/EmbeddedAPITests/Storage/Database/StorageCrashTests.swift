import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

@Suite struct StorageCrashTests {
    private static let configMaps = GroupResource(group: "", resource: "configmaps")

    /// Built beside the tests.
    private static var writer: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("StorageCrashWriter")
    }

    @Test func killedWritersLoseNothingThatWasAcknowledged() throws {
        let directory = try DataDirectory()
        var random = SeededGenerator(seed: 2024)
        let kills = 50
        var (acknowledged, version, resumed): (Int, Int64, Int) = (0, 0, 0)
        for round in 1...kills {
            let lines = try Self.linesOfKilledWriter(in: directory, after: Int.random(in: 1...400, using: &random))
            try #require(!lines.isEmpty, "round \(round): the writer said nothing")
            acknowledged += lines.count
            let store = try directory.open(.init(history: HistoryLimits(maximumChanges: 2000)))
            for line in lines {
                // Versions only rise, from one life of the server to the next too.
                #expect(line.version > version && line.version <= store.version, "round \(round): \(line)")
            }
            #expect(Set(lines.map(\.version)).count == lines.count)
            for (name, last) in Dictionary(grouping: lines, by: \.name).mapValues({ $0.max { $0.version < $1.version } }) {
                guard let last else { continue }
                let object = store.object(at: ObjectKey(namespace: "crash", name: name), in: Self.configMaps)
                // A later write of the same object may have become durable without its acknowledgement having been read.
                let isLaterWrite = try Self.changes(of: name, in: store, after: last.version) > 0
                if !isLaterWrite, let object { #expect(object.resourceVersion == last.version, "round \(round): \(last)") }
                if !isLaterWrite, object == nil { #expect(last.mayBeDeleted, "round \(round): \(last) is lost") }
                if let object { #expect(try object.decoded()["data"]?["text"]?.string?.utf8.count == 700) }
            }
            if store.compactedVersion < store.version { resumed += 1 }
            version = store.version
        }
        print("storage crash test: \(kills) kills, \(acknowledged) acknowledged writes, 0 lost; \(resumed)/\(kills) restarts with history; version \(version)")
    }

    private struct Line {
        let name: String
        let version: Int64
        let mayBeDeleted: Bool
    }

    /// Changes of the object in the history after `version`; the history was checked against the state when the store opened.
    private static func changes(of name: String, in store: ObjectStore, after version: Int64) throws -> Int {
        guard version < store.version else { return 0 }
        let key = ObjectKey(namespace: "crash", name: name)
        guard version >= store.compactedVersion else { return 1 }
        let before = try store.list(configMaps, at: .exact(version)).objects.first { $0.key == key }?.resourceVersion
        return before == store.object(at: key, in: configMaps)?.resourceVersion ? 0 : 1
    }

    /// Runs the writer, kills it (SIGKILL) once it has said `count` lines, and returns all that it said.
    private static func linesOfKilledWriter(in directory: DataDirectory, after count: Int) throws -> [Line] {
        let (process, output) = (Process(), Pipe())
        process.executableURL = writer
        process.arguments = [directory.path]
        process.standardOutput = output
        try process.run()
        var (bytes, newlines, isKilled) = (Data(), 0, false)
        while case let chunk = output.fileHandleForReading.availableData, !chunk.isEmpty {
            bytes += chunk
            newlines += chunk.count { $0 == 10 }
            if newlines >= count, !isKilled {
                kill(process.processIdentifier, SIGKILL)
                isKilled = true
            }
        }
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, let version = Int64(words[2]) else { return nil }
            return Line(name: String(words[1]), version: version, mayBeDeleted: words[0] == "maybe-deleted")
        }
    }
}
