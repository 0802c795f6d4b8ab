/// A request to the API, as it came over HTTP.
public struct APIRequest: Sendable {
    /// `GET`, `POST` …
    public var method: String
    /// The path without the query, percent-encoded as it came.
    public var path: String
    public var query: QueryParameters
    /// By lower-case name; several of one name in the order in which they came.
    public var headers: [String: [String]]
    public var body: [UInt8]

    public init(method: String, path: String, query: QueryParameters = QueryParameters([:]), headers: [String: [String]] = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The first header of this name.
    ///
    /// - Parameter name: in lower case.
    public func header(_ name: String) -> String? { headers[name]?.first }

    /// The most bytes that a body may have, as in Kubernetes.
    public static let maximumBodyBytes = 3 << 20
}

/// Percent-encoding of URLs (RFC 3986, section 2.1).
enum PercentEncoding {
    /// - Parameter plusIsSpace: as in queries.
    /// - Returns: nil where two hexadecimal digits do not follow each percent sign.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || plusIsSpace && $0 == UInt8(ascii: "+") }) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether two hexadecimal digits follow each percent sign of the path of a request target, and it has no control characters.
    static func isValid(_ target: String) -> Bool {
        var rest = target.utf8[...]
        while let byte = rest.popFirst(), byte != UInt8(ascii: "?") {
            guard byte > 0x20, byte != 0x7F else { return false }
            guard byte != UInt8(ascii: "%") else {
                guard rest.popFirst().flatMap(hexDigit) != nil, rest.popFirst().flatMap(hexDigit) != nil else { return false }
                continue
            }
        }
        return true
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
