/// Bytes that wait for the consumer, as a queue of chunks: small pieces are gathered, so that a server which sends single bytes costs no memory beyond them.
struct ChunkBuffer {
    /// Beyond this a chunk is left as it is and a new one begun.
    private static let gatheredBytes = 64 << 10

    private var chunks: [[UInt8]] = []
    private var first = 0
    private(set) var count = 0

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        count += bytes.count
        if first < chunks.count, chunks[chunks.count - 1].count + bytes.count <= Self.gatheredBytes {
            chunks[chunks.count - 1].append(contentsOf: bytes)
        } else {
            chunks.append([UInt8](bytes))
        }
    }

    mutating func popFirst() -> [UInt8]? {
        guard first < chunks.count else { return nil }
        let chunk = chunks[first]
        chunks[first] = []
        first += 1
        count -= chunk.count
        // Dropped in one go, so that a long queue is not moved for every chunk.
        if first == chunks.count {
            chunks.removeAll(keepingCapacity: chunks.count <= 64)
            first = 0
        } else if first >= 256, first * 2 >= chunks.count {
            chunks.removeFirst(first)
            first = 0
        }
        return chunk
    }
}
