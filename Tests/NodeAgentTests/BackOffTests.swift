import KubernetesAPI
import Testing

@testable import NodeAgent

@Test func restartsWaitLongerAndLonger() {
    var backOff = BackOff()
    var (waits, time): ([Int64], MicroTime) = ([], noon)
    for _ in 0..<8 {
        let end = backOff.end(after: time) ?? time
        waits.append(end.duration(since: time).components.seconds)
        time = end
        backOff.advance(after: time, now: time)
        time = time + 1
    }
    #expect(waits == [0, 10, 20, 40, 80, 160, 300, 300])
    #expect(backOff.end(after: time + 600) == nil, "more than ten minutes without a crash")
}

@Test(
    arguments: [
        ("File", "bye", "log", 1, "bye"),
        ("File", "", "log", 1, nil),
        ("FallbackToLogsOnError", "", "log", 1, "log"),
        ("FallbackToLogsOnError", "", "log", 0, nil),
        ("FallbackToLogsOnError", "bye", "log", 1, "bye"),
    ] as [(String, String, String, Int32, String?)])
func terminationMessages(_ policy: String, _ file: String, _ log: String, _ code: Int32, _ message: String?) {
    #expect(ContainerExit.terminationMessage(policy: policy, file: file, log: log, exitCode: code) == message)
}

@Test func terminationMessagesAreCutToWholeCharacters() {
    let long = ContainerExit.terminationMessage(policy: nil, file: String(repeating: "é", count: 3000) + "x", log: "", exitCode: 0)
    #expect(long?.utf8.count == 4095)
    let log = (1...200).map { "\($0)\n" }.joined()
    let last = ContainerExit.terminationMessage(policy: "FallbackToLogsOnError", file: "", log: log, exitCode: 1)
    #expect(last?.hasPrefix("121\n") == true)
}
