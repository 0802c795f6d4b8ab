import KubernetesAPI

/// Indexes of a job as its status lists them: `0-2,5,7-9`, rising.
struct IndexRanges {
    struct Problem: Error {
        let text: String
    }

    let ranges: [ClosedRange<Int64>]

    var count: Int64 { ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound + 1 } }

    /// - Parameter limit: the number of completions; an index is less.
    init(parsing text: String, below limit: Int64) throws(Problem) {
        var ranges: [ClosedRange<Int64>] = []
        if !text.isEmpty {
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let range = try Self.range(part, below: limit)
                if let last = ranges.last?.upperBound, last >= range.lowerBound {
                    throw Problem(text: "non-increasing order, previous: \(last), current: \(range.lowerBound)")
                }
                ranges.append(range)
            }
        }
        self.ranges = ranges
    }

    private static func range(_ text: Substring, below limit: Int64) throws(Problem) -> ClosedRange<Int64> {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2 else {
            let rule = "violates the requirement that an index interval can have at most two parts separated by '-'"
            throw Problem(text: "the fragment \(String(text).quotedAsGo) \(rule)")
        }
        let low = try index(ends[0], below: limit)
        guard ends.count == 2 else { return low...low }
        let high = try index(ends[1], below: limit)
        guard low < high else { throw Problem(text: "non-increasing order, previous: \(low), current: \(high)") }
        return low...high
    }

    private static func index(_ text: String, below limit: Int64) throws(Problem) -> Int64 {
        guard let index = Int64(text) else { throw Problem(text: "cannot convert string to integer for index: \(text.quotedAsGo)") }
        guard index < limit else { throw Problem(text: "too large index: \(text.quotedAsGo)") }
        return index
    }

    /// The first index that is in both.
    func firstCommonIndex(with other: IndexRanges) -> Int64? {
        for range in ranges {
            for theirs in other.ranges where range.overlaps(theirs) { return max(range.lowerBound, theirs.lowerBound) }
        }
        return nil
    }
}
