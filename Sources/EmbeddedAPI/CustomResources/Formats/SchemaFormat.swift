import KubernetesAPI

/// The `format`s of strings and numbers that Kubernetes 1.36 knows in CustomResourceDefinitions; all others are ignored.
enum SchemaFormat {
    /// Formats of strings by their names without dashes, as the registry of go-openapi compares them.
    private static let stringFormats: [String: @Sendable (String) -> Bool] = [
        "bsonobjectid": { $0.utf8.count == 24 && $0.utf8.allSatisfy(\.isHexDigit) },
        "uri": { isRequestURI($0) },
        "email": { isEmailAddress($0) },
        "hostname": { isHostname($0) },
        "ipv4": { $0.utf8.contains(UInt8(ascii: ".")) && (IPText.isIPv4($0, allowsLeadingZeros: true) || IPText.isIPv6($0, allowsLeadingZeros: true)) },
        "ipv6": { IPText.isIPv6($0, allowsLeadingZeros: false) },
        "cidr": { IPText.isNetwork($0) },
        "mac": { IPText.isHardwareAddress($0) },
        "uuid": { isUUID($0, version: nil, variant: false) },
        "uuid3": { isUUID($0, version: "3", variant: false) },
        "uuid4": { isUUID($0, version: "4", variant: true) },
        "uuid5": { isUUID($0, version: "5", variant: true) },
        "isbn": { CheckedNumber.isISBN10($0) || CheckedNumber.isISBN13($0) },
        "isbn10": { CheckedNumber.isISBN10($0) },
        "isbn13": { CheckedNumber.isISBN13($0) },
        "creditcard": { CheckedNumber.isCreditCard($0) },
        "ssn": { CheckedNumber.isSocialSecurityNumber($0) },
        "hexcolor": { isHexColor($0) },
        "rgbcolor": { isRGBColor($0) },
        "byte": { isBase64($0) },
        "password": { _ in true },
        "date": { TimeText.isDate(Array($0.utf8)[...]) },
        "datetime": { TimeText.isDateTime($0) },
        "duration": { TimeText.isDuration($0) },
        "k8sshortname": { NameRule.dns1123Label.allows($0) },
        "k8slongname": { NameRule.dns1123Subdomain.allows($0) },
    ]

    private static func normalized(_ name: String) -> String { String(name.filter { $0 != "-" }) }

    /// Whether Kubernetes checks the format on values of the type (empty where the schema has none or several).
    static func isChecked(_ format: String, type: String) -> Bool {
        switch type {
        case "", "string": stringFormats[normalized(format)] != nil
        case "integer": format == "int32" || format == "int64"
        case "number": format == "float" || format == "double"
        default: false
        }
    }

    /// Whether the format is one of strings, so that it applies to them whatever the type is.
    static func appliesToStrings(_ format: String) -> Bool { stringFormats[normalized(format)] != nil }

    /// Whether `text` has the form; true for unknown formats.
    static func allows(_ text: String, as format: String) -> Bool { stringFormats[normalized(format)]?(text) ?? true }

    /// Hexadecimal groups of 8, 4, 4, 4 and 12 digits with a dash or nothing between them.
    private static func isUUID(_ text: String, version: Character?, variant: Bool) -> Bool {
        var digits: [UInt8] = []
        let boundaries = [8, 12, 16, 20]
        var lastWasDash = true
        for byte in text.utf8 {
            if byte == UInt8(ascii: "-") {
                guard !lastWasDash, boundaries.contains(digits.count) else { return false }
                lastWasDash = true
            } else {
                guard byte.isHexDigit, digits.count < 32 else { return false }
                digits.append(byte)
                lastWasDash = false
            }
        }
        guard digits.count == 32 else { return false }
        if let version, digits[12] != version.asciiValue { return false }
        return !variant || [UInt8]("89abAB".utf8).contains(digits[16])
    }

    private static func isHexColor(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "#") ? text.utf8.dropFirst() : text.utf8[...]
        return (digits.count == 3 || digits.count == 6) && digits.allSatisfy(\.isHexDigit)
    }

    /// `rgb(1, 2, 3)` with numbers of 0...255 without leading zeros.
    private static func isRGBColor(_ text: String) -> Bool {
        guard text.hasPrefix("rgb("), text.hasSuffix(")"), text.utf8.count >= 5 else { return false }
        let parts = text.dropFirst(4).dropLast().split(separator: ",", omittingEmptySubsequences: false)
        return parts.count == 3
            && parts.allSatisfy { part in
                let digits = part.utf8.trimmingASCIIWhitespace
                guard (1...3).contains(digits.count), digits.allSatisfy(\.isDecimalDigit) else { return false }
                return (digits.count == 1 || digits.first != UInt8(ascii: "0")) && digits.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
            }
    }

    /// Standard base64 with padding; not empty.
    private static func isBase64(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count.isMultiple(of: 4) else { return false }
        let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return false }
        return bytes.dropLast(padding).allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    }

    /// As go-openapi's pattern: one label with a dash after its first character at most, or several labels and a last one of letters.
    private static func isHostname(_ text: String) -> Bool {
        guard text.utf8.count <= 255 else { return false }
        let labels = text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy({ String($0).utf8.count <= 63 }), let last = labels.last else { return false }
        if labels.count == 1 {
            guard last.first.map(\.isHostnameCharacter) ?? false else { return false }
            var rest = last.dropFirst()
            if rest.first == "-" { rest = rest.dropFirst() }
            return rest.count <= 62 && rest.allSatisfy(\.isHostnameCharacter)
        }
        let isName = labels.dropLast().allSatisfy { label in
            guard let first = label.first, let last = label.last, first.isHostnameCharacter, last.isHostnameCharacter else { return false }
            return label.count <= 63 && label.allSatisfy { $0.isHostnameCharacter || $0 == "-" }
        }
        return isName && (2...63).contains(last.count) && last.allSatisfy { $0.properties.generalCategory.isLetter }
    }
}

extension Unicode.Scalar {
    fileprivate var isHostnameCharacter: Bool {
        let category = properties.generalCategory
        return ("0"..."9").contains(self) || category.isLetter || category.isSymbol
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isLetter: Bool {
        switch self {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
    fileprivate var isSymbol: Bool {
        switch self {
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
        default: false
        }
    }
}

extension UInt8 {
    var isDecimalDigit: Bool { (48...57).contains(self) }
    var isHexDigit: Bool { isDecimalDigit || (65...70).contains(self) || (97...102).contains(self) }
    var isASCIILetter: Bool { (65...90).contains(self) || (97...122).contains(self) }
    var isASCIIAlphanumeric: Bool { isDecimalDigit || isASCIILetter }
    var isASCIIWhitespace: Bool { self == 32 || (9...13).contains(self) }
}

extension BidirectionalCollection where Element == UInt8 {
    var trimmingASCIIWhitespace: SubSequence {
        var slice = self[...]
        while let first = slice.first, first.isASCIIWhitespace { slice = slice.dropFirst() }
        while let last = slice.last, last.isASCIIWhitespace { slice = slice.dropLast() }
        return slice
    }
}
