/// The end of an error text about a name that does not exist: what exists, and the nearest of it.
/// `There are: dev, prod. Did you mean "prod"?`
func suggestion(for name: String, among names: [String], called plural: String) -> String {
    guard !names.isEmpty else { return "There are no \(plural)." }
    let shown = names.sorted().prefix(20).joined(separator: ", ")
    let rest = names.count > 20 ? ", and \(names.count - 20) more" : ""
    let nearest = nearestName(to: name, among: names).map { " Did you mean \"\($0)\"?" } ?? ""
    return "The \(plural) are: \(shown)\(rest).\(nearest)"
}

/// The name with the fewest single-byte edits from `name`, when they are few for its length; of equals the first in order.
func nearestName(to name: String, among names: some Sequence<String>) -> String? {
    let limit = max(1, name.utf8.count / 3)
    guard name.utf8.count <= 256 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names.sorted() where abs(candidate.utf8.count - name.utf8.count) <= limit {
        let distance = editDistance(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
        if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.name
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let substituted = diagonal + (a == b ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
