import Subprocess

extension ExecPlugin {
    /// How much of standard error is kept for messages, in bytes.
    private static let errorTextLimit = 4096

    /// Runs the program, without a shell, and reads the credential that it prints.
    ///
    /// The program gets no standard input unless it is interactive. It is stopped, with the processes it has started, after ``timeout``, when it prints
    /// more than ``outputLimit``, and when the task is cancelled.
    ///
    /// - Throws: ``ClientConfigurationError/credential(_:)``, or `CancellationError`.
    func run() async throws -> ExecCredential {
        let path = try executable()
        let output = try await withTimeout {
            // With a terminal, a person sees the program's messages ("open this page and enter the code ..."), as with kubectl.
            switch (hasTerminal, isInteractive) {
            case (true, true): try await collect(path, input: .currentStandardInput, error: .currentStandardError) { _ in "" }
            case (true, false): try await collect(path, input: .none, error: .currentStandardError) { _ in "" }
            case (false, _): try await collect(path, input: .none, error: .sequence) { await Self.beginning(of: $0.standardError) }
            }
        }
        switch output.status {
        case _ where output.isTooLong: throw fault("printed more than \(Self.outputLimit) bytes and was stopped")
        case .exited(0): break
        case .exited(let code): throw fault("failed with exit code \(code)\(Self.quoted(output.errorText))")
        case .signaled(let signal): throw fault("was ended by signal \(signal)\(Self.quoted(output.errorText))")
        }
        do throws(ExecCredential.Fault) {
            return try ExecCredential(parsing: output.bytes, version: version)
        } catch {
            throw fault("gave no usable credential: \(error.reason)")
        }
    }

    private struct Output: Sendable {
        var bytes: [UInt8] = []
        var isTooLong = false
        var errorText = ""
        var status = TerminationStatus.exited(0)
    }

    private func withTimeout(_ body: @escaping @Sendable () async throws -> Output) async throws -> Output {
        try await withThrowingTaskGroup(of: Output?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let output = first else {
                throw fault("did not end within \(timeout) and was stopped")
            }
            return output
        }
    }

    private func collect<Input: InputProtocol, ErrorOutput: ErrorOutputProtocol>(
        _ path: String, input: Input, error: ErrorOutput,
        errorText: @escaping @Sendable (Execution<Input, SequenceOutput, ErrorOutput>) async -> String
    ) async throws -> Output {
        var options = PlatformOptions()
        // A session of its own, so that stopping reaches what the program has started; but not where it must keep the terminal.
        options.createSession = !isInteractive
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: !isInteractive, allowedDurationToNextStep: .milliseconds(200))]
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment.value { if let key = Environment.Key(rawValue: name) { variables[key] = value } }
        do {
            let result = try await Subprocess.run(
                .path(.init(path)), arguments: Arguments(executablePathOverride: command, remainingValues: arguments.value), environment: .custom(variables),
                platformOptions: options, input: input, output: .sequence, error: error
            ) { execution in
                async let errorText = errorText(execution)
                var output = Output()
                for try await buffer in execution.standardOutput {
                    buffer.withUnsafeBytes { output.bytes.append(contentsOf: $0) }
                    guard output.bytes.count > Self.outputLimit else { continue }
                    output.isTooLong = true
                    try? execution.send(signal: .kill, toProcessGroup: !isInteractive)  // fails when it has just ended
                    break
                }
                output.errorText = await errorText
                return output
            }
            var output = result.closureResult
            output.status = result.terminationStatus
            return output
        } catch let error as SubprocessError {
            // Not the error's own text, which is open-ended and may come to show arguments.
            throw fault("could not be run: \(error.underlyingError.map { "\($0)" } ?? "it could not be started")")
        }
    }

    /// The beginning of a program's error output. The rest is read and dropped, so that the program does not wait for a reader.
    private static func beginning(of sequence: SubprocessOutputSequence) async -> String {
        var bytes: [UInt8] = []
        do {
            for try await buffer in sequence {
                buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(errorTextLimit - bytes.count)) }
            }
        } catch {
            // What was read so far is what there is to show; how the program ended is known from its status.
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first lines of an error output as the end of a sentence.
    private static func quoted(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.prefix(4).map { printable(String($0.prefix(300))) }
        return lines.isEmpty ? " and no message" : ": " + lines.joined(separator: " | ")
    }
}
