import Foundation
import Testing

@testable import APIGenerator

/// Compares the generator's output with the committed code of the repository's test kind, which has every annotation; that code is compiled and used by the
/// tests of KubernetesAPI.
@Suite struct GoldenFileTests {
    static let target = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Tests/KubernetesAPITests")

    static func read(_ path: String) throws -> String { String(decoding: try Data(contentsOf: target.appendingPathComponent(path)), as: UTF8.self) }

    @Test func theCommittedCodeIsWhatTheDeclarationsGive() throws {
        let files = try Generator(folder: "Tests/KubernetesAPITests").generate([.init(path: "Widget.swift", text: Self.read("Declarations/Widget.swift"))])
        #expect(files.map(\.path) == ["Widget.swift", "Scheme+KubernetesAPITests.swift"])
        for file in files {
            let committed = try Self.read("Generated/\(file.path)")
            #expect(file.text == committed, "run scripts/generate and look at the difference")
        }
    }

    @Test func theOrderOfFilesDoesNotCount() throws {
        let a = Generator.File(path: "A.swift", text: "#definitions(\"x\")\nstruct A {}")
        let b = Generator.File(path: "B/B.swift", text: "#definitions(\"x\")\nstruct B {}\nstruct AA {}")
        let files = try Generator(folder: "Sources/KubernetesAPI").generate([b, a])
        #expect(try Generator(folder: "Sources/KubernetesAPI").generate([a, b]) == files)
        #expect(files.map(\.path) == ["A.swift", "B/B.swift", "Scheme+KubernetesAPI.swift"])
        #expect(files[2].text.contains("public static let kubernetesAPI = Scheme([\n        A.self,\n        AA.self,\n        B.self,\n    ])"))
        #expect(!files[0].text.contains("import"), "KubernetesAPI does not import itself")
    }
}
