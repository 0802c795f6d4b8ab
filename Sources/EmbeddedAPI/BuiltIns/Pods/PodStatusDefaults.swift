import KubernetesAPI

/// The form in which Kubernetes writes a pod's status: members that its types always write are there.
enum PodStatusDefaults {
    static func apply(to status: inout JSONObject) {
        // Two fields for the same address: the old one counts where both were written.
        if let address = status["podIP"]?.string, !address.isEmpty, status["podIPs"]?[0]?["ip"]?.string != address {
            status["podIPs"] = [["ip": .string(address)]]
        } else if let first = status["podIPs"]?[0]?["ip"] {
            status["podIP"] = first
        }
        PodSpecDefaults.modifyEach("conditions", of: &status) { condition in
            for field in ["lastProbeTime", "lastTransitionTime"] where condition[field] == nil { condition[field] = .null }
            PodSpecDefaults.dropZeros(&condition, texts: ["reason", "message"], numbers: ["observedGeneration"])
        }
        for list in ["initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"] {
            PodSpecDefaults.modifyEach(list, of: &status) { container in
                for field in ["state", "lastState"] {
                    PodSpecDefaults.set(field, [:], in: &container)
                    PodSpecDefaults.modify(field, of: &container, applyToState)
                }
                PodSpecDefaults.set("ready", false, in: &container)
                PodSpecDefaults.set("restartCount", 0, in: &container)
                for field in ["image", "imageID"] { PodSpecDefaults.set(field, "", in: &container) }
            }
        }
    }

    private static func applyToState(_ state: inout JSONObject) {
        PodSpecDefaults.modify("running", of: &state) { if $0["startedAt"] == nil { $0["startedAt"] = .null } }
        PodSpecDefaults.modify("terminated", of: &state) { terminated in
            PodSpecDefaults.set("exitCode", 0, in: &terminated)
            for field in ["startedAt", "finishedAt"] where terminated[field] == nil { terminated[field] = .null }
            PodSpecDefaults.dropZeros(&terminated, texts: ["reason", "message", "containerID"], numbers: ["signal"])
        }
        PodSpecDefaults.modify("waiting", of: &state) { PodSpecDefaults.dropZeros(&$0, texts: ["reason", "message"]) }
    }
}
