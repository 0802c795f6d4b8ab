public import KubernetesAPI

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

    /// What is wrong with a name that a client gives in the option `fieldManager`, in Kubernetes' words; nil when it may be used.
    public static func errors(of name: String) -> FieldErrors? {
        let path = FieldPath("fieldManager")
        var errors: [FieldError] = []
        if name.utf8.count > limitBytes { errors.append(FieldError(.tooLong, at: path, "may not be more than \(limitBytes) bytes")) }
        var position = 0
        // A request line may be long: a few errors say as much as thousands.
        for scalar in name.unicodeScalars where errors.count < errorLimit {
            if scalar != " ", !scalar.isPrintable {
                let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
                let code = "U+" + String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
                errors.append(FieldError(.invalid, at: path, value: .string(name), "invalid character \(code) (at position \(position))"))
            }
            position += UTF8.width(scalar)
        }
        return errors.isEmpty ? nil : FieldErrors(errors)
    }

    private static let errorLimit = 10
}
