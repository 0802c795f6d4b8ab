import KubernetesAPI

/// Volumes: their names, and one source each.
extension PodSpecRules {
    /// The sources in the order in which Kubernetes looks for them: a later one is too many.
    private static let sources = [
        "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi", "glusterfs", "flocker",
        "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc", "flexVolume", "configMap", "azureFile", "vsphereVolume",
        "photonPersistentDisk", "portworxVolume", "azureDisk", "storageos", "projected", "scaleIO", "csi", "ephemeral", "image",
    ]

    /// Texts that a source needs, where that is most of what is checked.
    private static let requiredTexts: [String: [String]] = [
        "gitRepo": ["repository"], "gcePersistentDisk": ["pdName"], "awsElasticBlockStore": ["volumeID"], "secret": ["secretName"],
        "nfs": ["server", "path"], "iscsi": ["targetPortal", "iqn"], "glusterfs": ["endpoints", "path"], "persistentVolumeClaim": ["claimName"],
        "cinder": ["volumeID"], "flexVolume": ["driver"], "configMap": ["name"], "azureFile": ["secretName", "shareName"],
        "vsphereVolume": ["volumePath"], "photonPersistentDisk": ["pdID"], "portworxVolume": ["volumeID"], "azureDisk": ["diskName", "diskURI"],
        "storageos": ["volumeName"], "scaleIO": ["gateway", "system", "volumeName"], "quobyte": ["registry", "volume"],
    ]

    mutating func checkVolumes() {
        var names: Set<String> = []
        for (index, volume) in spec.parts("volumes").enumerated() {
            let place = path.field("volumes").index(index)
            let name = volume.text("name")
            let before = errors.count
            checkSource(of: volume, at: place)
            if name.isEmpty { required(place.field("name")) } else { check(name, .dns1123Label, at: place.field("name")) }
            if names.contains(name) { duplicate(place.field("name"), name) }
            guard errors.count == before else { continue }
            names.insert(name)
            volumes[name] = volume
        }
    }

    private mutating func checkSource(of volume: PodPart, at place: FieldPath) {
        var isFirst = true
        for kind in Self.sources {
            guard let source = volume.part(kind) else { continue }
            // Two of the names are misspelt in Kubernetes' messages.
            let other = kind == "cephfs" ? "cephFS" : kind == "downwardAPI" ? "downwarAPI" : kind
            if isFirst { check(source, kind, of: volume, at: place) } else { forbidden(place.field(other), "may not specify more than 1 volume type") }
            isFirst = false
        }
        if isFirst { required(place, "must specify a volume type") }
    }

    private mutating func check(_ source: PodPart, _ kind: String, of volume: PodPart, at place: FieldPath) {
        let item = place.field(kind)
        for field in Self.requiredTexts[kind] ?? [] where source.text(field).isEmpty { required(item.field(field)) }
        switch kind {
        case "emptyDir":
            if let limit = source.value("sizeLimit").flatMap({ Quantity(json: $0) }), limit.isNegative {
                forbidden(item.field("sizeLimit"), "SizeLimit field must be a valid resource quantity")
            }
        case "hostPath": checkHostPath(source, at: item)
        case "gitRepo": checkDescending(source.text("directory"), at: item.field("directory"))
        case "gcePersistentDisk", "awsElasticBlockStore":
            if let partition = source.integer("partition"), !(0...255).contains(partition) {
                invalid(item.field("partition"), .integer(partition), Self.range(1, 255))
            }
        case "secret", "configMap":
            checkMode(source, "defaultMode", at: item)
            for (index, file) in source.parts("items").enumerated() { checkFile(file, at: item.field("items").index(index)) }
        case "nfs":
            let text = source.text("path")
            if !text.hasPrefix("/") { invalid(item.field("path"), .string(text), "must be an absolute path") }
        case "iscsi": checkISCSI(source, at: item)
        case "rbd", "cephfs":
            if source.count("monitors") == 0 { required(item.field("monitors")) }
            if kind == "rbd", source.text("image").isEmpty { required(item.field("image")) }
        case "cinder", "storageos":
            if let secret = source.part("secretRef"), secret.text("name").isEmpty { required(item.field("secretRef").field("name")) }
        case "flocker":
            if source.text("datasetName").isEmpty, source.text("datasetUUID").isEmpty {
                required(item, "one of datasetName and datasetUUID is required")
            }
        case "downwardAPI":
            checkMode(source, "defaultMode", at: item)
            // Without the files' index, as in Kubernetes.
            for file in source.parts("items") { checkDownwardFile(file, at: item) }
        case "fc":
            if source.count("targetWWNs") == 0, source.count("wwids") == 0 {
                required(item.field("targetWWNs"), "must specify either targetWWNs or wwids, but not both")
            }
        case "projected": checkProjected(source, at: item)
        case "csi": checkCSI(source, at: item)
        case "ephemeral": checkEphemeral(source, of: volume, at: place)
        case "image":
            if isPod, source.text("reference").isEmpty { required(item.field("reference")) }
            checkChoice(source, "pullPolicy", at: item, ["Always", "IfNotPresent", "Never"], isRequired: true)
        default: break
        }
    }

