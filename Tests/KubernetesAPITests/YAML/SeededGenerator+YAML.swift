import TestSupport

@testable import KubernetesAPI

/// YAML values and damage to texts.
extension SeededGenerator {
    mutating func value(depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 12 : 9), using: &self) {
        case 0: return .null
        case 1: return .bool(.random(using: &self))
        case 2: return .integer([0, -1, 7, .max, .min, 1_000_000, Int64(truncatingIfNeeded: next())].randomElement(using: &self) ?? 0)
        case 3: return .double(double())
        case 4..<9: return .string(text())
        case 9: return .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in value(depth: depth + 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<6, using: &self) { object[text()] = value(depth: depth + 1) }
            return .object(object)
        }
    }

    mutating func double() -> Double {
        switch Int.random(in: 0..<4, using: &self) {
        case 0:
            let special = [0.1, -0.0, 1e20, 1e21, 1.5e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e-7, 123456.75, 1234567.5, 9.3e18]
            return special.randomElement(using: &self) ?? 0
        case 1: return Double.random(in: -1e6...1e6, using: &self)
        case 2: return Double(Int.random(in: -1_000_000...1_000_000, using: &self)) * 0.25
        default:
            let value = Double(bitPattern: next())
            return value.isFinite ? value : 0.5
        }
    }

    mutating func text() -> String {
        if Bool.random(using: &self) { return Self.nasty.randomElement(using: &self) ?? "" }
        var text = ""
        for _ in 0..<Int.random(in: 0..<12, using: &self) { text += Self.pieces.randomElement(using: &self) ?? "" }
        return text
    }

    /// Texts that some YAML reader takes for something else when they are written carelessly.
    static let nasty: [String] = [
        "", " ", "~", "null", "Null", "NULL", "nULL", "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "on", "On", "off", "OFF", "true", "True", "TRUE", "tRUE",
        "false",
        "0", "-0", "1", "+1", "-1", "007", "08", "0o7", "0x1F", "0X1f", "0b101", "-0b1", "0b+1", "1_000", "0x_", "0b_", "1__2", "_1", "1.", ".5", "+.5", "-.5",
        ".5_", "1_0.5",
        "1e3", "1E3", "1e+3", "1.0e+3", "1e400", "-1.5e-7", ".inf", "-.INF", "+.inf", ".nan", ".NaN", "inf", "nan", "1:30", "190:20:30", "190:20:30.15",
        "1:2:3", "1:60",
        "2001-01-01", "2001-1-1", "2001-01-01T00:00:00Z", "2001-01-01 00:00:00", "2001-13-45", "2001-x", "12:30:45", "=", "<<", "-", "--", "---", "--- a",
        "...", "....", "?", ":", ": ",
        "a: b", "a:b", "a:", " a", "a ", "\ta", "a\t", "a\tb", "a #b", "a#b", "#a", "- a", "-a", "? a", "?a", ":a", "[", "]", "[]", "{}", "{a", "}", ",", "&a",
        "*a", "!a", "!!str a", "|", ">", "|-",
        "'", "''", "it's", "\"", "\"a\"", "\\", "a\\nb", "%a", "@a", "`a", "\n", "\n\n", "a\n", "a\n\n", "a\nb", "a\nb\n", "\na", "\n a", " \na", "  a\nb",
        "a\n  b\n", "a \nb", "a\n \nb", "a\n\n\nb\n\n",
        "\ta\nb", "a\n\tb\n", "a\n#b\n", "a\n---\nb", "a\n...\nb\n", "a\r\nb", "a\rb", "\u{0}", "\u{7}", "\u{1B}[0m", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}",
        "a\u{2029}b", "\u{FEFF}", "\u{FEFF}a", "a\nb\u{FEFF}\n",
        "\u{FFFD}", "\u{E000}", "ä", "日本語", "😀", "a\n😀\n", "é", "e\u{301}", "{{ .Values.x }}", "100m", "1Gi", "10.0.0.1", "1.2.3", "v1",
        "app.kubernetes.io/name", "http://a/b?c=d&e#f",
        "#!/bin/sh\nset -e\n\techo \"$x\"\n", "a: |\n  b\n", String(repeating: "k", count: 128), String(repeating: "k", count: 129),
        String(repeating: "long text ", count: 200),
        String(repeating: "x", count: 2000),
    ]

    private static let pieces: [String] = [
        "a", "b", "Z", "0", "1", "9", " ", "  ", "\n", "\n\n", "\t", "\r", ":", ": ", "-", "- ", "#", " #", "'", "\"", "\\", ".", "_", "e", "+", ",", "[", "]",
        "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "?", "=",
        "~", "<<", "ä", "日", "😀", "\u{0}", "\u{1}", "\u{85}", "\u{A0}", "\u{2028}", "\u{FEFF}", "\u{7F}", "null", "yes",
    ]

    /// A text with a few bytes changed, removed, repeated or put in.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 3:
                let end = min(bytes.count, place + Int.random(in: 0...40, using: &self))
                bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &self))
            default: bytes.insert(contentsOf: Array((Self.tokens.randomElement(using: &self) ?? "").utf8), at: place)
            }
        }
        return bytes
    }

    private static let tokens: [String] = [
        "\n", "\n  ", "- ", "? ", ": ", "&a ", "*a ", "<<: *a\n", "<<: ", "[", "]", "{", "}", ",", "'", "\"", "|\n", ">+2\n", "!!int ", "!!binary ", "!x ",
        "---\n", "...\n", "%TAG ! x\n", "%YAML 1.1\n", "\\u", "#", "\t",
    ]
}
