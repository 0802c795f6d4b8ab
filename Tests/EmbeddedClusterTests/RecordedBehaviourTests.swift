import Foundation
import Subprocess
import TestSupport
import Testing

/// The oracle: conversations that were recorded with a Kubernetes 1.36 API server, played against this one.
@Suite struct RecordedBehaviourTests {
    /// What differs on purpose, with its reason; `docs/embedded.md` tells users.
    private static let differences = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "differences.json").path

    @Test(.timeLimit(.minutes(10))) func behavesAsRecorded() async throws {
        guard let folder = Conformance.path("kubernetes-api")?.path else { return }
        let output = try await TestCluster.run { cluster in
            let result = try await Subprocess.run(
                .name("python3"),
                arguments: [
                    folder + "/replay.py", "--kubeconfig", cluster.kubeconfig, "--differences", Self.differences, "--jobs", "8",
                ],
                output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
            return result.standardOutput + result.standardError
        }
        let counts = output.matches(of: /(?m)^([a-z-]+): (\d+)\/(\d+)(?: \((\d+) differ as listed\))?$/)
        #expect(counts.count == 10, "\(output.suffix(4000))")
        for count in counts {
            print("kubernetes-api/\(count.1): \(count.2)/\(count.3)")
            let (passed, total, listed) = (Int(count.2) ?? 0, Int(count.3) ?? 1, count.4.flatMap { Int($0) } ?? 0)
            #expect(passed + listed == total, "\(output.prefix(20_000))")
            #expect(Double(passed) >= 0.98 * Double(total), "\(count.1): too much differs on purpose")
        }
    }
}
