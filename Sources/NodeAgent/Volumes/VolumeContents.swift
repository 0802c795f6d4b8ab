public import KubernetesAPI

/// The files of volumes that are made of API objects.
public struct VolumeContents: Sendable {
    private let pod: Pod
    private let fields: PodFields
    private let sources: ConfigurationSources

    public init(of pod: Pod, at place: ContainerEnvironment.Place, from sources: ConfigurationSources) {
        self.pod = pod
        fields = PodFields(pod: pod, podIP: place.podIP, hostIP: place.hostIP, allocatable: place.allocatable)
        self.sources = sources
    }

    /// - Returns: the files by path, each path once (later projections win), or nil for a volume of another type.
    /// - Throws: ``ContainerConfigError``, the cause that a `FailedMount` event names after `MountVolume.SetUp failed for volume "x" : `.
    public func files(of volume: Volume) throws(ContainerConfigError) -> [VolumeFile]? {
        var files: [VolumeFile]
        if let source = volume.configMap {
            files = try configMap(source.name, source.items, source.optional, source.defaultMode)
        } else if let source = volume.secret {
            files = try secret(source.secretName, source.items, source.optional, source.defaultMode)
        } else if let source = volume.downwardAPI {
            files = try downward(source.items, source.defaultMode)
        } else if let source = volume.projected {
            files = []
            for projection in source.sources ?? [] { files += try project(projection, source.defaultMode) }
        } else {
            return nil
        }
        for file in files { try AtomicVolume.check(file.path) }
        var byPath: [String: VolumeFile] = [:]
        for file in files { byPath[file.path] = file }
        return byPath.values.sorted { $0.path < $1.path }
    }

    /// The message of the `FailedMount` event.
    public static func failedMount(_ volume: String, _ error: ContainerConfigError) -> String {
        "MountVolume.SetUp failed for volume \(volume.quotedAsGo) : \(error.message)"
    }

    private func project(_ projection: VolumeProjection, _ mode: Int32?) throws(ContainerConfigError) -> [VolumeFile] {
        if let source = projection.configMap { return try configMap(source.name, source.items, source.optional, mode) }
        if let source = projection.secret { return try secret(source.name, source.items, source.optional, mode) }
        if let source = projection.downwardAPI { return try downward(source.items, mode) }
        if let source = projection.serviceAccountToken {
            guard let token = sources.tokens[source.audience ?? ""] else {
                throw ContainerConfigError("failed to fetch token: no token for audience \((source.audience ?? "").quotedAsGo)")
            }
            // Like a kubelet, tokens are for their owner alone unless a group of the pod needs them.
            return [VolumeFile(source.path, text: token, mode: mode ?? 0o644)]
        }
        if projection.clusterTrustBundle?.optional == true { return [] }
        throw ContainerConfigError("clusterTrustBundle and podCertificate projections are not supported by this node")
    }

    private func configMap(_ name: String?, _ items: [KeyToPath]?, _ optional: Bool?, _ mode: Int32?) throws(ContainerConfigError) -> [VolumeFile] {
        guard let map = sources.configMaps[name ?? ""] else {
            if optional == true { return [] }
            throw ContainerConfigError("configmap \((name ?? "").quotedAsGo) not found")
        }
        let values = (map.data ?? [:]).mapValues { Array($0.utf8) }.merging((map.binaryData ?? [:]).mapValues(\.bytes)) { $1 }
        return try select(values, items, optional, mode) { "configmap references non-existent config key: \($0)" }
    }

    private func secret(_ name: String?, _ items: [KeyToPath]?, _ optional: Bool?, _ mode: Int32?) throws(ContainerConfigError) -> [VolumeFile] {
        guard let secret = sources.secrets[name ?? ""] else {
            if optional == true { return [] }
            throw ContainerConfigError("secret \((name ?? "").quotedAsGo) not found")
        }
        return try select((secret.data ?? [:]).mapValues(\.bytes), items, optional, mode) { "references non-existent secret key: \($0)" }
    }

    private func select(
        _ values: [String: [UInt8]], _ items: [KeyToPath]?, _ optional: Bool?, _ mode: Int32?, missing: (String) -> String
    ) throws(ContainerConfigError) -> [VolumeFile] {
        guard let items, !items.isEmpty else { return values.map { VolumeFile($0.key, $0.value, mode: mode ?? 0o644) } }
        var files: [VolumeFile] = []
        for item in items {
            guard let bytes = values[item.key] else {
                if optional == true { continue }
                throw ContainerConfigError(missing(item.key))
            }
            files.append(VolumeFile(item.path, bytes, mode: item.mode ?? mode ?? 0o644))
        }
        return files
    }

    private func downward(_ items: [DownwardAPIVolumeFile]?, _ mode: Int32?) throws(ContainerConfigError) -> [VolumeFile] {
        var files: [VolumeFile] = []
        for item in items ?? [] {
            let text: String
            if let field = item.fieldRef {
                text = try fields.value(of: field.fieldPath)
            } else if let resource = item.resourceFieldRef {
                text = try fields.value(of: resource, in: nil)
            } else {
                continue
            }
            files.append(VolumeFile(item.path, text: text, mode: item.mode ?? mode ?? 0o644))
        }
        return files
    }
}
