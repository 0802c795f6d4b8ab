import Testing

@testable import KubernetesAPI

@Suite struct SchemeTests {
    let scheme = Scheme.kubernetesAPI + .kubernetesAPITests

    @Test func typesAreFoundByDefinitionAndKind() {
        #expect(scheme.type(definition: "dev.martlet.tests.special.Node") == WidgetNode.self)
        #expect(scheme.type(definition: "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta") == ObjectMeta.self)
        #expect(scheme.resource(apiVersion: "tests.martlet.dev/v1", kind: "Widget") == Widget.self)
        #expect(scheme.resource(apiVersion: "v1", kind: "Widget") == nil)
        #expect(scheme.type(definition: "x") == nil)
    }

    @Test func definitionNamesAreUnique() {
        let names = scheme.structs.map { $0.definition.name }
        #expect(Set(names).count == names.count)
    }

    @Test func everyReferenceInTheDefinitionsLeadsToADefinition() {
        let definitions = scheme.openAPIDefinitions
        func visit(_ json: JSONValue) {
            switch json {
            case .object(let members):
                for (key, value) in members {
                    if key == "$ref", let reference = value.string {
                        #expect(definitions[String(reference.dropFirst("#/components/schemas/".count))] != nil, "\(reference)")
                    }
                    visit(value)
                }
            case .array(let elements): elements.forEach(visit)
            default: break
            }
        }
        visit(.object(definitions))
        #expect(definitions["dev.martlet.tests.v1.WidgetList"]?["required"] == ["items"])
        #expect(
            definitions["dev.martlet.tests.v1.Widget"]?["x-kubernetes-group-version-kind"]
                == [["group": "tests.martlet.dev", "kind": "Widget", "version": "v1"]])
        #expect(Array(definitions.keys) == definitions.keys.sorted())
    }
}
