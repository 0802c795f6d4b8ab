import EmbeddedAPI
import Testing

@Suite struct ObjectKeyTests {
    @Test func keysSortAsTheirPathsDoInEtcd() {
        let sorted = ["a", "a-b/x", "a/x", "a/x-y", "a/xa", "ab/x", "é", "é"]
        let keys = sorted.shuffled().map { ObjectKey(path: $0) }.sorted()
        #expect(keys.map { Array($0.path.utf8) } == sorted.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(ObjectKey(namespace: "a-b", name: "x") < ObjectKey(namespace: "a", name: "x"))
    }

    @Test func namesThatOnlyLookAlikeAreTwo() {
        #expect(ObjectKey(name: "caf\u{e9}") != ObjectKey(name: "cafe\u{301}"))
        #expect(Set([ObjectKey(name: "caf\u{e9}"), ObjectKey(name: "cafe\u{301}")]).count == 2)
    }

    @Test(arguments: [("", "x"), ("default", "x"), ("a", "with:colon")])
    func aKeyKnowsItsParts(namespace: String, name: String) {
        let key = ObjectKey(namespace: namespace, name: name)
        #expect(key.namespace == namespace && key.name == name)
        #expect(key.isIn(namespace: namespace))
        #expect(!key.isIn(namespace: namespace + "z"))
    }
}