    private mutating func checkHostPath(_ source: PodPart, at place: FieldPath) {
        let text = source.text("path")
        if text.isEmpty { return required(place.field("path")) }
        checkNoBacksteps(text, at: place.field("path"))
        let types = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"]
        if source.has("type") { checkChoice(source, "type", at: place, types) }
    }

    private mutating func checkISCSI(_ source: PodPart, at place: FieldPath) {
        let name = source.text("iqn")
        if !name.isEmpty, !["iqn", "eui", "naa"].contains(where: { name.hasPrefix($0) }) {
            invalid(place.field("iqn"), .string(name), "must be valid format starting with iqn, eui, or naa")
        }
        if let lun = source.integer("lun"), !(0...255).contains(lun) { invalid(place.field("lun"), .integer(lun), Self.range(0, 255)) }
        if source.isTrue("chapAuthDiscovery") || source.isTrue("chapAuthSession"), !source.has("secretRef") { required(place.field("secretRef")) }
    }

    private mutating func checkCSI(_ source: PodPart, at place: FieldPath) {
        let driver = source.text("driver")
        if driver.isEmpty { required(place.field("driver")) }
        if driver.utf8.count > 63 { errors.append(.tooLong(place.field("driver"), 63)) }
        let violations = NameRule.dns1123Subdomain.violations(in: driver.lowercased())
        errors += violations.map { FieldError(.invalid, at: place.field("driver"), value: .string(driver), $0) }
        guard let secret = source.part("nodePublishSecretRef") else { return }
        let item = place.field("nodePublishSecretRef").field("name")
        if secret.text("name").isEmpty { required(item) } else { check(secret.text("name"), .dns1123Subdomain, at: item) }
    }

