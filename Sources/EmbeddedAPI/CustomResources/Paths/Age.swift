public import KubernetesAPI

/// How old something is, as the columns of tables say it: `5s`, `3m20s`, `4d`, `2y10d`.
public enum Age {
    /// - Parameter seconds: how long ago; small negative numbers (a clock that is behind) count as 0.
    public static func text(seconds: Int64) -> String {
        if seconds < -1 { return "<invalid>" }
        if seconds < 0 { return "0s" }
        if seconds < 120 { return "\(seconds)s" }
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400)
        if minutes < 10 { return two(minutes, "m", seconds % 60, "s") }
        if minutes < 180 { return "\(minutes)m" }
        if hours < 8 { return two(hours, "h", minutes % 60, "m") }
        if hours < 48 { return "\(hours)h" }
        if days < 8 { return two(days, "d", hours % 24, "h") }
        if days < 365 * 2 { return "\(days)d" }
        if days < 365 * 8 { return two(days / 365, "y", days % 365, "d") }
        return "\(days / 365)y"
    }

    /// - Parameter timestamp: RFC 3339; empty or `null` where it is not known.
    public static func text(of timestamp: String, now: Time) -> String {
        if timestamp.isEmpty || timestamp == "null" { return "<unknown>" }
        guard let time = try? Time(parsing: timestamp) else { return "<invalid>" }
        return text(seconds: now.secondsSince1970 - time.secondsSince1970)
    }

    private static func two(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
        small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
    }
}
