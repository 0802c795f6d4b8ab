import Foundation

/// One line of the table.
struct Row {
    let what: String
    let martlet: String
    /// The peer and its figure, or why there is none.
    let peer: String
    let ratio: String
    let target: String

    static func printHeader() { Row(what: "what", martlet: "martlet", peer: "peer", ratio: "ratio", target: "target").print() }

    func print() {
        func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
        let line = [padded(what, 64), padded(martlet, 20), padded(peer, 34), padded(ratio, 9), target].joined(separator: " ")
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

/// The middle of the measured values; of an even number, the upper middle.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Runs both by turns, A B A B …, so that a drift of the machine's speed meets both alike.
func alternating(rounds: Int = 5, _ ours: () throws -> Double, _ theirs: () throws -> Double) rethrows -> (ours: [Double], theirs: [Double]) {
    var result: (ours: [Double], theirs: [Double]) = ([], [])
    for _ in 0..<rounds {
        result.ours.append(try ours())
        result.theirs.append(try theirs())
    }
    return result
}

func seconds(_ body: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure(body)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

/// Runs a program and returns what it prints; nil where there is no such program.
func output(of program: String, _ arguments: [String]) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
}

func milliseconds(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1000) }
