public import KubernetesAPI

/// Roles: permissions in a namespace.
public struct RoleKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { Role.self }
    public var nameRule: NameRule { .pathSegment }
    public var emptyObject: JSONObject { ["rules": .null] }

    public func applyDefaults(to object: inout JSONObject) { RoleRules.applyDefaults(to: &object) }
    public func creationErrors(in object: JSONObject) -> [FieldError] { RoleRules.errors(in: object, isNamespaced: true) }
    public var columns: [TableColumn] { plainColumns }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { plainCells(of: object) }
}

/// Cluster roles: permissions in the whole cluster, or put together from those of others.
public struct ClusterRoleKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { ClusterRole.self }
    public var nameRule: NameRule { .pathSegment }
    public var emptyObject: JSONObject { ["rules": .null] }

    public func applyDefaults(to object: inout JSONObject) { RoleRules.applyDefaults(to: &object) }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let errors = RoleRules.errors(in: object, isNamespaced: false)
        guard let aggregation = object["aggregationRule"]?.object else { return errors }
        let path = FieldPath("aggregationRule", "clusterRoleSelectors")
        let selectors = aggregation.goObjects("clusterRoleSelectors")
        if selectors.isEmpty { return errors + [FieldError(.required, at: path, "at least one clusterRoleSelector required if aggregationRule is non-nil")] }
        return errors + selectors.enumerated().flatMap { FieldChecks.selector($1, at: FieldPath("aggregationRule").field("clusterRoleSelectors").index($0)) }
    }

    public var columns: [TableColumn] { plainColumns }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { plainCells(of: object) }
}

enum RoleRules {
    /// Kubernetes writes rules without elements as null, and always writes verbs.
    static func applyDefaults(to object: inout JSONObject) {
        object.writeNull("rules")
        object.editElements("rules") { $0.writeNull("verbs") }
    }

    static func errors(in object: JSONObject, isNamespaced: Bool) -> [FieldError] {
        object.goObjects("rules").enumerated().flatMap { errors(inRule: $1, at: FieldPath("rules").index($0), isNamespaced: isNamespaced) }
    }

    private static func errors(inRule rule: JSONObject, at path: FieldPath, isNamespaced: Bool) -> [FieldError] {
        var errors: [FieldError] = []
        func isEmpty(_ field: String) -> Bool { rule.goList(field).isEmpty }
        if isEmpty("verbs") { errors.append(FieldError(.required, at: path.field("verbs"), "verbs must contain at least one value")) }
        if let urls = rule["nonResourceURLs"], !isEmpty("nonResourceURLs") {
            let place = path.field("nonResourceURLs")
            if isNamespaced { errors.append(FieldError(.invalid, at: place, value: urls, "namespaced rules cannot apply to non-resource URLs")) }
            if !isEmpty("apiGroups") || !isEmpty("resources") || !isEmpty("resourceNames") {
                errors.append(FieldError(.invalid, at: place, value: urls, "rules cannot apply to both regular resources and non-resource URLs"))
            }
            return errors
        }
        if isEmpty("apiGroups") { errors.append(FieldError(.required, at: path.field("apiGroups"), "resource rules must supply at least one api group")) }
        if isEmpty("resources") { errors.append(FieldError(.required, at: path.field("resources"), "resource rules must supply at least one resource")) }
        if !isEmpty("resourceNames"), rule.goList("resources").count > 1 {
            errors.append(FieldError(.required, at: path.field("resourceNames"), "resource names cannot apply to multiple resources"))
        }
        return errors
    }
}
