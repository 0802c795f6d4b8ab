import Foundation
import Testing

@testable import KubernetesAPI

/// Public test data that stands beside the repository and not in it: `$MARTLET_CONFORMANCE`, by default `../shared/conformance` seen from the repository.
enum Conformance {
    static let root: URL = {
        if let folder = ProcessInfo.processInfo.environment["MARTLET_CONFORMANCE"], !folder.isEmpty { return URL(fileURLWithPath: folder) }
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return repository.deletingLastPathComponent().appendingPathComponent("shared/conformance")
    }()

    /// The file or folder `name` of the data; nil, said on the output, where it is absent.
    static func path(_ name: String) -> URL? {
        let path = root.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: path.path) { return path }
        print("\(name): skipped, no conformance data at \(root.path) (set MARTLET_CONFORMANCE)")
        return nil
    }

    /// The files of the folder `name` in the order of their names, or nothing where the data is absent.
    static func files(in name: String) throws -> [URL]? {
        guard let folder = path(name) else { return nil }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    static func json(_ file: URL) throws -> JSONValue { try JSONValue(parsing: [UInt8](Data(contentsOf: file))) }
}

/// Counts the cases of one suite and prints `suite: passed/total` with the names of what fails.
struct ConformanceTally {
    let suite: String
    private(set) var total = 0
    private(set) var failures: [(name: String, why: String)] = []

    init(_ suite: String) { self.suite = suite }

    /// Runs a case that returns why it fails, or nil when it passes.
    mutating func check(_ name: String, _ failure: () throws -> String?) {
        total += 1
        do {
            if let why = try failure() { failures.append((name, why)) }
        } catch {
            failures.append((name, "\(error)"))
        }
    }

    /// Prints the count and fails the test for every failing case.
    func report() {
        print("\(suite): \(total - failures.count)/\(total)")
        for (name, why) in failures {
            print("  failed \(name): \(why)")
            Issue.record("\(suite)/\(name): \(why)")
        }
        #expect(total > 0, "\(suite) has no cases")
    }
}
