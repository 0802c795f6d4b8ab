import Foundation
import Subprocess
import TestSupport
import Testing

/// A kubectl that is installed on this machine.
struct KubectlProgram: Sendable, CustomTestStringConvertible {
    let path: String
    var testDescription: String { path }

    /// Those on the PATH, each once: the tests' own, and an older one that the machine may have.
    static let installed: [KubectlProgram] = {
        var seen: Set<String> = []
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let programs = folders.compactMap { folder -> KubectlProgram? in
            let path = "\(folder)/kubectl"
            guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
            return seen.insert(URL(fileURLWithPath: path).resolvingSymlinksInPath().path).inserted ? KubectlProgram(path: path) : nil
        }
        if programs.isEmpty { print("kubectl tests: skipped, no kubectl on PATH (scripts/setup --tests installs one)") }
        return programs
    }()
}

/// Runs kubectl against a cluster. Each has a home of its own, so that what kubectl caches of one server is not taken for another's.
struct Kubectl: Sendable {
    let program: KubectlProgram
    let cluster: TestCluster

    struct Outcome: Sendable {
        let isSuccess: Bool
        let output: String
        let error: String
    }

    /// What failed, with what was there at that time.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs `body` with a cluster of its own.
    static func run(_ program: KubectlProgram, _ body: @Sendable @escaping (Kubectl) async throws -> Void) async throws {
        try await TestCluster.run { cluster in try await body(Kubectl(program: program, cluster: cluster)) }
    }

    /// How long a command may take, in seconds.
    static let deadline = 90

    /// A command whatever becomes of it.
    ///
    /// - Parameters:
    ///   - command: the arguments, split at spaces; `'…'` keeps some together.
    ///   - input: what kubectl reads from standard input.
    func outcome(_ command: String, input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
        let configuration = configuration(command, environment)
        return try await Self.withDeadline("kubectl \(command)") {
            let result = try await Subprocess.run(
                configuration, input: .string(input), output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
            return Outcome(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput, error: result.standardError)
        }
    }

    /// Starts a command that does not end by itself, hands the lines that it prints to `body` as they come, and ends it afterwards.
    func watch<Result: Sendable>(
        _ command: String, _ body: @Sendable @escaping (inout SubprocessOutputSequence.StringSequence<UTF8>.AsyncIterator) async throws -> Result
    ) async throws -> Result {
        let configuration = configuration(command, [:])
        return try await Self.withDeadline("kubectl \(command)") {
            let outcome = try await Subprocess.run(configuration, input: .none, output: .sequence, error: .discarded) { execution in
                var lines = execution.standardOutput.strings().makeAsyncIterator()
                let result = try await body(&lines)
                try execution.send(signal: .terminate)
                return result
            }
            return outcome.closureResult
        }
    }

    private func configuration(_ command: String, _ environment: [String: String]) -> Configuration {
        let home = cluster.directory + "/home"
        let values = ["KUBECONFIG": cluster.kubeconfig, "HOME": home, "KUBECACHEDIR": home + "/cache"].merging(environment) { $1 }
        let variables = Environment.inherit.updating(Dictionary(uniqueKeysWithValues: values.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
        return Configuration(
            executable: .path(.init(program.path)), arguments: Arguments(Self.words(command)), environment: variables,
            workingDirectory: .init(cluster.directory))
    }

    private static func withDeadline<Result: Sendable>(
        _ what: String, _ body: @Sendable @escaping () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: .seconds(deadline))
                throw Failure(description: "\(what): not done after \(deadline) s")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// What a command prints.
    ///
    /// - Throws: ``Failure`` when it fails.
    @discardableResult
    func callAsFunction(_ command: String, input: String = "", environment: [String: String] = [:]) async throws -> String {
        let outcome = try await outcome(command, input: input, environment: environment)
        guard outcome.isSuccess else { throw try await failure(command, outcome) }
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What a command that must fail says.
    func refused(_ command: String, input: String = "") async throws -> String {
        let outcome = try await outcome(command, input: input)
        guard !outcome.isSuccess else { throw Failure(description: "kubectl \(command) should have failed:\n\(outcome.output)\(outcome.error)") }
        return outcome.error.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs commands one after the other and compares what each prints, apart from runs of spaces.
    func expect(_ commands: KeyValuePairs<String, String>, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for (command, expected) in commands {
            let output = try await self(command)
            #expect(output.withSingleSpaces == expected, "kubectl \(command)", sourceLocation: sourceLocation)
        }
    }

    /// Runs commands of which each must print all of the texts given, apart from runs of spaces.
    func expectParts(_ commands: KeyValuePairs<String, [String]>, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for (command, parts) in commands {
            let output = try await self(command).withSingleSpaces
            for part in parts where !output.contains(part) {
                Issue.record("kubectl \(command) does not print \"\(part)\", but:\n\(output)", sourceLocation: sourceLocation)
            }
        }
    }

    private func failure(_ command: String, _ outcome: Outcome) async throws -> Failure {
        let state = try await self.outcome("get all,configmaps,events --all-namespaces")
        return Failure(
            description: """
                kubectl \(command) failed:
                \(outcome.output)\(outcome.error)
                What was there then:
                \(state.output)\(state.error)
                """)
    }

    private static func words(_ command: String) -> [String] {
        var words: [String] = []
        var isInWord = false
        var isQuoted = false
        for character in command {
            if character == " ", !isQuoted {
                isInWord = false
                continue
            }
            if !isInWord { words.append("") }
            isInWord = true
            if character == "'" { isQuoted.toggle() } else { words[words.count - 1].append(character) }
        }
        return words
    }
}

extension String {
    /// The text with each run of spaces and tabs as one, lines without spaces at their ends.
    var withSingleSpaces: String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split { $0 == " " || $0 == "\t" }.joined(separator: " ") }.joined(separator: "\n")
    }
}

extension TestCluster {
    /// Writes a file into the directory of the test, which is kubectl's working directory.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(directory)/\(name)"
        try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
