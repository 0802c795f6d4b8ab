import KubernetesAPI

/// What a namespace that is being deleted still holds, and what went wrong: the conditions that tell it, in Kubernetes' words.
struct NamespaceContent: Hashable, Sendable {
    /// How many objects there are, by their resource.
    var remaining: [GroupResource: Int] = [:]
    /// How many objects wait for a finalizer.
    var finalizers: [String: Int] = [:]
    /// Messages of deletions that failed.
    var failures: [String] = []

    var isEmpty: Bool { remaining.values.allSatisfy { $0 == 0 } }

    mutating func add(_ object: JSONObject, of resource: GroupResource) {
        remaining[resource, default: 0] += 1
        for finalizer in object.finalizers { finalizers[finalizer, default: 0] += 1 }
    }

    private struct Finding {
        let type: String
        let isTrue: Bool
        let reason: String
        let message: String
    }

    private var findings: [Finding] {
        func finding(_ type: String, _ problem: (reason: String, message: String)?, else reason: String, _ message: String) -> Finding {
            Finding(type: type, isTrue: problem != nil, reason: problem?.reason ?? reason, message: problem?.message ?? message)
        }
        let left = remaining.filter { $0.value > 0 }.map { "\($0.key.resource).\($0.key.group) has \($0.value) resource instances" }.sorted()
        let waiting = finalizers.filter { $0.value > 0 }.map { "\($0.key) in \($0.value) resource instances" }.sorted()
        let failed = failures.sorted()
        return [
            // Resources are known here, not discovered over the network: these two cannot fail.
            finding("NamespaceDeletionDiscoveryFailure", nil, else: "ResourcesDiscovered", "All resources successfully discovered"),
            finding("NamespaceDeletionGroupVersionParsingFailure", nil, else: "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            finding(
                "NamespaceDeletionContentFailure",
                failed.isEmpty
                    ? nil
                    : ("ContentDeletionFailed", "Failed to delete all resource types, \(failed.count) remaining: \(failed.joined(separator: ", "))"),
                else: "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            finding(
                "NamespaceContentRemaining",
                left.isEmpty ? nil : ("SomeResourcesRemain", "Some resources are remaining: \(left.joined(separator: ", "))"),
                else: "ContentRemoved", "All content successfully removed"),
            finding(
                "NamespaceFinalizersRemaining",
                waiting.isEmpty
                    ? nil : ("SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: \(waiting.joined(separator: ", "))"),
                else: "ContentHasNoFinalizers", "All content-preserving finalizers finished"),
        ]
    }

    /// The namespace with the phase `Terminating` and the conditions of deletion.
    ///
    /// - Returns: nil when it says all this already.
    func reported(in namespace: JSONObject, now: Time) -> JSONObject? {
        var status = namespace["status"]?.object ?? [:]
        var conditions = status["conditions"]?.array ?? []
        for finding in findings {
            let position = conditions.firstIndex { $0["type"]?.string == finding.type }
            let old = position.map { conditions[$0] }
            let value = finding.isTrue ? "True" : "False"
            let since = old?["status"]?.string == value ? old?["lastTransitionTime"] ?? now.json : now.json
            let condition: JSONValue = [
                "type": .string(finding.type), "status": .string(value), "lastTransitionTime": since, "reason": .string(finding.reason),
                "message": .string(finding.message),
            ]
            if let position { conditions[position] = condition } else { conditions.append(condition) }
        }
        status["phase"] = "Terminating"
        status["conditions"] = .array(conditions)
        if namespace["status"] == .object(status) { return nil }
        var reported = namespace
        reported["status"] = .object(status)
        return reported
    }
}
