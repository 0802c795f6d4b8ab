import Foundation

/// Prints one table, `what, martlet, peer, ratio, target`, for the benchmarks whose names are given, by default all.
let all: [(name: String, run: () async throws -> [Row])] = [
    ("json", jsonBenchmark), ("client", clientBenchmark), ("api", apiBenchmark),
]
let wanted = CommandLine.arguments.dropFirst()
for name in wanted where !all.contains(where: { $0.name == name }) {
    FileHandle.standardError.write(Data("benchmark: no benchmark \(name); there are: \(all.map(\.name).joined(separator: ", "))\n".utf8))
    exit(2)
}
Row.printHeader()
for benchmark in all where wanted.isEmpty || wanted.contains(benchmark.name) {
    do {
        for row in try await benchmark.run() { row.print() }
    } catch {
        Row(what: benchmark.name, martlet: "failed", peer: "-", ratio: "-", target: "\(error)").print()
    }
}
