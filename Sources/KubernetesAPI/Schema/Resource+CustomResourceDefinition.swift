extension Resource {
    /// The CustomResourceDefinition (`apiextensions.k8s.io/v1`) that makes an API server serve this resource in this version.
    ///
    /// The same declaration always gives the same bytes, so the definition can be committed and compared.
    public static var customResourceDefinition: JSONObject {
        var names: JSONObject = [
            "kind": .string(kind), "listKind": .string(resource.listKind), "plural": .string(plural), "singular": .string(singular),
        ]
        if !shortNames.isEmpty { names["shortNames"] = shortNames.json }
        if !categories.isEmpty { names["categories"] = categories.json }

        var version: JSONObject = ["name": .string(resource.version), "served": true, "storage": true]
        if !resource.columns.isEmpty { version["additionalPrinterColumns"] = .array(resource.columns.map { .object($0.json) }) }
        if !resource.selectableFields.isEmpty { version["selectableFields"] = .array(resource.selectableFields.map { ["jsonPath": .string($0)] }) }
        version["schema"] = ["openAPIV3Schema": .object(definition.openAPI(.structural))]
        var subresources = JSONObject()
        if resource.subresources.contains("status") { subresources["status"] = [:] }
        if let scale = resource.scale { subresources["scale"] = .object(scale.json) }
        if !subresources.isEmpty { version["subresources"] = .object(subresources) }

        return [
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": ["name": .string("\(plural).\(group)")],
            "spec": ["group": .string(group), "names": .object(names), "scope": .string(scope.rawValue), "versions": [.object(version)]],
        ]
    }
}

extension ResourceDefinition.Column {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["name": .string(name), "type": .string(type), "jsonPath": .string(jsonPath)]
        object.set("description", description)
        object.set("format", format)
        if priority != 0 { object["priority"] = .integer(Int64(priority)) }
        return object
    }
}

extension ResourceDefinition.Scale {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["specReplicasPath": .string(specReplicas), "statusReplicasPath": .string(statusReplicas)]
        object.set("labelSelectorPath", labelSelector)
        return object
    }
}
