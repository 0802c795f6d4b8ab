public import KubernetesAPI

extension Status {
    /// The answer to a request that the authorizer did not allow:
    /// `pods "x" is forbidden: User "u" cannot get resource "pods" in API group "" in the namespace "ns"`.
    ///
    /// - Parameter reason: the authorizer's; may be empty.
    public static func denied(_ attributes: AccessAttributes, reason: String = "") -> Status {
        let why = attributes.denial.escapedForHTML + (reason.isEmpty ? "" : ": \(reason)")
        if attributes.path == nil, !attributes.resource.isEmpty {
            return .forbidden(GroupResource(group: attributes.group, resource: attributes.resource), name: attributes.name, why)
        }
        var status = Status(failure: .forbidden, message: "forbidden: \(why)")
        status.details = StatusDetails(members: [:])
        return status
    }

    /// The answer to a request whose credentials nobody knows.
    public static let unauthorized = Status(failure: .unauthorized, message: "Unauthorized")
}

extension AccessAttributes {
    fileprivate var denial: String {
        if let path { return "User \(user.name.quotedAsGo) cannot \(verb) path \(path.quotedAsGo)" }
        let wanted = subresource.isEmpty ? resource : "\(resource)/\(subresource)"
        let place = namespace.isEmpty ? "at the cluster scope" : "in the namespace \(namespace.quotedAsGo)"
        return "User \(user.name.quotedAsGo) cannot \(verb) resource \(wanted.quotedAsGo) in API group \(group.quotedAsGo) \(place)"
    }
}

extension String {
    /// Kubernetes escapes the sentence, which repeats parts of the request, since browsers may show it.
    fileprivate var escapedForHTML: String {
        var escaped = ""
        for character in unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
