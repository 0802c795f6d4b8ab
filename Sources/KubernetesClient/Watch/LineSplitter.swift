/// Cuts a stream of bytes into lines, each without its line feed.
///
/// What it keeps is bounded: a line that does not end within `maxLineBytes` is an error. Cost is linear in the bytes, however they are cut.
struct LineSplitter: Sendable {
    struct LineTooLong: Error {}

    let maxLineBytes: Int
    private var buffer: [UInt8] = []
    /// Where the first line that has not been given out begins.
    private var start = 0
    /// Up to where there is certainly no line feed.
    private var scanned = 0

    init(maxLineBytes: Int) { self.maxLineBytes = maxLineBytes }

    mutating func append(_ bytes: [UInt8]) {
        if start == buffer.count {
            buffer = bytes
            (start, scanned) = (0, 0)
        } else {
            if start > 0 {
                buffer.removeSubrange(0..<start)
                (start, scanned) = (0, scanned - start)
            }
            buffer += bytes
        }
    }

    /// Passes the next whole line to `body`; nil when there is none yet.
    mutating func next<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result? {
        guard let end = lineEnd() else {
            guard buffer.count - start <= maxLineBytes else { throw LineTooLong() }
            return nil
        }
        guard end - start <= maxLineBytes else { throw LineTooLong() }
        defer {
            start = end + 1
            scanned = start
        }
        return try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }

    /// Takes what follows the last line feed.
    mutating func takeRest() -> [UInt8] {
        defer {
            buffer = []
            (start, scanned) = (0, 0)
        }
        return Array(buffer[start...])
    }

    private mutating func lineEnd() -> Int? {
        let found = buffer.withUnsafeBufferPointer { bytes in bytes[scanned...].firstIndex(of: UInt8(ascii: "\n")) }
        scanned = found ?? buffer.count
        return found
    }
}
