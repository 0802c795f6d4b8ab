import ArgumentParser
import EmbeddedAPI
import KubernetesAPI

/// `martlet version`.
struct Version: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the versions of Martlet and of the API that `martlet up` serves.")

    @Option(name: .shortAndLong, help: "json for programs.")
    var output: OutputFormat = .text

    static let martlet = "0.1.0"

    func run() async throws {
        switch output {
        case .text: print("martlet \(Self.martlet) (API of Kubernetes \(ServerVersion.gitVersion))")
        case .json:
            let json: JSONValue = ["martlet": .string(Self.martlet), "kubernetesAPI": .string(ServerVersion.gitVersion)]
            print(String(decoding: json.serialized(indent: 2), as: UTF8.self))
        }
    }
}

/// How a command prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
