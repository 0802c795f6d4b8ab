import KubernetesAPI

/// The parameters of a request's query, decoded, each with all its values in their order.
public struct QueryParameters: Sendable, Hashable {
    public let values: [String: [String]]

    public init(_ values: [String: [String]]) { self.values = values }

    /// Reads the part of a URL behind `?`, as Go does: `+` is a space, and what cannot be read is left out.
    public init(parsing query: String) {
        var values: [String: [String]] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.utf8.contains(UInt8(ascii: ";")) { continue }
            guard let name = PercentEncoding.decoded(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { continue }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// The first value; nil where the parameter is absent.
    public func text(_ name: String) -> String? { values[name]?.first }

    /// All values; empty where the parameter is absent.
    public func texts(_ name: String) -> [String] { values[name] ?? [] }

    /// Any value but `0` and `false` is true, also an empty one; nil where the parameter is absent.
    public func boolean(_ name: String) -> Bool? {
        guard let text = text(name) else { return nil }
        return text != "0" && text.lowercased() != "false"
    }

    /// - Throws: 400 in Go's words, where the value is no integer of 64 bits.
    func integer(_ name: String) throws(Status) -> Int64? {
        guard let text = text(name) else { return nil }
        let digits = text.utf8.first.map { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } == true ? text.utf8.dropFirst() : text.utf8[...]
        let isNumber = !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber else { throw .badRequest("strconv.ParseInt: parsing \(text.quotedAsGo): invalid syntax") }
        guard let number = Int64(text) else { throw .badRequest("strconv.ParseInt: parsing \(text.quotedAsGo): value out of range") }
        return number
    }
}
