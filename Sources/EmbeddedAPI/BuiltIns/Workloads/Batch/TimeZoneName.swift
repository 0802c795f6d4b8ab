import Glibc
import KubernetesAPI

/// Names of time zones as the IANA database has them, such as `Europe/Berlin`.
enum TimeZoneName {
    /// Why a CronJob's time zone is refused.
    static func problems(of name: String) -> [String] {
        guard !name.isEmpty else { return ["timeZone must be nil or non-empty string"] }
        guard name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isPart) else { return ["unknown time zone \(name)"] }
        if name.lowercased() == "local" { return ["timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"] }
        return exists(name) ? [] : ["unknown time zone \(name)"]
    }

    private static func isPart(_ part: Substring) -> Bool {
        guard part != ".", part != "..", !part.hasPrefix("-"), (1...14).contains(part.utf8.count) else { return false }
        return part.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || ".-_+".unicodeScalars.contains($0)) }
    }

    /// Whether the system knows the zone. Without a database every name that looks right is taken.
    static func exists(_ name: String) -> Bool {
        guard name != "", name != "UTC" else { return true }
        guard !name.contains(".."), !name.hasPrefix("/") else { return false }
        let database = "/usr/share/zoneinfo"
        guard access(database, R_OK) == 0 else { return true }
        var details = stat()
        return stat("\(database)/\(name)", &details) == 0 && details.st_mode & S_IFMT == S_IFREG
    }
}
