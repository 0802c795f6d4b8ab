import Foundation

import KubernetesAPI

/// Public test data that stands beside the repository and not in it: `$MARTLET_CONFORMANCE`, by default `../shared/conformance` seen from the repository.
public enum Conformance {
    public static let root: URL = {
        if let folder = ProcessInfo.processInfo.environment["MARTLET_CONFORMANCE"], !folder.isEmpty { return URL(fileURLWithPath: folder) }
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return repository.deletingLastPathComponent().appendingPathComponent("shared/conformance")
    }()

    /// The file or folder `name` of the data; nil, said on the output, where it is absent.
    public static func path(_ name: String) -> URL? {
        let path = root.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: path.path) { return path }
        print("\(name): skipped, no conformance data at \(root.path) (set MARTLET_CONFORMANCE)")
        return nil
    }

    /// The files of the folder `name` in the order of their names, or nothing where the data is absent.
    public static func files(in name: String) throws -> [URL]? {
        guard let folder = path(name) else { return nil }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    public static func json(_ file: URL) throws -> JSONValue { try JSONValue(parsing: [UInt8](Data(contentsOf: file))) }
}
