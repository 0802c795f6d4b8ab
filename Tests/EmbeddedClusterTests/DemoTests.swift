import Foundation
import Subprocess
import Testing

/// The README's first command, and with it the examples of `manifests/examples/embedded`: each is applied, and what they refuse is refused.
@Suite struct DemoTests {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(.timeLimit(.minutes(3)), arguments: KubectlProgram.installed)
    func theDemoRuns(_ program: KubectlProgram) async throws {
        let martlet = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("martlet").path
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-demo-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: home) }
        let result = try await Subprocess.run(
            .path(.init(Self.repository.appendingPathComponent("scripts/demo").path)),
            environment: .inherit.updating(["MARTLET": martlet, "KUBECTL": program.path, "HOME": home]), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        let said = "\(result.standardOutput)\(result.standardError)"
        #expect(result.terminationStatus.isSuccess, "\(said)")
        let examples = Self.repository.appendingPathComponent("manifests/examples/embedded").path
        for example in try FileManager.default.contentsOfDirectory(atPath: examples) where example.hasSuffix(".yaml") {
            #expect(said.contains("apply -f manifests/examples/embedded/\(example)"), "the demo does not apply \(example)")
        }
    }
}
