/// Asks for children in batches of 1, 2, 4 and so on. A batch goes out at once; the next one only if all of it was done: where each request fails, such as for
/// a quota, one fails instead of all.
public enum SlowStart {
    public static func batches(of count: Int) -> [Range<Int>] {
        var (batches, start, size) = ([Range<Int>](), 0, 1)
        while start < count {
            let end = min(start + size, count)
            batches.append(start..<end)
            (start, size) = (end, size * 2)
        }
        return batches
    }
}
