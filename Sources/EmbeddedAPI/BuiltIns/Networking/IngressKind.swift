public import KubernetesAPI

/// Ingresses. Nothing routes by them here.
public struct IngressKind: BuiltInKind {
    static let classAnnotation = "kubernetes.io/ingress.class"

    public init() {}
    public var type: any Resource.Type { Ingress.self }
    public var hasGeneration: Bool { true }
    public var emptyObject: JSONObject { ["spec": [:], "status": ["loadBalancer": [:]]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            spec.editElements("rules") { rule in
                rule.editPresent("http") { http in
                    http.writeNull("paths")
                    http.editElements("paths") { path in
                        path.editAlwaysPresent("backend")
                        if !path.goHas("pathType") { path["pathType"] = .null }
                    }
                }
            }
        }
        object.editAlwaysPresent("status") { $0.editAlwaysPresent("loadBalancer") }
    }

    public func prepareForCreation(_ object: inout JSONObject) { object["status"] = ["loadBalancer": [:]] }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let errors = IngressRules.errors(in: object.goObject("spec"))
        let annotation = object.goMetadata.goObject("annotations")[Self.classAnnotation]
        guard let annotation, let name = object["spec"]?["ingressClassName"]?.string, annotation.string != name else { return errors }
        let path = FieldPath("annotations", Self.classAnnotation)
        return errors + [FieldError(.invalid, at: path, value: annotation, "must match `ingressClassName` when both are specified")]
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] { IngressRules.errors(in: object.goObject("spec")) }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        object.goObject("status").goObject("loadBalancer").goObjects("ingress").enumerated().flatMap {
            FieldChecks.loadBalancerAddress($1, at: FieldPath("status", "loadBalancer", "ingress").index($0))
        }
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        let isAnnotated = object.goMetadata.goObject("annotations")[Self.classAnnotation] != nil
        guard old == nil, isAnnotated, !object.goObject("spec").goHas("ingressClassName") else { return [] }
        return ["annotation \"\(Self.classAnnotation)\" is deprecated, please use 'spec.ingressClassName' instead"]
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Class", "The name of the IngressClass resource that should be used for additional configuration"),
            TableColumn("Hosts", "Hosts that incoming requests are matched against before the ingress rule"),
            TableColumn("Address", "Address is a list containing ingress points for the load-balancer"),
            TableColumn("Ports", "Ports of TLS configurations that open"), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let spec = object.goObject("spec")
        let hosts = spec.goObjects("rules").map { $0.goString("host") }.filter { !$0.isEmpty }
        return [
            TableCells.name(object), spec["ingressClassName"].present ?? "<none>", .string(hosts.isEmpty ? "*" : TableCells.firstOf(hosts)),
            .string(TableCells.loadBalancer(object.goObject("status"))), .string(spec.goList("tls").isEmpty ? "80" : "80, 443"), TableCells.age(object, now),
        ]
    }
}
