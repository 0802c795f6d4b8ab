import Glibc
import Synchronization

/// How far local time is from UTC, from the system's time zone database (RFC 9636 files).
enum TimeZoneOffsets {
    private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]

    /// Seconds to add to UTC at a moment (seconds since 1970) in a zone: `UTC`, `+05:30`, `05:30`, `Europe/Paris`. Nil for a zone that is not known.
    static func offset(of zone: String, at seconds: Int64) -> Int64? {
        if zone.isEmpty || zone == "UTC" { return 0 }
        if zone.utf8.contains(58) { return fixedOffset(zone) }
        return file(of: zone)?.offset(at: seconds)
    }

    /// Zones that were asked for, so that a macro does not read a file for each of its elements.
    private static let known = Mutex<[String: ZoneFile]>([:])
    private static let knownLimit = 100

    private static func file(of zone: String) -> ZoneFile? {
        if let file = known.withLock({ $0[zone] }) { return file }
        guard let bytes = read(zone), let file = ZoneFile(bytes) else { return nil }
        known.withLock {
            if $0.count >= knownLimit { $0.removeAll() }
            $0[zone] = file
        }
        return file
    }

    private static func fixedOffset(_ text: String) -> Int64? {
        var digits = text.utf8[...]
        let isNegative = digits.first == 45
        if digits.first == 45 || digits.first == 43 { digits.removeFirst() }
        let parts = digits.split(separator: 58, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count <= 2, parts[1].count == 2, parts.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } }),
            let hours = Int64(String(parts[0]) ?? ""), let minutes = Int64(String(parts[1]) ?? ""), hours < 24, minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
    }

    private static func read(_ zone: String) -> [UInt8]? {
        // A name from outside becomes a path: nothing but the database may be reached.
        let parts = zone.split(separator: "/", omittingEmptySubsequences: false)
        guard zone.utf8.count <= 64, (1...3).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy { $0.isNameStart || $0.isDigit || $0 == "+" || $0 == "-" } })
        else { return nil }
        for folder in folders {
            guard let file = fopen(folder + "/" + zone, "rb") else { continue }
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 65536)
            let count = fread(&bytes, 1, bytes.count, file)
            if count > 44 { return Array(bytes.prefix(count)) }
        }
        return nil
    }
}

/// The transitions of one zone.
private struct ZoneFile: Sendable {
    private let bytes: [UInt8]
    private let start: Int
    private let transitionCount: Int
    private let typeCount: Int
    private let footer: String

    init?(_ bytes: [UInt8]) {
        func header(at start: Int) -> (version: UInt8, counts: [Int])? {
            guard start + 44 <= bytes.count, Array(bytes[start..<start + 4]) == Array("TZif".utf8) else { return nil }
            let counts = (0..<6).map { index in bytes[start + 20 + index * 4..<start + 24 + index * 4].reduce(0) { $0 << 8 | Int($1) } }
            return counts.allSatisfy({ $0 <= 65536 }) ? (bytes[start + 4], counts) : nil
        }
        // Behind the first block with 32 bit times stands a second one with 64 bits.
        guard let first = header(at: 0), first.version >= 50 else { return nil }
        let counts = first.counts
        let second = 44 + counts[3] * 5 + counts[4] * 6 + counts[5] + counts[2] * 8 + counts[1] + counts[0]
        guard let header = header(at: second) else { return nil }
        let sizes = header.counts
        start = second + 44
        (transitionCount, typeCount) = (sizes[3], sizes[4])
        let end = start + transitionCount * 9 + typeCount * 6 + sizes[5] + sizes[2] * 12 + sizes[1] + sizes[0]
        guard typeCount > 0, end <= bytes.count else { return nil }
        self.bytes = bytes
        footer = String(decoding: bytes[end...].drop { $0 == 10 }.prefix { $0 != 10 }, as: UTF8.self)
    }

    private func number(_ index: Int, _ size: Int) -> Int64 {
        var value: Int64 = size == 4 && bytes[index] >= 128 ? -1 : 0
        for byte in bytes[index..<index + size] { value = value << 8 | Int64(byte) }
        return value
    }

    func offset(at seconds: Int64) -> Int64? {
        var (low, high) = (0, transitionCount)
        while low < high {
            let middle = (low + high) / 2
            if number(start + middle * 8, 8) <= seconds { low = middle + 1 } else { high = middle }
        }
        // After the last transition the rule at the end of the file holds.
        if low == transitionCount, let rule = PosixZone(footer) { return rule.offset(at: seconds) }
        let type = low == 0 ? 0 : Int(bytes[start + transitionCount * 8 + low - 1])
        guard type < typeCount else { return nil }
        return number(start + transitionCount * 9 + type * 6, 4)
    }
}
