import Expressions
import KubernetesAPI
import Synchronization

/// Holds writes against the stored ValidatingAdmissionPolicies.
///
/// Keeps what it compiled as long as policies and bindings stay as they are; while there are none, a review is one comparison of versions.
public final class AdmissionPolicies: Sendable {
    private struct Known: Sendable {
        var version: Int64
        var policies: [StoredPolicy]
    }

    static let group = "admissionregistration.k8s.io"
    static let policies = GroupResource(group: group, resource: "validatingadmissionpolicies")
    static let bindings = GroupResource(group: group, resource: "validatingadmissionpolicybindings")

    private let known = Mutex<Known?>(nil)

    public init() {}

    /// Decides about a request.
    ///
    /// - Parameters:
    ///   - reading: where policies, bindings, parameters and namespaces are found.
    ///   - authorizer: who answers when expressions ask what the user may do.
    public func review(_ request: AdmissionRequest, reading: any ObjectReading, authorizer: any Authorizing) -> AdmissionOutcome {
        let policies = current(reading)
        guard !policies.isEmpty, !Self.isExempt(request) else { return AdmissionOutcome() }
        var review = PolicyReview(request: request, reading: reading, authorizer: authorizer)
        for policy in policies { review.apply(policy) }
        return review.outcome
    }

    /// The policies that have bindings, in the order of their names.
    private func current(_ reading: any ObjectReading) -> [StoredPolicy] {
        let version = reading.version(of: [Self.policies, Self.bindings])
        let before = known.withLock { $0 }
        if let before, before.version == version { return before.policies }
        var bindings: [String: [StoredPolicy.Binding]] = [:]
        for object in reading.objects(Self.bindings, namespace: nil) {
            bindings[object["spec"]?["policyName"]?.string ?? "", default: []].append(StoredPolicy.Binding(object))
        }
        var policies: [StoredPolicy] = []
        if !bindings.isEmpty {
            for object in reading.objects(Self.policies, namespace: nil) {
                let name = object["metadata"]?["name"]?.string ?? ""
                guard let own = bindings[name] else { continue }
                let old = before?.policies.first { $0.name == name && $0.identity == StoredPolicy.identity(of: object) }
                var policy = old ?? StoredPolicy(object)
                policy.bindings = own
                policies.append(policy)
            }
        }
        let found = Known(version: version, policies: policies)
        known.withLock { known in if known.map({ $0.version <= version }) ?? true { known = found } }
        return policies
    }

    /// Policies cannot lock out those who would have to change them, and questions about rights are no writes.
    private static func isExempt(_ request: AdmissionRequest) -> Bool {
        if request.resource.group == group {
            return [
                "validatingadmissionpolicies", "validatingadmissionpolicybindings", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings",
                "validatingwebhookconfigurations", "mutatingwebhookconfigurations",
            ].contains(request.resource.resource)
        }
        return ["authentication.k8s.io", "authorization.k8s.io"].contains(request.resource.group)
    }
}
