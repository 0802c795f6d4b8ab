import TestSupport
import Testing

@testable import Expressions

/// What is written can be read back.
struct ValueTextTests {
    @Test func timestampsAreReadAsTheyWereWritten() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let time = Timestamp(seconds: Int64.random(in: Timestamp.range, using: &random), nanoseconds: Int32.random(in: 0..<1_000_000_000, using: &random))
            #expect(Timestamp(parsing: time.text) == time, "\(time.text)")
        }
        for bound in [Timestamp.range.lowerBound, Timestamp.range.upperBound] {
            let time = Timestamp(seconds: bound, nanoseconds: 0)
            #expect(Timestamp(parsing: time.text) == time)
        }
    }

    @Test func durationsAreReadAsTheyWereWritten() {
        var random = SeededGenerator(seed: 3)
        for value in (0..<2000).map({ _ in Int64(bitPattern: random.next()) >> Int64.random(in: 0..<63, using: &random) }) + [.min, .max, 0, -1] {
            #expect(DurationText.nanoseconds(DurationText.seconds(value)) == value, "\(DurationText.seconds(value))")
        }
    }

    @Test func doublesAreReadAsTheyWereWritten() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<2000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            #expect(NumberText.double(NumberText.shortest(value)) == value)
            #expect(Double(NumberText.plain(value)) == value)
        }
    }

    @Test func addressesAreReadAsTheyWereWritten() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            let count = Bool.random(using: &random) ? 4 : 16
            let address = NetworkAddress(bytes: (0..<count).map { _ in Bool.random(using: &random) ? 0 : UInt8.random(in: 0...255, using: &random) })
            #expect(NetworkAddress(parsing: address.description) == address, "\(address)")
        }
    }

    @Test func quantitiesAreReadAsTheyWereWritten() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<2000 {
            let quantity = QuantityValue(nanos: Int128(Int64(bitPattern: random.next())) * Int128.random(in: 0...1_000_000_000, using: &random))
            #expect(QuantityValue(parsing: quantity.description)?.nanos == quantity.nanos, "\(quantity)")
        }
    }

    @Test func anyTextIsAValueOrRefused() {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "1", "0", "-", "+", ".", "e", "E", "Ki", "n", ":", "::", "/", "%41", "%", "[", "]", "@", "http", "T", "Z", "2024-01-01", "h", "s", "999999999999",
            "é", "?", "&", "=", "(", ")", "*", "{3}",
        ]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = QuantityValue(parsing: text)
            _ = NetworkAddress(parsing: text)
            _ = NetworkRange(parsing: text)
            _ = WebAddress(parsing: text)?.parameters
            _ = WebAddress(parsing: text).map { ($0.port, $0.hostname, $0.escapedPath) }
            _ = Timestamp(parsing: text)
            _ = DurationText.nanoseconds(text)
            _ = SemanticVersion(parsing: text, normalizing: true)
            _ = TimeZoneOffsets.offset(of: text, at: 0)
            _ = PosixZone(text)?.offset(at: 0)
            _ = NamedFormat.all.map { $0.check(text) }
            _ = try? LinearRegex(text).matches(text)
        }
    }
}
