public import KubernetesAPI

/// Ingress classes. There is no controller for them here.
public struct IngressClassKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { IngressClass.self }
    public var hasGeneration: Bool { true }
    public var emptyObject: JSONObject { ["spec": [:]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            spec.editPresent("parameters") { if !$0.goHas("scope") { $0["scope"] = "Cluster" } }
        }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        let controller = spec.goString("controller")
        var errors = controllerErrors(controller, at: path.field("controller"))
        guard let parameters = spec["parameters"]?.object else { return errors }
        let place = path.field("parameters")
        errors += IngressRules.referenceErrors(parameters, at: place)
        let namespace = parameters["namespace"]?.string
        switch parameters.goString("scope") {
        case "Namespace":
            guard let namespace else { return errors + [FieldError(.required, at: place.field("namespace"), "`parameters.scope` is set to 'Namespace'")] }
            errors += FieldChecks.name(.dns1123Label, namespace, at: place.field("namespace"))
        case "Cluster":
            if namespace != nil { errors.append(FieldError(.forbidden, at: place.field("namespace"), "`parameters.scope` is set to 'Cluster'")) }
        case let scope: errors.append(.notSupported(place.field("scope"), .string(scope), ["Cluster", "Namespace"]))
        }
        return errors
    }

    /// A domain, a slash and a path.
    private func controllerErrors(_ text: String, at path: FieldPath) -> [FieldError] {
        if text.isEmpty { return [FieldError(.required, at: path)] }
        var errors: [FieldError] = text.utf8.count > 250 ? [.tooLong(path, 250)] : []
        guard let slash = text.firstIndex(of: "/"), slash > text.startIndex, text.index(after: slash) < text.endIndex else {
            return errors + [FieldError(.invalid, at: path, value: .string(text), "must be a domain-prefixed path (such as \"acme.io/foo\")")]
        }
        errors += FieldChecks.name(.dns1123Subdomain, String(text[..<slash]), at: path)
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        FieldChecks.unchanged(object["spec"]?["controller"], old["spec"]?["controller"], at: FieldPath("spec", "controller")) + creationErrors(in: object)
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Controller", "Controller that is responsible for handling corresponding Ingress resources"),
            TableColumn("Parameters", "A reference to a resource with additional parameters"), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let spec = object.goObject("spec")
        let parameters = spec["parameters"]?.object.map { reference in
            let group = reference["apiGroup"]?.string.map { ".\($0)" } ?? ""
            return "\(reference.goString("kind"))\(group)/\(reference.goString("name"))"
        }
        return [TableCells.name(object), .string(spec.goString("controller")), .string(parameters ?? "<none>"), TableCells.age(object, now)]
    }
}
