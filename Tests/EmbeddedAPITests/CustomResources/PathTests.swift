import KubernetesAPI
import Testing

@testable import EmbeddedAPI

@Suite struct PathTests {
    static let object: JSONValue = [
        "spec": ["x": 1, "l": ["a", "b", "c"]], "metadata": ["labels": ["example.com/a": "v"]],
        "status": ["conditions": [["type": "Ready", "status": "True", "n": 2], ["type": "Done", "status": "False", "n": 5]]],
    ]

    @Test(
        arguments: [
            (".spec.x", [1]), ("$.spec.x", [1]), (".spec.missing", []), (".metadata.labels.example\\.com/a", ["v"]),
            (".metadata.labels['example.com/a']", ["v"]),
            (".spec.l[0]", ["a"]), (".spec.l[-1]", ["c"]), (".spec.l[1:]", ["b", "c"]), (".spec.l[:2]", ["a", "b"]), (".spec.l[::2]", ["a", "c"]),
            (".spec.l[*]", ["a", "b", "c"]), (".spec.l[0,2]", ["a", "c"]), (".spec.l[9]", []),
            (".status.conditions[?(@.type==\"Ready\")].status", ["True"]), (".status.conditions[?(@.type=='Done')].status", ["False"]),
            (".status.conditions[?(@.n>2)].type", ["Done"]), (".status.conditions[?(@.missing)].type", []), (".status.conditions[?(@.n != 2)].type", ["Done"]),
            ("..type", ["Ready", "Done"]), (".spec['x','missing']", [1]),
        ] as [(String, [JSONValue])])
    func findsValues(_ path: String, _ expected: [JSONValue]) throws {
        #expect(try JSONPath(parsing: path).results(in: Self.object) == expected)
    }

    @Test(arguments: [".spec.l[", ".spec.l[x]", ".a[?(@.b==]", ".a[?(@.b=='x)]", ".a]", ".l[99999999999]"])
    func refusesWhatIsNoPath(_ path: String) {
        #expect(throws: JSONPathError.self) { try JSONPath(parsing: path) }
    }

    @Test(
        arguments: [
            (-5, "<invalid>"), (-1, "0s"), (0, "0s"), (119, "119s"), (120, "2m"), (605, "10m"), (125, "2m5s"), (10800, "3h"), (12 * 3600, "12h"),
            (3 * 86400 + 3600, "3d1h"),
            (8 * 86400, "8d"), (800 * 86400, "2y70d"), (4000 * 86400, "10y"),
        ] as [(Int64, String)])
    func agesAreShort(_ seconds: Int64, _ text: String) {
        #expect(Age.text(seconds: seconds) == text)
    }

    @Test func versionsAreOrderedByMaturity() {
        let ordered = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10"]
        #expect(APIVersionOrder.sorted(ordered.shuffled()) == ordered)
    }

    @Test(arguments: [(0.7, "0.7"), (3, "3"), (-2.5, "-2.5"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (1e-5, "1e-05"), (1.5e300, "1.5e+300")])
    func numbersArePrintedAsInGo(_ number: Double, _ text: String) {
        #expect(GoNumber.text(number) == text)
    }
}
