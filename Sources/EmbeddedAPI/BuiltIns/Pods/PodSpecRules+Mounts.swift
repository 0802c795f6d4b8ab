import KubernetesAPI

/// What containers mount.
extension PodSpecRules {
    mutating func checkMounts(of container: PodPart, at place: FieldPath) {
        let list = place.field("volumeMounts")
        let devices = container.parts("volumeDevices")
        var paths: Set<String> = []
        for (index, mount) in container.parts("volumeMounts").enumerated() {
            let item = list.index(index)
            let (name, mountPath, subPath, expression) = (
                mount.text("name"), mount.text("mountPath"), mount.text("subPath"), mount.text("subPathExpr")
            )
            if name.isEmpty { required(item.field("name")) }
            if volumes[name] == nil { notFound(item.field("name"), name) }
            if mountPath.isEmpty { required(item.field("mountPath")) }
            if !paths.insert(mountPath).inserted { invalid(item.field("mountPath"), .string(mountPath), "must be unique") }
            if devices.contains(where: { $0.text("name") == name }) {
                invalid(item.field("name"), .string(name), "must not already exist in volumeDevices")
            }
            if devices.contains(where: { $0.text("devicePath") == mountPath }) {
                invalid(item.field("mountPath"), .string(mountPath), "must not already exist as a path in volumeDevices")
            }
            if volumes[name]?.has("image") ?? false {
                for field in ["subPath", "subPathExpr"] where !mount.text(field).isEmpty {
                    invalid(item.field(field), .string(mount.text(field)), "not allowed in image volume sources")
                }
            }
            // Kubernetes names these without the mount's index.
            if !subPath.isEmpty { checkDescending(subPath, at: list.field("subPath")) }
            if !expression.isEmpty {
                if !subPath.isEmpty {
                    invalid(item.field("subPathExpr"), .string(expression), "subPathExpr and subPath are mutually exclusive")
                }
                checkDescending(expression, at: list.field("subPathExpr"))
            }
            checkPropagation(of: mount, in: container, at: list)
        }
    }

    private mutating func checkPropagation(of mount: PodPart, in container: PodPart, at list: FieldPath) {
        let propagation = mount.text("mountPropagation")
        if mount.has("mountPropagation") {
            checkChoice(mount, "mountPropagation", at: list, ["Bidirectional", "HostToContainer", "None"])
            if propagation == "Bidirectional", !(container.part("securityContext")?.isTrue("privileged") ?? false) {
                forbidden(list.field("mountPropagation"), "Bidirectional mount propagation is available only to privileged containers")
            }
        }
        guard mount.has("recursiveReadOnly") else { return }
        let place = list.field("recursiveReadOnly")
        switch mount.text("recursiveReadOnly") {
        case "Disabled": break
        case "Enabled", "IfPossible":
            if !mount.isTrue("readOnly") { forbidden(place, "may only be specified when readOnly is true") }
            if mount.has("mountPropagation"), propagation != "None" {
                forbidden(place, "may only be specified when mountPropagation is None or not specified")
            }
        case let other: errors.append(.notSupported(place, .string(other), ["Disabled", "Enabled", "IfPossible"]))
        }
    }

    mutating func checkDevices(of container: PodPart, at place: FieldPath) {
        let mounts = container.parts("volumeMounts")
        var (names, paths): (Set<String>, Set<String>) = ([], [])
        for (index, device) in container.parts("volumeDevices").enumerated() {
            let item = place.field("volumeDevices").index(index)
            let (name, devicePath) = (device.text("name"), device.text("devicePath"))
            if name.isEmpty { required(item.field("name")) }
            if names.contains(name) { invalid(item.field("name"), .string(name), "must be unique") }
            if let volume = volumes[name] {
                if !volume.has("persistentVolumeClaim"), !volume.has("ephemeral") {
                    let detail = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"
                    invalid(item.field("name"), .string(name), detail)
                }
            } else {
                notFound(item.field("name"), name)
            }
            if devicePath.isEmpty { required(item.field("devicePath")) }
            if paths.contains(devicePath) { invalid(item.field("devicePath"), .string(devicePath), "must be unique") }
            if devicePath.split(separator: "/").contains("..") {
                invalid(item.field("devicePath"), .string(devicePath), "can not contain backsteps ('..')")
            } else {
                paths.insert(devicePath)
            }
            if mounts.contains(where: { $0.text("name") == name }) {
                invalid(item.field("name"), .string(name), "must not already exist in volumeMounts")
            }
            if mounts.contains(where: { $0.text("mountPath") == devicePath }) {
                invalid(item.field("devicePath"), .string(devicePath), "must not already exist as a path in volumeMounts")
            }
            if !name.isEmpty { names.insert(name) }
        }
    }
}
