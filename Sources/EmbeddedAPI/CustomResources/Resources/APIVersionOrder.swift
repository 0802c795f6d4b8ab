/// The order of API versions by maturity: `v10`, `v2`, `v1`, `v11beta2`, `v10beta3`, `v3beta1`, `v12alpha1`, then other names by their letters.
public enum APIVersionOrder {
    public static func sorted(_ versions: [String]) -> [String] { versions.sorted(by: precedes) }

    /// Whether `a` is more mature, or as mature and newer than `b`.
    public static func precedes(_ a: String, _ b: String) -> Bool {
        switch (Parts(a), Parts(b)) {
        case (let a?, let b?): (a.stability, a.major, a.minor) > (b.stability, b.major, b.minor)
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): a.utf8.lexicographicallyPrecedes(b.utf8)
        }
    }

    private struct Parts {
        var stability = 2
        var major: Int
        var minor = 0

        init?(_ name: String) {
            guard name.hasPrefix("v") else { return nil }
            let digits = name.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard digits.first != "0", let major = Int(digits) else { return nil }
            self.major = major
            let rest = name.dropFirst(1 + digits.count)
            if rest.isEmpty { return }
            stability = rest.hasPrefix("beta") ? 1 : rest.hasPrefix("alpha") ? 0 : -1
            let number = rest.dropFirst(stability == 1 ? 4 : 5)
            guard stability >= 0, number.first != "0", number.allSatisfy({ $0.isASCII && $0.isNumber }), let minor = Int(number) else { return nil }
            self.minor = minor
        }
    }
}
