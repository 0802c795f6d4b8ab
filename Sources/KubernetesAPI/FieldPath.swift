/// Where in an object something is, written as Kubernetes writes it: `spec.containers[0].image`, `metadata.labels[app.kubernetes.io/name]`.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    public enum Element: Hashable, Sendable {
        /// A field of an object: `.name`.
        case field(String)
        /// An element of a list: `[0]`.
        case index(Int)
        /// A key of a map, or the key of an element in a list that is a map: `[key]`.
        case key(String)
    }

    public var elements: [Element]

    public init(_ elements: [Element] = []) { self.elements = elements }
    /// A path of fields.
    public init(_ fields: String...) { elements = fields.map { .field($0) } }

    public func field(_ name: String) -> FieldPath { FieldPath(elements + [.field(name)]) }
    public func index(_ index: Int) -> FieldPath { FieldPath(elements + [.index(index)]) }
    public func key(_ key: String) -> FieldPath { FieldPath(elements + [.key(key)]) }

    public var description: String {
        var text = ""
        for element in elements {
            switch element {
            case .field(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += "[\(key)]"
            }
        }
        return text
    }
}
