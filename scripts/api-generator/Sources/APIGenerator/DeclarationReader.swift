import SwiftParser
import SwiftSyntax

/// Reads the declarations of one file. Whatever it does not know is an error, so that a misspelt annotation never vanishes.
struct DeclarationReader {
    let path: String
    private let converter: SourceLocationConverter
    private let tree: SourceFileSyntax
    /// What names of definitions begin with, from `#definitions`.
    private var definitionPrefix: String?

    /// - Parameter path: for messages, and for the result relative to the folder of declarations.
    init(source: String, path: String) {
        self.path = path
        tree = Parser.parse(source: source)
        converter = SourceLocationConverter(fileName: path, tree: tree)
    }

    mutating func read() throws -> DeclarationFile {
        if tree.hasError { throw error(at: tree, "not valid Swift; compile it alone to see where") }
        var declarations: [Declaration] = []
        for statement in tree.statements {
            switch statement.item {
            case .decl(let declaration):
                if let structure = declaration.as(StructDeclSyntax.self) {
                    declarations.append(.structure(try read(structure)))
                } else if let enumeration = declaration.as(EnumDeclSyntax.self) {
                    declarations.append(.enumeration(try read(enumeration)))
                } else if let macro = declaration.as(MacroExpansionDeclSyntax.self) {
                    try readDirective(macro.macroName.text, macro.arguments, at: macro)
                } else {
                    throw error(at: declaration, "expected a struct, an enum or #definitions(\"…\")")
                }
            case .expr(let expression):
                guard let macro = expression.as(MacroExpansionExprSyntax.self) else { throw error(at: expression, "expected a declaration") }
                try readDirective(macro.macroName.text, macro.arguments, at: macro)
            case .stmt(let statement): throw error(at: statement, "expected a declaration")
            }
        }
        return DeclarationFile(path: path, declarations: declarations)
    }

    func error(at syntax: some SyntaxProtocol, _ message: String) -> DeclarationError {
        DeclarationError(path: path, line: line(of: syntax), message: message)
    }

    private func line(of syntax: some SyntaxProtocol) -> Int {
        converter.location(for: syntax.positionAfterSkippingLeadingTrivia).line
    }

    private mutating func readDirective(_ name: String, _ arguments: LabeledExprListSyntax, at syntax: some SyntaxProtocol) throws {
        guard name == "definitions", let argument = arguments.first, arguments.count == 1 else {
            throw error(at: syntax, "unknown directive #\(name); there is only #definitions(\"prefix\")")
        }
        definitionPrefix = try string(argument.expression)
    }

    // MARK: Structs

    private func read(_ structure: StructDeclSyntax) throws -> StructDeclaration {
        let name = structure.name.text
        var reader = AnnotationReader(file: self, place: .type(name))
        try reader.read(structure.attributes)
        guard let definition = reader.definition ?? definitionPrefix.map({ "\($0).\(name)" }) else {
            throw error(at: structure, "\(name) has no definition name: put #definitions(\"prefix\") at the top or @definition(\"name\") on the type")
        }
        var fields: [FieldDeclaration] = []
        for member in structure.memberBlock.members {
            guard let variable = member.decl.as(VariableDeclSyntax.self), variable.bindingSpecifier.text == "var", variable.bindings.count == 1,
                let binding = variable.bindings.first
            else { throw error(at: member, "\(name) may only have fields, one `var name: Type` each") }
            let field = try read(variable, binding, of: name)
            if fields.contains(where: { $0.wireName == field.wireName || $0.name == field.name }) {
                throw error(at: variable, "\(name) has the field \(field.name) twice")
            }
            if reader.resource != nil, ["apiVersion", "kind", "metadata"].contains(field.wireName) {
                throw error(at: variable, "\(field.wireName) is implicit in a @resource")
            }
            fields.append(field)
        }
        return StructDeclaration(
            name: name, definition: definition, documentation: Documentation(of: structure), resource: try reader.finishedResource(at: structure),
            keywords: reader.keywords, fields: fields, line: line(of: structure))
    }

    /// Names that generated types use for something else.
    private static let reservedNames: Set<String> = ["members", "json", "hashValue", "debugDescription"]

    private func read(_ variable: VariableDeclSyntax, _ binding: PatternBindingSyntax, of type: String) throws -> FieldDeclaration {
        guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text, binding.accessorBlock == nil,
            let annotated = binding.typeAnnotation?.type
        else { throw error(at: variable, "a field of \(type) is written `var name: Type`, with an optional default value") }
        let plainName = name.filter { $0 != "`" }
        if Self.reservedNames.contains(plainName) {
            throw error(at: variable, "the field \(plainName) of \(type) needs another Swift name, with @name(\"\(plainName)\") for the wire")
        }
        var reader = AnnotationReader(file: self, place: .field("\(type).\(plainName)"))
        try reader.read(variable.attributes)
        let optional = annotated.as(OptionalTypeSyntax.self)
        let declaredType = try typeName(optional?.wrappedType ?? annotated)
        if optional != nil, let value = binding.initializer { throw error(at: value, "\(type).\(plainName): a field with a default is not optional") }
        return FieldDeclaration(
            name: name, wireName: reader.wireName ?? plainName, documentation: Documentation(of: variable), type: declaredType, isOptional: optional != nil,
            defaultValue: try binding.initializer.map { try jsonLiteral($0.value, of: declaredType) }, keywords: reader.keywords, line: line(of: variable))
    }

