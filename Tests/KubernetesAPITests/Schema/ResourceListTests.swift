import Testing

@testable import KubernetesAPI

@Suite struct ResourceListTests {
    @Test func itemsOfATypedListKnowTheirType() throws {
        let list = try ResourceList<Widget>(
            checking: [
                "apiVersion": "tests.martlet.dev/v1", "kind": "WidgetList", "metadata": ["resourceVersion": "7", "continue": "t", "remainingItemCount": 3],
                "items": [["metadata": ["name": "a"]], ["kind": "Widget", "metadata": ["name": "b"]]],
            ])
        #expect(list.metadata.resourceVersion == "7" && list.metadata.continue == "t" && list.metadata.remainingItemCount == 3)
        #expect(list.items.map(\.name) == ["a", "b"])
        #expect(list.items.allSatisfy { $0.members["kind"] == "Widget" && $0.members["apiVersion"] == "tests.martlet.dev/v1" })
        #expect(try ResourceList<Widget>(checking: list.json) == list)
        #expect(list.json["kind"] == "WidgetList")
    }

    @Test func itemsOfADynamicListTakeTheTypeOfTheList() throws {
        let list = try ResourceList<DynamicObject>(
            checking: [
                "apiVersion": "example.com/v1", "kind": "ThingList", "metadata": [:],
                "items": [["metadata": ["name": "a"]], ["apiVersion": "v1", "kind": "Other"]],
            ])
        #expect(list.items.map(\.kind) == ["Thing", "Other"] && list.items.map(\.apiVersion) == ["example.com/v1", "v1"])
        #expect(list.items[0].name == "a" && list.items[0].groupVersionKind == GroupVersionKind(group: "example.com", version: "v1", kind: "Thing"))
        #expect(list.json["kind"] == "ThingList" && list.json["apiVersion"] == "example.com/v1")
    }

    static let invalid: [(String, JSONValue)] = [
        ("invalid object: the object: found array, expected a list object", []),
        (#"invalid object: kind: found "PodList", expected "WidgetList""#, ["kind": "PodList", "items": []]),
        ("invalid object: items: found object, expected an array", ["items": [:]]),
        ("invalid Widget: items[1].spec.name: found integer, expected a string", ["items": [[:], ["spec": ["name": 1]]]]),
        ("invalid object: metadata.resourceVersion: found integer, expected a string", ["metadata": ["resourceVersion": 1]]),
    ]

    @Test(arguments: invalid)
    func refuses(saying message: String, _ json: JSONValue) {
        let error = #expect(throws: InvalidObjectError.self) { try ResourceList<Widget>(checking: json) }
        #expect(error?.description == message)
    }

    @Test func anAbsentItemsFieldIsAnEmptyList() throws {
        #expect(try ResourceList<Widget>(checking: ["items": nil]).items == [])
        #expect(try ResourceList<Widget>(checking: [:]).json == ["apiVersion": "tests.martlet.dev/v1", "kind": "WidgetList", "metadata": [:], "items": []])
    }
}

@Suite struct DynamicObjectTests {
    @Test func anyKindCanBeReadAndEdited() throws {
        var object = try DynamicObject(checking: [
            "apiVersion": "example.com/v1", "kind": "Thing", "metadata": ["name": "a", "namespace": "n"], "spec": ["x": 1],
        ])
        object.metadata.labels = ["k": "v"]
        object.members["spec"] = ["x": 2]
        #expect(object.name == "a" && object.namespace == "n" && !object.isBeingDeleted)
        #expect(object.json["metadata"] == ["name": "a", "namespace": "n", "labels": ["k": "v"]])
        #expect(DynamicObject(apiVersion: "v1", kind: "Pod").json == ["apiVersion": "v1", "kind": "Pod", "metadata": [:]])
    }

    @Test func itTurnsIntoATypedObjectOfItsKindOnly() throws {
        let widget = try FieldAccessTests.widget()
        #expect(try DynamicObject(widget).checked(as: Widget.self) == widget)
        #expect(DynamicObject(Widget(members: [:])).json == ["apiVersion": "tests.martlet.dev/v1", "kind": "Widget"])
        #expect(throws: InvalidObjectError.self) { try DynamicObject(apiVersion: "v1", kind: "Pod").checked(as: Widget.self) }
    }

    static let invalid: [(String, JSONValue)] = [
        ("invalid object: the object: found string, expected an object", "x"),
        ("invalid object: apiVersion: found nothing, expected a string that is not empty", [:]),
        ("invalid object: kind: found an empty string, expected a string that is not empty", ["apiVersion": "v1", "kind": ""]),
        ("invalid object: kind: found integer, expected a string that is not empty", ["apiVersion": "v1", "kind": 1]),
        ("invalid object: metadata.name: found integer, expected a string", ["apiVersion": "v1", "kind": "X", "metadata": ["name": 1]]),
    ]

    @Test(arguments: invalid)
    func refuses(saying message: String, _ json: JSONValue) {
        let error = #expect(throws: InvalidObjectError.self) { try DynamicObject(checking: json) }
        #expect(error?.description == message)
    }
}
