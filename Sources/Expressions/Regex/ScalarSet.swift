/// A set of code points.
struct ScalarSet: Sendable {
    /// Ranges, and categories with what they are negated to.
    var ranges: [ClosedRange<UInt32>] = []
    var categories: [(test: @Sendable (Unicode.Scalar.Properties) -> Bool, isNegated: Bool)] = []
    var negatedRanges: [[ClosedRange<UInt32>]] = []
    var isNegated = false
    var ignoresCase = false

    static let digit = ScalarSet(ranges: [48...57])
    static let space = ScalarSet(ranges: [9...10, 12...13, 32...32])
    static let word = ScalarSet(ranges: [48...57, 65...90, 95...95, 97...122])

    func contains(_ value: UInt32) -> Bool {
        if holds(value) { return !isNegated }
        if ignoresCase {
            for other in ScalarSet.caseVariants(of: value) where holds(other) { return !isNegated }
        }
        return isNegated
    }

    private func holds(_ value: UInt32) -> Bool {
        for range in ranges where range.contains(value) { return true }
        for negated in negatedRanges where !negated.contains(where: { $0.contains(value) }) { return true }
        if !categories.isEmpty, let properties = Unicode.Scalar(value)?.properties {
            for (test, isNegated) in categories where test(properties) != isNegated { return true }
        }
        return false
    }

    mutating func formUnion(_ other: ScalarSet) {
        if other.isNegated { negatedRanges.append(other.ranges) } else { ranges += other.ranges }
        categories += other.categories
        negatedRanges += other.negatedRanges
    }

    /// The other forms of a letter that count as the same where case does not matter.
    static func caseVariants(of value: UInt32) -> [UInt32] {
        guard let scalar = Unicode.Scalar(value) else { return [] }
        let lower = single(scalar.properties.lowercaseMapping) ?? scalar
        let upper = single(scalar.properties.uppercaseMapping) ?? scalar
        let folded = single(upper.properties.lowercaseMapping) ?? lower
        return [lower.value, upper.value, folded.value].filter { $0 != value }
    }

    private static func single(_ text: String) -> Unicode.Scalar? {
        let scalars = text.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }

    /// `[:name:]` of a bracket expression.
    static let posix: [String: ScalarSet] = [
        "alnum": ScalarSet(ranges: [48...57, 65...90, 97...122]), "alpha": ScalarSet(ranges: [65...90, 97...122]), "ascii": ScalarSet(ranges: [0...127]),
        "blank": ScalarSet(ranges: [9...9, 32...32]), "cntrl": ScalarSet(ranges: [0...31, 127...127]), "digit": digit,
        "graph": ScalarSet(ranges: [33...126]), "lower": ScalarSet(ranges: [97...122]), "print": ScalarSet(ranges: [32...126]),
        "punct": ScalarSet(ranges: [33...47, 58...64, 91...96, 123...126]), "space": ScalarSet(ranges: [9...13, 32...32]),
        "upper": ScalarSet(ranges: [65...90]), "word": word, "xdigit": ScalarSet(ranges: [48...57, 65...70, 97...102]),
    ]

    /// `\p{name}`: a general category, a script of ``scripts`` or `Any`; nil for others.
    static func unicodeClass(_ name: String) -> ScalarSet? {
        if name == "Any" { return ScalarSet(ranges: [0...0x10FFFF]) }
        if let ranges = scripts[name] { return ScalarSet(ranges: ranges) }
        guard let wanted = categoryNames[name] else { return nil }
        var set = ScalarSet()
        set.categories = [({ wanted.contains($0.generalCategory) }, false)]
        return set
    }

    private static let categoryNames: [String: Set<Unicode.GeneralCategory>] = {
        let single: [String: Unicode.GeneralCategory] = [
            "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter, "Lm": .modifierLetter, "Lo": .otherLetter, "Mn": .nonspacingMark,
            "Mc": .spacingMark, "Me": .enclosingMark, "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber, "Pc": .connectorPunctuation,
            "Pd": .dashPunctuation, "Ps": .openPunctuation, "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
            "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol, "So": .otherSymbol, "Zs": .spaceSeparator,
            "Zl": .lineSeparator, "Zp": .paragraphSeparator, "Cc": .control, "Cf": .format, "Co": .privateUse, "Cs": .surrogate,
        ]
        var names: [String: Set<Unicode.GeneralCategory>] = [:]
        for (name, category) in single {
            names[name] = [category]
            names[String(name.prefix(1)), default: []].insert(category)
        }
        return names
    }()

