public import KubernetesAPI

/// Claims on storage. Nothing binds them here but who writes their status.
public struct PersistentVolumeClaimKind: BuiltInKind {
    static let finalizer = "kubernetes.io/pvc-protection"

    public init() {}
    public var type: any Resource.Type { PersistentVolumeClaim.self }
    public var emptyObject: JSONObject { ["spec": ["resources": [:]], "status": [:]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            spec.editAlwaysPresent("resources")
            if !spec.goHas("volumeMode") { spec["volumeMode"] = "Filesystem" }
        }
        object.editAlwaysPresent("status") { status in
            status.fillIn("phase", "Pending")
            status.editElements("conditions") { $0.writeNull("lastProbeTime", "lastTransitionTime") }
        }
    }

    public func prepareForCreation(_ object: inout JSONObject) {
        object["status"] = ["phase": "Pending"]
        object.editAlwaysPresent("metadata") { StorageRules.protect(&$0, by: Self.finalizer) }
        object.editAlwaysPresent("spec", agreeOnSources)
    }

    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        object["status"] = old["status"]
        object.editAlwaysPresent("spec", agreeOnSources)
    }

    /// `dataSource` and `dataSourceRef` mean the same where they can.
    private func agreeOnSources(_ spec: inout JSONObject) {
        switch (spec["dataSource"].present, spec["dataSourceRef"].present) {
        case (let source?, nil): spec["dataSourceRef"] = source
        case (nil, let reference?) where reference["namespace"] == nil: spec["dataSource"] = reference
        default: break
        }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        let modes = path.field("accessModes")
        var errors: [FieldError] = []
        if spec.goList("accessModes").isEmpty { errors.append(FieldError(.required, at: modes, "at least 1 access mode is required")) }
        errors += spec.goHas("selector") ? FieldChecks.selector(spec.goObject("selector"), at: path.field("selector")) : []
        errors += StorageRules.accessModeErrors(spec, at: modes)
        let storage = path.field("resources").key("storage")
        if let size = spec["resources"]?["requests"]?["storage"] {
            errors += StorageRules.sizeErrors(size, at: storage)
        } else {
            errors.append(FieldError(.required, at: storage))
        }
        if let name = spec["storageClassName"]?.string, !name.isEmpty {
            errors += FieldChecks.name(.dns1123Subdomain, name, at: path.field("storageClassName"))
        }
        for field in ["dataSource", "dataSourceRef"] where spec.goHas(field) { errors += sourceErrors(spec.goObject(field), at: path.field(field)) }
        if let mode = spec["volumeMode"]?.string { errors += FieldChecks.oneOf(["Block", "Filesystem"], mode, at: path.field("volumeMode")) }
        return errors
    }

    private func sourceErrors(_ source: JSONObject, at path: FieldPath) -> [FieldError] {
        let (kind, group) = (source.goString("kind"), source.goString("apiGroup"))
        var errors = ["name", "kind"].filter { source.goString($0).isEmpty }.map { FieldError(.required, at: path.field($0)) }
        if !group.isEmpty { return errors + FieldChecks.name(.dns1123Subdomain, group, at: path.field("apiGroup")) }
        if kind != "PersistentVolumeClaim" {
            let detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup"
            errors.append(FieldError(.invalid, at: path, value: .string(kind), detail))
        }
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let (spec, oldSpec, path) = (object.goObject("spec"), old.goObject("spec"), FieldPath("spec"))
        let status = old.goObject("status")
        var errors = creationErrors(in: object)
        var (compared, expected) = (spec, oldSpec)
        if oldSpec.goString("volumeName").isEmpty { expected["volumeName"] = compared["volumeName"] }
        if !oldSpec.goHas("storageClassName") { expected["storageClassName"] = compared["storageClassName"] }
        let oldSize = oldSpec["resources"]?["requests"]?["storage"]
        if status.goString("phase") == "Bound" {
            compared.editPresent("resources") { resources in
                resources.editPresent("requests") { $0["storage"] = oldSize }
            }
            if compared.goHas("volumeAttributesClassName") { compared["volumeAttributesClassName"] = oldSpec["volumeAttributesClassName"] }
        }
        if compared != expected {
            let detail = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"
            errors.append(FieldError(.forbidden, at: path, detail))
        }
        if let size = spec["resources"]?["requests"]?["storage"].flatMap({ Quantity(json: $0) }), let oldSize = oldSize.flatMap({ Quantity(json: $0) }),
            size < oldSize
        {
            let capacity = status["capacity"]?["storage"].flatMap { Quantity(json: $0) }
            if capacity.map({ size <= $0 }) ?? false {
                let place = path.field("resources").field("requests").field("storage")
                errors.append(FieldError(.forbidden, at: place, "field can not be less than status.capacity"))
            }
        }
        errors += FieldChecks.unchanged(spec["volumeMode"], oldSpec["volumeMode"], at: FieldPath("volumeMode"))
        if oldSpec.goHas("volumeAttributesClassName"), spec.goString("volumeAttributesClassName").isEmpty {
            let value = spec.goHas("volumeAttributesClassName") ? "an empty string" : "nil"
            errors.append(FieldError(.forbidden, at: path.field("volumeAttributesClassName"), "update from non-nil value to \(value) is forbidden"))
        }
        return errors
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        let size = object["spec"]?["resources"]?["requests"]?["storage"]
        return StorageRules.warnings(for: object, size: size, at: "spec.resources.requests[storage]")
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Status", CoreTexts.claimPhase), TableColumn("Volume", CoreTexts.claimVolumeName),
            TableColumn("Capacity", CoreTexts.claimCapacity), TableColumn("Access Modes", CoreTexts.claimAccessModes),
            TableColumn("StorageClass", "StorageClass of the pvc"), TableColumn("VolumeAttributesClass", "VolumeAttributesClass of the pvc"), .age,
            TableColumn("VolumeMode", priority: 1, CoreTexts.claimVolumeMode),
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let (spec, status) = (object.goObject("spec"), object.goObject("status"))
        let isBound = !spec.goString("volumeName").isEmpty
        let size = status["capacity"]?["storage"].flatMap { Quantity(json: $0) }?.description ?? "0"
        return [
            TableCells.name(object), .string(object.goMetadata.goHas("deletionTimestamp") ? "Terminating" : status.goString("phase")),
            .string(spec.goString("volumeName")), .string(isBound ? size : ""),
            .string(isBound ? TableCells.accessModes(status.goStrings("accessModes")) : ""), .string(StorageRules.className(of: object)),
            spec["volumeAttributesClassName"].present ?? "<unset>", TableCells.age(object, now), spec["volumeMode"].present ?? "<unset>",
        ]
    }
}
