public import KubernetesAPI

/// What a request for the subresources `log`, `exec`, `attach` and `portforward` of a pod asks for, before anything runs.
public enum PodConnection {
    /// Where the pod runs, and which container is meant.
    public struct Target: Hashable, Sendable {
        public let node: String
        public let container: String
    }

    /// Checks the options of `log`; done before the pod is looked for.
    ///
    /// - Parameter options: the query's parameters as fields of a PodLogOptions: numbers as integers.
    /// - Throws: ``Status`` (422).
    public static func checkLogOptions(_ options: JSONObject, pod: String) throws(Status) {
        let options = PodPart(options)
        var errors: [FieldError] = []
        if let lines = options.integer("tailLines"), lines < 0 {
            errors.append(FieldError(.invalid, at: FieldPath("tailLines"), value: .integer(lines), "must be greater than or equal to 0"))
        }
        if let bytes = options.integer("limitBytes"), bytes < 1 {
            errors.append(FieldError(.invalid, at: FieldPath("limitBytes"), value: .integer(bytes), "must be greater than 0"))
        }
        if options.has("sinceSeconds"), options.has("sinceTime") {
            let detail = "at most one of `sinceTime` or `sinceSeconds` may be specified"
            errors.append(FieldError(.forbidden, at: PodSubresourceMetadata.whole, detail))
        } else if let seconds = options.integer("sinceSeconds"), seconds < 1 {
            errors.append(FieldError(.invalid, at: FieldPath("sinceSeconds"), value: .integer(seconds), "must be greater than 0"))
        }
        if options.has("stream") {
            errors.append(FieldError(.forbidden, at: FieldPath("stream"), "may not be specified"))
        }
        guard errors.isEmpty else { throw .invalid(GroupKind(group: "", kind: "PodLogOptions"), name: pod, FieldErrors(errors)) }
    }

    /// The container whose log is asked for; nil when the pod is on no node, and its log so is empty (204).
    ///
    /// - Parameter container: as asked for; empty for the only one.
    /// - Throws: ``Status`` (400) when there is no such container, or none is chosen of several.
    public static func logTarget(in pod: JSONObject, container: String) throws(Status) -> Target? {
        let name = try self.container(container, in: pod)
        let node = PodPart(pod["spec"]).text("nodeName")
        return node.isEmpty ? nil : Target(node: node, container: name)
    }

    /// The container to run something in, or to attach to.
    ///
    /// - Throws: ``Status`` (400), also when the pod is on no node.
    public static func streamTarget(in pod: JSONObject, container: String) throws(Status) -> Target {
        let name = try self.container(container, in: pod)
        return Target(node: try node(of: pod), container: name)
    }

    /// The node to forward ports from.
    ///
    /// - Throws: ``Status`` (400) when the pod is on none.
    public static func node(of pod: JSONObject) throws(Status) -> String {
        let node = PodPart(pod["spec"]).text("nodeName")
        guard !node.isEmpty else { throw .badRequest("pod \(name(of: pod)) does not have a host assigned") }
        return node
    }

    private static func container(_ container: String, in pod: JSONObject) throws(Status) -> String {
        let spec = PodPart(pod["spec"])
        let all = spec.containerNames
        guard container.isEmpty else {
            guard all.contains(container) else { throw .badRequest("container \(container) is not valid for pod \(name(of: pod))") }
            return container
        }
        let containers = spec.parts("containers")
        if containers.count == 1 { return containers[0].text("name") }
        let message = "a container name must be specified for pod \(name(of: pod))"
        throw .badRequest(containers.isEmpty ? message : "\(message), choose one of: [\(all.joined(separator: " "))]")
    }

    private static func name(of pod: JSONObject) -> String { pod["metadata"]?["name"]?.string ?? "" }
}
