import KubernetesAPI

/// Which objects are due when, to the minute. Setting, moving and removing cost the same however many there are.
struct ExpiryBuckets: Sendable {
    private static let width: Int64 = 60

    private var buckets: [Int64: Set<ObjectKey>] = [:]
    private var places: [ObjectKey: Int64] = [:]

    var isEmpty: Bool { places.isEmpty }

    /// Sets when the object is due, in seconds since 1970: it is returned within a minute after that.
    mutating func set(_ key: ObjectKey, due: Int64) {
        remove(key)
        let bucket = due / Self.width
        buckets[bucket, default: []].insert(key)
        places[key] = bucket
    }

    mutating func remove(_ key: ObjectKey) {
        guard let bucket = places.removeValue(forKey: key) else { return }
        buckets[bucket]?.remove(key)
        if buckets[bucket]?.isEmpty ?? false { buckets[bucket] = nil }
    }

    /// When the next objects are returned, in seconds since 1970. There are no more buckets than minutes in the longest time that something is kept.
    var next: Int64? { buckets.keys.min().map { ($0 + 1) * Self.width } }

    /// Takes out what is due by `now`.
    mutating func takeDue(_ now: Int64) -> [ObjectKey] {
        var due: [ObjectKey] = []
        while let next, next <= now, let keys = buckets.removeValue(forKey: next / Self.width - 1) {
            due += keys.sorted()
            for key in keys { places[key] = nil }
        }
        return due
    }
}
