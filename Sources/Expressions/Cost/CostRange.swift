/// The least and the most that something costs, in the units of cel-go. Sums and products that do not fit are the largest number.
public struct CostRange: Hashable, Sendable {
    public var min: UInt64
    public var max: UInt64

    public init(_ min: UInt64, _ max: UInt64) { (self.min, self.max) = (min, max) }
    public init(_ exactly: UInt64) { self.init(exactly, exactly) }

    /// A size or cost that nothing is known about.
    public static let unknown = CostRange(0, .max)
    static let zero = CostRange(0)

    static func + (left: CostRange, right: CostRange) -> CostRange {
        CostRange(left.min.addingOrMaximum(right.min), left.max.addingOrMaximum(right.max))
    }

    static func * (left: CostRange, right: CostRange) -> CostRange {
        CostRange(left.min.multipliedOrMaximum(by: right.min), left.max.multipliedOrMaximum(by: right.max))
    }

    /// The share that reading a value of this size costs, rounded up.
    func times(_ factor: Double) -> CostRange { CostRange(min.scaledOrMaximum(by: factor), max.scaledOrMaximum(by: factor)) }

    /// What covers both.
    func union(_ other: CostRange) -> CostRange { CostRange(Swift.min(min, other.min), Swift.max(max, other.max)) }
}

extension UInt64 {
    public func addingOrMaximum(_ other: UInt64) -> UInt64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }

    public func multipliedOrMaximum(by other: UInt64) -> UInt64 {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return overflows ? .max : product
    }

    fileprivate func scaledOrMaximum(by factor: Double) -> UInt64 {
        let product = (Double(self) * factor).rounded(.up)
        return product >= 0x1p64 ? .max : UInt64(product)
    }
}

/// Knows how large the values of variables can be, from the schema that they follow.
public protocol ExpressionSizes: Sendable {
    /// The largest size of the values at a place: characters, bytes, elements or members. Nil where nothing is known.
    ///
    /// - Parameter path: a variable, then names of fields, `@items`, `@keys` and `@values`.
    func largestSize(at path: [String]) -> UInt64?
}

/// No variable's size is known.
public struct UnknownSizes: ExpressionSizes {
    public init() {}
    public func largestSize(at path: [String]) -> UInt64? { nil }
}
