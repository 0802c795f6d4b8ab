public import KubernetesAPI

/// How the body of a request is written.
public enum BodyFormat: Hashable, Sendable {
    case json, yaml

    /// The format of an object in a body, from the `Content-Type`; a body without is JSON.
    ///
    /// - Throws: ``Status`` of 415.
    public init(contentType: String?) throws(Status) {
        guard let contentType, !contentType.isEmpty else {
            self = .json
            return
        }
        switch Self.bare(contentType) {
        case MediaTypes.json: self = .json
        case MediaTypes.yaml: self = .yaml
        case MediaTypes.protobuf: throw .unsupportedMediaType(MediaTypes.served)
        default: throw .unsupportedMediaType(MediaTypes.all)
        }
    }

    /// The media type in lower case, without parameters.
    fileprivate static func bare(_ contentType: String) -> String { contentType.prefix { $0 != ";" }.trimmed.lowercased() }
}

/// How a patch is written and applied.
public enum PatchFormat: Hashable, Sendable {
    case jsonPatch, mergePatch, strategicMergePatch, apply

    /// The kind of patch, from the `Content-Type`.
    ///
    /// - Parameter isCustom: whether it is for a custom resource, which has no strategic merge.
    /// - Throws: ``Status`` of 415.
    public init(contentType: String?, isCustom: Bool) throws(Status) {
        let accepted = MediaTypes.patches(isCustom: isCustom)
        let type = (contentType ?? "").prefix { $0 != ";" }.trimmed
        guard accepted.contains(type) else {
            // The routes of built-in kinds know their types and answer before anything looks at the request.
            throw isCustom ? .unsupportedMediaType(accepted) : .withEmptyDetails(.unsupportedMediaType, "415: Unsupported Media Type")
        }
        self =
            switch type {
            case "application/json-patch+json": .jsonPatch
            case "application/merge-patch+json": .mergePatch
            case "application/strategic-merge-patch+json": .strategicMergePatch
            default: .apply
            }
    }
}

extension Status {
    /// The client accepts nothing that there is.
    static func notAcceptable(_ mediaTypes: [String]) -> Status {
        notAcceptable("only the following media types are accepted: \(mediaTypes.joined(separator: ", "))")
    }

    static func notAcceptable(_ message: String) -> Status { Status(failure: .notAcceptable, message: message) }

    static func unsupportedMediaType(_ mediaTypes: [String]) -> Status {
        let types = mediaTypes.joined(separator: ", ")
        return Status(failure: .unsupportedMediaType, message: "the body of the request was in an unknown format - accepted media types include: \(types)")
    }

    /// A failure of the routes of built-in kinds, whose details are there and empty.
    static func withEmptyDetails(_ reason: Reason, _ message: String) -> Status {
        var status = Status(members: ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message)])
        status.reason = reason.rawValue
        status.members["details"] = [:]
        status.code = reason.code
        return status
    }
}
