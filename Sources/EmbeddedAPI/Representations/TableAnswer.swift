public import KubernetesAPI

/// Shows objects as rows of cells, which is what `kubectl get` prints.
public struct TableAnswer: Sendable {
    /// What a row has besides its cells.
    public enum IncludedObject: Sendable {
        case nothing, metadata, object

        /// Reads the query parameter `includeObject`; nil and empty mean the metadata.
        ///
        /// - Throws: ``Status`` of 400.
        public init(parameter: String?) throws(Status) {
            switch parameter {
            case nil, ""?, "Metadata"?: self = .metadata
            case "Object"?: self = .object
            case "None"?: self = .nothing
            case let other?:
                throw .badRequest(
                    "Unable to convert to Table as requested: includeObject: Invalid value: \(other.quotedAsGo): "
                        + "must be 'Metadata', 'Object', 'None', or empty")
            }
        }
    }

    public let columnDefinitions: [JSONValue]
    private let cells: @Sendable (JSONObject, Time) -> [JSONValue]
    /// Whether rows say that a pod has ended.
    private let showsPodPhase: Bool

    /// The Table of a built-in kind.
    public init(_ kind: some BuiltInKind) {
        columnDefinitions = kind.columns.map(\.definition)
        cells = { kind.cells(of: $0, now: $1) }
        showsPodPhase = kind.type == Pod.self
    }

    /// The Table of a custom resource.
    public init(_ version: CustomResourceVersion) {
        columnDefinitions = version.columnDefinitions
        cells = { version.cells(of: $0, now: $1) }
        showsPodPhase = false
    }

    /// The Table of the `autoscaling/v1` Scale of an object.
    public static let scale = TableAnswer(
        columns: [
            .objectName, TableColumn("Desired", type: "integer", "replicas is the desired number of instances for the scaled object."),
            TableColumn("Available", type: "integer", "replicas is the actual number of observed instances of the scaled object."), .age,
        ]
    ) { object, now in
        let metadata = object["metadata"]
        return [
            metadata?["name"] ?? "", object["spec"]?["replicas"] ?? 0, object["status"]?["replicas"] ?? 0,
            .string(Age.text(of: metadata?["creationTimestamp"]?.string ?? "", now: now)),
        ]
    }

    /// The Table of kinds that are not stored, such as reviews.
    public static let metadataOnly = TableAnswer(
        columns: [.objectName, TableColumn("Created At", type: "date", TableTexts.creationTimestamp)]
    ) { object, _ in
        [object["metadata"]?["name"] ?? "", object["metadata"]?["creationTimestamp"] ?? "0001-01-01T00:00:00Z"]
    }

    private init(columns: [TableColumn], cells: @escaping @Sendable (JSONObject, Time) -> [JSONValue]) {
        columnDefinitions = columns.map(\.definition)
        self.cells = cells
        showsPodPhase = false
    }

    /// A list, or a page of one.
    ///
    /// - Parameters:
    ///   - objects: with their apiVersion and kind.
    ///   - metadata: of the list.
    ///   - version: of `meta.k8s.io`: `v1` or `v1beta1`.
    public func table(
        of objects: some Collection<JSONObject>, metadata: JSONObject, including included: IncludedObject = .metadata, version: String = "v1", now: Time
    ) -> JSONObject {
        [
            "kind": "Table", "apiVersion": .string("meta.k8s.io/\(version)"), "metadata": .object(metadata),
            "columnDefinitions": .array(columnDefinitions),
            "rows": .array(objects.map { row(of: $0, including: included, version: version, now: now) }),
        ]
    }

    /// One object: a Table with a row.
    ///
    /// - Parameter hasColumns: false for all events of a watch but the first one.
    public func table(
        of object: JSONObject, including included: IncludedObject = .metadata, version: String = "v1", hasColumns: Bool = true, now: Time
    ) -> JSONObject {
        var metadata = JSONObject()
        if let version = object["metadata"]?["resourceVersion"] { metadata["resourceVersion"] = version }
        var table = table(of: [object], metadata: metadata, including: included, version: version, now: now)
        if !hasColumns { table["columnDefinitions"] = .null }
        return table
    }

    private func row(of object: JSONObject, including included: IncludedObject, version: String, now: Time) -> JSONValue {
        var row: JSONObject = ["cells": .array(cells(object, now))]
        if showsPodPhase, let condition = Self.condition(ofPhase: object["status"]?["phase"]?.string) { row["conditions"] = [condition] }
        row["object"] =
            switch included {
            case .nothing: .null
            case .metadata: .object(PartialMetadata.of(object, version: version))
            case .object: .object(object)
            }
        return .object(row)
    }

    private static func condition(ofPhase phase: String?) -> JSONValue? {
        switch phase {
        case "Succeeded"?: ["type": "Completed", "status": "True", "reason": "Succeeded", "message": "The pod has completed successfully."]
        case "Failed"?: ["type": "Completed", "status": "True", "reason": "Failed", "message": "The pod failed."]
        default: nil
        }
    }
}

extension TableColumn {
    /// The column in a Table's `columnDefinitions`.
    var definition: JSONValue {
        [
            "name": .string(name), "type": .string(type), "format": .string(format), "description": .string(description),
            "priority": .integer(Int64(priority)),
        ]
    }
}
