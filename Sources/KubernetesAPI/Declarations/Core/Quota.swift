#definitions("io.k8s.api.core.v1")

/// A limit on what a namespace may use in all.
@resource(group: "", version: "v1", plural: "resourcequotas", singular: "resourcequota", shortNames: ["quota"], scope: "Namespaced", subresources: ["status"])
struct ResourceQuota {
    /// The limits, and what they apply to.
    var spec: ResourceQuotaSpec?
    /// The limits in effect and what is used of them.
    var status: ResourceQuotaStatus?
}

/// The limits of a quota, and what they apply to.
struct ResourceQuotaSpec {
    /// The most of each resource, such as requests.cpu, limits.memory, pods or count/jobs.batch.
    var hard: [String: Quantity]?
    /// What an object must be to be counted, in all points: Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass or others. All objects by
    /// default.
    @listType("atomic")
    var scopes: [String]?
    /// What an object must be to be counted, with operators and values. It must match together with scopes.
    var scopeSelector: ScopeSelector?
}

/// The limits of a quota and what is used of them.
struct ResourceQuotaStatus {
    /// The limits in effect.
    var hard: [String: Quantity]?
    /// What the namespace uses now.
    var used: [String: Quantity]?
}

/// Describes objects by their scopes.
@mapType("atomic")
struct ScopeSelector {
    /// Requirements that must all be met.
    @listType("atomic")
    var matchExpressions: [ScopedResourceSelectorRequirement]?
}

/// A condition on one scope of an object.
struct ScopedResourceSelectorRequirement {
    /// The scope, such as PriorityClass or Terminating.
    var scopeName: String
    /// How the value is compared: In, NotIn, Exists or DoesNotExist. Only PriorityClass and VolumeAttributesClass have values.
    var `operator`: String
    /// What it is compared with: one or more values for In and NotIn, none for the others.
    @listType("atomic")
    var values: [String]?
}

/// Limits and defaults for the resources of each single object in a namespace.
@resource(group: "", version: "v1", plural: "limitranges", singular: "limitrange", shortNames: ["limits"], scope: "Namespaced")
struct LimitRange {
    /// The limits.
    var spec: LimitRangeSpec?
}

/// The limits for each kind of object.
struct LimitRangeSpec {
    /// The limits. All apply.
    @listType("atomic")
    var limits: [LimitRangeItem]
}

/// Limits for one kind of object.
struct LimitRangeItem {
    /// What they apply to: Container, Pod or PersistentVolumeClaim.
    var type: String
    /// The least of each resource that may be asked for.
    var min: [String: Quantity]?
    /// The most of each resource that may be asked for.
    var max: [String: Quantity]?
    /// The limit for each resource where a container sets none.
    var `default`: [String: Quantity]?
    /// The request for each resource where a container sets none.
    var defaultRequest: [String: Quantity]?
    /// How many times the request of a resource its limit may be.
    var maxLimitRequestRatio: [String: Quantity]?
}
