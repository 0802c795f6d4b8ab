import SwiftSyntax

/// Reads the annotations of one type or field into Swift expressions of schema keywords.
struct AnnotationReader {
    enum Place {
        case type(String)
        case field(String)

        var name: String {
            switch self {
            case .type(let name), .field(let name): name
            }
        }
        var isType: Bool { if case .type = self { true } else { false } }
    }

    let file: DeclarationReader
    let place: Place
    private(set) var keywords: [String] = []
    private(set) var wireName: String?
    private(set) var definition: String?
    private(set) var resource: ResourceDeclaration?
    private var scale: String?
    private var columns: [String] = []
    private var selectableFields: [String] = []

    init(file: DeclarationReader, place: Place) {
        self.file = file
        self.place = place
    }

    /// Annotations with one number, integer or string as their argument.
    private enum Argument { case number, count, text }
    private static let constraints: [String: Argument] = [
        "minimum": .number, "maximum": .number, "exclusiveMinimum": .number, "exclusiveMaximum": .number, "multipleOf": .number,
        "minLength": .count, "maxLength": .count, "minItems": .count, "maxItems": .count, "minProperties": .count, "maxProperties": .count,
        "pattern": .text, "format": .text, "title": .text,
    ]
    private static let marks: Set<String> = ["nullable", "embeddedResource", "preserveUnknownFields"]
    private static let typeOnly: Set<String> = ["resource", "column", "selectable", "scale", "definition"]
    private static let fieldOnly: Set<String> = ["name", "items", "values", "listType", "patch", "nullable", "embeddedResource"]
    private static let ruleLabels = ["message", "messageExpression", "reason", "fieldPath", "optionalOldSelf"]

    mutating func read(_ attributes: AttributeListSyntax) throws {
        for element in attributes {
            guard case .attribute(let attribute) = element else { throw file.error(at: element, "declarations have no #if") }
            try read(attribute)
        }
    }

    private mutating func read(_ attribute: AttributeSyntax) throws {
        let name = attribute.attributeName.trimmedDescription
        var arguments: [LabeledExprSyntax] = []
        switch attribute.arguments {
        case .argumentList(let list): arguments = Array(list)
        case nil: break
        default: throw file.error(at: attribute, "@\(name) is not understood here")
        }
        if Self.typeOnly.contains(name) != place.isType, Self.typeOnly.contains(name) || Self.fieldOnly.contains(name) {
            throw file.error(at: attribute, "@\(name) belongs on a \(place.isType ? "field" : "type"), not on \(place.name)")
        }
        switch name {
        case "name": wireName = try file.string(try single(arguments, of: attribute))
        case "definition": definition = try file.string(try single(arguments, of: attribute))
        case "resource": resource = try readResource(arguments, at: attribute)
        case "scale":
            scale = "ResourceDefinition.Scale(\(try labeled(arguments, ["specReplicas", "statusReplicas", "labelSelector"], required: 2, at: attribute)))"
        case "column": columns.append(".init(\(try positional(arguments, then: ["type", "jsonPath", "description", "priority", "format"], at: attribute)))")
        case "selectable": selectableFields.append(try file.string(try single(arguments, of: attribute)).swiftLiteral)
        case "example": keywords.append(".example(\(try file.jsonLiteral(try single(arguments, of: attribute), of: "")))")
        case "listType": keywords.append(".listType(\(try listType(arguments, at: attribute)))")
        case "mapType":
            let value = try file.string(try single(arguments, of: attribute))
            guard ["atomic", "granular"].contains(value) else { throw file.error(at: attribute, "@mapType is \"atomic\" or \"granular\"") }
            keywords.append(".mapType(\(value.swiftLiteral))")
        case "patch": keywords.append(".patch(\(try positional(arguments, then: ["key"], at: attribute)))")
        case "rule": keywords.append(".rule(\(try positional(arguments, then: Self.ruleLabels, at: attribute)))")
        case "items", "values": keywords.append(".\(name)([\(try inner(arguments, at: attribute).joined(separator: ", "))])")
        default: keywords.append(try keyword(name, arguments, at: attribute))
        }
    }

    /// A keyword that may also stand inside `@items` and `@values`.
    private func keyword(_ name: String, _ arguments: [LabeledExprSyntax], at attribute: AttributeSyntax) throws -> String {
        if Self.marks.contains(name) {
            guard arguments.isEmpty else { throw file.error(at: attribute, "@\(name) has no arguments") }
            return ".\(name)"
        }
        return ".\(name)(\(try constraint(name, try single(arguments, of: attribute), at: attribute)))"
    }

    private func constraint(_ name: String, _ value: ExprSyntax, at attribute: AttributeSyntax) throws -> String {
        guard let argument = Self.constraints[name] else { throw file.error(at: attribute, "unknown annotation @\(name) on \(place.name)") }
        switch argument {
        case .text: return try file.string(value).swiftLiteral
        case .number:
            let text = try file.jsonLiteral(value, of: "")
            guard text.first?.isNumber == true || text.first == "-" else { throw file.error(at: value, "\(name) is a number") }
            return text
        case .count:
            guard value.is(IntegerLiteralExprSyntax.self) else { throw file.error(at: value, "\(name) is a whole number of at least 0") }
            return value.trimmedDescription
        }
    }

