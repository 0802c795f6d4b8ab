import TestSupport
import Testing

@testable import KubernetesAPI

struct FieldSelectorTests {
    @Test(
        arguments: [
            ("", ""), (",,", ""), ("metadata.name=x", "metadata.name=x"), ("status.phase!=Running,metadata.name==x", "metadata.name=x,status.phase!=Running"),
            ("a=", "a="), ("a!=", "a!="), ("=x", "=x"), (#"a=b\,c"#, #"a=b\,c"#), (#"a=b\=c\\"#, #"a=b\=c\\"#), ("a= b ", "a= b "), ("a=1,,b=2,", "a=1,b=2"),
            ("a=!", "a=!"),
            (#"a\,b=c"#, nil), ("a!b=c", "a!b=c"), ("a==z,a=b", "a=b,a=z"), ("a=é", "a=é"),
        ] as [(String, String?)])
    func readsAndPrints(_ text: String, _ printed: String?) throws {
        let selector = try FieldSelector(parsing: text)
        if let printed { #expect(selector.description == printed) }
        #expect(try FieldSelector(parsing: selector.description) == selector)
    }

    @Test(arguments: [
        ("nonsense", "invalid selector: 'nonsense'; can't understand 'nonsense'", 0),
        ("a=b,nonsense", "invalid selector: 'a=b,nonsense'; can't understand 'nonsense'", 4),
        ("a=b=c", "invalid field selector: unescaped character in value: '='", 3), ("a===b", "invalid field selector: unescaped character in value: '='", 3),
        ("a!==b", "invalid field selector: unescaped character in value: '='", 3), (#"a=\x"#, #"invalid field selector: invalid escape sequence: \x"#, 2),
        (#"a=b\"#, #"invalid field selector: invalid escape sequence: \"#, 3), (#"a=\é"#, #"invalid field selector: invalid escape sequence: \é"#, 2),
    ])
    func refusesInTheWordsOfKubernetesWithThePosition(_ text: String, _ reason: String, _ offset: Int) {
        let error = #expect(throws: ValueError.self) { try FieldSelector(parsing: text) }
        #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
        #expect(error?.offset == offset)
        #expect(error?.kind == .fieldSelector)
    }

    @Test(arguments: [
        ("", true), ("metadata.name=web", true), ("metadata.name!=web", false), ("metadata.name=db", false), ("spec.nodeName=", true),
        ("spec.nodeName!=", false),
        ("metadata.name=web,status.phase=Running", true), ("metadata.name=web,status.phase!=Running", false), ("metadata.name=web,metadata.name=db", false),
        (#"odd=a\,b\=c\\d"#, true),
    ])
    func matchesFieldsAndTakesAbsentOnesForEmpty(_ text: String, _ isMatch: Bool) throws {
        let fields = ["metadata.name": "web", "status.phase": "Running", "odd": #"a,b=c\d"#]
        #expect(try FieldSelector(parsing: text).matches { fields[$0] } == isMatch)
    }

    @Test func exactValues() throws {
        let selector = try FieldSelector(parsing: "metadata.name=web,status.phase!=Running")
        #expect(selector.exactValue(of: "metadata.name") == "web")
        #expect(selector.exactValue(of: "status.phase") == nil)
        #expect(FieldSelector.everything.isEverything && FieldSelector.everything.description.isEmpty)
    }

    @Test func anyValueSurvivesPrintingAndReading() throws {
        var generator = SeededGenerator(seed: 8)
        let pieces = ["a", ",", "=", "\\", "!", " ", "é", "👩‍👩‍👧", "\u{0}"]
        for _ in 0..<2_000 {
            let terms = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                let value = (0..<Int.random(in: 0...5, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
                return FieldSelector.Term("spec.x", isEqual: .random(using: &generator), value)
            }
            let selector = FieldSelector(terms)
            #expect(try FieldSelector(parsing: selector.description) == selector)
        }
        #expect(throws: ValueError.self) { try FieldSelector(parsing: String(repeating: "a=b,", count: 1 << 19)) }
        #expect(try FieldSelector(parsing: String(repeating: "a=b,", count: 1 << 16)).terms.count == 1 << 16)
    }
}
