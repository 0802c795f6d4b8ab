/// A list of objects, as the API server answers a list request; the whole collection or a chunk of it.
public struct ResourceList<Item: APIObject>: Hashable, Sendable {
    /// The resource version to watch from, and the token for the next chunk.
    public var metadata: ListMeta
    public var items: [Item]

    public init(metadata: ListMeta = ListMeta(), items: [Item]) {
        self.metadata = metadata
        self.items = items
    }

    /// Reads a list from outside and checks every item.
    ///
    /// The items of Kubernetes' lists lack apiVersion and kind. Here they get them: those of the item's type, or for dynamic objects those of the list
    /// (`PodList` holds objects of kind `Pod`).
    public init(checking json: JSONValue, at path: FieldPath = FieldPath()) throws(InvalidObjectError) {
        guard case .object(let members) = json else {
            throw InvalidObjectError(problems: [.init(path: path, found: json.typeName, expected: "a list object")])
        }
        let itemType = try Self.itemType(of: members, at: path)
        let metadata = try ListMeta(checking: members["metadata"] ?? .object([:]), at: path.field("metadata"))
        let itemsPath = path.field("items")
        let elements: [JSONValue]
        switch members["items"] {
        case .array(let array)?: elements = array
        case nil, .null?: elements = []
        case let other?: throw InvalidObjectError(problems: [.init(path: itemsPath, found: other.typeName, expected: "an array")])
        }

        var items: [Item] = []
        items.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            var element = element
            if let itemType, case .object(var item) = element, item["kind"]?.string == nil {
                item["apiVersion"] = .string(itemType.apiVersion)
                item["kind"] = .string(itemType.kind)
                element = .object(item)
            }
            // The path of an item is only made when it is needed: there may be very many items.
            if let item = try? Item(checking: element, at: FieldPath()) {
                items.append(item)
            } else {
                items.append(try Item(checking: element, at: itemsPath.index(index)))
            }
        }
        self.init(metadata: metadata, items: items)
    }

    /// The list as the API server writes it.
    public var json: JSONValue {
        var members = JSONObject()
        let type = (Item.self as? any Resource.Type)?.resource
        members["apiVersion"] = .string(type?.apiVersion ?? items.first?.apiVersion ?? "v1")
        members["kind"] = .string(type?.listKind ?? items.first.map { "\($0.kind)List" } ?? "List")
        members["metadata"] = metadata.json
        members["items"] = .array(items.map { .object($0.members) })
        return .object(members)
    }

    /// What items of the list that do not say it are, from what the list says; nil where they know it by their Swift type.
    private static func itemType(of list: JSONObject, at path: FieldPath) throws(InvalidObjectError) -> (apiVersion: String, kind: String)? {
        let listKind = list["kind"]?.string
        if let resource = (Item.self as? any Resource.Type)?.resource {
            if let listKind, listKind != resource.listKind, listKind != "List" {
                let (found, expected) = (JSONValue.string(listKind).description, JSONValue.string(resource.listKind).description)
                throw InvalidObjectError(problems: [.init(path: path.field("kind"), found: found, expected: expected)])
            }
            return nil  // the item's type adds them itself
        }
        guard let apiVersion = list["apiVersion"]?.string, let listKind, listKind.hasSuffix("List"), listKind != "List" else { return nil }
        return (apiVersion, String(listKind.dropLast("List".count)))
    }
}
