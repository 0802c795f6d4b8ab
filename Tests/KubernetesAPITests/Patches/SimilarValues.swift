@testable import KubernetesAPI

extension JSONValue {
    /// A random value with few different keys, so that two of them have much in common.
    static func random(depth: Int, nulls: Bool, using generator: inout some RandomNumberGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &generator) {
        case 0: return nulls ? .null : 0
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: -2...2, using: &generator))
        case 3: return .double(Double(Int.random(in: -9...9, using: &generator)) / 4)
        case 4: return .string(["", "a", "b~/", "é", "e\u{301}"].randomElement(using: &generator) ?? "")
        case 5:
            return .array((0..<Int.random(in: 0...3, using: &generator)).map { _ in random(depth: depth - 1, nulls: nulls, using: &generator) })
        default:
            var object = JSONObject()
            let many = Int.random(in: 0..<20, using: &generator) == 0
            let keys = many ? (0..<60).map { "k\($0)" } : ["a", "b", "c/d", "é", "e\u{301}", ""]
            for _ in 0..<(many ? 40 : Int.random(in: 0...5, using: &generator)) {
                let key = keys.randomElement(using: &generator) ?? ""
                object[key] = random(depth: depth - 1, nulls: nulls, using: &generator)
            }
            return .object(object)
        }
    }
}
