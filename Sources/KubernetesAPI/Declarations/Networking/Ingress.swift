#definitions("io.k8s.api.networking.v1")

/// Rules by which HTTP requests from outside reach Services, by host and path.
@resource(
    group: "networking.k8s.io", version: "v1", plural: "ingresses", singular: "ingress", shortNames: ["ing"], scope: "Namespaced",
    subresources: ["status"])
struct Ingress {
    /// What the Ingress should be.
    var spec: IngressSpec?
    /// What was last observed of the Ingress.
    var status: IngressStatus?
}

/// The rules of an Ingress.
struct IngressSpec {
    /// The IngressClass, and so the controller, that serves this Ingress. The cluster's default class, if there is one, when not set.
    var ingressClassName: String?
    /// Where requests go that match no rule. Required when there are no rules.
    var defaultBackend: IngressBackend?
    /// The rules by host. Requests that match none go to defaultBackend.
    @listType("atomic")
    var rules: [IngressRule]?
    /// Certificates for TLS, on port 443. Chosen by the host name that the client asks for.
    @listType("atomic")
    var tls: [IngressTLS]?
}

/// A certificate for some hosts.
struct IngressTLS {
    /// The hosts that the certificate is for. All by default.
    @listType("atomic")
    var hosts: [String]?
    /// The Secret with the certificate and its key. Without it, the controller's own choice is used.
    var secretName: String?
}

/// What happens to requests for a host.
struct IngressRule {
    /// The host without a port, where *. at its beginning stands for one label. All hosts when not set.
    var host: String?
    /// Where requests go by their path.
    var http: HTTPIngressRuleValue?
}

/// Where requests go by their path.
struct HTTPIngressRuleValue {
    /// The paths with their backends. The longest match wins, an exact one before a prefix.
    @listType("atomic")
    var paths: [HTTPIngressPath]
}

/// Where requests for a path go.
struct HTTPIngressPath {
    /// The path, beginning with /. Required for Exact and Prefix.
    var path: String?
    /// How the path is matched: Exact, Prefix (by whole path elements) or ImplementationSpecific.
    var pathType: String
    /// Where requests go.
    var backend: IngressBackend
}

/// Where requests go. Exactly one member must be set.
struct IngressBackend {
    /// A Service of the namespace.
    var service: IngressServiceBackend?
    /// Another object of the namespace, which the controller understands.
    var resource: TypedLocalObjectReference?
}

/// A port of a Service.
struct IngressServiceBackend {
    /// The Service's name.
    var name: String
    /// The port of the Service. Required.
    var port: ServiceBackendPort?
}

/// A port of a Service. Exactly one member must be set.
@mapType("atomic")
struct ServiceBackendPort {
    /// The port's name.
    var name: String?
    /// The port number.
    var number: Int32?
}

/// What was last observed of an Ingress.
struct IngressStatus {
    /// How its load balancer can be reached.
    var loadBalancer: IngressLoadBalancerStatus?
}

/// How the load balancer of an Ingress can be reached.
struct IngressLoadBalancerStatus {
    /// Its entry points. Empty until it is ready.
    @listType("atomic")
    var ingress: [IngressLoadBalancerIngress]?
}

/// An entry point of a load balancer.
struct IngressLoadBalancerIngress {
    /// Its IP address, for those that have one.
    var ip: String?
    /// Its DNS name, for those that have one.
    var hostname: String?
    /// The state of its ports.
    @listType("atomic")
    var ports: [IngressPortStatus]?
}

/// The state of a port of a load balancer.
struct IngressPortStatus {
    /// The port number.
    var port: Int32
    /// TCP, UDP or SCTP.
    var `protocol`: String
    /// Why the port does not work, as one CamelCase word, with a domain as prefix where a provider defines it.
    var error: String?
}

/// A kind of Ingress, and the controller that serves it. The annotation ingressclass.kubernetes.io/is-default-class makes it the default.
@resource(group: "networking.k8s.io", version: "v1", plural: "ingressclasses", singular: "ingressclass", scope: "Cluster")
struct IngressClass {
    /// The controller and its settings.
    var spec: IngressClassSpec?
}

/// The controller that serves Ingresses of a class, and its settings.
struct IngressClassSpec {
    /// The controller's name, such as example.com/ingress-controller. Cannot be changed.
    var controller: String?
    /// An object with settings for the controller.
    var parameters: IngressClassParametersReference?
}

/// Refers to an object with settings for an Ingress controller.
struct IngressClassParametersReference {
    /// The group of the object's API. Empty or not set means the core group.
    var apiGroup: String?
    /// The object's kind.
    var kind: String
    /// The object's name.
    var name: String
    /// Whether the object belongs to the Cluster, the default, or to a Namespace.
    var scope: String?
    /// The object's namespace. Required for scope Namespace and only allowed there.
    var namespace: String?
}
