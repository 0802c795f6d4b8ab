/// The UTF-8 of a name that is checked.
typealias NameBytes = UnsafeBufferPointer<UInt8>

extension NameBytes {
    /// `[a-z0-9]([-a-z0-9]*[a-z0-9])?`
    var isDNSLabel: Bool { first.isDNSAlphanumeric && last.isDNSAlphanumeric && allSatisfy(\.isDNSLabelCharacter) }

    /// DNS labels joined by dots.
    var isDNSSubdomain: Bool {
        var previous: UInt8?
        for byte in self {
            // A dot ends a label, and so does the end of the text; a dash can neither begin nor end one.
            let isAllowed =
                byte == UInt8(ascii: ".")
                ? previous.isDNSAlphanumeric
                : byte == UInt8(ascii: "-")
                    ? previous != nil && previous != UInt8(ascii: ".")
                    : byte.isDNSLabelCharacter
            guard isAllowed else { return false }
            previous = byte
        }
        return previous.isDNSAlphanumeric
    }

    /// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`
    var isLabelText: Bool { first.isASCIIAlphanumeric && last.isASCIIAlphanumeric && allSatisfy(\.isConfigMapKeyCharacter) }

    /// A label text of at most 63 bytes, or a DNS subdomain, a slash and such a text.
    var isQualifiedName: Bool {
        guard let slash = firstIndex(of: UInt8(ascii: "/")) else { return count <= 63 && isLabelText }
        let (prefix, name) = (NameBytes(rebasing: self[..<slash]), NameBytes(rebasing: self[(slash + 1)...]))
        return prefix.count <= 253 && prefix.isDNSSubdomain && name.count <= 63 && name.isLabelText
    }

    /// `[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?`
    var isConditionReason: Bool {
        guard let first, first.isASCIILetter, let last, last.isASCIIAlphanumeric || last == UInt8(ascii: "_") else { return false }
        return allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") }
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    var isASCIILowercaseLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }
    var isASCIILetter: Bool { isASCIILowercaseLetter || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self }
    var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }
    var isDNSAlphanumeric: Bool { isASCIILowercaseLetter || isASCIIDigit }
    var isDNSLabelCharacter: Bool { isDNSAlphanumeric || self == UInt8(ascii: "-") }
    var isConfigMapKeyCharacter: Bool { isASCIIAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ".") }
    var isEnvironmentVariableCharacter: Bool { UInt8(ascii: " ")...UInt8(ascii: "~") ~= self && self != UInt8(ascii: "=") }
}

extension UInt8? {
    var isDNSAlphanumeric: Bool { self?.isDNSAlphanumeric ?? false }
    var isASCIIAlphanumeric: Bool { self?.isASCIIAlphanumeric ?? false }
    var isASCIILowercaseLetter: Bool { self?.isASCIILowercaseLetter ?? false }
}
