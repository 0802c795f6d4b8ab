import KubernetesAPI

/// The media types that the API knows, in the order in which messages list them.
enum MediaTypes {
    static let json = "application/json"
    static let yaml = "application/yaml"
    static let protobuf = "application/vnd.kubernetes.protobuf"
    /// What Kubernetes has. Messages name them all, so that they are the ones that people find when they search.
    static let all = [json, yaml, protobuf]
    /// What this server has of them.
    static let served = [json, yaml]
    /// What watches can be read as.
    static let streams = ["\(json);stream=watch", "\(protobuf);stream=watch"]

    /// The types of patches. Custom resources have no strategic merge, which needs declared types.
    static func patches(isCustom: Bool) -> [String] {
        ["application/json-patch+json", "application/merge-patch+json"] + (isCustom ? [] : ["application/strategic-merge-patch+json"])
            + ["application/apply-patch+yaml"]
    }
}
