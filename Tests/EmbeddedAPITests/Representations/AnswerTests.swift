import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct AnswerTests {
    private struct Pods: BuiltInKind { var type: any Resource.Type { Pod.self } }

    private let now: Time

    init() throws { now = try Time(parsing: "2024-01-02T03:05:40Z") }

    private func pod(_ name: String, phase: String) -> JSONObject {
        [
            "kind": "Pod", "apiVersion": "v1",
            "metadata": ["name": .string(name), "resourceVersion": "7", "creationTimestamp": "2024-01-02T03:04:00Z"],
            "status": ["phase": .string(phase)],
        ]
    }

    private func bytes(_ object: JSONObject) -> [UInt8] { JSONValue.object(object).serialized() }

    @Test(arguments: [
        (#"{"kind":"Pod","apiVersion":"v1","metadata":{}}"#, #"{"metadata":{}}"#),
        (#"{"apiVersion":"v1","kind":"Pod","metadata":{"kind":"x"}}"#, #"{"metadata":{"kind":"x"}}"#),
        (#"{"metadata":{},"kind":"Pod","apiVersion":"v1"}"#, #"{"metadata":{}}"#),
        (#"{"kind":"Pod","apiVersion":"v1"}"#, "{}"),
    ])
    func itemsOfBuiltInListsDoNotSayWhatTheyAre(_ stored: String, _ item: String) throws {
        let list = ListAnswer(kind: "PodList", apiVersion: "v1", itemsHaveTypes: false, version: 9, continueToken: "t", remainingCount: 1)
        let bytes = list.bytes(of: [Array(stored.utf8), Array(stored.utf8)])
        let head = #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"t","remainingItemCount":1},"items":["#
        #expect(String(decoding: bytes, as: UTF8.self) == "\(head)\(item),\(item)]}")
    }

    @Test func itemsOfCustomListsDo() {
        let list = ListAnswer(kind: "WidgetList", apiVersion: "example.com/v1", itemsHaveTypes: true, version: 9)
        let empty = #"{"kind":"WidgetList","apiVersion":"example.com/v1","metadata":{"resourceVersion":"9"},"items":[]}"#
        #expect(String(decoding: list.bytes(of: []), as: UTF8.self) == empty)
        #expect(String(decoding: list.bytes(of: [Array(#"{"kind":"Widget"}"#.utf8)]), as: UTF8.self).hasSuffix(#""items":[{"kind":"Widget"}]}"#))
    }

    @Test func aTableHasARowForEachObject() {
        let list = ListAnswer(kind: "PodList", apiVersion: "v1", itemsHaveTypes: false, version: 9)
        let table = TableAnswer(Pods()).table(of: [pod("a", phase: "Running"), pod("b", phase: "Succeeded")], metadata: list.metadata, now: now)
        #expect(table["apiVersion"] == "meta.k8s.io/v1" && table["metadata"] == ["resourceVersion": "9"])
        #expect(table["columnDefinitions"]?.array?.compactMap { $0["name"]?.string } == ["Name", "Age"])
        #expect(table["rows"]?.array?.map { $0["cells"] ?? .null } == [["a", "100s"], ["b", "100s"]])
        #expect(table["rows"]?[0]?["object"]?["kind"] == "PartialObjectMetadata")
        #expect(table["rows"]?[0]?["conditions"] == nil)
        #expect(table["rows"]?[1]?["conditions"]?[0]?["reason"] == "Succeeded")
    }

    @Test func onlyTheFirstEventOfAWatchHasColumns() {
        let table = TableAnswer(Pods()).table(of: pod("a", phase: "Running"), including: .nothing, hasColumns: false, now: now)
        #expect(table["columnDefinitions"] == .null && table["metadata"] == ["resourceVersion": "7"])
        #expect(table["rows"] == [["cells": ["a", "100s"], "object": nil]])
    }

    @Test func includeObjectIsOneOfThree() throws {
        let status = #expect(throws: Status.self) { try TableAnswer.IncludedObject(parameter: "Other") }
        let message =
            #"Unable to convert to Table as requested: includeObject: Invalid value: "Other": must be 'Metadata', 'Object', 'None', or empty"#
        #expect(status?.message == message)
    }

    @Test func answersAreWrittenInTheirFormat() {
        let json = Array(#"{"b":1,"a":[]}"#.utf8)
        #expect(String(decoding: Representation.json.bytes(ofJSON: json), as: UTF8.self) == "{\"b\":1,\"a\":[]}\n")
        #expect(String(decoding: Representation(isPretty: true).bytes(ofJSON: json), as: UTF8.self) == "{\n  \"b\": 1,\n  \"a\": []\n}")
        #expect(String(decoding: Representation(format: .yaml).bytes(ofJSON: json), as: UTF8.self) == "a: []\nb: 1\n")
        #expect(String(decoding: WatchFrame.bytes("ADDED", object: json), as: UTF8.self) == "{\"type\":\"ADDED\",\"object\":{\"b\":1,\"a\":[]}}\n")
    }
}
