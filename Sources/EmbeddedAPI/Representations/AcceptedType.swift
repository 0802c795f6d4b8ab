/// One clause of an `Accept` header.
struct AcceptedType: Hashable, Sendable {
    let type: String
    let subtype: String
    let quality: Double
    /// Without `q`.
    let parameters: [String: String]

    /// Reads a header as Kubernetes does, which is lenient: what is no media type is left out.
    ///
    /// - Returns: the clauses by their quality, then the ones without wildcard, then as they were written.
    static func parse(_ header: String) -> [AcceptedType] {
        let clauses = header.split(separator: ",", omittingEmptySubsequences: false).compactMap { AcceptedType(clause: $0) }
        return clauses.enumerated().sorted { a, b in
            if a.element.quality != b.element.quality { return a.element.quality > b.element.quality }
            return (a.element.wildcards, a.offset) < (b.element.wildcards, b.offset)
        }.map(\.element)
    }

    /// Whether the clause covers a media type, parameters aside.
    func covers(_ mediaType: String) -> Bool {
        if type == "*" { return subtype == "*" }
        return subtype == "*" ? mediaType.hasPrefix("\(type)/") : mediaType == "\(type)/\(subtype)"
    }

    private var wildcards: Int { (type == "*" ? 1 : 0) + (subtype == "*" ? 1 : 0) }

    private init?(clause: Substring) {
        let parts = clause.split(separator: ";", omittingEmptySubsequences: false)
        let range = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false).map { $0.trimmed }
        switch range.count {
        case 1 where range[0] == "*": (type, subtype) = ("*", "*")
        case 2: (type, subtype) = (range[0], range[1])
        default: return nil
        }
        var quality = 1.0
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            let (name, value) = (pair[0].trimmed, pair[1].trimmed)
            if name == "q" { quality = Double(value) ?? 0 } else { parameters[name] = value }
        }
        self.quality = quality.isNaN ? 0 : quality
        self.parameters = parameters
    }
}

extension Substring {
    /// Without spaces and tabs at both ends.
    var trimmed: String {
        var text = self
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text.drop { $0 == " " || $0 == "\t" })
    }
}
