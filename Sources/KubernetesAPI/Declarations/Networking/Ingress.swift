#definitions("io.k8s.api.networking.v1")

@resource(group: "networking.k8s.io", version: "v1", plural: "ingresses", singular: "ingress", shortNames: ["ing"], scope: "Namespaced",
    subresources: ["status"])
struct Ingress {
    var spec: IngressSpec?
    var status: IngressStatus?
}

struct IngressSpec {
    var defaultBackend: IngressBackend?
    var ingressClassName: String?
    @listType("atomic")
    var rules: [IngressRule]?
    @listType("atomic")
    var tls: [IngressTLS]?
}

struct IngressTLS {
    @listType("atomic")
    var hosts: [String]?
    var secretName: String?
}

struct IngressRule {
    var host: String?
    var http: HTTPIngressRuleValue?
}

struct HTTPIngressRuleValue {
    @listType("atomic")
    var paths: [HTTPIngressPath]
}

struct HTTPIngressPath {
    var backend: IngressBackend
    var pathType: String
    var path: String?
}

struct IngressBackend {
    var resource: TypedLocalObjectReference?
    var service: IngressServiceBackend?
}

struct IngressServiceBackend {
    var name: String
    var port: ServiceBackendPort?
}

@mapType("atomic")
struct ServiceBackendPort {
    var name: String?
    var number: Int32?
}

struct IngressStatus {
    var loadBalancer: IngressLoadBalancerStatus?
}

struct IngressLoadBalancerStatus {
    @listType("atomic")
    var ingress: [IngressLoadBalancerIngress]?
}

struct IngressLoadBalancerIngress {
    var hostname: String?
    var ip: String?
    @listType("atomic")
    var ports: [IngressPortStatus]?
}

struct IngressPortStatus {
    var port: Int32
    var `protocol`: String
    var error: String?
}

@resource(group: "networking.k8s.io", version: "v1", plural: "ingressclasses", singular: "ingressclass", scope: "Cluster")
struct IngressClass {
    var spec: IngressClassSpec?
}

struct IngressClassSpec {
    var controller: String?
    var parameters: IngressClassParametersReference?
}

struct IngressClassParametersReference {
    var kind: String
    var name: String
    var apiGroup: String?
    var namespace: String?
    var scope: String?
}
