import TestSupport
import Testing

@testable import KubernetesAPI

struct DurationTextTests {
    @Test(
        arguments: [
            ("0", 0), ("5s", 5_000_000_000), ("30s", 30_000_000_000), ("1478s", 1_478_000_000_000), ("-5s", -5_000_000_000), ("+5s", 5_000_000_000), ("-0", 0),
            ("+0", 0),
            ("5.0s", 5_000_000_000), ("5.6s", 5_600_000_000), ("5.s", 5_000_000_000), (".5s", 500_000_000), ("1.004s", 1_004_000_000),
            ("100.00100s", 100_001_000_000),
            ("10ns", 10), ("11us", 11_000), ("12µs", 12_000), ("12μs", 12_000), ("13ms", 13_000_000), ("15m", 900_000_000_000), ("16h", 57_600_000_000_000),
            ("3h30m", 12_600_000_000_000), ("1.5h", 5_400_000_000_000), ("10.5s4m", 250_500_000_000), ("-2m3.4s", -123_400_000_000),
            ("1h2m3s4ms5us6ns", 3_723_004_005_006),
            ("9007199254.740993ms", 9_007_199_254_740_993), ("9223372036854775807ns", .max), ("9223372036854775.807us", .max), ("-9223372036854775808ns", .min),
            ("0.3333333333333333333h", 1_200_000_000_000), ("0.100000000000000000000h", 360_000_000_000), ("0.830103483285477580700h", 2_988_372_539_827),
            ("0.5ns", 0),
        ] as [(String, Int64)])
    func readsAsGoDoes(_ text: String, _ nanoseconds: Int64) throws {
        #expect(try DurationText(parsing: text).nanoseconds == nanoseconds)
    }

    @Test(arguments: [
        ("", "invalid duration"), ("3", "missing unit"), ("-", "invalid duration"), ("s", "invalid duration"), (".", "invalid duration"),
        ("-.", "invalid duration"),
        (".s", "invalid duration"), ("+.s", "invalid duration"), ("1d", "unknown unit \"d\""), ("5 s", "unknown unit \" s\""), ("1h ", "unknown unit \"h \""),
        ("--1s", "invalid duration"),
        ("1s-1s", "unknown unit \"s-\""), ("9223372036854775808ns", "invalid duration"), ("9223372036854775.808us", "invalid duration"),
        ("3000000h", "invalid duration"),
        ("2562047h47m16s855ms", "invalid duration"), ("9223372036854775808ns9223372036854775808ns", "invalid duration"),
        ("-9223372036854775809ns", "invalid duration"),
        ("99999999999999999999s", "invalid duration"), ("1H", "unknown unit \"H\""), ("\u{FFFD}1s", "invalid duration"),
    ])
    func refusesInTheWordsOfGo(_ text: String, _ reason: String) {
        let error = #expect(throws: ValueError.self) { try DurationText(parsing: text) }
        #expect(error?.reason.hasPrefix("time: " + reason) == true)
        #expect(DurationText(json: .string(text)) == nil)
    }

    @Test(
        arguments: [
            (0, "0s", "0s"), (1, "1ns", "1ns"), (1_100, "1.1µs", "1.1µs"), (2_200_000, "2.2ms", "2.2ms"), (3_300_000_000, "3.3s", "3.3s"),
            (60_000_000_000, "1m0s", "1m"),
            (90_000_000_000, "1m30s", "1m30s"), (3_600_000_000_000, "1h0m0s", "1h"), (5_400_000_000_000, "1h30m0s", "1h30m"),
            (3_605_000_000_000, "1h0m5s", "1h0m5s"),
            (36_000_000_000_000, "10h0m0s", "10h"), (600_000_000_000, "10m0s", "10m"), (10_000_000_000, "10s", "10s"), (300_000_000, "300ms", "300ms"),
            (60_500_000_000, "1m0.5s", "1m0.5s"), (-1, "-1ns", "-1ns"), (.max, "2562047h47m16.854775807s", "2562047h47m16.854775807s"),
            (.min, "-2562047h47m16.854775808s", "-2562047h47m16.854775808s"), (-60_000_000_000, "-1m0s", "-1m"),
        ] as [(Int64, String, String)])
    func printsAsGoDoes(_ nanoseconds: Int64, _ text: String, _ short: String) throws {
        let duration = DurationText(nanoseconds: nanoseconds)
        #expect(duration.description == text)
        #expect(duration.shortDescription == short)
        #expect(try DurationText(parsing: text) == duration)
        #expect(try DurationText(parsing: short) == duration)
        #expect(duration.json == .string(text))
    }

    @Test func convertsToAndFromDuration() {
        #expect(DurationText(.seconds(90))?.description == "1m30s")
        #expect(DurationText(.milliseconds(-1))?.nanoseconds == -1_000_000)
        #expect(DurationText(Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999))?.nanoseconds == 1)
        #expect(DurationText(.seconds(Int64.max)) == nil)
        #expect(DurationText(nanoseconds: .min).duration == .nanoseconds(Int64.min))
    }

    @Test func whatIsPrintedReadsBackEqual() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<5_000 {
            let duration = DurationText(nanoseconds: Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0...62, using: &generator))
            #expect(try DurationText(parsing: duration.description) == duration)
            #expect(try DurationText(parsing: duration.shortDescription) == duration)
        }
    }

    @Test func aHugeTextIsReadInLinearTime() {
        #expect(throws: ValueError.self) { try DurationText(parsing: String(repeating: "9", count: 1_000_000) + "s") }
        #expect((try? DurationText(parsing: "0." + String(repeating: "9", count: 1_000_000) + "s"))?.description == "1s")
        #expect((try? DurationText(parsing: String(repeating: "1ns", count: 200_000)))?.nanoseconds == 200_000)
    }
}
