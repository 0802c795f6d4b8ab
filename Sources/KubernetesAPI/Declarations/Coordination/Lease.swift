#definitions("io.k8s.api.coordination.v1")

@resource(group: "coordination.k8s.io", version: "v1", plural: "leases", singular: "lease", scope: "Namespaced")
struct Lease {
    var spec: LeaseSpec?
}

struct LeaseSpec {
    var acquireTime: MicroTime?
    var holderIdentity: String?
    var leaseDurationSeconds: Int32?
    var leaseTransitions: Int32?
    var preferredHolder: String?
    var renewTime: MicroTime?
    var strategy: String?
}
