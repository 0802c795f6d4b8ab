import Foundation

/// A server from packages that runs for the time of a benchmark, on 127.0.0.1 with a certificate of its own.
final class PeerServer {
    let folder: URL
    let port: Int
    var url: String { "https://127.0.0.1:\(port)" }
    var certificate: URL { folder.appendingPathComponent("cert.pem") }
    var key: URL { folder.appendingPathComponent("key.pem") }
    private let process = Process()

    /// - Parameter command: gives the program and its arguments, once folder, port, certificate and key are there; nil when it is not installed.
    init?(prepare: (URL) throws -> Void = { _ in }, command: (PeerServer) -> [String]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-benchmark-\(UUID().uuidString)")
        port = Int.random(in: 20_000..<30_000)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let made = try output(
            of: "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                "subjectAltName=IP:127.0.0.1", "-keyout", key.path, "-out", certificate.path,
            ])
        guard made != nil else { return nil }
        try prepare(folder)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command(self)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let deadline = Date() + 20
        while try output(of: "curl", ["-sk", "-o", "/dev/null", "--max-time", "0.5", "-X", "POST", url + "/"]) == nil {
            guard process.isRunning, Date() < deadline else { return nil }
            usleep(50_000)
        }
    }

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// A program of the project's own virtual environment.
func venv(_ program: String) -> String {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return repository.appendingPathComponent(".venv/bin/\(program)").path
}

func peer(_ file: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("peers/\(file)")
}
