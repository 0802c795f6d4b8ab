import ArgumentParser

/// The command: one name for everything that Martlet runs.
@main
struct Martlet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet", abstract: "Machine learning on Kubernetes: functions, pipelines, models, serving.",
        subcommands: [Up.self, Version.self])
}
