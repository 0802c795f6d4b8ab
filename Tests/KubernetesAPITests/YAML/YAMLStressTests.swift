import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct YAMLStressTests {
    /// Damaged texts are read or refused and never crash; what is read can be written and read again.
    @Test func damagedTextsAreSafe() throws {
        var random = SeededGenerator(seed: 11)
        var texts = (0..<40).map { _ in random.value().yaml() }
        for file in try Conformance.files(in: "yaml") ?? [] { texts.append(Array((try Conformance.json(file)["yaml"]?.string ?? "").utf8)) }
        texts += [
            "a: &a {b: 1}\nc: {<<: *a, d: [*a]}\n", "%TAG !e! tag:x,2002:\n---\n!e!a &x !!int 12\n...\n", "? [a, {b: c}]\n: !!binary aGVsbG8=\n",
            "\u{FEFF}a: \"\\x41\\u00e4\\U0001F600\"\n",
        ].map { Array($0.utf8) }
        let limits = YAMLLimits(sizeBytes: 1 << 20, documents: 1000, depth: 64, nodes: 100_000, expandedBytes: 1 << 20)
        var accepted = 0
        for round in 0..<20_000 {
            let bytes = random.damaged(texts[round % texts.count])
            guard let documents = try? YAMLDocument.parse(bytes, limits: limits) else { continue }
            accepted += 1
            for document in documents {
                let written = document.value.yaml()
                let read = Result { try JSONValue(parsingYAML: written) }
                if case .success(document.value) = read { continue }
                Issue.record("\(bytes) was read as \(document.value), written as \(String(decoding: written, as: UTF8.self)) and read as \(read)")
                return
            }
        }
        print("yaml damage: \(accepted) of 20000 texts accepted, no crash")
        #expect(accepted > 1000)
    }
}
