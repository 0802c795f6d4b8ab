#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "resourcequotas", singular: "resourcequota", shortNames: ["quota"], scope: "Namespaced", subresources: ["status"])
struct ResourceQuota {
    var spec: ResourceQuotaSpec?
    var status: ResourceQuotaStatus?
}

struct ResourceQuotaSpec {
    var hard: [String: Quantity]?
    var scopeSelector: ScopeSelector?
    @listType("atomic")
    var scopes: [String]?
}

struct ResourceQuotaStatus {
    var hard: [String: Quantity]?
    var used: [String: Quantity]?
}

@mapType("atomic")
struct ScopeSelector {
    @listType("atomic")
    var matchExpressions: [ScopedResourceSelectorRequirement]?
}

struct ScopedResourceSelectorRequirement {
    var `operator`: String
    var scopeName: String
    @listType("atomic")
    var values: [String]?
}

@resource(group: "", version: "v1", plural: "limitranges", singular: "limitrange", shortNames: ["limits"], scope: "Namespaced")
struct LimitRange {
    var spec: LimitRangeSpec?
}

struct LimitRangeSpec {
    @listType("atomic")
    var limits: [LimitRangeItem]
}

struct LimitRangeItem {
    var type: String
    var `default`: [String: Quantity]?
    var defaultRequest: [String: Quantity]?
    var max: [String: Quantity]?
    var maxLimitRequestRatio: [String: Quantity]?
    var min: [String: Quantity]?
}
