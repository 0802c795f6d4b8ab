import KubernetesAPI

/// The layout by which all files of a volume change at once: they stand in a directory of their own, `..data` links to it, and every visible name links through
/// `..data`. An update writes a new directory and turns one link.
public enum AtomicVolume {
    public enum Step: Hashable, Sendable {
        /// Make a directory and those above it, with mode 0755.
        case makeDirectory(String)
        /// The mode is set exactly, whatever the umask.
        case write(VolumeFile)
        case link(at: String, to: String)
        /// Replace what is at `to`, atomically.
        case rename(from: String, to: String)
        /// A link.
        case remove(String)
        case removeDirectory(String)
    }

    public static let dataLink = "..data"
    private static let newDataLink = "..data_tmp"

    /// What is in the volume now.
    public struct Present: Sendable {
        /// Where `..data` links to; nil before the first time.
        public var directory: String?
        public var files: [VolumeFile]
        /// Links at the top that stand for files.
        public var names: Set<String>

        public init(directory: String? = nil, files: [VolumeFile] = [], names: Set<String> = []) {
            self.directory = directory
            self.files = files
            self.names = names
        }
    }

    /// - Parameters:
    ///   - files: what is to be there, each path once.
    ///   - directory: a name that was not used before and begins with `..`; see ``directoryName(for:suffix:)``.
    /// - Returns: the steps in order; none when the volume has these files already. After a crash between any two of them the volume shows the old files or the
    ///   new ones, and the same call mends it.
    public static func steps(from present: Present, to files: [VolumeFile], directory: String) -> [Step] {
        let names = Set(files.map { topName(of: $0.path) })
        var steps: [Step] = []
        let isChanged = present.directory == nil || Set(present.files) != Set(files)
        if isChanged {
            steps.append(.makeDirectory(directory))
            var made: Set<String> = []
            for file in files.sorted(by: { $0.path < $1.path }) {
                if let slash = file.path.lastIndex(of: "/"), made.insert(String(file.path[..<slash])).inserted {
                    steps.append(.makeDirectory("\(directory)/\(file.path[..<slash])"))
                }
                steps.append(.write(VolumeFile("\(directory)/\(file.path)", file.bytes, mode: file.mode)))
            }
            steps.append(.link(at: newDataLink, to: directory))
            steps.append(.rename(from: newDataLink, to: dataLink))
        }
        for name in names.subtracting(present.names).sorted() { steps.append(.link(at: name, to: "\(dataLink)/\(name)")) }
        for name in present.names.subtracting(names).sorted() { steps.append(.remove(name)) }
        if isChanged, let old = present.directory { steps.append(.removeDirectory(old)) }
        return steps
    }

    /// `..2026_07_23_07_07_48.SUFFIX`
    ///
    /// - Parameters:
    ///   - time: RFC 3339 in UTC, to the second.
    ///   - suffix: what makes it unique.
    public static func directoryName(for time: String, suffix: String) -> String {
        let digits = time.prefix(19).map { "-:T".contains($0) ? "_" : String($0) }.joined()
        return "..\(digits).\(suffix)"
    }

    /// - Throws: ``ContainerConfigError`` for a path that would leave the volume or meet its own names.
    static func check(_ path: String) throws(ContainerConfigError) {
        if path.isEmpty { throw ContainerConfigError("invalid path: must not be empty: \(path.quotedAsGo)") }
        if path.hasPrefix("/") { throw ContainerConfigError("invalid path: must be relative path: \(path)") }
        let steps = path.split(separator: "/", omittingEmptySubsequences: false)
        if steps.contains("..") { throw ContainerConfigError("invalid path: must not contain '..': \(path)") }
        if path.hasPrefix("..") { throw ContainerConfigError("invalid path: must not start with '..': \(path)") }
        if path.utf8.contains(0) { throw ContainerConfigError("invalid path: must not contain a NUL byte") }
        if path.utf8.count > 4096 { throw ContainerConfigError("invalid path: must be less than or equal to 4096 characters") }
        if steps.contains(where: { $0.utf8.count > 255 }) { throw ContainerConfigError("invalid path: filenames must be less than or equal to 255 characters") }
    }

    private static func topName(of path: String) -> String { String(path.prefix { $0 != "/" }) }
}
