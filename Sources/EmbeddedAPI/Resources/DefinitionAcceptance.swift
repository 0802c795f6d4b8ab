import KubernetesAPI

/// Follows the definitions: accepts their names, and serves what they define.
struct DefinitionAcceptance: Sendable {
    let store: ObjectStore
    let table: ResourceTable

    /// To be called after every write of a definition: accepts names that are free now, and takes the definitions over.
    func settle(now: Time) async throws {
        try await store.write { transaction in
            var definitions: [(key: ObjectKey, definition: JSONObject)] = []
            try transaction.walk(Admission.definitions) { stored in
                definitions.append((stored.key, try stored.decoded()))
                return true
            }
            for index in definitions.indices {
                let definition = definitions[index].definition
                let group = definition["spec"]?["group"]?.string ?? ""
                let taken = DefinitionStatus.TakenNames(group: group, definitions: definitions.map(\.definition))
                guard let status = DefinitionStatus.settled(definition, taken: taken, now: now) else { continue }
                var settled = definition
                settled["status"] = status
                let written = try transaction.put(settled, at: definitions[index].key, in: Admission.definitions)
                definitions[index].definition = try written.decoded()
            }
        }
        takeOver(at: store.version)
    }

    /// Takes over the definitions that were there before the server.
    func load() { takeOver(at: 0) }

    private func takeOver(at version: Int64) {
        table.update(definitions: StoreReader(store: store).objects(Admission.definitions, namespace: nil), at: version)
    }
}
