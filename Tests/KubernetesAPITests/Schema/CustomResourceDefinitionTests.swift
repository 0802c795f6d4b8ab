import Testing

@testable import KubernetesAPI

@Suite struct CustomResourceDefinitionTests {
    @Test func saysHowTheResourceIsNamedAndServed() {
        var definition = JSONValue.object(Widget.customResourceDefinition)
        let schema = definition["spec"]?["versions"]?[0]?["schema"]?["openAPIV3Schema"]
        #expect(schema == .object(Widget.definition.openAPI(.structural)))
        definition = definition.replacingSchema(with: "SCHEMA")
        #expect(
            definition == [
                "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": ["name": "widgets.tests.martlet.dev"],
                "spec": [
                    "group": "tests.martlet.dev",
                    "names": [
                        "kind": "Widget", "listKind": "WidgetList", "plural": "widgets", "singular": "widget", "shortNames": ["wd"],
                        "categories": ["all", "martlet"],
                    ],
                    "scope": "Namespaced",
                    "versions": [
                        [
                            "name": "v1", "served": true, "storage": true,
                            "additionalPrinterColumns": [
                                ["name": "Mode", "type": "string", "jsonPath": ".spec.mode", "description": "How the widget caches."],
                                ["name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp", "format": "date-time", "priority": 1],
                            ],
                            "selectableFields": [["jsonPath": ".spec.mode"], ["jsonPath": ".spec.name"]],
                            "schema": "SCHEMA",
                            "subresources": [
                                "status": [:],
                                "scale": [
                                    "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas", "labelSelectorPath": ".status.selector",
                                ],
                            ],
                        ]
                    ],
                ],
            ])
    }

    @Test func theSameDeclarationGivesTheSameBytes() {
        let first = JSONValue.object(Widget.customResourceDefinition).description
        #expect(first == JSONValue.object(Widget.customResourceDefinition).description)
        #expect(
            first.hasPrefix(
                #"{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.tests.martlet.dev"},"spec":{"#))
    }
}

extension JSONValue {
    /// A CustomResourceDefinition with something short in the place of its schema.
    fileprivate func replacingSchema(with replacement: JSONValue) -> JSONValue {
        guard var definition = object, var spec = self["spec"]?.object, var version = spec["versions"]?[0]?.object else { return self }
        version["schema"] = replacement
        spec["versions"] = [.object(version)]
        definition["spec"] = .object(spec)
        return .object(definition)
    }
}
