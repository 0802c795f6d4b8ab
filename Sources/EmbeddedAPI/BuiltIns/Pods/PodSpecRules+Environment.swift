import KubernetesAPI

/// Environment variables, and references to fields and resources of the pod.
extension PodSpecRules {
    mutating func checkEnvironment(_ variables: [PodPart], at list: FieldPath) {
        for (index, variable) in variables.enumerated() {
            let place = list.index(index)
            let name = variable.text("name")
            if name.isEmpty { required(place.field("name")) } else { check(name, .environmentVariable, at: place.field("name")) }
            guard let source = variable.part("valueFrom") else { continue }
            checkSource(source, of: variable, at: place.field("valueFrom"))
        }
    }

    private mutating func checkSource(_ source: PodPart, of variable: PodPart, at place: FieldPath) {
        var count = 0
        if let reference = source.part("fieldRef") {
            count += 1
            checkFieldReference(reference, Self.environmentFields, at: place.field("fieldRef"))
        }
        if let reference = source.part("resourceFieldRef") {
            count += 1
            checkResourceReference(reference, needsContainer: false, at: place.field("resourceFieldRef"))
        }
        for kind in ["configMapKeyRef", "secretKeyRef"] {
            guard let reference = source.part(kind) else { continue }
            count += 1
            check(reference.text("name"), .dns1123Subdomain, at: place.field(kind).field("name"))
            let key = reference.text("key")
            if key.isEmpty { required(place.field(kind).field("key")) } else { check(key, .configMapKey, at: place.field(kind).field("key")) }
        }
        if let reference = source.part("fileKeyRef") {
            count += 1
            checkFileReference(reference, at: place.field("fileKeyRef"))
        }
        if count == 0 {
            invalid(place, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")
        } else if !variable.text("value").isEmpty {
            invalid(place, "", "may not be specified when `value` is not empty")
        } else if count > 1 {
            invalid(place, "", "may not have more than one field specified at a time")
        }
    }

    private mutating func checkFileReference(_ reference: PodPart, at place: FieldPath) {
        let (key, volume, file) = (reference.text("key"), reference.text("volumeName"), reference.text("path"))
        if key.isEmpty { required(place.field("key")) } else { check(key, .environmentVariable, at: place.field("key")) }
        if volume.isEmpty {
            required(place.field("volumeName"))
        } else {
            check(volume, .dns1123Label, at: place.field("volumeName"))
        }
        if file.isEmpty { required(place.field("path")) } else { checkLocal(file, at: place.field("path")) }
    }

    mutating func checkEnvironmentSources(_ sources: [PodPart], at list: FieldPath) {
        for (index, source) in sources.enumerated() {
            let place = list.index(index)
            if !source.text("prefix").isEmpty { check(source.text("prefix"), .environmentVariable, at: place.field("prefix")) }
            var count = 0
            for kind in ["configMapRef", "secretRef"] {
                guard let reference = source.part(kind) else { continue }
                count += 1
                let name = reference.text("name")
                if name.isEmpty {
                    required(place.field(kind).field("name"))
                } else {
                    check(name, .dns1123Subdomain, at: place.field(kind).field("name"))
                }
            }
            if count == 0 { invalid(list, "", "must specify one of: `configMapRef` or `secretRef`") }
            if count > 1 { invalid(list, "", "may not have more than one field specified at a time") }
        }
    }

    static let environmentFields = [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP",
        "status.podIPs",
    ]
    static let volumeFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"]
    /// Fields that a reference may name somewhere; elsewhere they are refused in other words.
    private static let convertibleFields = Set(environmentFields + volumeFields + ["spec.restartPolicy", "spec.schedulerName", "status.phase"])
    private static let containerResources = [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ]

    /// - Parameter fields: what may be named, sorted.
    mutating func checkFieldReference(_ reference: PodPart, _ fields: [String], at place: FieldPath) {
        let (version, field) = (reference.text("apiVersion"), reference.text("fieldPath"))
        if version.isEmpty { return required(place.field("apiVersion")) }
        if field.isEmpty { return required(place.field("fieldPath")) }
        func refuse(_ reason: String) { invalid(place.field("fieldPath"), .string(field), "error converting fieldPath: \(reason)") }
        guard version == "v1" else { return refuse("unsupported pod version: \(version)") }
        if field.hasSuffix("']"), let bracket = field.firstRange(of: "['") {
            let (path, key) = (String(field[..<bracket.lowerBound]), String(field[bracket.upperBound...].dropLast(2)))
            switch path {
            case "metadata.annotations": check(key.lowercased(), .qualifiedName, at: place)
            case "metadata.labels": check(key, .qualifiedName, at: place)
            default:
                if Self.convertibleFields.contains(path) {
                    invalid(place, .string(path), "does not support subscript")
                } else {
                    refuse("field label does not support subscript: \(field)")
                }
            }
            return
        }
        let converted = field == "spec.host" ? "spec.nodeName" : field
        guard Self.convertibleFields.contains(converted) else { return refuse("field label not supported: \(field)") }
        if !fields.contains(converted) { errors.append(.notSupported(place.field("fieldPath"), .string(converted), fields)) }
    }

    mutating func checkResourceReference(_ reference: PodPart, needsContainer: Bool, at place: FieldPath) {
        let resource = reference.text("resource")
        let isHugePages = resource.hasPrefix("limits.hugepages-") || resource.hasPrefix("requests.hugepages-")
        if needsContainer, reference.text("containerName").isEmpty {
            required(place.field("containerName"))
        } else if resource.isEmpty {
            required(place.field("resource"))
        } else if !Self.containerResources.contains(resource), !isHugePages {
            errors.append(.notSupported(place.field("resource"), .string(resource), Self.containerResources))
        }
        guard let divisor = reference.value("divisor").flatMap({ Quantity(json: $0) }), !divisor.isZero else { return }
        let name: String
        switch resource {
        case "limits.cpu", "requests.cpu":
            if !["1", "1m"].contains(divisor.canonicalText) {
                invalid(place.field("divisor"), .string(resource), "only divisor's values 1m and 1 are supported with the cpu resource")
            }
            return
        case "limits.memory", "requests.memory": name = "memory"
        case "limits.ephemeral-storage", "requests.ephemeral-storage": name = "local ephemeral storage"
        default:
            guard isHugePages else { return }
            name = "hugepages"
        }
        let allowed = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"]
        guard !allowed.contains(divisor.canonicalText) else { return }
        invalid(place.field("divisor"), .string(resource), "only divisor's values \(allowed.joined(separator: ", ")) are supported with the \(name) resource")
    }
}
