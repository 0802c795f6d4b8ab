public import KubernetesAPI

/// Service accounts. Of references to secrets only the name is kept.
public struct ServiceAccountKind: BuiltInKind {
    static let mountableSecrets = "kubernetes.io/enforce-mountable-secrets"

    public init() {}
    public var type: any Resource.Type { ServiceAccount.self }

    public func prepareForCreation(_ object: inout JSONObject) { cleanReferences(&object) }
    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) { cleanReferences(&object) }

    private func cleanReferences(_ object: inout JSONObject) {
        object.editElements("secrets") { secret in secret = secret["name"].map { ["name": $0] } ?? [:] }
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        func isAnnotated(_ object: JSONObject) -> Bool { object.goMetadata.goObject("annotations")[Self.mountableSecrets] != nil }
        guard isAnnotated(object), !(old.map(isAnnotated) ?? false) else { return [] }
        return ["metadata.annotations[\(Self.mountableSecrets)]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { [TableCells.name(object), TableCells.age(object, now)] }
}
