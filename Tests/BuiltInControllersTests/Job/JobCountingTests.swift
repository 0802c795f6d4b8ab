import KubernetesAPI
import TestSupport
import Testing

@testable import BuiltInControllers

/// No ended pod is counted twice or lost, and no pod too many is run, though the controller dies between any two requests and sees pods late.
@Suite struct JobCountingTests {
    @Test(arguments: ["NonIndexed", "Indexed"], 0..<40)
    func countsEachPodOnce(_ mode: String, _ seed: UInt64) {
        var dice = SeededGenerator(seed: seed)
        let completions = Int64.random(in: 1...8, using: &dice)
        var run = SimulatedJob([
            "completions": .integer(completions), "parallelism": .integer(.random(in: 1...4, using: &dice)), "completionMode": .string(mode),
            "backoffLimit": 1000,
        ])
        var seen = run.pods
        for _ in 0..<2000 where !run.job.isFinished {
            run.clock += Int64.random(in: 0...30, using: &dice)
            if let pod = run.active.randomElement(using: &dice), Bool.random(using: &dice) {
                run.end(pod, Int.random(in: 0..<4, using: &dice) == 0 ? "Failed" : "Succeeded")
            }
            // The watch shows the pods as they were, now and then.
            if Int.random(in: 0..<3, using: &dice) > 0 { seen = run.pods }
            run.step(seeing: seen, dyingAfter: Bool.random(using: &dice) ? .max : Int.random(in: 0...4, using: &dice))
        }
        for _ in 0..<3 { run.step() }
        #expect(run.condition("Complete").hasPrefix("True"))
        #expect(Int64(run.status.succeeded ?? 0) == completions)
        #expect(run.ended.values.count { $0 == "Succeeded" } == Int(completions), "a success too many, or one lost")
        #expect(Int(run.status.failed ?? 0) == run.ended.values.count { $0 == "Failed" })
        #expect(run.forgotten.isEmpty)
        #expect(run.pods.allSatisfy { !$0.isTracked })
    }
}
