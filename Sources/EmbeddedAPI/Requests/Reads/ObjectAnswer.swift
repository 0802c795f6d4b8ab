import KubernetesAPI

/// Turns objects into the bodies that clients asked for.
struct ObjectAnswer: Sendable {
    let resource: ServedResource
    let representation: Representation
    let included: TableAnswer.IncludedObject
    let now: Time

    /// One object.
    ///
    /// - Parameter stored: the same object as it is stored, whose bytes are sent where they are what the client reads.
    func response(_ object: @autoclosure () throws -> JSONObject, stored: StoredObject?, status: Int = 200) throws -> APIResponse {
        let body: [UInt8]
        if case .object = representation.shape, let stored {
            body = representation.bytes(ofJSON: try resource.bytes(of: stored))
        } else {
            body = representation.bytes(of: try object(), as: table, including: included, now: now)
        }
        return APIResponse(status: status, headers: [("Content-Type", representation.contentType)], body: .bytes(body))
    }

    /// An object of another kind than the resource's: a Scale, a token.
    func response(_ object: JSONObject, as table: TableAnswer, status: Int = 200) -> APIResponse {
        let body = representation.bytes(of: object, as: table, including: included, now: now)
        return APIResponse(status: status, headers: [("Content-Type", representation.contentType)], body: .bytes(body))
    }

    /// A list, or a page of one.
    func response(_ page: ListPage) throws -> APIResponse {
        let definition = resource.definition
        let list = ListAnswer(
            kind: resource.listKind, apiVersion: definition.apiVersion, itemsHaveTypes: resource.isCustom, version: page.version,
            continueToken: page.continueToken, remainingCount: page.remainingCount)
        let body: [UInt8]
        switch representation.shape {
        case .object, .aggregatedDiscovery, .partialMetadata:
            let items = try page.objects.map { try resource.bytes(of: $0) }
            body = representation.bytes(ofJSON: list.bytes(of: items))
        case .table(let version):
            let objects = try page.objects.map { resource.read(try $0.decoded()) }
            let shown = table.table(of: objects, metadata: list.metadata, including: included, version: version, now: now)
            body = representation.bytes(of: .object(shown))
        case .partialMetadataList(let version):
            let objects = try page.objects.map { resource.read(try $0.decoded()) }
            body = representation.bytes(of: .object(list.partialMetadata(of: objects, version: version)))
        }
        return APIResponse(headers: [("Content-Type", representation.contentType)], body: .bytes(body))
    }

    /// An object of a watch.
    ///
    /// - Parameter isFirst: whether no object was shown before; Tables have their columns then only.
    func eventObject(_ stored: StoredObject, isFirst: Bool) throws -> [UInt8] {
        switch representation.shape {
        case .object, .aggregatedDiscovery:
            return try resource.bytes(of: stored)
        case .table(let version):
            let object = resource.read(try stored.decoded())
            return JSONValue.object(table.table(of: object, including: included, version: version, hasColumns: isFirst, now: now)).serialized()
        case .partialMetadata(let version), .partialMetadataList(let version):
            return JSONValue.object(PartialMetadata.of(resource.read(try stored.decoded()), version: version)).serialized()
        }
    }

    /// The object of a bookmark: its type, and how far the watch has come.
    func bookmark(version resourceVersion: Int64, endsInitialEvents: Bool) -> [UInt8] {
        var metadata: JSONObject = ["resourceVersion": .string(String(resourceVersion))]
        if endsInitialEvents { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        var object = resource.emptyForBookmarks
        object["metadata"] = .object(metadata)
        switch representation.shape {
        case .object, .aggregatedDiscovery: return JSONValue.object(object).serialized()
        case .table(let version):
            return JSONValue.object(table.table(of: object, including: included, version: version, hasColumns: false, now: now)).serialized()
        case .partialMetadata(let version), .partialMetadataList(let version):
            return JSONValue.object(PartialMetadata.of(object, version: version)).serialized()
        }
    }

    private var table: TableAnswer { resource.table }
}
