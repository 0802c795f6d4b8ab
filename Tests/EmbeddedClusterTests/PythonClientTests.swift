import Foundation
import Subprocess
import Testing

/// Plays the scripts in `Python/`, which use the official Python client.
@Suite struct PythonClientTests {
    @Test(arguments: ["typed", "dynamic", "watching", "access"])
    func isServed(_ script: String) async throws {
        let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Python").path
        let python = try await Self.python()
        guard let python else {
            print("Python client \(script): skipped, no python3 with the package kubernetes on PATH (scripts/setup --tests installs it)")
            return
        }
        try await TestCluster.run { cluster in
            let environment = Environment.inherit.updating([
                "KUBECONFIG": cluster.kubeconfig, "HOME": cluster.directory, "PYTHONDONTWRITEBYTECODE": "1",
            ])
            let result = try await Subprocess.run(
                .path(.init(python)), arguments: ["\(scripts)/\(script).py"], environment: environment, output: .string(limit: 1 << 20),
                error: .string(limit: 1 << 20))
            #expect(result.terminationStatus.isSuccess, "\(result.standardOutput)\(result.standardError)")
        }
    }

    /// The first python3 that has the client.
    private static func python() async throws -> String? {
        for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") {
            let path = "\(folder)/python3"
            guard FileManager.default.isExecutableFile(atPath: path) else { continue }
            let probe = try await Subprocess.run(
                .path(.init(path)), arguments: ["-c", "import importlib.util as u, sys; sys.exit(u.find_spec('kubernetes') is None)"], output: .discarded,
                error: .discarded)
            if probe.terminationStatus.isSuccess { return path }
        }
        return nil
    }
}
