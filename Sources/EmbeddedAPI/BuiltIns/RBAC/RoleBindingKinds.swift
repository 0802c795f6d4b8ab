public import KubernetesAPI

/// Role bindings: a role for someone in one namespace.
public struct RoleBindingKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { RoleBinding.self }
    public var nameRule: NameRule { .pathSegment }
    public var emptyObject: JSONObject { ["roleRef": ["apiGroup": "", "kind": "", "name": ""]] }

    public func applyDefaults(to object: inout JSONObject) { RoleBindingRules.applyDefaults(to: &object) }
    public func creationErrors(in object: JSONObject) -> [FieldError] { RoleBindingRules.errors(in: object, isNamespaced: true) }
    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        creationErrors(in: object) + RoleBindingRules.updateErrors(in: object, replacing: old)
    }
    public var columns: [TableColumn] { RoleBindingRules.columns(of: "roleBinding") }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { RoleBindingRules.cells(of: object, now: now) }
}

/// Cluster role bindings: a cluster role for someone in the whole cluster.
public struct ClusterRoleBindingKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { ClusterRoleBinding.self }
    public var nameRule: NameRule { .pathSegment }
    public var emptyObject: JSONObject { ["roleRef": ["apiGroup": "", "kind": "", "name": ""]] }

    public func applyDefaults(to object: inout JSONObject) { RoleBindingRules.applyDefaults(to: &object) }
    public func creationErrors(in object: JSONObject) -> [FieldError] { RoleBindingRules.errors(in: object, isNamespaced: false) }
    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        creationErrors(in: object) + RoleBindingRules.updateErrors(in: object, replacing: old)
    }
    public var columns: [TableColumn] { RoleBindingRules.columns(of: "clusterRoleBinding") }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { RoleBindingRules.cells(of: object, now: now) }
}

enum RoleBindingRules {
    private static let group = "rbac.authorization.k8s.io"

    static func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("roleRef") { role in
            role.fillIn("apiGroup", .string(group))
            role.fillIn("kind", "")
            role.fillIn("name", "")
        }
        object.editElements("subjects") { subject in
            if ["User", "Group"].contains(subject.goString("kind")) { subject.fillIn("apiGroup", .string(group)) }
        }
    }

    static func errors(in object: JSONObject, isNamespaced: Bool) -> [FieldError] {
        let (role, path) = (object.goObject("roleRef"), FieldPath("roleRef"))
        var errors = FieldChecks.oneOf([group], role.goString("apiGroup"), at: path.field("apiGroup"))
        errors += FieldChecks.oneOf(isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"], role.goString("kind"), at: path.field("kind"))
        errors += FieldChecks.requiredName(.pathSegment, role.goString("name"), at: path.field("name"))
        for (index, subject) in object.goObjects("subjects").enumerated() {
            errors += subjectErrors(subject, at: FieldPath("subjects").index(index), isNamespaced: isNamespaced)
        }
        return errors
    }

    private static func subjectErrors(_ subject: JSONObject, at path: FieldPath, isNamespaced: Bool) -> [FieldError] {
        let (name, kind, apiGroup) = (subject.goString("name"), subject.goString("kind"), subject.goString("apiGroup"))
        var errors = name.isEmpty ? [FieldError(.required, at: path.field("name"))] : []
        switch kind {
        case "ServiceAccount":
            if !name.isEmpty { errors += FieldChecks.name(.dns1123Subdomain, name, at: path.field("name")) }
            if !apiGroup.isEmpty { errors += FieldChecks.oneOf([""], apiGroup, at: path.field("apiGroup")) }
            if !isNamespaced, subject.goString("namespace").isEmpty { errors.append(FieldError(.required, at: path.field("namespace"))) }
        case "User", "Group":
            if name.isEmpty { errors.append(FieldError(.invalid, at: path.field("name"), value: "", "\(kind.lowercased()) name cannot be empty")) }
            errors += FieldChecks.oneOf([group], apiGroup, at: path.field("apiGroup"))
        default: errors.append(.notSupported(path.field("kind"), .string(kind), ["ServiceAccount", "User", "Group"]))
        }
        return errors
    }

    static func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let role = object.goObject("roleRef")
        guard role != old.goObject("roleRef") else { return [] }
        // Kubernetes prints its own type here, whose fields have capital letters.
        let value: JSONValue = [
            "APIGroup": .string(role.goString("apiGroup")), "Kind": .string(role.goString("kind")), "Name": .string(role.goString("name")),
        ]
        return [FieldError(.invalid, at: FieldPath("roleRef"), value: value, "cannot change roleRef")]
    }

    static func columns(of kind: String) -> [TableColumn] {
        [.objectName, TableColumn("Role", CoreTexts.roleRef), .age]
            + ["Users", "Groups", "ServiceAccounts"].map { TableColumn($0, priority: 1, "\($0) in the \(kind)") }
    }

    static func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let role = object.goObject("roleRef")
        func names(_ kind: String, _ name: (JSONObject) -> String) -> JSONValue {
            .string(object.goObjects("subjects").filter { $0.goString("kind") == kind }.map(name).joined(separator: ", "))
        }
        return [
            TableCells.name(object), .string("\(role.goString("kind"))/\(role.goString("name"))"), TableCells.age(object, now),
            names("User") { $0.goString("name") }, names("Group") { $0.goString("name") },
            names("ServiceAccount") { "\($0.goString("namespace"))/\($0.goString("name"))" },
        ]
    }
}