    private mutating func checkEphemeral(_ source: PodPart, of volume: PodPart, at place: FieldPath) {
        let item = place.field("ephemeral").field("volumeClaimTemplate")
        if let template = source.part("volumeClaimTemplate") {
            let claim = template.part("spec") ?? PodPart(nil)
            if claim.count("accessModes") == 0 { required(item.field("spec").field("accessModes"), "at least 1 access mode is required") }
            let modes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]
            for mode in claim.texts("accessModes") where !modes.contains(mode) {
                errors.append(.notSupported(item.field("spec").field("accessModes"), .string(mode), modes))
            }
            if claim.part("resources")?.quantity("storage", of: "requests") == nil {
                required(item.field("spec").field("resources").key("storage"))
            }
        } else {
            required(item)
        }
        guard case .pod(let pod) = self.place, !pod.isEmpty, !volume.text("name").isEmpty else { return }
        let claim = "\(pod)-\(volume.text("name"))"
        for violation in NameRule.dns1123Subdomain.violations(in: claim) {
            invalid(place.field("name"), .string(volume.text("name")), "PVC name \(claim.quotedAsGo): \(violation)")
        }
    }

    private mutating func checkMode(_ part: PodPart, _ field: String, at place: FieldPath) {
        guard let mode = part.integer(field), !(0...0o777).contains(mode) else { return }
        invalid(place.field(field), .integer(mode), "must be a number between 0 and 0777 (octal), both inclusive")
    }

    private mutating func checkFile(_ file: PodPart, at place: FieldPath) {
        for field in ["key", "path"] where file.text(field).isEmpty { required(place.field(field)) }
        checkLocal(file.text("path"), at: place.field("path"))
        checkMode(file, "mode", at: place)
    }

    private mutating func checkDownwardFile(_ file: PodPart, at place: FieldPath) {
        if file.text("path").isEmpty { required(place.field("path")) }
        checkLocal(file.text("path"), at: place.field("path"))
        if let reference = file.part("fieldRef") {
            checkFieldReference(reference, Self.volumeFields, at: place.field("fieldRef"))
            if file.has("resourceFieldRef") { invalid(place, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously") }
        } else if let reference = file.part("resourceFieldRef") {
            checkResourceReference(reference, needsContainer: true, at: place.field("resourceFieldRef"))
        } else {
            required(place, "one of fieldRef and resourceFieldRef is required")
        }
        checkMode(file, "mode", at: place)
    }

    private mutating func checkProjected(_ volume: PodPart, at place: FieldPath) {
        checkMode(volume, "defaultMode", at: place)
        var paths: Set<String> = []
        for (index, source) in volume.parts("sources").enumerated() {
            let item = place.field("sources").index(index)
            var count = 0
            for kind in ["secret", "configMap"] {
                guard let files = source.part(kind) else { continue }
                count += 1
                if files.text("name").isEmpty { required(item.field(kind).field("name")) }
                for (number, file) in files.parts("items").enumerated() {
                    checkFile(file, at: item.field(kind).field("items").index(number))
                    let text = file.text("path")
                    if !text.isEmpty, !paths.insert(text).inserted { invalid(place, .string(files.text("name")), "conflicting duplicate paths") }
                }
            }
            if let files = source.part("downwardAPI") {
                count += 1
                for file in files.parts("items") {
                    checkDownwardFile(file, at: item.field("downwardAPI"))
                    let text = file.text("path")
                    if !text.isEmpty, !paths.insert(text).inserted { invalid(place, .string(text), "conflicting duplicate paths") }
                }
            }
            if let token = source.part("serviceAccountToken") {
                count += 1
                checkToken(token, at: item.field("serviceAccountToken"), in: place)
            }
            if let bundle = source.part("clusterTrustBundle") {
                count += 1
                checkBundle(bundle, at: item.field("clusterTrustBundle"))
                if !paths.insert(bundle.text("path")).inserted { invalid(place, .string(bundle.text("path")), "conflicting duplicate paths") }
            }
            if count > 1 { forbidden(item, "may not specify more than 1 volume type per source") }
        }
    }

    private mutating func checkToken(_ token: PodPart, at place: FieldPath, in volume: FieldPath) {
        let seconds = token.integer("expirationSeconds") ?? 0
        if seconds < 600 { invalid(place.field("expirationSeconds"), .integer(seconds), "may not specify a duration less than 10 minutes") }
        if seconds > 1 << 32 { invalid(place.field("expirationSeconds"), .integer(seconds), "may not specify a duration larger than 2^32 seconds") }
        if token.text("path").isEmpty { required(volume.field("path")) } else { checkLocal(token.text("path"), at: volume.field("path")) }
    }

    private mutating func checkBundle(_ bundle: PodPart, at place: FieldPath) {
        switch (bundle.has("name"), bundle.has("signerName")) {
        case (true, true): invalid(place, bundle.json.withInternalNames, "only one of name and signerName may be used")
        case (false, false): required(place, "either name or signerName must be specified")
        case (true, false):
            if bundle.text("name").isEmpty { required(place.field("name"), "must be a valid object name") }
        case (false, true):
            if bundle.text("signerName").isEmpty { required(place.field("signerName"), "must be a valid signer name") }
        }
        if bundle.text("path").isEmpty { required(place.field("path")) }
        checkLocal(bundle.text("path"), at: place.field("path"))
    }
}
