public import KubernetesAPI

/// Persistent volumes. Nothing provides or binds them here but who writes their status.
public struct PersistentVolumeKind: BuiltInKind {
    static let finalizer = "kubernetes.io/pv-protection"
    /// Fields of the spec that say what a volume is.
    private static let sources = [
        "gcePersistentDisk", "awsElasticBlockStore", "hostPath", "glusterfs", "nfs", "rbd", "iscsi", "cinder", "cephfs", "fc", "flocker", "flexVolume",
        "azureFile", "vsphereVolume", "quobyte", "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "local", "storageos", "csi",
    ]

    public init() {}
    public var type: any Resource.Type { PersistentVolume.self }
    public var emptyObject: JSONObject { ["spec": [:], "status": [:]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            spec.fillIn("persistentVolumeReclaimPolicy", "Retain")
            if !spec.goHas("volumeMode") { spec["volumeMode"] = "Filesystem" }
            spec.editPresent("hostPath") { if !$0.goHas("type") { $0["type"] = "" } }
            spec.editPresent("iscsi") { $0.fillIn("iscsiInterface", "default") }
        }
        object.editAlwaysPresent("status") { $0.fillIn("phase", "Pending") }
    }

    public func prepareForCreation(_ object: inout JSONObject) {
        object["status"] = ["phase": "Pending"]
        object.editAlwaysPresent("metadata") { StorageRules.protect(&$0, by: Self.finalizer) }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        var errors: [FieldError] = []
        if spec.goList("accessModes").isEmpty { errors.append(FieldError(.required, at: path.field("accessModes"))) }
        errors += StorageRules.accessModeErrors(spec, at: path.field("accessModes"))
        let (capacity, place) = (spec.goObject("capacity"), path.field("capacity"))
        if capacity.isEmpty { errors.append(FieldError(.required, at: place)) }
        if !capacity.isEmpty, capacity.count > 1 || capacity["storage"] == nil {
            errors.append(.notSupported(place, .object(capacity), ["storage"]))
        }
        for (name, value) in capacity { errors += StorageRules.sizeErrors(value, at: place.key(name)) }
        let policy = spec.goString("persistentVolumeReclaimPolicy")
        if !policy.isEmpty {
            errors += FieldChecks.oneOf(["Delete", "Recycle", "Retain"], policy, at: path.field("persistentVolumeReclaimPolicy"))
        }
        errors += sourceErrors(spec, path)
        let name = spec.goString("storageClassName")
        if !name.isEmpty { errors += FieldChecks.name(.dns1123Subdomain, name, at: path.field("storageClassName")) }
        if let mode = spec["volumeMode"]?.string { errors += FieldChecks.oneOf(["Block", "Filesystem"], mode, at: path.field("volumeMode")) }
        return errors
    }

    private func sourceErrors(_ spec: JSONObject, _ path: FieldPath) -> [FieldError] {
        let present = Self.sources.filter { spec.goHas($0) }
        guard let source = present.first else { return [FieldError(.required, at: path, "must specify a volume type")] }
        var errors = present.dropFirst().map { FieldError(.forbidden, at: path.field($0), "may not specify more than 1 volume type") }
        let required = ["hostPath": ["path"], "local": ["path"], "nfs": ["server", "path"], "csi": ["driver", "volumeHandle"]]
        let value = spec.goObject(source)
        for field in required[source] ?? [] where value.goString(field).isEmpty {
            errors.append(FieldError(.required, at: path.field(source).field(field)))
        }
        if source == "nfs", !value.goString("path").isEmpty, !value.goString("path").hasPrefix("/") {
            errors.append(FieldError(.invalid, at: path.field("nfs").field("path"), value: value["path"], "must be an absolute path"))
        }
        if source == "local", !spec.goHas("nodeAffinity") {
            errors.append(FieldError(.required, at: FieldPath("metadata", "annotations"), "Local volume requires node affinity"))
        }
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let (spec, oldSpec, path) = (object.goObject("spec"), old.goObject("spec"), FieldPath("spec"))
        var errors = creationErrors(in: object)
        if Self.sources.contains(where: { (spec[$0].present ?? .null) != (oldSpec[$0].present ?? .null) }) {
            let detail = "spec.persistentvolumesource is immutable after creation"
            errors.append(FieldError(.forbidden, at: path.field("persistentvolumesource"), detail))
        }
        errors += FieldChecks.unchanged(spec["volumeMode"], oldSpec["volumeMode"], at: path.field("volumeMode"))
        if oldSpec.goHas("nodeAffinity") {
            errors += FieldChecks.unchanged(spec["nodeAffinity"], oldSpec["nodeAffinity"], at: path.field("nodeAffinity"))
        }
        return errors
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        let spec = object.goObject("spec")
        let texts = StorageRules.warnings(for: object, size: spec["capacity"]?["storage"], at: "spec.capacity[storage]")
        guard spec.goString("persistentVolumeReclaimPolicy") == "Recycle" else { return texts }
        let advice = "Instead, the recommended approach is to use dynamic provisioning."
        return texts + ["spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. \(advice)"]
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Capacity", CoreTexts.volumeCapacity), TableColumn("Access Modes", CoreTexts.volumeAccessModes),
            TableColumn("Reclaim Policy", CoreTexts.volumeReclaimPolicy), TableColumn("Status", CoreTexts.volumePhase),
            TableColumn("Claim", CoreTexts.volumeClaim), TableColumn("StorageClass", "StorageClass of the pv"),
            TableColumn("VolumeAttributesClass", "VolumeAttributesClass of the pv"), TableColumn("Reason", CoreTexts.volumeReason), .age,
            TableColumn("VolumeMode", priority: 1, CoreTexts.volumeMode),
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let (spec, status) = (object.goObject("spec"), object.goObject("status"))
        let claim = spec["claimRef"]?.object.map { "\($0.goString("namespace"))/\($0.goString("name"))" } ?? ""
        let size = spec["capacity"]?["storage"].flatMap { Quantity(json: $0) }?.description ?? "0"
        return [
            TableCells.name(object), .string(size), .string(TableCells.accessModes(spec.goStrings("accessModes"))),
            .string(spec.goString("persistentVolumeReclaimPolicy")),
            .string(object.goMetadata.goHas("deletionTimestamp") ? "Terminating" : status.goString("phase")), .string(claim),
            .string(StorageRules.className(of: object)), spec["volumeAttributesClassName"].present ?? "<unset>", .string(status.goString("reason")),
            TableCells.age(object, now), spec["volumeMode"].present ?? "<unset>",
        ]
    }
}
