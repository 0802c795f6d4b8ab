public import KubernetesAPI

extension Representation {
    /// What kind of place a request is for, which decides the forms that there are.
    public struct Place: Sendable {
        enum Kind: Sendable { case object, list, watch, discovery, version }

        let kind: Kind
        /// Whether it is one of a built-in kind. Custom resources and built-in kinds refuse in different words.
        let isBuiltIn: Bool
        /// Media types that there are besides the usual ones, such as `text/plain` for logs.
        let others: [String]
        /// The name of the answer's type in messages.
        let typeName: String

        /// An object, or a subresource of one.
        ///
        /// - Parameter others: media types of answers that are no object, such as `text/plain` for logs.
        public static func object(_ type: GroupKind, isBuiltIn: Bool, others: [String] = []) -> Place {
            let name = isBuiltIn ? "*\(package(of: type.group)).\(type.kind)" : "*unstructured.Unstructured"
            return Place(kind: .object, isBuiltIn: isBuiltIn, others: others, typeName: name)
        }

        /// - Parameter type: of the items.
        public static func list(_ type: GroupKind, isBuiltIn: Bool) -> Place {
            let name = isBuiltIn ? "*\(package(of: type.group)).\(type.kind)List" : "*unstructured.UnstructuredList"
            return Place(kind: .list, isBuiltIn: isBuiltIn, others: [], typeName: name)
        }

        /// Where Kubernetes has the types of a group, which its messages show.
        private static func package(of group: String) -> String {
            group.isEmpty || group == "events.k8s.io" ? "core" : String(group.prefix { $0 != "." })
        }

        /// A watch of one object or of a list.
        public static func watch(isBuiltIn: Bool) -> Place { Place(kind: .watch, isBuiltIn: isBuiltIn, others: [], typeName: "") }

        /// `/api` and `/apis`, which have an aggregated form, and the other documents of discovery.
        public static let discovery = Place(kind: .discovery, isBuiltIn: true, others: [], typeName: "")

        /// `/version`, which is JSON and nothing else.
        public static let version = Place(kind: .version, isBuiltIn: true, others: [], typeName: "")

        /// The media types of answers, as messages list them.
        var produced: [String] {
            switch kind {
            case .version: [MediaTypes.json]
            case .list, .watch: MediaTypes.all + MediaTypes.streams
            case .object, .discovery: others + MediaTypes.all
            }
        }
    }

    /// Chooses the form of an answer.
    ///
    /// - Parameters:
    ///   - accept: the `Accept` header; nil and empty mean that anything is right.
    ///   - pretty: the query parameter, nil where there is none.
    ///   - userAgent: people with a browser, curl or wget get indented JSON.
    /// - Throws: ``Status`` of 406 where nothing acceptable is there.
    public static func negotiated(accept: String?, pretty: String? = nil, userAgent: String? = nil, for place: Place) throws(Status) -> Representation {
        // Written for people from the beginning.
        let pretty = place.kind == .version ? "true" : pretty
        guard let accept, !accept.isEmpty else { return Representation(isPretty: isPretty(pretty, userAgent)) }
        // The routes of built-in kinds look at the bare types first, and know no `application/*`.
        let produced = place.produced
        let bare = accept.split(separator: ",").map { $0.prefix { $0 != ";" }.trimmed }
        if place.isBuiltIn, !bare.contains(where: { $0 == "*/*" || produced.contains($0) }) {
            let message = "406: Not Acceptable\n\nAvailable representations: \(produced.joined(separator: ", "))"
            throw .withEmptyDetails(.notAcceptable, message)
        }
        if place.kind == .version { return Representation(isPretty: isPretty(pretty, userAgent)) }
        // A log is text for whoever accepts text.
        if place.others.contains(where: { bare.contains($0) }) { return Representation(isPretty: isPretty(pretty, userAgent)) }
        for clause in AcceptedType.parse(accept) {
            for format in [Format.json, .yaml] where clause.covers(format == .json ? MediaTypes.json : MediaTypes.yaml) {
                guard let shape = shape(clause.parameters, format, place) else { continue }
                if place.kind == .watch, format == .yaml { throw .notAcceptable(MediaTypes.streams) }
                let representation = Representation(
                    format: format, shape: shape, isPretty: clause.parameters["pretty"] == "1" || isPretty(pretty, userAgent))
                try representation.checkShape(of: place)
                return representation
            }
        }
        let wantsProtobuf = bare.contains(MediaTypes.protobuf) && !bare.contains(MediaTypes.json)
        throw .notAcceptable(wantsProtobuf ? MediaTypes.served : place.kind == .watch ? MediaTypes.streams : MediaTypes.all)
    }

    /// The form of a `Status` that says what went wrong: never one that the client would have to be told about by another error.
    public static func ofError(accept: String?, pretty: String? = nil, userAgent: String? = nil) -> Representation {
        let clauses = AcceptedType.parse(accept ?? "").filter { clause in ["as", "g", "v", "stream"].allSatisfy { clause.parameters[$0] == nil } }
        let first = clauses.first { $0.covers(MediaTypes.json) || $0.covers(MediaTypes.yaml) }
        let isYAML = first.map { !$0.covers(MediaTypes.json) } ?? false
        return Representation(format: isYAML ? .yaml : .json, isPretty: isPretty(pretty, userAgent))
    }

    /// The shape that the parameters of a clause ask for; nil where the place does not have it, so that the next clause counts.
    private static func shape(_ parameters: [String: String], _ format: Format, _ place: Place) -> Shape? {
        if let stream = parameters["stream"], !stream.isEmpty {
            guard stream == "watch", place.kind == .list || place.kind == .watch, format == .json else { return nil }
        }
        guard parameters["as"] != nil || parameters["g"] != nil || parameters["v"] != nil else { return .object }
        let (kind, group, version) = (parameters["as"] ?? "", parameters["g"] ?? "", parameters["v"] ?? "")
        if place.kind == .discovery {
            let isAggregated = kind == "APIGroupDiscoveryList" && group == "apidiscovery.k8s.io" && version == "v2" && format == .json
            return isAggregated ? .aggregatedDiscovery : nil
        }
        guard group == "meta.k8s.io", version == "v1" || version == "v1beta1" else { return nil }
        switch kind {
        case "Table": return .table(version: version)
        case "PartialObjectMetadata": return .partialMetadata(version: version)
        case "PartialObjectMetadataList": return .partialMetadataList(version: version)
        default: return nil
        }
    }

    private func checkShape(of place: Place) throws(Status) {
        switch (shape, place.kind) {
        case (.partialMetadata, .list):
            throw .notAcceptable("you requested PartialObjectMetadata, but the requested object is a list (\(place.typeName))")
        case (.partialMetadataList, .object):
            throw .notAcceptable("you requested PartialObjectMetadataList, but the requested object is not a list (\(place.typeName))")
        default: return
        }
    }

    private static func isPretty(_ parameter: String?, _ userAgent: String?) -> Bool {
        if let parameter, !parameter.isEmpty { return ["1", "t", "T", "true", "TRUE", "True"].contains(parameter) }
        return ["curl", "Wget", "Mozilla/5.0"].contains { userAgent?.hasPrefix($0) ?? false }
    }
}
