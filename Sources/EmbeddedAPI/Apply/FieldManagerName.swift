import KubernetesAPI

/// The name of a field manager.
public enum FieldManagerName {
    /// The longest name, in bytes.
    public static let limitBytes = 128

    /// The name of a client that gave none: its user agent up to the first slash, without what cannot be printed, cut to ``limitBytes``.
    public static func of(userAgent: String) -> String {
        var name = ""
        for scalar in userAgent.unicodeScalars.prefix(while: { $0 != "/" }) where scalar == " " || scalar.isPrintable {
            guard name.utf8.count + UTF8.width(scalar) <= limitBytes else { break }
            name.unicodeScalars.append(scalar)
        }
        return name
    }
}
