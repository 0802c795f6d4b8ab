import TestSupport
import Testing

@testable import KubernetesAPI

/// Compares what is declared with the facts of Kubernetes' OpenAPI documents.
@Suite struct KubernetesFieldsTests {
    @Test func declaredTypesAreThoseOfKubernetes() throws {
        guard let file = Conformance.path("kubernetes-fields.json"), let definitions = try Conformance.json(file)["definitions"]?.object else { return }
        var tally = ConformanceTally("kubernetes-fields types")
        var fieldCount = 0
        for type in Scheme.kubernetesAPI.structs {
            guard let facts = definitions[type.definition.name] else {
                tally.check(type.definition.name) { "\(type) is no type of Kubernetes" }
                continue
            }
            tally.check(type.definition.name) {
                fieldCount += type.definition.fields.count
                let differences = Self.differences(of: type, from: facts)
                return differences.isEmpty ? nil : differences.joined(separator: "; ")
            }
        }
        print("kubernetes-fields: \(tally.total - tally.failures.count)/\(tally.total) types, \(fieldCount) fields")
        tally.report()
    }

    private static func differences(of type: any APIStruct.Type, from facts: JSONValue) -> [String] {
        let definition = type.definition
        var differences: [String] = []
        func compare(_ what: String, _ ours: some Equatable & CustomStringConvertible, _ theirs: some Equatable & CustomStringConvertible) {
            if ours.description != theirs.description { differences.append("\(what) is \(ours), in Kubernetes \(theirs)") }
        }
        compare("mapType", definition.mapType ?? "none", facts["mapType"]?.string ?? "none")
        var required = Set(facts["required"]?.array?.compactMap(\.string) ?? [])
        // Implicit in resources, and optional there; Kubernetes marks it as required in Events alone.
        if type is any Resource.Type { required.remove("metadata") }
        let declaredNames = Set(definition.fields.map(\.name))
        compare("required", definition.fields.filter(\.isRequired).map(\.name).sorted(), required.intersection(declaredNames).sorted())
        for name in required.subtracting(declaredNames).sorted() { differences.append("the required field \(name) is not declared") }
        for field in definition.fields {
            guard let fact = facts["fields"]?[field.name] else {
                differences.append("\(field.name) is no field in Kubernetes")
                continue
            }
            compare("type of \(field.name)", self.type(of: field.schema), self.type(of: fact))
            compare("listType of \(field.name)", field.schema.listType ?? "none", fact["listType"]?.string ?? "none")
            compare("listMapKeys of \(field.name)", field.schema.listMapKeys, fact["listMapKeys"]?.array?.compactMap(\.string) ?? [])
            compare("patchStrategy of \(field.name)", field.schema.patchStrategies.joined(separator: ","), fact["patchStrategy"]?.string ?? "")
            compare("patchMergeKey of \(field.name)", field.schema.patchMergeKey ?? "none", fact["patchMergeKey"]?.string ?? "none")
            compare("default of \(field.name)", field.schema.defaultValue ?? nil, fact["default"] ?? nil)
            if fact["ref"] == nil {
                let ours = field.schema.keywords.compactMap { if case .mapType(let type) = $0 { type } else { nil } }.first
                compare("mapType of \(field.name)", ours ?? "none", fact["mapType"]?.string ?? "none")
            }
        }
        if let kind = facts["kinds"]?[0], let resource = (type as? any Resource.Type)?.resource {
            compare("group", resource.group, kind["group"]?.string ?? "")
            compare("version", resource.version, kind["version"]?.string ?? "")
            compare("kind", resource.kind, kind["kind"]?.string ?? "")
        }
        return differences
    }

    /// Definitions that hold any JSON, which we read as such.
    private static let open: Set<String> = [
        "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", "io.k8s.apimachinery.pkg.runtime.RawExtension",
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray",
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool",
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray",
    ]

    private static func type(of fact: JSONValue) -> String {
        if let element = fact["list"] { return "list of \(type(of: element))" }
        if let element = fact["map"] { return "map of \(type(of: element))" }
        if let reference = fact["ref"]?.string { return open.contains(reference) ? "open" : reference }
        return (fact["type"]?.string ?? "?") + (fact["format"]?.string.map { "/\($0)" } ?? "")
    }

    private static func type(of schema: Schema) -> String {
        let meta = "io.k8s.apimachinery.pkg.apis.meta.v1."
        return switch schema.type {
        case .string, .enumeration: "string"
        case .boolean: "boolean"
        case .int32: "integer/int32"
        case .int64: "integer/int64"
        case .double: "number/double"
        case .base64: "string/byte"
        case .time: meta + "Time"
        case .microTime: meta + "MicroTime"
        case .duration: "string/duration"
        case .quantity: "io.k8s.apimachinery.pkg.api.resource.Quantity"
        case .integerOrString: "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
        case .any, .anyObject: "open"
        case .array(let element): "list of \(type(of: element))"
        case .map(let element): "map of \(type(of: element))"
        case .structure(let type): type.definition.name
        }
    }

    /// Scope, names, short names, categories and subresources, by API discovery.
    @Test func declaredResourcesAreThoseOfKubernetes() throws {
        guard let file = Conformance.path("kubernetes-resources.json"), let facts = try Conformance.json(file)["resources"]?.array else { return }
        var tally = ConformanceTally("kubernetes-resources")
        for resource in Scheme.kubernetesAPI.resources.map({ $0.resource }) {
            tally.check("\(resource.groupVersionKind)") {
                func isMeant(_ fact: JSONValue) -> Bool { fact["group"]?.string == resource.group && fact["version"]?.string == resource.version }
                guard let fact = facts.first(where: { isMeant($0) && $0["resource"]?.string == resource.plural }) else {
                    return Self.isKindOfSubresource(resource, in: facts) ? nil : "no such resource"
                }
                let subresources = facts.filter { isMeant($0) }.compactMap { $0["resource"]?.string }.filter { $0.hasPrefix(resource.plural + "/") }
                    .map { String($0.dropFirst(resource.plural.count + 1)) }
                if fact["kind"]?.string != resource.kind { return "kind" }
                if fact["namespaced"]?.bool != (resource.scope == .namespaced) { return "scope" }
                if let singular = fact["singularName"]?.string, !singular.isEmpty, singular != resource.singular { return "singular \(singular)" }
                if (fact["shortNames"]?.array?.compactMap(\.string) ?? []) != resource.shortNames { return "shortNames \(fact)" }
                if (fact["categories"]?.array?.compactMap(\.string) ?? []) != resource.categories { return "categories \(fact)" }
                let unknown = Set(resource.subresources).subtracting(subresources)
                return unknown.isEmpty ? nil : "no subresources \(unknown.sorted()) in \(subresources.sorted())"
            }
        }
        if !Scheme.kubernetesAPI.resources.isEmpty { tally.report() }
    }

    /// Some kinds are only sent to subresources: Eviction to `pods/eviction`, Scale to `deployments/scale`.
    private static func isKindOfSubresource(_ resource: ResourceDefinition, in facts: [JSONValue]) -> Bool {
        facts.contains { fact in
            fact["resource"]?.string?.contains("/") == true && fact["kind"]?.string == resource.kind
                && (fact["kindGroup"]?.string ?? fact["group"]?.string) == resource.group
                && (fact["kindVersion"]?.string ?? fact["version"]?.string) == resource.version
        }
    }
}
