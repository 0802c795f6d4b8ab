import KubernetesAPI

/// Names of children that follow from their owner, so that a crash or a late watch repeats the same request, which the server refuses as `AlreadyExists`.
///
/// Kubernetes lets the server make a name from `generateName`, and must then remember what it asked for until it sees it. The names look the same.
enum ChildName {
    /// A name is made of at most this much of its prefix, and five characters: no more than 63, so that a host may be called that.
    private static let longestPrefix = 58

    /// `prefix` and a hash of the owner and of which child it is.
    static func name(prefix: String, owner uid: String, child: String) -> String {
        var hash = StableHash()
        hash.combine(uid)
        hash.combine(child)
        return String(decoding: prefix.utf8.prefix(longestPrefix), as: UTF8.self) + hash.suffix
    }

    /// Names of the first `count` children, counted from `first`, whose names are not taken.
    static func free(_ count: Int, prefix: String, owner uid: String, from first: Int = 0, taken: Set<String>) -> [String] {
        var (names, taken, ordinal) = ([String](), taken, first)
        while names.count < count {
            let name = name(prefix: prefix, owner: uid, child: "\(ordinal)")
            if taken.insert(name).inserted { names.append(name) }
            ordinal += 1
        }
        return names
    }
}
