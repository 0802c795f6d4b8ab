import Testing

@testable import KubernetesAPI

@Suite struct JSONWriterTests {
    /// The right column is what Go's encoding/json prints for the float64, whole numbers beyond 2^53 aside.
    @Test(arguments: [
        (0.0, "0"), (-0.0, "-0"), (1.0, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (100.0, "100"), (1e6, "1000000"), (123456789.125, "123456789.125"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"), (1.5e300, "1.5e+300"), (0.000001, "0.000001"), (0.0000015, "0.0000015"), (9.9e-7, "9.9e-7"), (1e-10, "1e-10"),
        (2.2273840609905508e18, "2227384060990550784"), (.leastNonzeroMagnitude, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (0.30000000000000004, "0.30000000000000004"), (1234.5678e10, "12345678000000"),
        (1e16, "10000000000000000"),
    ]) func writesDoublesAsGoDoes(_ value: Double, _ text: String) {
        #expect(JSONValue.double(value).description == text)
    }

    @Test func doublesThatJSONCannotWriteBecomeNull() {
        #expect(JSONValue.array([.double(.nan), .double(.infinity)]).description == "[null,null]")
    }

    @Test func escapesOnlyWhatMustBe() {
        #expect(JSONValue.string("a\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}é\u{2028}<").description == #""a\"\\/\b\f\n\r\t\u0001\u001fé"# + "\u{2028}<\"")
    }

    @Test func indentsAsKubectlDoes() {
        let value: JSONValue = ["kind": "List", "items": [], "metadata": ["labels": ["a": "b"]], "args": [1, true]]
        let text = """
            {
                "kind": "List",
                "items": [],
                "metadata": {
                    "labels": {
                        "a": "b"
                    }
                },
                "args": [
                    1,
                    true
                ]
            }
            """
        #expect(String(decoding: value.serialized(indent: 4), as: UTF8.self) == text)
    }

    @Test func sortsKeysByTheirBytes() {
        let value: JSONValue = ["b": 1, "a": ["Z": 1, "é": 2, "y": 3]]
        #expect(String(decoding: value.serialized(sortedKeys: true), as: UTF8.self) == #"{"a":{"Z":1,"y":3,"é":2},"b":1}"#)
    }
}
