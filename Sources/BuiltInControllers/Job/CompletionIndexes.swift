/// Indexes of a Job's pods, as its status lists them: `0-2,5,7,8`.
struct CompletionIndexes: Hashable, CustomStringConvertible {
    private(set) var indexes: Set<Int>

    init(_ indexes: some Sequence<Int> = []) { self.indexes = Set(indexes) }

    /// Reads what a status lists; what is no range, or not below `completions`, is left out.
    init(parsing text: String, below completions: Int) {
        indexes = []
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-", maxSplits: 1).map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 0, first < completions, last >= first else { continue }
            indexes.formUnion(first...min(last, completions - 1))
        }
    }

    var count: Int { indexes.count }
    func contains(_ index: Int) -> Bool { indexes.contains(index) }
    mutating func insert(_ index: Int) { indexes.insert(index) }

    var description: String {
        var ranges: [ClosedRange<Int>] = []
        for index in indexes.sorted() {
            if let last = ranges.last, last.upperBound == index - 1 {
                ranges[ranges.count - 1] = last.lowerBound...index
            } else {
                ranges.append(index...index)
            }
        }
        return ranges.map { range in
            switch range.count {
            case 1: "\(range.lowerBound)"
            case 2: "\(range.lowerBound),\(range.upperBound)"
            default: "\(range.lowerBound)-\(range.upperBound)"
            }
        }.joined(separator: ",")
    }
}
