import Testing

@testable import KubernetesAPI

@Suite struct FieldAccessTests {
    static let text = """
        {"apiVersion":"tests.martlet.dev/v1","kind":"Widget","metadata":{"name":"box","labels":{"app":"a"},"future":1},
        "spec":{"name":"n","parts":[{"name":"p","size":"2Gi","later":[true]}],"low":null,"port":"http","secret":"aGk=","started":"2026-01-31T09:30:00Z",
        "limits":{"b":2,"a":1},"newField":{"x":null}},"other":9007199254740993}
        """

    static func widget() throws -> Widget { try Widget(checking: JSONValue(parsing: Array(text.utf8))) }

    @Test func fieldsReadAsTheirTypes() throws {
        let widget = try Self.widget()
        #expect(widget.name == "box" && widget.apiVersion == "tests.martlet.dev/v1" && widget.kind == "Widget" && widget.namespace == nil)
        #expect(widget.spec.name == "n")
        #expect(widget.spec.parts.map(\.name) == ["p"])
        #expect(widget.spec.parts[0].size == Quantity(2 << 30))
        #expect(widget.spec.low == nil, "null counts as absent")
        #expect(widget.spec.port == .string("http"))
        #expect(widget.spec.secret?.utf8 == "hi")
        #expect(widget.spec.started?.secondsSince1970 == 1_769_851_800)
        #expect(widget.spec.limits == ["a": 1, "b": 2])
        #expect(widget.status == nil)
    }

    @Test func absentFieldsReadAsDefaultsOrZeroValues() {
        let spec = WidgetSpec()
        #expect(spec.name == "" && spec.parts == [] && spec.replicas == 1 && spec.isActive)
        #expect(spec.mode == .auto && spec.modes == [.auto, .off] && spec.memory == Quantity(1 << 30) && spec.port == .int(80))
        #expect(spec.partsByName == [:] && spec.open == WidgetPart() && spec.high == nil && spec.anything == nil)
        #expect(Condition().lastTransitionTime == .min)
    }

    @Test func fieldsOfAnotherTypeReadAsAbsent() {
        let spec = WidgetSpec(members: ["name": 1, "parts": "x", "replicas": "two", "mode": "Weird", "low": 1.5, "tags": ["a", 1]])
        #expect(spec.name == "" && spec.parts == [] && spec.replicas == 1 && spec.mode == .auto && spec.low == nil && spec.tags == nil)
    }

    @Test func nullElementsReadAsZeroValues() {
        let spec = WidgetSpec(members: ["tags": ["a", nil], "limits": ["x": nil], "parts": [nil]])
        #expect(spec.tags == ["a", ""] && spec.limits == ["x": 0] && spec.parts == [WidgetPart()])
    }

    @Test func unknownFieldsSurviveReadingEditingAndWriting() throws {
        var widget = try Self.widget()
        #expect(widget.json.description == (try JSONValue(parsing: Array(Self.text.utf8))).description, "unchanged bytes")
        widget.spec.parts[0].name = "q"
        widget.spec.tags = ["t"]
        widget.metadata.labels?["app"] = "b"
        let json = try JSONValue(parsing: widget.json.serialized())
        #expect(json["other"] == 9_007_199_254_740_993)
        #expect(json["metadata"]?["future"] == 1)
        #expect(json["spec"]?["newField"] == ["x": nil])
        #expect(json["spec"]?["parts"] == [["name": "q", "size": "2Gi", "later": [true]]])
        #expect(json["spec"]?["tags"] == ["t"] && json["metadata"]?["labels"] == ["app": "b"])
    }

    @Test func onlyWhatIsSetIsWritten() {
        var spec = WidgetSpec(name: "n", parts: [], replicas: 3, mode: .off)
        #expect(spec.json == ["name": "n", "parts": [], "replicas": 3, "mode": "Off"])
        spec.default = "d"
        spec.reference = "r"
        spec.high = 0.5
        #expect(spec.json == ["name": "n", "parts": [], "replicas": 3, "mode": "Off", "default": "d", "$ref": "r", "high": 0.5])
        spec.default = nil
        spec.reference = nil
        spec.high = nil
        #expect(spec.json == ["name": "n", "parts": [], "replicas": 3, "mode": "Off"])
        #expect(Widget(name: "box").json == ["apiVersion": "tests.martlet.dev/v1", "kind": "Widget", "metadata": ["name": "box"]])
        #expect(WidgetEmpty().json == [:])
    }

    @Test func aDictionaryIsWrittenInTheOrderOfItsKeys() {
        let keys = (0..<200).map { "key\($0)" }
        let spec = WidgetSpec(members: ["limits": Dictionary(uniqueKeysWithValues: keys.map { ($0, Int64(1)) }).json])
        #expect(spec.members["limits"]?.object.map { Array($0.keys) } == keys.sorted())
    }

    @Test func aCopyIsIndependent() throws {
        let widget = try Self.widget()
        var copy = widget
        copy.spec.name = "other"
        #expect(widget.spec.name == "n" && copy.spec.name == "other" && widget != copy)
    }

    @Test func typesMayContainThemselves() {
        var tree = WidgetNode(name: "root", children: [WidgetNode(name: "a", byName: ["b": WidgetNode(name: "b")])])
        tree.children?[0].byName?["b"]?.name = "c"
        #expect(tree.json == ["name": "root", "children": [["name": "a", "byName": ["b": ["name": "c"]]]]])
    }

    @Test func equalityDoesNotDependOnTheOrderOfFields() {
        #expect(WidgetPart(members: ["name": "a", "size": "1"]) == WidgetPart(members: ["size": "1", "name": "a"]))
        #expect(WidgetPart(members: ["name": "a"]).hashValue == WidgetPart(name: "a").hashValue)
        #expect("\(WidgetPart(name: "a"))" == #"{"name":"a"}"#)
    }
}
