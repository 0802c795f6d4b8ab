import KubernetesAPI

/// Objects that are accepted as they are, by their kinds: what is close to them comes further than what is made of chance alone.
enum ValidObjects {
    private static let pod: JSONValue = [
        "containers": [
            [
                "name": "a", "image": "nginx:1.27", "ports": [["containerPort": 80]], "env": [["name": "A", "value": "$(B)"]],
                "resources": ["limits": ["cpu": "1", "memory": "1Gi"]], "volumeMounts": [["name": "v", "mountPath": "/v"]],
                "readinessProbe": ["httpGet": ["path": "/", "port": 80]],
            ]
        ],
        "volumes": [["name": "v", "emptyDir": [:]]],
    ]
    private static let template: JSONValue = ["metadata": ["labels": ["app": "a"]], "spec": pod]
    private static let selector: JSONValue = ["matchLabels": ["app": "a"]]
    private static var job: JSONValue {
        ["template": .object(template.object.map { with($0, restartPolicy: "Never") } ?? [:])]
    }
    private static let rules: JSONValue = [["apiGroups": [""], "resources": ["pods"], "verbs": ["get"]]]
    private static func role(_ kind: String) -> JSONValue { ["apiGroup": "rbac.authorization.k8s.io", "kind": .string(kind), "name": "a"] }
    private static let subjects: JSONValue = [["kind": "ServiceAccount", "name": "a", "namespace": "default"]]

    private static func with(_ template: JSONObject, restartPolicy: JSONValue) -> JSONObject {
        var (template, spec) = (template, template["spec"]?.object ?? [:])
        spec["restartPolicy"] = restartPolicy
        template["spec"] = .object(spec)
        return template
    }

    static let members: [String: JSONObject] = [
        "Pod": ["spec": pod], "PodTemplate": ["template": template], "ConfigMap": ["data": ["a": "b"]], "Secret": ["data": ["a": "YQ=="]],
        "ServiceAccount": [:], "Namespace": [:], "Node": ["spec": ["podCIDR": "10.0.0.0/24"]], "Lease": ["spec": ["holderIdentity": "a"]],
        "Service": ["spec": ["selector": ["app": "a"], "ports": [["port": 80, "targetPort": "http"]]]],
        "Deployment": ["spec": ["selector": selector, "template": template]], "ReplicaSet": ["spec": ["selector": selector, "template": template]],
        "StatefulSet": ["spec": ["selector": selector, "template": template, "serviceName": "a"]],
        "DaemonSet": ["spec": ["selector": selector, "template": template]],
        "ReplicationController": ["spec": ["selector": ["app": "a"], "template": template]], "Job": ["spec": job],
        "CronJob": ["spec": ["schedule": "* * * * *", "jobTemplate": ["spec": job]]], "Role": ["rules": rules], "ClusterRole": ["rules": rules],
        "RoleBinding": ["roleRef": role("Role"), "subjects": subjects], "ClusterRoleBinding": ["roleRef": role("ClusterRole"), "subjects": subjects],
        "PodDisruptionBudget": ["spec": ["minAvailable": 1, "selector": selector]],
        "LimitRange": ["spec": ["limits": [["type": "Container", "max": ["cpu": "2"]]]]],
        "ResourceQuota": ["spec": ["hard": ["pods": "10"]]],
        "HorizontalPodAutoscaler": ["spec": ["maxReplicas": 3, "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "a"]]],
        "Ingress": ["spec": ["defaultBackend": ["service": ["name": "a", "port": ["number": 80]]]]], "NetworkPolicy": ["spec": ["podSelector": [:]]],
        "IngressClass": ["spec": ["controller": "example.com/a"]],
        "PersistentVolumeClaim": ["spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]]],
        "PersistentVolume": ["spec": ["accessModes": ["ReadWriteOnce"], "capacity": ["storage": "1Gi"], "hostPath": ["path": "/a"]]],
        "EndpointSlice": ["addressType": "IPv4", "endpoints": [["addresses": ["10.0.0.1"]]], "ports": [["port": 80]]],
        "Endpoints": ["subsets": [["addresses": [["ip": "10.0.0.1"]], "ports": [["port": 80]]]]],
    ]

    /// The object of the kind with this name; nil for kinds that have none here.
    static func object(of type: any Resource.Type, named name: String) -> JSONObject? {
        let (resource, kind) = (type.resource, type.resource.groupVersionKind)
        guard let members = members[kind.kind] else { return nil }
        var metadata: JSONObject = ["name": .string(name)]
        if resource.scope == .namespaced { metadata["namespace"] = "default" }
        var object: JSONObject = ["apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind), "metadata": .object(metadata)]
        for (key, value) in members { object[key] = value }
        return object
    }
}

extension Choices {
    /// A valid object in which a few places are otherwise, or one made of chance.
    mutating func nearlyValidObject(of type: any Resource.Type) -> JSONObject {
        guard !happens(oneIn: 6), let valid = ValidObjects.object(of: type, named: element(of: ["a", "b"])) else { return object(of: type) }
        return changed(valid, as: type.definition, depth: 0)
    }

    private mutating func changed(_ object: JSONObject, as definition: StructDefinition, depth: Int) -> JSONObject {
        var object = object
        for field in definition.fields {
            if happens(oneIn: depth == 0 ? 8 : 14) {
                object[field.name] = happens(oneIn: 8) ? nil : value(of: field.schema, depth: depth + 2)
            } else if let old = object[field.name] {
                object[field.name] = changed(old, as: field.schema, depth: depth + 1)
            }
        }
        return object
    }

    private mutating func changed(_ value: JSONValue, as schema: Schema, depth: Int) -> JSONValue {
        switch (schema.type, value) {
        case (.structure(let type), .object(let object)): return .object(changed(object, as: type.definition, depth: depth))
        case (.array(let element), .array(let items)):
            var items = items.map { changed($0, as: element, depth: depth) }
            if happens(oneIn: 10) { items.append(self.value(of: element, depth: depth + 2)) }
            return .array(items)
        default: return happens(oneIn: 20) ? self.value(of: schema, depth: depth + 2) : value
        }
    }
}