    /// The type in one spelling; only what the wire can carry.
    private func typeName(_ type: TypeSyntax) throws -> String {
        if let array = type.as(ArrayTypeSyntax.self) { return "[\(try typeName(array.element))]" }
        if let dictionary = type.as(DictionaryTypeSyntax.self) {
            guard dictionary.key.trimmedDescription == "String" else { throw error(at: dictionary, "the keys of a dictionary are strings") }
            return "[String: \(try typeName(dictionary.value))]"
        }
        guard let identifier = type.as(IdentifierTypeSyntax.self), identifier.genericArgumentClause == nil else {
            throw error(at: type, "\(type.trimmedDescription) is no type of API fields")
        }
        let name = identifier.name.text
        let replacements = ["Int": "Int32 or Int64", "Float": "Double", "Date": "Time", "Any": "JSONValue", "Data": "Base64Data", "Duration": "DurationText"]
        if let replacement = replacements[name] { throw error(at: type, "\(name) is no type of API fields; use \(replacement)") }
        return name
    }

    // MARK: Enums

    private func read(_ enumeration: EnumDeclSyntax) throws -> EnumDeclaration {
        let name = enumeration.name.text
        guard enumeration.attributes.isEmpty else { throw error(at: enumeration, "an enum has no annotations") }
        guard enumeration.inheritanceClause?.inheritedTypes.first?.type.trimmedDescription == "String", enumeration.inheritanceClause?.inheritedTypes.count == 1
        else { throw error(at: enumeration, "\(name) has to be an enum of String") }
        var cases: [EnumDeclaration.Case] = []
        for member in enumeration.memberBlock.members {
            guard let line = member.decl.as(EnumCaseDeclSyntax.self) else { throw error(at: member, "\(name) may only have cases") }
            for element in line.elements {
                if element.parameterClause != nil { throw error(at: element, "a case of \(name) has no parameters") }
                let plainName = element.name.text.filter { $0 != "`" }
                let value = try element.rawValue.map { try string($0.value) } ?? plainName
                if cases.contains(where: { $0.value == value }) { throw error(at: element, "\(name) has the value \(value.swiftLiteral) twice") }
                cases.append(.init(name: element.name.text, value: value, documentation: Documentation(of: line)))
            }
        }
        if cases.isEmpty { throw error(at: enumeration, "\(name) has no cases") }
        return EnumDeclaration(name: name, documentation: Documentation(of: enumeration), cases: cases, line: line(of: enumeration))
    }

    // MARK: Expressions

    /// The value of a string literal without interpolation.
    func string(_ expression: ExprSyntax) throws -> String {
        guard let value = expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue else {
            throw error(at: expression, "expected a string literal, found \(expression.trimmedDescription)")
        }
        return value
    }

    /// A literal as a Swift expression of type `JSONValue`; `.name` is a case of the enumeration `type`, `.init()` an empty object.
    func jsonLiteral(_ expression: ExprSyntax, of type: String) throws -> String {
        if expression.is(StringLiteralExprSyntax.self) { return try string(expression).swiftLiteral }
        if expression.is(IntegerLiteralExprSyntax.self) || expression.is(FloatLiteralExprSyntax.self) || expression.is(BooleanLiteralExprSyntax.self) {
            return expression.trimmedDescription
        }
        if let negated = expression.as(PrefixOperatorExprSyntax.self), negated.operator.text == "-",
            negated.expression.is(IntegerLiteralExprSyntax.self) || negated.expression.is(FloatLiteralExprSyntax.self)
        {
            return expression.trimmedDescription
        }
        if let member = expression.as(MemberAccessExprSyntax.self), member.base == nil { return "\(type).\(member.declName.trimmedDescription).json" }
        if expression.trimmedDescription == ".init()" { return "[:]" }
        if let array = expression.as(ArrayExprSyntax.self) {
            let elementType = type.hasPrefix("[") ? String(type.dropFirst().dropLast()) : type
            return "[\(try array.elements.map { try jsonLiteral($0.expression, of: elementType) }.joined(separator: ", "))]"
        }
        if let dictionary = expression.as(DictionaryExprSyntax.self) {
            guard case .elements(let elements) = dictionary.content else { return "[:]" }
            let valueType = type.hasPrefix("[String: ") ? String(type.dropFirst("[String: ".count).dropLast()) : type
            return "[\(try elements.map { "\(try string($0.key).swiftLiteral): \(try jsonLiteral($0.value, of: valueType))" }.joined(separator: ", "))]"
        }
        throw error(at: expression, "\(expression.trimmedDescription) is no literal that a schema can carry")
    }
}
