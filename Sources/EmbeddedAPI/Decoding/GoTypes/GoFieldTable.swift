/// How Kubernetes' Go types hold fields, where this does not follow from the declared types: what its JSON form leaves out, and what its messages call types.
///
/// A line names a type by its group, version and kind, then fields. Without an entry, a required field is always written; an optional string, boolean, list or
/// map is left out when it is empty; any other optional field is left out when it is absent. Signs after a name say otherwise:
///
/// - `*`: left out when it is absent, kept when it is zero (a pointer);
/// - `=`: left out when it is zero;
/// - `!`: always written;
/// - `?`: null when it is absent.
///
/// What follows a colon is the name of the Go type. Taken from the `types.go` of <https://github.com/kubernetes/api> and its sisters at 1.36.
enum GoFieldTable {
    struct Entry {
        var presence: GoField.Presence?
        var goType: String?
    }

    /// The entries by the short name of the type (`apps.v1.Deployment`) and the name of the field.
    static func entries() -> [Substring: [Substring: Entry]] {
        var entries: [Substring: [Substring: Entry]] = [:]
        for text in [core, workloads, others] {
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let type = words.first else { continue }
                for word in words.dropFirst() {
                    let (name, entry) = Self.entry(word)
                    entries[type, default: [:]][name] = entry
                }
            }
        }
        return entries
    }

    private static func entry(_ word: Substring) -> (Substring, Entry) {
        let parts = word.split(separator: ":", maxSplits: 1)
        var name = parts[0]
        var entry = Entry(goType: parts.count > 1 ? String(parts[1]) : nil)
        switch name.last {
        case "*": entry.presence = .omittedWhenAbsent
        case "=": entry.presence = .omittedWhenZero
        case "!": entry.presence = .always
        case "?": entry.presence = .nullWhenAbsent
        default: return (name, entry)
        }
        name.removeLast()
        return (name, entry)
    }
}
