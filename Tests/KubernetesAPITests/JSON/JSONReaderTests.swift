import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct JSONReaderTests {
    @Test(
        arguments: [
            ("null", .null), (" true ", true), ("-0", .double(-0.0)), ("0", 0), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1e2", .double(100)), ("1.50", .double(1.5)),
            ("123456789012345678901234567890", .double(1.2345678901234568e29)),
            (#""\u0041\n\ud83d\ude80\/""#, "A\n🚀/"), (#""eé中🚀""#, "eé中🚀"), (#"["1234567\"8",""]"#, ["1234567\"8", ""]),
            (#"{"b":1,"a":{"":[]}}"#, ["b": 1, "a": ["": []]]),
        ] as [(String, JSONValue)])
    func reads(_ text: String, as expected: JSONValue) throws {
        let value = try JSONValue(parsing: text)
        #expect(value == expected)
        #expect(value.typeName == expected.typeName)
    }

    @Test(
        arguments: [
            ("", 0, "the text is empty"),
            ("  ", 2, "the text ends where a value is expected"),
            ("[1,]", 3, #""]" where a value is expected"#),
            (#"{"a":1 "b":2}"#, 7, #"""" where "," or "}" is expected"#),
            (#"{"a" 1}"#, 5, #""1" where ":" is expected"#),
            (#"{a:1}"#, 1, #""a" where a key in quotes is expected"#),
            ("[01]", 1, "a number with a leading zero"),
            ("[1.]", 1, "a number without digits after the point"),
            ("1e", 0, "a number without digits in the exponent"),
            ("-", 0, "a number without digits"),
            ("1e999", 0, "a number beyond the range of doubles"),
            ("[1] 2", 4, #""2" where the end of the text is expected"#),
            (#"[{"k":{"a":1,"b":2,"a":3}}]"#, 19, #"duplicate key "a""#),
            (#"{"\u0061":1,"a":2}"#, 12, #"duplicate key "a""#),
            (#""\ud800x""#, 1, "an escaped surrogate without its pair"),
            (#""\x""#, 1, "an escape that JSON does not have"),
            (#""\u12g4""#, 1, "\\u without four hexadecimal digits"),
            ("\"a\nb\"", 2, "a control character in a string is not escaped"),
            (#"["abc"#, 1, "a string does not end"),
            ("\u{FEFF}1", 0, "byte 0xef where a value is expected"),
        ] as [(String, Int, String)])
    func refuses(_ text: String, at offset: Int, because reason: String) {
        #expect(throws: JSONError(reason, at: offset)) { try JSONValue(parsing: text) }
    }

    @Test func keepsTheOrderOfKeys() throws {
        let text = #"{"z":1,"a":2,"m":{"y":1,"b":2}}"#
        #expect(try JSONValue(parsing: text).description == text)
    }

    @Test(arguments: [3, 22, 23, 24, 25, 5_000]) func findsADuplicateAmongManyKeys(_ count: Int) {
        let members = (0..<count).map { "\"key\($0)\":\($0)" }
        #expect(throws: Never.self) { try JSONValue(parsing: "{" + members.joined(separator: ",") + "}") }
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{" + (members + ["\"key1\":0"]).joined(separator: ",") + "}") }
        #expect(error?.reason.hasPrefix(#"duplicate key "key1""#) == true)
    }

    @Test func keysThatAreCanonicallyEquivalentAreDifferentKeys() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != JSONValue.string("e\u{301}"))
    }

    @Test func limitsDepthAndSize() throws {
        let nested = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
        #expect(throws: Never.self) { try JSONValue(parsing: nested, limits: JSONLimits(depth: 20)) }
        #expect(throws: JSONError("nested deeper than 19 levels", at: 19)) { try JSONValue(parsing: nested, limits: JSONLimits(depth: 19)) }
        #expect(throws: JSONError("the text is longer than 39 bytes", at: 39)) { try JSONValue(parsing: nested, limits: JSONLimits(sizeBytes: 39)) }
    }

    @Test func whatIsWrittenIsReadBackEqual() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let value = JSONValue.random(depth: 4, using: &generator)
            for bytes in [value.serialized(), value.serialized(indent: 4), value.serialized(sortedKeys: true)] {
                let read = try JSONValue(parsing: bytes)
                #expect(read == value, "\(value)")
                #expect(read.hashValue == value.hashValue)
            }
        }
    }

    /// Every prefix and many mutations of a text give a value or an error, and what is accepted survives another round.
    @Test func damagedTextsAreReadOrRefused() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<200 {
            let bytes = JSONValue.random(depth: 3, using: &generator).serialized()
            for _ in 0..<20 where !bytes.isEmpty {
                var damaged = Array(bytes.prefix(.random(in: 0...bytes.count, using: &generator)))
                if !damaged.isEmpty { damaged[.random(in: damaged.indices, using: &generator)] = .random(in: 0...255, using: &generator) }
                guard let value = try? JSONValue(parsing: damaged) else { continue }
                #expect(try JSONValue(parsing: value.serialized()) == value)
            }
        }
    }
}
