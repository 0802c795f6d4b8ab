/// Generates the code of a whole target.
public struct Generator {
    /// A file with its path relative to the folder of declarations, or of generated code.
    public struct File: Equatable, Sendable {
        public let path: String
        public let text: String

        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// The target's folder in the repository: `Sources/KubernetesAPI`.
    public let folder: String
    private let target: String

    public init(folder: String) {
        self.folder = folder
        target = folder.split(separator: "/").last.map(String.init) ?? folder
    }

    /// The generated files for `declarations`, in the order of their paths: one for each, and the list of all types.
    ///
    /// - Throws: a ``DeclarationError`` with the path as in `Sources/Target/Declarations/Core/Pod.swift`.
    public func generate(_ declarations: [File]) throws -> [File] {
        var files: [DeclarationFile] = []
        var places: [String: String] = [:]
        for declaration in declarations.sorted(by: { $0.path < $1.path }) {
            let path = "\(folder)/Declarations/\(declaration.path)"
            var reader = DeclarationReader(source: declaration.text, path: path)
            let file = DeclarationFile(path: declaration.path, declarations: try reader.read().declarations)
            for type in file.declarations {
                if let other = places.updateValue(path, forKey: type.name) {
                    throw DeclarationError(path: path, line: type.line, message: "\(type.name) is also declared in \(other)")
                }
            }
            files.append(file)
        }
        var generated = files.map { File(path: $0.path, text: SwiftWriter.file($0, source: "\(folder)/Declarations/\($0.path)", target: target)) }
        var structs: [StructDeclaration] = []
        for file in files {
            for case .structure(let structure) in file.declarations {
                if let other = structs.first(where: { $0.definition == structure.definition }) {
                    throw DeclarationError(
                        path: "\(folder)/Declarations/\(file.path)", line: structure.line,
                        message: "\(structure.name) has the same definition name as \(other.name): \(structure.definition)")
                }
                structs.append(structure)
            }
        }
        generated.append(
            File(
                path: "Scheme+\(target).swift",
                text: SwiftWriter.scheme(structs.sorted { $0.name < $1.name }, source: "\(folder)/Declarations", target: target)))
        return generated
    }
}

extension Declaration {
    var line: Int {
        switch self {
        case .structure(let declaration): declaration.line
        case .enumeration(let declaration): declaration.line
        }
    }
}
