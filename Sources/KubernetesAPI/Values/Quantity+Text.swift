extension Quantity: CustomStringConvertible {
    /// The text as Kubernetes writes it: ``canonicalText``, or the text that was read where Kubernetes keeps that (see ``init(parsing:)``).
    public var description: String { text ?? canonicalText }

    /// The canonical form: no fraction, the largest suffix that loses nothing, `0` for zero.
    ///
    /// Binary quantities below 1,024 and those with fractions are written in powers of 1,000, as in Kubernetes.
    /// - Note: Kubernetes forgets the suffix of amounts that need one beyond `E` (its `1000E` is written `1`); here `E` is the last, whatever number that takes.
    public var canonicalText: String {
        guard nano != 0 else { return "0" }
        if format == .binarySI, let text = binaryText { return text }
        var number = nano
        var exponent = -9
        while format == .decimalExponent || exponent < 18 {
            let (quotient, remainder) = number.quotientAndRemainder(dividingBy: 1_000)
            guard remainder == 0 else { break }
            number = quotient
            exponent += 3
        }
        if format == .decimalExponent { return exponent == 0 ? "\(number)" : "\(number)e\(exponent)" }
        return "\(number)\(Self.decimalSuffixes[(exponent + 9) / 3])"
    }

    private static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
    private static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

    /// The amount in powers of 1,024; nil where Kubernetes writes powers of 1,000 instead.
    private var binaryText: String? {
        var (number, remainder) = nano.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard remainder == 0, number.magnitude >= 1_024 else { return nil }
        var power = 0
        while power < Self.binarySuffixes.count - 1, number % 1_024 == 0 {
            number /= 1_024
            power += 1
        }
        return "\(number)\(Self.binarySuffixes[power])"
    }
}
