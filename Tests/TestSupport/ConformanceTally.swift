import Testing

/// Counts the cases of one suite and prints `suite: passed/total` with the names of what fails.
public struct ConformanceTally {
    public let suite: String
    public private(set) var total = 0
    public private(set) var failures: [(name: String, why: String)] = []

    public init(_ suite: String) { self.suite = suite }

    /// Runs a case that returns why it fails, or nil when it passes.
    public mutating func check(_ name: String, _ failure: () throws -> String?) {
        total += 1
        do {
            if let why = try failure() { failures.append((name, why)) }
        } catch {
            failures.append((name, "\(error)"))
        }
    }

    /// Prints the count and fails the test for every failing case.
    public func report() {
        print("\(suite): \(total - failures.count)/\(total)")
        for (name, why) in failures {
            print("  failed \(name): \(why)")
            Issue.record("\(suite)/\(name): \(why)")
        }
        #expect(total > 0, "\(suite) has no cases")
    }
}
