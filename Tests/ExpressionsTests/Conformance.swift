import Foundation
import KubernetesAPI
import Testing

/// Public test data that stands beside the repository and not in it: `$MARTLET_CONFORMANCE`, by default `../shared/conformance` seen from the repository.
enum Conformance {
    static let root: URL = {
        if let folder = ProcessInfo.processInfo.environment["MARTLET_CONFORMANCE"], !folder.isEmpty { return URL(fileURLWithPath: folder) }
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return repository.deletingLastPathComponent().appendingPathComponent("shared/conformance")
    }()

    /// The files of the folder `name` in the order of their names; nil, said on the output, where the data is absent.
    static func files(in name: String) throws -> [URL]? {
        let folder = root.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("\(name): skipped, no conformance data at \(root.path) (set MARTLET_CONFORMANCE)")
            return nil
        }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    static func json(_ file: URL) throws -> JSONValue { try JSONValue(parsing: [UInt8](Data(contentsOf: file))) }
}
