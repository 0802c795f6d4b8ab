import APIGenerator
import Foundation

// Usage: api-generator [--check] REPOSITORY FOLDER...
// Writes FOLDER/Generated from FOLDER/Declarations, where FOLDER is that of a target, such as Sources/KubernetesAPI.
// With --check it writes nothing and exits with 1 when a file is stale.

var arguments = Array(CommandLine.arguments.dropFirst())
let isCheck = arguments.first == "--check"
if isCheck { arguments.removeFirst() }
guard arguments.count >= 2 else {
    FileHandle.standardError.write(Data("usage: api-generator [--check] REPOSITORY FOLDER...\n".utf8))
    exit(2)
}
let repository = URL(fileURLWithPath: arguments.removeFirst(), isDirectory: true)

/// The Swift files below `folder`, by their path relative to it.
func files(in folder: URL) throws -> [Generator.File] {
    guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return try paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map { path in
        Generator.File(path: path, text: String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self))
    }
}

do {
    var stale: [String] = []
    for target in arguments {
        let sources = repository.appendingPathComponent(target)
        let folder = sources.appendingPathComponent("Generated")
        let present = Dictionary(try files(in: folder).map { ($0.path, $0.text) }) { first, _ in first }
        let generated = try Generator(folder: target).generate(try files(in: sources.appendingPathComponent("Declarations")))
        for file in generated where present[file.path] != file.text {
            stale.append("\(target)/Generated/\(file.path)")
            if isCheck { continue }
            let path = folder.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: path)
        }
        let wanted = Set(generated.map(\.path))
        for path in present.keys.sorted() where !wanted.contains(path) {
            stale.append("\(target)/Generated/\(path)")
            if !isCheck { try FileManager.default.removeItem(at: folder.appendingPathComponent(path)) }
        }
    }
    if isCheck, !stale.isEmpty {
        print("These generated files do not match their declarations; run scripts/generate and commit the result:")
        for path in stale { print("  \(path)") }
        exit(1)
    }
    print(stale.isEmpty ? "generated files are up to date" : "wrote or removed \(stale.count) files")
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
