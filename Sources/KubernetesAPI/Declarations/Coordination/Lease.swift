#definitions("io.k8s.api.coordination.v1")

/// A right that one process holds for a limited time, such as that of a leader, or a sign of life of a node.
@resource(group: "coordination.k8s.io", version: "v1", plural: "leases", singular: "lease", scope: "Namespaced")
struct Lease {
    /// Who holds the right and until when.
    var spec: LeaseSpec?
}

/// Who holds a lease and until when.
struct LeaseSpec {
    /// Who holds it. Empty when nobody does.
    var holderIdentity: String?
    /// Seconds after renewTime when others may take it over.
    var leaseDurationSeconds: Int32?
    /// When the holder got it.
    var acquireTime: MicroTime?
    /// When the holder last renewed it.
    var renewTime: MicroTime?
    /// How often it went from one holder to another.
    var leaseTransitions: Int32?
    /// How the cluster chooses the holder among candidates, such as OldestEmulationVersion. Without it, candidates settle it among themselves.
    var strategy: String?
    /// Who should hold it instead. The holder should let it go. Only with strategy.
    var preferredHolder: String?
}
