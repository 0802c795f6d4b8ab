import Testing

@testable import Expressions

struct PropertyNameTests {
    @Test(arguments: [
        ("name", "name"), ("a_b", "a_b"), ("a-b", "a__dash__b"), ("a.b/c", "a__dot__b__slash__c"), ("a__b", "a__underscores__b"),
        ("namespace", "__namespace__"),
        ("if", "__if__"), ("_", "_"), ("a___b", "a__underscores___b"), ("-x", "__dash__x"),
    ])
    func isEscapedAndBack(_ name: String, _ identifier: String) {
        #expect(PropertyName.escaped(name) == identifier)
        #expect(PropertyName.unescaped(identifier) == name)
    }

    @Test(arguments: ["", "1a", "a b", "a$", "ä"])
    func cannotBeReached(_ name: String) { #expect(PropertyName.escaped(name) == nil) }

    @Test(arguments: ["a__b", "__nope__", "a__dash_b", "if"])
    func isNoEscapedName(_ identifier: String) { #expect(PropertyName.unescaped(identifier) == nil) }
}
