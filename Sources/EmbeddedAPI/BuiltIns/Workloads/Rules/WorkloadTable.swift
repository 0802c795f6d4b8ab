import KubernetesAPI

/// Columns and cells that the tables of workloads share.
enum WorkloadTable {
    static let containers = TableColumn("Containers", priority: 1, "Names of each container in the template.")
    static let images = TableColumn("Images", priority: 1, "Images referenced by each container in the template.")
    static let selector = TableColumn("Selector", priority: 1, "Selector is a label query over pods that belong to the object.")

    static func name(of object: JSONObject) -> JSONValue { object["metadata"]?["name"] ?? "" }

    static func age(of object: JSONObject, now: Time) -> JSONValue {
        .string(Age.text(of: object["metadata"]?["creationTimestamp"]?.string ?? "", now: now))
    }

    /// Two cells: the names and the images of a template's containers.
    static func containerCells(of template: JSONValue?) -> [JSONValue] {
        let containers = template?["spec"]?["containers"]?.array ?? []
        return ["name", "image"].map { field in .string(containers.map { $0[field]?.string ?? "" }.joined(separator: ",")) }
    }

    static func selectorCell(_ selector: JSONValue?) -> JSONValue { .string(selectorText(selector, empty: "<none>")) }

    /// A structured selector as text; `empty` where it chooses nothing or everything.
    static func selectorText(_ selector: JSONValue?, empty: String = "") -> String {
        guard let selector = try? Selector(structured: selector?.object), !selector.isNothing, !selector.isEverything else { return empty }
        return selector.description
    }

    static func count(_ object: JSONObject, _ part: String, _ field: String) -> Int64 { object[part]?[field]?.integer ?? 0 }
}
