import Synchronization

/// How many requests were answered, by verb, resource and code, for `/metrics`.
final class RequestMetrics: Sendable {
    private struct Label: Hashable {
        let verb: String
        let resource: String
        let code: Int
    }

    /// Resources are named by clients: beyond this many labels, all further ones are counted together.
    private static let maximumLabels = 2000

    private let counts = Mutex<[Label: Int]>([:])

    func count(_ target: RequestTarget, status: Int) {
        let label = Label(verb: target.isResource ? target.verb : target.verb.uppercased(), resource: status == 404 ? "" : target.resource, code: status)
        counts.withLock { counts in
            let known = counts[label] != nil || counts.count < Self.maximumLabels
            counts[known ? label : Label(verb: "other", resource: "", code: status), default: 0] += 1
        }
    }

    /// The counts in the text format of Prometheus.
    func text(objects: [(resource: String, count: Int)], watchers: Int, version: Int64) -> String {
        var lines = ["# HELP apiserver_request_total Requests that were answered.", "# TYPE apiserver_request_total counter"]
        let sorted = counts.withLock { $0 }.sorted { ($0.key.resource, $0.key.verb, $0.key.code) < ($1.key.resource, $1.key.verb, $1.key.code) }
        for (label, count) in sorted {
            lines.append("apiserver_request_total{verb=\"\(label.verb)\",resource=\"\(label.resource)\",code=\"\(label.code)\"} \(count)")
        }
        lines += ["# HELP apiserver_storage_objects Stored objects.", "# TYPE apiserver_storage_objects gauge"]
        lines += objects.map { "apiserver_storage_objects{resource=\"\($0.resource)\"} \($0.count)" }
        lines += [
            "# HELP martlet_api_waiting_watches Watches that wait for the next change.", "# TYPE martlet_api_waiting_watches gauge",
            "martlet_api_waiting_watches \(watchers)", "# HELP martlet_api_resource_version The version of the last change.",
            "# TYPE martlet_api_resource_version counter", "martlet_api_resource_version \(version)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
