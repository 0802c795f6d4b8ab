import Foundation

/// The system's curl, an HTTP client that is not ours.
struct Curl {
    struct Result {
        /// curl's exit code; 0 is success.
        let code: Int32
        let output: String
        let errors: String
    }

    let directory: URL

    /// Runs `body` with a directory of its own for files, which is removed afterwards.
    static func with<Value>(_ body: (Curl) async throws -> Value) async throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appending(path: "martlet-curl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try await body(Curl(directory: directory))
    }

    /// Writes a file and returns its path.
    func file(_ name: String, _ content: String) throws -> String {
        let url = directory.appending(path: name)
        try Data(content.utf8).write(to: url)
        return url.path
    }

    /// Writes a file of `count` bytes and returns its path.
    func file(_ name: String, bytes count: Int) throws -> String {
        let url = directory.appending(path: name)
        try Data(repeating: UInt8(ascii: "x"), count: count).write(to: url)
        return url.path
    }

    /// Runs curl to its end; cancelling the task kills it.
    func run(_ arguments: String...) async throws -> Result {
        try await run(arguments)
    }

    func run(_ arguments: [String]) async throws -> Result {
        let name = UUID().uuidString
        let (output, errors) = (directory.appending(path: "\(name).out"), directory.appending(path: "\(name).err"))
        for url in [output, errors] { try Data().write(to: url) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "180"] + arguments
        let (outputHandle, errorHandle) = (try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = outputHandle
        process.standardError = errorHandle
        let (ended, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { continuation.yield($0.terminationStatus) }
        try process.run()
        let pid = process.processIdentifier
        let code = await withTaskCancellationHandler {
            // The iteration would end at once in a cancelled task, before curl has.
            await Task { await ended.first { _ in true } }.value ?? -1
        } onCancel: {
            // Not SIGTERM: the child has inherited the signal mask of a thread that blocks most signals.
            kill(pid, SIGKILL)
        }
        try outputHandle.close()
        try errorHandle.close()
        return Result(
            code: code, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
