import KubernetesAPI

/// Reads ``JSONPath``s.
struct JSONPathParser {
    private let text: [Unicode.Scalar]
    private var position = 0
    private var filterDepth = 0
    private static let lengthLimit = 4096

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private func error(_ reason: String) -> JSONPathError { JSONPathError(reason: "\(reason) at character \(position + 1)") }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The whole text as steps.
    mutating func path() throws(JSONPathError) -> [JSONPath.Step] {
        guard text.count <= Self.lengthLimit else { throw error("a path of more than \(Self.lengthLimit) characters") }
        if current == "$" { position += 1 }
        let steps = try self.steps()
        guard current == nil else { throw error("unexpected \(string(text[position...]).quotedAsGo)") }
        return steps
    }

    private mutating func steps() throws(JSONPathError) -> [JSONPath.Step] {
        var steps: [JSONPath.Step] = []
        while let scalar = current {
            if scalar == "." {
                position += 1
                if current == "." {
                    position += 1
                    steps.append(.descent)
                    if current == "[" { continue }
                }
                if current == "[" { continue }
                let name = self.name()
                if !name.isEmpty { steps.append(name == ["*"] ? .wildcard : .field(unescaped(name))) }
            } else if scalar == "[" {
                position += 1
                steps.append(try bracket())
            } else {
                break
            }
        }
        return steps
    }

    /// A field's name, with its backslashes.
    private mutating func name() -> [Unicode.Scalar] {
        let start = position
        while let scalar = current {
            if scalar == "\\" {
                position += 2
            } else if ".[]() =!<>&|".unicodeScalars.contains(scalar) {
                break
            } else {
                position += 1
            }
        }
        position = min(position, text.count)
        return Array(text[start..<position])
    }

    private func unescaped(_ name: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in name {
            if scalar == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(scalar)
                isEscaped = false
            }
        }
        return String(result)
    }

    private mutating func bracket() throws(JSONPathError) -> JSONPath.Step {
        if current == "?" { return try filter() }
        var choices: [JSONPath.Step] = []
        repeat {
            skipSpaces()
            choices.append(try choice())
            skipSpaces()
            guard current == "," else { break }
            position += 1
        } while true
        guard current == "]" else { throw error("unterminated array") }
        position += 1
        return choices.count == 1 ? choices[0] : .union(choices)
    }

    private mutating func choice() throws(JSONPathError) -> JSONPath.Step {
        switch current {
        case "*"?:
            position += 1
            return .wildcard
        case "'"?, "\""?: return .field(try quoted())
        default: break
        }
        var numbers: [Int?] = [try number()]
        while current == ":", numbers.count < 3 {
            position += 1
            numbers.append(try number())
        }
        if numbers.count == 1 {
            guard let index = numbers[0] else { throw error("invalid array index") }
            return .slice(start: index, end: index == -1 ? nil : index + 1, step: 1)
        }
        return .slice(start: numbers[0], end: numbers[1], step: numbers.count == 3 ? numbers[2] ?? 1 : 1)
    }

    private mutating func number() throws(JSONPathError) -> Int? {
        let start = position
        if current == "-" { position += 1 }
        while let scalar = current, ("0"..."9").contains(scalar) { position += 1 }
        guard position > start else { return nil }
        let digits = string(text[start..<position])
        guard let number = Int32(digits) else { throw error("invalid array index \(digits)") }
        return Int(number)
    }

    private mutating func quoted() throws(JSONPathError) -> String {
        let quote = current
        position += 1
        let start = position
        while let scalar = current, scalar != quote { position += scalar == "\\" ? 2 : 1 }
        guard position < text.count else { throw error("unterminated quoted string") }
        let content = Array(text[start..<position])
        position += 1
        return unescaped(content)
    }

    private mutating func skipSpaces() { while current == " " { position += 1 } }

    /// `?(@.type=="Ready")]`.
    private mutating func filter() throws(JSONPathError) -> JSONPath.Step {
        position += 1
        guard current == "(", filterDepth < 4 else { throw error("unterminated filter") }
        position += 1
        filterDepth += 1
        defer { filterDepth -= 1 }
        skipSpaces()
        let left = try operand()
        skipSpaces()
        var comparison = ""
        while let scalar = current, "=!<>".unicodeScalars.contains(scalar), comparison.count < 2 {
            comparison.unicodeScalars.append(scalar)
            position += 1
        }
        var right = JSONPath.Operand.none
        if !comparison.isEmpty {
            guard ["==", "!=", "<", "<=", ">", ">="].contains(comparison) else { throw error("unrecognized filter operator \(comparison)") }
            skipSpaces()
            right = try operand()
        }
        skipSpaces()
        guard current == ")", position + 1 < text.count, text[position + 1] == "]" else { throw error("unterminated filter expression") }
        position += 2
        return .filter(left: left, comparison: comparison, right: right)
    }

    private mutating func operand() throws(JSONPathError) -> JSONPath.Operand {
        switch current {
        case "@"?, "$"?:
            position += 1
            return .path(try steps())
        case "."?: return .path(try steps())
        case "'"?, "\""?: return .literal(.string(try quoted()))
        default: break
        }
        let start = position
        while let scalar = current, scalar != " ", scalar != ")", !"=!<>".unicodeScalars.contains(scalar) { position += 1 }
        switch string(text[start..<position]) {
        case "true": return .literal(true)
        case "false": return .literal(false)
        case let word:
            guard let value = try? JSONValue(parsing: word), value.double != nil else { throw error("unrecognized value \(word.quotedAsGo) in filter") }
            return .literal(value)
        }
    }
}
