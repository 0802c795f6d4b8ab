import TestSupport
import Testing

@testable import KubernetesAPI

struct SelectorParsingTests {
    @Test(
        arguments: [
            ("", ""), ("  ", ""), ("x=a,y=b,z=c", "x=a,y=b,z=c"), ("z=c, a == b", "a==b,z=c"), ("x!=a", "x!=a"), ("x=", "x="), ("x= ,z= ", "x=,z="),
            ("!x", "!x"), ("! x", "!x"),
            ("x", "x"), ("x,!y", "x,!y"), ("x>1,z<5", "x>1,z<5"), ("x > -5", nil), ("x in (b,a)", "x in (a,b)"), ("x in(a)", "x in (a)"),
            ("x notin ( c , b,b )", "x notin (b,c)"),
            ("x in ()", "x in ()"), ("x in (,)", "x in ()"), ("x in (a,)", "x in (,a)"), ("x in (,a)", "x in (,a)"), ("x in (a,,b)", "x in (,a,b)"),
            ("x in (in,notin)", "x in (in,notin)"),
            ("in in (in)", "in in (in)"), ("notin=in", "notin=in"), ("in", "in"), ("!in", "!in"), ("a\t=\nb\r", "a=b"),
            ("example.com/tier in (web)", "example.com/tier in (web)"),
            ("x=a,x=b", "x=a,x=b"), ("x=b,x=a", "x=b,x=a"), ("x=1.2_3-4", "x=1.2_3-4"), ("A=1,a=2,B=3", "A=1,B=3,a=2"),
        ] as [(String, String?)])
    func readsAndPrints(_ text: String, _ printed: String?) throws {
        guard let printed else {
            #expect(throws: ValueError.self) { try Selector(parsing: text) }
            return
        }
        let selector = try Selector(parsing: text)
        #expect(selector.description == printed)
        #expect(try Selector(parsing: printed) == selector)
    }

    @Test(arguments: [
        ("x=a||y=b", "unable to parse requirement: values[0][x]: Invalid value: \"a||y\": a valid label must be", 0),
        ("x==a==b", "found '==', expected: ',' or 'end of string'", 4), ("!x=a", "found '=', expected: ',' or 'end of string'", 2),
        ("x<a", "unable to parse requirement: values[0]: Invalid value: \"a\": for 'Gt', 'Lt' operators, the value must be an integer", 0),
        ("x>", "unable to parse requirement: values[0]: Invalid value: \"\": for 'Gt', 'Lt' operators, the value must be an integer", 0),
        (",", "found ',', expected: !, identifier, or 'end of string'", 0), ("=a", "found '=', expected: !, identifier, or 'end of string'", 0),
        ("a=b,", "found '', expected: identifier after ','", 4), ("a,,b", "found ',', expected: identifier after ','", 2),
        ("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt", 2),
        ("!!a", "unable to parse requirement: found '!', expected: identifier", 1), ("!", "unable to parse requirement: found '', expected: identifier", 1),
        ("x in a", "unable to parse requirement: found 'a' expected: '('", 5), ("x in (a", "unable to parse requirement: found '', expected: ',' or ')'", 7),
        ("x in (a b)", "unable to parse requirement: found 'b', expected: ',' or ')'", 8),
        ("x in (", "unable to parse requirement: found '', expected: ',', ')' or identifier", 6),
        ("x in (a,=)", "unable to parse requirement: found '=', expected: ',', or identifier", 8),
        ("x in (a))", "found ')', expected: ',' or 'end of string'", 8),
        ("x=(a)", "unable to parse requirement: found '(', expected: identifier", 2),
        ("x=!a", "unable to parse requirement: found '!', expected: identifier", 2),
        ("bad/key/name=a", "unable to parse requirement: key: Invalid value: \"bad/key/name\": a valid label key must consist of", 0),
        ("_x", "unable to parse requirement: key: Invalid value: \"_x\": name part must consist of", 0),
        ("x\u{0}=a", "unable to parse requirement: key: Invalid value: \"x\\x00\"", 0),
        ("x>=5", "unable to parse requirement: found '=', expected: identifier", 2), ("é=1", "unable to parse requirement: key: Invalid value: \"é\"", 0),
        ("x!a", "unable to parse requirement: found '!', expected: in, notin", 1),
    ])
    func refusesInTheWordsOfKubernetesWithThePosition(_ text: String, _ reason: String, _ offset: Int) {
        let error = #expect(throws: ValueError.self) { try Selector(parsing: text) }
        #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
        #expect(error?.offset == offset)
        #expect(error?.kind == .labelSelector)
    }

    @Test func longTextsAreReadInLinearTimeAndTooLongOnesRefused() throws {
        #expect(try Selector(parsing: (0..<50_000).map { "k\($0)" }.joined(separator: ",")).requirements.count == 50_000)
        #expect(try Selector(parsing: "x in (" + (0..<50_000).map { "v\($0)" }.joined(separator: ",") + ")").requirements[0].values.count == 50_000)
        #expect(throws: ValueError.self) { try Selector(parsing: String(repeating: "a", count: 1 << 21)) }
        #expect(throws: ValueError.self) { try Selector(parsing: String(repeating: "(", count: 1 << 19)) }
        #expect(throws: ValueError.self) { try Selector(parsing: String(repeating: "!", count: 1 << 19)) }
    }

    @Test func anyTextIsReadOrRefused() {
        var generator = SeededGenerator(seed: 6)
        let pieces = ["a", "b", "in", "notin", "(", ")", ",", "=", "==", "!=", "!", ">", "<", "5", " ", "x/y", "é", "\\"]
        var readable = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...9, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            guard let selector = try? Selector(parsing: text) else { continue }
            readable += 1
            #expect((try? Selector(parsing: selector.description)) == selector, "\(text)")
        }
        #expect(readable > 1_000)
    }
}
