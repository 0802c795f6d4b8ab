import Foundation

/// Runs other programs, to compare with them.
enum OtherProgram {
    static func path(of name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// Waits without holding a thread, of which the tests have only as many as the machine has cores.
    static func run(_ program: URL, _ arguments: [String], input: [UInt8] = []) async throws -> (status: Int32, output: [UInt8], errors: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files rather than pipes, which fill up when both sides write.
        let files = ["input", "output", "errors"].map { folder.appendingPathComponent($0) }
        try Data(input).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { continuation.yield($0.terminationStatus) }
        try process.run()
        let status = await ends.first { _ in true } ?? -1
        return (status, try [UInt8](Data(contentsOf: files[1])), String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}
