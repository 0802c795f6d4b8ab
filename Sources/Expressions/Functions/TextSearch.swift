/// Finds text in text, byte by byte, in linear time (Knuth, Morris and Pratt).
enum TextSearch {
    /// The byte offset of the first `needle`, or nil.
    static func first(_ needle: String, in text: String) -> Int? { first(Array(needle.utf8)[...], in: Array(text.utf8)[...]) }

    static func first<T: Equatable>(_ needle: ArraySlice<T>, in text: ArraySlice<T>) -> Int? {
        if needle.isEmpty { return text.startIndex }
        guard needle.count <= text.count else { return nil }
        let needle = Array(needle)
        var fallback = [Int](repeating: 0, count: needle.count)
        var matched = 0
        for index in needle.indices.dropFirst() {
            while matched > 0, needle[index] != needle[matched] { matched = fallback[matched - 1] }
            if needle[index] == needle[matched] { matched += 1 }
            fallback[index] = matched
        }
        matched = 0
        for index in text.indices {
            while matched > 0, text[index] != needle[matched] { matched = fallback[matched - 1] }
            if text[index] == needle[matched] { matched += 1 }
            if matched == needle.count { return index - needle.count + 1 }
        }
        return nil
    }

    /// The offset of the last `needle` that starts at `limit` or before it.
    static func last<T: Equatable>(_ needle: [T], in text: [T], startingUpTo limit: Int) -> Int? {
        let end = min(text.count, limit + needle.count)
        guard end >= needle.count else { return nil }
        if needle.isEmpty { return end }
        let reversed = Array(text[..<end].reversed())
        return first(Array(needle.reversed())[...], in: reversed[...]).map { end - $0 - needle.count }
    }
}
