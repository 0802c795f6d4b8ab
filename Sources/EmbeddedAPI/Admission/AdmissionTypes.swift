import Expressions
import KubernetesAPI

/// The types of the variables that policies see besides the objects.
///
/// Source: <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/compile.go>.
enum AdmissionTypes {
    static let request: DeclaredType = {
        let kind = DeclaredType.object("kubernetes.GroupVersionKind", ["group": .string, "version": .string, "kind": .string])
        let resource = DeclaredType.object("kubernetes.GroupVersionResource", ["group": .string, "version": .string, "resource": .string])
        let user = DeclaredType.object(
            "kubernetes.UserInfo",
            ["username": .string, "uid": .string, "groups": .list(of: .string), "extra": .map(of: .list(of: .string))])
        return .object(
            "kubernetes.AdmissionRequest",
            [
                "kind": kind, "resource": resource, "subResource": .string, "requestKind": kind, "requestResource": resource,
                "requestSubResource": .string, "name": .string, "namespace": .string, "operation": .string, "userInfo": user, "dryRun": .bool,
                "options": .dyn,
            ])
    }()

    static let namespace: DeclaredType = {
        let metadata = DeclaredType.object(
            "kubernetes.NamespaceMetadata",
            [
                "name": .string, "generateName": .string, "namespace": .string, "labels": .map(of: .string), "annotations": .map(of: .string),
                "UID": .string, "creationTimestamp": .timestamp, "deletionGracePeriodSeconds": .int, "deletionTimestamp": .timestamp,
                "generation": .int, "resourceVersion": .string, "finalizers": .list(of: .string),
            ])
        let condition = DeclaredType.object(
            "kubernetes.NamespaceCondition",
            ["status": .string, "type": .string, "lastTransitionTime": .timestamp, "message": .string, "reason": .string])
        return .object(
            "kubernetes.Namespace",
            [
                "metadata": metadata, "spec": .object("kubernetes.NamespaceSpec", ["finalizers": .list(of: .string)]),
                "status": .object("kubernetes.NamespaceStatus", ["conditions": .list(of: condition), "phase": .string]),
            ])
    }()
}

extension AdmissionRequest {
    /// The variable `request`.
    ///
    /// - Parameter original: the request as it came, where this one is in another version.
    func variable(original: AdmissionRequest) -> JSONObject {
        func json(_ kind: GroupVersionKind) -> JSONValue { ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)] }
        func json(_ resource: GroupVersionResource) -> JSONValue {
            ["group": .string(resource.group), "version": .string(resource.version), "resource": .string(resource.resource)]
        }
        var userInfo: JSONObject = [:]
        if !user.name.isEmpty { userInfo["username"] = .string(user.name) }
        if !user.uid.isEmpty { userInfo["uid"] = .string(user.uid) }
        if !user.groups.isEmpty { userInfo["groups"] = .array(user.groups.map { .string($0) }) }
        if !user.extra.isEmpty {
            let extra = user.extra.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.array($0.value.map { .string($0) })) }
            userInfo["extra"] = .object(JSONObject(uniqueKeysWithValues: extra))
        }
        var result: JSONObject = ["kind": json(kind), "resource": json(resource)]
        if !subresource.isEmpty { result["subResource"] = .string(subresource) }
        result["requestKind"] = json(original.kind)
        result["requestResource"] = json(original.resource)
        if !subresource.isEmpty { result["requestSubResource"] = .string(subresource) }
        if !name.isEmpty { result["name"] = .string(name) }
        if !namespace.isEmpty { result["namespace"] = .string(namespace) }
        result["operation"] = .string(operation.rawValue)
        result["userInfo"] = .object(userInfo)
        result["dryRun"] = .bool(isDryRun)
        result["options"] = options.map { .object($0) } ?? .null
        return result
    }
}
