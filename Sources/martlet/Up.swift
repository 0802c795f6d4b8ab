import ArgumentParser
import EmbeddedAPI
import Foundation
import KubernetesAPI
import Logging
import ServiceLifecycle

/// `martlet up`: the API on this machine, without Kubernetes.
struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the Kubernetes API on this machine, for one user.",
        discussion: """
            Everything is kept in the data directory: start it again on the same one and it is as it was. Only this machine can reach the API, with the token in \
            the kubeconfig. Ends on Ctrl-C.
            """)

    @Option(help: ArgumentHelp("Where everything is kept.", valueName: "directory"))
    var data: String = Up.defaultDirectory

    @Option(help: ArgumentHelp("Where the API listens; port 0 for any free one.", valueName: "address"))
    var listen: String = "127.0.0.1:7480"

    @Option(help: ArgumentHelp("Where to write the kubeconfig; in the data directory if not said. Yours is left alone.", valueName: "file"))
    var kubeconfig: String?

    @Option(name: .shortAndLong, help: "json: one object per line, for programs.")
    var output: OutputFormat = .text

    @Option(help: ArgumentHelp("How much is logged to standard error: trace, debug, info, warning or error.", valueName: "level"))
    var logLevel: Logger.Level = .warning

    static var defaultDirectory: String {
        let environment = ProcessInfo.processInfo.environment
        if let directory = environment["XDG_DATA_HOME"], !directory.isEmpty { return directory + "/martlet" }
        return (environment["HOME"] ?? "/root") + "/.local/share/martlet"
    }

    func run() async throws {
        var logger = Logger(label: "martlet", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = logLevel
        let configuration = try EmbeddedCluster.Configuration(
            directory: data, listen: ListenAddress(parsing: listen), kubeconfig: kubeconfig, logger: logger)
        let cluster: EmbeddedCluster
        do {
            cluster = try EmbeddedCluster(configuration)
        } catch {
            throw CommandFailure(description: "\(error)")
        }
        let output = output
        let service = ClusterService(cluster: cluster) { Self.tell($0, output) }
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: service)], gracefulShutdownSignals: [.sigint, .sigterm], logger: logger))
        do {
            try await group.run()
        } catch {
            throw CommandFailure(description: "\(error)")
        }
    }

    private static func tell(_ ready: EmbeddedCluster.Ready, _ output: OutputFormat) {
        switch output {
        case .text:
            print("API         https://\(ready.address)")
            print("kubeconfig  \(ready.kubeconfig)")
            print("ready: kubectl --kubeconfig \(ready.kubeconfig.quotedForShell) get namespaces")
        case .json:
            let json: JSONValue = ["ready": true, "api": .string("https://\(ready.address)"), "kubeconfig": .string(ready.kubeconfig)]
            print(String(decoding: json.serialized(), as: UTF8.self))
        }
        fflush(nil)
    }
}

/// What ends the command, as one sentence.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
}

/// The cluster as a service that ends on signals.
struct ClusterService: ServiceLifecycle.Service {
    let cluster: EmbeddedCluster
    let onReady: @Sendable (EmbeddedCluster.Ready) -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await cluster.run(onReady: onReady)
        }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

extension String {
    /// The text as a word of a shell command.
    var quotedForShell: String {
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "/._-+=:@%".utf8.contains(byte)
                }
            }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