    /// The arguments of `@items` and `@values`: `minLength: 1, nullable: true, rule: "…", message: "…"`.
    private func inner(_ arguments: [LabeledExprSyntax], at attribute: AttributeSyntax) throws -> [String] {
        var keywords: [String] = []
        var rule: [String] = []
        for argument in arguments {
            let label = argument.label?.text ?? ""
            switch label {
            case "rule": rule.insert(try file.string(argument.expression).swiftLiteral, at: 0)
            case _ where Self.ruleLabels.contains(label): rule.append("\(label): \(try literal(argument.expression))")
            case _ where Self.marks.contains(label):
                guard argument.expression.trimmedDescription == "true" else { throw file.error(at: argument, "\(label) is true or left out") }
                keywords.append(".\(label)")
            case "listType", "mapType": keywords.append(".\(label)(\(try file.string(argument.expression).swiftLiteral))")
            default: keywords.append(".\(label)(\(try constraint(label, argument.expression, at: attribute)))")
            }
        }
        if !rule.isEmpty { keywords.append(".rule(\(rule.joined(separator: ", ")))") }
        return keywords
    }

    private func listType(_ arguments: [LabeledExprSyntax], at attribute: AttributeSyntax) throws -> String {
        let text = try positional(arguments, then: ["keys"], at: attribute)
        let kind = try arguments.first.map { try file.string($0.expression) }
        switch (kind, arguments.count) {
        case ("atomic", 1), ("set", 1), ("map", 2): return text
        default: throw file.error(at: attribute, "@listType is \"atomic\", \"set\", or \"map\" with keys: [\"…\"]")
        }
    }

    private func readResource(_ arguments: [LabeledExprSyntax], at attribute: AttributeSyntax) throws -> ResourceDeclaration {
        let labels = ["group", "version", "kind", "plural", "singular", "shortNames", "categories", "scope", "subresources"]
        let required = ["group", "version", "plural", "singular", "scope"]
        var result = ResourceDeclaration(kind: place.name.swiftLiteral, arguments: [], isNamespaced: true)
        var seen: Set<String> = []
        for argument in arguments {
            let label = argument.label?.text ?? ""
            guard labels.contains(label), seen.insert(label).inserted else {
                throw file.error(at: argument, "@resource has no argument \"\(label)\" (or has it twice); it has \(labels.joined(separator: ", "))")
            }
            let value = try literal(argument.expression)
            switch label {
            case "kind": result.kind = value
            case "scope":
                guard ["\"Namespaced\"", "\"Cluster\""].contains(value) else { throw file.error(at: argument, "scope is \"Namespaced\" or \"Cluster\"") }
                result.isNamespaced = value == "\"Namespaced\""
            default: result.arguments.append((label, value))
            }
        }
        if let missing = required.first(where: { !seen.contains($0) }) { throw file.error(at: attribute, "@resource of \(place.name) lacks \(missing)") }
        return result
    }

    /// The resource with its columns, scale and selectable fields.
    func finishedResource(at syntax: some SyntaxProtocol) throws -> ResourceDeclaration? {
        guard var resource else {
            if scale != nil || !columns.isEmpty || !selectableFields.isEmpty {
                throw file.error(at: syntax, "@scale, @column and @selectable belong on a type with @resource; \(place.name) has none")
            }
            return nil
        }
        resource.scale = scale
        resource.columns = columns
        resource.selectableFields = selectableFields
        return resource
    }

    // MARK: Arguments

    private func single(_ arguments: [LabeledExprSyntax], of attribute: AttributeSyntax) throws -> ExprSyntax {
        guard arguments.count == 1, arguments[0].label == nil else {
            throw file.error(at: attribute, "\(attribute.trimmedDescription) of \(place.name): expected one argument without a label")
        }
        return arguments[0].expression
    }

    /// One argument without a label and then any of `labels`, in that order.
    private func positional(_ arguments: [LabeledExprSyntax], then labels: [String], at attribute: AttributeSyntax) throws -> String {
        guard let first = arguments.first, first.label == nil else {
            throw file.error(at: attribute, "\(attribute.trimmedDescription) of \(place.name): the first argument is a string without a label")
        }
        let rest = try labeled(Array(arguments.dropFirst()), labels, required: 0, at: attribute)
        return try file.string(first.expression).swiftLiteral + (rest.isEmpty ? "" : ", \(rest)")
    }

    private func labeled(_ arguments: [LabeledExprSyntax], _ labels: [String], required: Int, at attribute: AttributeSyntax) throws -> String {
        var parts: [(position: Int, text: String)] = []
        for argument in arguments {
            guard let label = argument.label?.text, let position = labels.firstIndex(of: label), !parts.contains(where: { $0.position == position }) else {
                throw file.error(at: argument, "\(argument.trimmedDescription): expected \(labels.joined(separator: ", "))")
            }
            parts.append((position, "\(label): \(try literal(argument.expression))"))
        }
        if let missing = (0..<required).first(where: { position in !parts.contains { $0.position == position } }) {
            throw file.error(at: attribute, "\(attribute.trimmedDescription) lacks \(labels[missing])")
        }
        return parts.sorted { $0.position < $1.position }.map(\.text).joined(separator: ", ")
    }

    /// A string, number, boolean or array of these, in one spelling.
    private func literal(_ expression: ExprSyntax) throws -> String { try file.jsonLiteral(expression, of: "") }
}
