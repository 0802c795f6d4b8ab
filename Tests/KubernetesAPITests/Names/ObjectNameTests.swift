import TestSupport
import Testing

@testable import KubernetesAPI

struct ObjectNameTests {
    @Test func generatedNamesHaveFiveCharactersOfTheAlphabet() {
        var generator = SeededGenerator(seed: 9)
        var names: Set<String> = []
        for _ in 0..<500 {
            let name = ObjectName.generate(prefix: "job-", using: &generator)
            #expect(name.hasPrefix("job-") && name.utf8.count == 9)
            #expect(name.dropFirst(4).allSatisfy { "bcdfghjklmnpqrstvwxz2456789".contains($0) })
            names.insert(name)
        }
        #expect(names.count > 490)
    }

    @Test func aLongPrefixIsCut() {
        var generator = SeededGenerator(seed: 10)
        let name = ObjectName.generate(prefix: String(repeating: "p", count: 300), using: &generator)
        #expect(name.utf8.count == 63 && name.hasPrefix(String(repeating: "p", count: 58)))
        #expect(ObjectName.generate(prefix: String(repeating: "é", count: 300), using: &generator).hasPrefix(String(repeating: "é", count: 29)))
        #expect(ObjectName.generate(prefix: "", using: &generator).utf8.count == 5)
    }

    @Test(arguments: [
        ("train", "worker", ["step", "1"]), ("train", "", []), ("my.dotted.name", "run", []), ("UPPER_case", "x", []),
        (String(repeating: "a", count: 253), "worker", ["1"]),
        (String(repeating: "ab-", count: 30), String(repeating: "role", count: 30), []), ("", "", []), ("---", "...", []), ("é", "é", ["é"]), ("0", "0", ["0"]),
        (String(repeating: "a", count: 42) + "----------", "worker", []),
    ])
    func derivedNamesAreLabelsThatFit(_ owner: String, _ role: String, _ values: [String]) {
        for limit in [32, 45, 63, 253] {
            let name = ObjectName.child(of: owner, role: role, hashOf: values, limit: limit)
            #expect(name.utf8.count <= limit, "\(name)")
            #expect(limit > 63 || NameRule.dns1123Label.allows(name), "\(name)")
            #expect(NameRule.dns1123Subdomain.allows(name), "\(name)")
            #expect(name == ObjectName.child(of: owner, role: role, hashOf: values, limit: limit))
        }
    }

    @Test func derivedNamesDifferWhenAnythingDiffers() {
        let long = String(repeating: "a", count: 100)
        let arguments: [(String, String, [String])] = [
            ("a", "b", []), ("a-b", "", []), ("", "a-b", []), ("a", "b", [""]), ("a", "b", ["", ""]), ("a", "b", ["c"]), ("a", "b", ["c", "d"]),
            ("a", "b", ["cd"]), ("ab", "", []),
            ("a.b", "", []), ("A-b", "", []), (long, "x", []), (long + "a", "x", []), (long, "x", ["1"]),
        ]
        #expect(Set(arguments.map { ObjectName.child(of: $0, role: $1, hashOf: $2) }).count == arguments.count)
    }

    /// Names of objects that exist must never change: these are fixed.
    @Test func derivedNamesStayTheSameForever() {
        #expect(ObjectName.stableHash(of: []) == "mx4u44scceizf")
        #expect(ObjectName.stableHash(of: ["a", ""]) == "ok7rodeb56i7c")
        #expect(ObjectName.child(of: "train", role: "worker", hashOf: ["step", "1"]) == "train-worker-j32x36lqkb5ea")
    }

    @Test func labelValuesAreShortenedAndNeverRefused() {
        for value in ["", "a", "web-1.2_3", String(repeating: "a", count: 63)] { #expect(ObjectName.labelValue(shortening: value) == value) }
        let odd = [
            String(repeating: "a", count: 64), String(repeating: "a", count: 65), String(repeating: "-", count: 64), "-", "a b", "a_b/", "é",
            "registry/image:7", "\u{0}", " a",
            String(repeating: "a", count: 45) + String(repeating: "-", count: 60),
        ]
        for value in odd {
            let label = ObjectName.labelValue(shortening: value)
            #expect(NameRule.labelValue.allows(label), "\(label)")
            #expect(label != value)
        }
        #expect(Set(odd.map { ObjectName.labelValue(shortening: $0) }).count == odd.count)
        #expect(ObjectName.labelValue(shortening: "registry/image:7").hasPrefix("registry_image_7-"))
    }
}
