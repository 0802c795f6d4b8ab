import Foundation

/// Identifiers of objects and tokens: random UUIDs in lower case, as Kubernetes writes them (RFC 9562, version 4).
enum UniqueIdentifier {
    static func make() -> String { UUID().uuidString.lowercased() }
}
