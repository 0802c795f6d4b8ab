import Glibc

/// Where an object stands within its resource: its namespace, when it has one, and its name.
///
/// Keys are ordered as etcd orders those of Kubernetes, by the bytes of `namespace/name`: clients see lists in this order, page by page.
/// Equality is by bytes too, since names of some kinds (RBAC) may hold any character, and `String` finds canonically equivalent ones equal.
public struct ObjectKey: Sendable {
    /// `namespace/name`, or only the name of an object that has no namespace.
    public let path: String
    /// The length of the namespace in bytes; 0 without one.
    private let namespaceCount: Int

    /// - Parameter namespace: empty for an object without namespace. A namespace holds no `/`.
    public init(namespace: String = "", name: String) {
        path = namespace.isEmpty ? name : namespace + "/" + name
        namespaceCount = namespace.utf8.count
    }

    /// Empty for an object without namespace.
    public var namespace: String { String(decoding: path.utf8.prefix(namespaceCount), as: UTF8.self) }

    public var name: String { namespaceCount == 0 ? path : String(decoding: path.utf8.dropFirst(namespaceCount + 1), as: UTF8.self) }

    /// Whether the object stands in `namespace`; the empty one is that of objects without namespace.
    public func isIn(namespace: String) -> Bool {
        namespaceCount == namespace.utf8.count && path.utf8.starts(with: namespace.utf8)
    }
}

extension ObjectKey: Hashable, Comparable, CustomStringConvertible {
    public static func == (left: ObjectKey, right: ObjectKey) -> Bool { left.path.comparesByBytes(to: right.path) == 0 }
    public static func < (left: ObjectKey, right: ObjectKey) -> Bool { left.path.comparesByBytes(to: right.path) < 0 }
    public func hash(into hasher: inout Hasher) {
        let hashed: Void? = path.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        if hashed == nil { for byte in path.utf8 { hasher.combine(byte) } }
    }
    public var description: String { path }
}

extension String {
    /// Negative, zero or positive as the bytes of this string sort before, equal or sort after those of `other`.
    func comparesByBytes(to other: String) -> Int {
        let compared = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard let a = left.baseAddress, let b = right.baseAddress else { return left.count - right.count }
                let order = memcmp(a, b, min(left.count, right.count))
                return order == 0 ? left.count - right.count : Int(order)
            }
        }
        if let compared, let compared { return compared }
        if utf8.elementsEqual(other.utf8) { return 0 }
        return utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
    }
}
