/// A declared type, as the reader found it.
enum Declaration {
    case structure(StructDeclaration)
    case enumeration(EnumDeclaration)

    var name: String {
        switch self {
        case .structure(let declaration): declaration.name
        case .enumeration(let declaration): declaration.name
        }
    }
}

/// A file of declarations.
struct DeclarationFile {
    /// Relative to the target's folder `Declarations`: `Core/Pod.swift`.
    let path: String
    let declarations: [Declaration]
}

/// A type that is an object on the wire.
struct StructDeclaration {
    let name: String
    /// The name in OpenAPI documents.
    let definition: String
    let documentation: Documentation
    let resource: ResourceDeclaration?
    /// The keywords of the type, as Swift expressions: `.mapType("atomic")`.
    let keywords: [String]
    let fields: [FieldDeclaration]
    let line: Int
}

/// What `@resource` and its companions say; each value is a Swift expression, copied as it was written.
struct ResourceDeclaration {
    var kind: String
    var arguments: [(label: String, value: String)]
    var isNamespaced: Bool
    var scale: String?
    var columns: [String] = []
    var selectableFields: [String] = []
}

struct FieldDeclaration {
    /// As it is written in Swift, with backticks where it is a keyword.
    let name: String
    let wireName: String
    let documentation: Documentation
    /// The Swift type without the question mark.
    let type: String
    let isOptional: Bool
    /// A Swift expression of type `JSONValue`.
    let defaultValue: String?
    let keywords: [String]
    let line: Int

    var isRequired: Bool { !isOptional && defaultValue == nil }
}

struct EnumDeclaration {
    struct Case {
        let name: String
        let value: String
        let documentation: Documentation
    }

    let name: String
    let documentation: Documentation
    let cases: [Case]
    let line: Int
}

/// A mistake in a declaration.
public struct DeclarationError: Error, CustomStringConvertible {
    public let path: String
    public let line: Int
    public let message: String

    public var description: String { "\(path):\(line): \(message)" }
}
