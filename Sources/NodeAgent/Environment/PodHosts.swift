public import KubernetesAPI

/// The pod's name on its network, and its `/etc/hosts`.
public enum PodHosts {
    /// At most 63 characters; the pod's name where the spec does not set one.
    public static func hostname(of pod: Pod) -> String {
        if let override = pod.spec?.hostnameOverride, !override.isEmpty { return override }
        let name = pod.spec?.hostname.flatMap { $0.isEmpty ? nil : $0 } ?? pod.name
        var cut = String(name.prefix(63))
        while let last = cut.last, last == "-" || last == "." { cut.removeLast() }
        return cut
    }

    /// - Parameter address: the pod's.
    public static func hostsFile(of pod: Pod, address: String) -> String {
        var text = """
            # Kubernetes-managed hosts file.
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            fe00::0\tip6-mcastprefix
            fe00::1\tip6-allnodes
            fe00::2\tip6-allrouters
            \(address)\t\(hostname(of: pod))

            """
        let aliases = pod.spec?.hostAliases ?? []
        if !aliases.isEmpty {
            text += "\n# Entries added by HostAliases.\n"
            for alias in aliases { text += "\(alias.ip)\t\((alias.hostnames ?? []).joined(separator: "\t"))\n" }
        }
        return text
    }
}