    /// The scripts that patterns name in practice, by the main blocks of Unicode.
    static let scripts: [String: [ClosedRange<UInt32>]] = [
        "Latin": [
            0x41...0x5A, 0x61...0x7A, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8, 0x2E0...0x2E4, 0x1D00...0x1D25, 0x1D2C...0x1D5C,
            0x1D62...0x1D65, 0x1D6B...0x1D77, 0x1D79...0x1DBE, 0x1E00...0x1EFF, 0x2071...0x2071, 0x207F...0x207F, 0x2090...0x209C, 0x212A...0x212B,
            0x2132...0x2132, 0x214E...0x214E, 0x2160...0x2188, 0x2C60...0x2C7F, 0xA722...0xA787, 0xA78B...0xA7CA, 0xA7F2...0xA7FF, 0xAB30...0xAB5A,
            0xFB00...0xFB06, 0xFF21...0xFF3A, 0xFF41...0xFF5A,
        ],
        "Greek": [
            0x370...0x373, 0x375...0x377, 0x37A...0x37D, 0x37F...0x37F, 0x384...0x384, 0x386...0x386, 0x388...0x38A, 0x38C...0x38C, 0x38E...0x3A1,
            0x3A3...0x3E1, 0x3F0...0x3FF, 0x1D26...0x1D2A, 0x1D5D...0x1D61, 0x1D66...0x1D6A, 0x1DBF...0x1DBF, 0x1F00...0x1F15, 0x1F18...0x1F1D,
            0x1F20...0x1F45, 0x1F48...0x1F4D, 0x1F50...0x1F57, 0x1F59...0x1F59, 0x1F5B...0x1F5B, 0x1F5D...0x1F5D, 0x1F5F...0x1F7D, 0x1F80...0x1FB4,
            0x1FB6...0x1FC4, 0x1FC6...0x1FD3, 0x1FD6...0x1FDB, 0x1FDD...0x1FEF, 0x1FF2...0x1FF4, 0x1FF6...0x1FFE, 0x2126...0x2126,
        ],
        "Cyrillic": [0x400...0x484, 0x487...0x52F, 0x1C80...0x1C88, 0x1D2B...0x1D2B, 0x1D78...0x1D78, 0x2DE0...0x2DFF, 0xA640...0xA69F],
        "Armenian": [0x531...0x556, 0x559...0x58A, 0x58D...0x58F, 0xFB13...0xFB17],
        "Hebrew": [0x591...0x5C7, 0x5D0...0x5EA, 0x5EF...0x5F4, 0xFB1D...0xFB4F],
        "Arabic": [
            0x600...0x604, 0x606...0x60B, 0x60D...0x61A, 0x61C...0x61E, 0x620...0x63F, 0x641...0x64A, 0x656...0x66F, 0x671...0x6DC, 0x6DE...0x6FF,
            0x750...0x77F, 0x8A0...0x8E1, 0x8E3...0x8FF, 0xFB50...0xFBC2, 0xFBD3...0xFD3D, 0xFD50...0xFDFF, 0xFE70...0xFEFC,
        ],
        "Devanagari": [0x900...0x950, 0x955...0x963, 0x966...0x97F, 0xA8E0...0xA8FF],
        "Thai": [0xE01...0xE3A, 0xE40...0xE5B],
        "Hangul": [0x1100...0x11FF, 0x302E...0x302F, 0x3131...0x318E, 0x3200...0x321E, 0x3260...0x327E, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xD7B0...0xD7FB],
        "Hiragana": [0x3041...0x3096, 0x309D...0x309F, 0x1B001...0x1B11F, 0x1F200...0x1F200],
        "Katakana": [0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0x32D0...0x32FE, 0x3300...0x3357, 0xFF66...0xFF6F, 0xFF71...0xFF9D],
        "Han": [
            0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFA6D, 0xFA70...0xFAD9, 0x20000...0x323AF,
        ],
    ]
}
