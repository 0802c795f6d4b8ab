#definitions("io.k8s.apimachinery.pkg.apis.meta.v1")

/// APIGroup is the name of an API group with its versions.
struct APIGroup {
    /// The version of this representation.
    var apiVersion: String?
    /// The kind of this representation.
    var kind: String?
    /// The name of the group.
    var name: String
    /// The version that the server prefers.
    var preferredVersion: GroupVersionForDiscovery?
    /// Which server address clients in a network should use; the most specific network counts.
    @listType("atomic")
    var serverAddressByClientCIDRs: [ServerAddressByClientCIDR]?
    /// The versions in this group.
    @listType("atomic")
    var versions: [GroupVersionForDiscovery]
}

/// APIGroupList is the list of API groups, the answer of /apis.
struct APIGroupList {
    /// The version of this representation.
    var apiVersion: String?
    /// The groups.
    @listType("atomic")
    var groups: [APIGroup]
    /// The kind of this representation.
    var kind: String?
}

/// APIResource is the name of a resource, whether it is namespaced, and what can be done with it.
struct APIResource {
    /// Names of groups of resources that this one is in, such as all.
    @listType("atomic")
    var categories: [String]?
    /// The preferred group of the resource; empty means that of the list.
    var group: String?
    /// The kind of the resource's objects.
    var kind: String
    /// The plural name, as it stands in paths.
    var name: String
    /// Whether the objects live in namespaces.
    var namespaced: Bool
    /// Short names that clients suggest.
    @listType("atomic")
    var shortNames: [String]?
    /// The singular name, as people write it.
    var singularName: String
    /// A hash of the version in which the objects are stored; changes with it, and is opaque to clients.
    var storageVersionHash: String?
    /// The verbs that the resource supports, such as get, list, watch, create, update, patch, delete.
    var verbs: [String]
    /// The preferred version of the resource; empty means that of the list.
    var version: String?
}

/// APIResourceList is the list of the resources in one version of a group, the answer of /apis/group/version.
struct APIResourceList {
    /// The version of this representation.
    var apiVersion: String?
    /// The group and version that the resources are in.
    var groupVersion: String
    /// The kind of this representation.
    var kind: String?
    /// The resources and their subresources.
    @listType("atomic")
    var resources: [APIResource]
}

/// APIVersions lists the versions of the core group, the answer of /api.
struct APIVersions {
    /// The version of this representation.
    var apiVersion: String?
    /// The kind of this representation.
    var kind: String?
    /// Which server address clients in a network should use; the most specific network counts.
    @listType("atomic")
    var serverAddressByClientCIDRs: [ServerAddressByClientCIDR]
    /// The versions that are available.
    @listType("atomic")
    var versions: [String]
}

/// GroupVersionForDiscovery is a group and version, together and apart.
struct GroupVersionForDiscovery {
    /// Group and version as in group/version.
    var groupVersion: String
    /// The version alone, as in v1.
    var version: String
}

/// ServerAddressByClientCIDR says which server address the clients of a network should use.
struct ServerAddressByClientCIDR {
    /// The network.
    var clientCIDR: String
    /// The address: a host name, an IP address, or either with a port.
    var serverAddress: String
}

/// VersionInfo says which version a server is, the answer of /version.
@definition("io.k8s.apimachinery.pkg.version.Info")
struct VersionInfo {
    /// When the binary was built.
    var buildDate: String
    /// The compiler of the binary.
    var compiler: String
    /// The major version that the server emulates.
    var emulationMajor: String?
    /// The minor version that the server emulates.
    var emulationMinor: String?
    /// The commit of the sources.
    var gitCommit: String
    /// Whether the sources had changes that were not committed: clean or dirty.
    var gitTreeState: String
    /// The version as in v1.36.0.
    var gitVersion: String
    /// The version of the language that the server is written in.
    var goVersion: String
    /// The major version.
    var major: String
    /// The lowest major version that the server is compatible with.
    var minCompatibilityMajor: String?
    /// The lowest minor version that the server is compatible with.
    var minCompatibilityMinor: String?
    /// The minor version.
    var minor: String
    /// Operating system and architecture, as in linux/amd64.
    var platform: String
}
