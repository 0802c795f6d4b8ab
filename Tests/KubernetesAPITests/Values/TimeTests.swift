import FoundationEssentials
import TestSupport
import Testing

@testable import KubernetesAPI

struct TimeTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0, 0), ("2026-07-23T07:07:48Z", 1_784_790_468, 0), ("2000-02-29T23:59:59Z", 951_868_799, 0),
            ("1969-12-31T23:59:59Z", -1, 0),
            ("2026-07-23T07:07:48+00:00", 1_784_790_468, 0), ("2026-07-23T12:37:48+05:30", 1_784_790_468, 0), ("2026-07-22T23:07:48-08:00", 1_784_790_468, 0),
            ("2026-07-23T07:07:48.5Z", 1_784_790_468, 500_000), ("2026-07-23T07:07:48.123456789Z", 1_784_790_468, 123_456),
            ("2026-07-23T07:07:48,25Z", 1_784_790_468, 250_000),
            ("2026-07-23T07:07:48.000000Z", 1_784_790_468, 0), ("1969-12-31T23:59:59.75Z", -1, 750_000), ("2026-07-23T7:07:48Z", 1_784_790_468, 0),
            ("0000-01-01T00:00:00Z", -62_167_219_200, 0), ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
            ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999),
            ("2026-07-24T07:07:48+24:00", 1_784_790_468, 0), ("1900-03-01T00:00:00Z", -2_203_891_200, 0),
        ] as [(String, Int64, Int64)])
    func readsRFC3339(_ text: String, _ seconds: Int64, _ microseconds: Int64) throws {
        #expect(try Time(parsing: text).secondsSince1970 == seconds)
        let time = try MicroTime(parsing: text)
        #expect(time.seconds == seconds)
        #expect(time.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-07-23", "2026-07-23T07:07:48", "2026-07-23 07:07:48Z", "2026-07-23t07:07:48Z", "2026-07-23T07:07:48z", "2026-7-23T07:07:48Z",
        "26-07-23T07:07:48Z",
        "12026-07-23T07:07:48Z", "+2026-07-23T07:07:48Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-07-00T00:00:00Z", "2026-07-23T24:00:00Z", "2026-07-23T23:60:00Z", "2016-12-31T23:59:60Z", "2026-07-23T07:07Z", "2026-07-23T07:07:48.Z",
        "2026-07-23T07:07:48+0530",
        "2026-07-23T07:07:48+05", "2026-07-23T07:07:48+25:00", "2026-07-23T07:07:48+05:61", "2026-07-23T07:07:48ZZ", "2026-07-23T07:07:48Z ",
        " 2026-07-23T07:07:48Z",
        "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "２026-07-23T07:07:48Z", "2026-07-23T07:07:48.5", "-001-07-23T07:07:48Z",
    ])
    func refusesWhatGoRefuses(_ text: String) {
        let error = #expect(throws: ValueError.self) { try Time(parsing: text) }
        #expect(error?.kind == .time)
        #expect(Time(json: .string(text)) == nil)
        #expect(MicroTime(json: .string(text)) == nil)
    }

    @Test func anErrorSaysWhatAndWhere() {
        let error = #expect(throws: ValueError.self) { try Time(parsing: "2026-02-30T00:00:00Z") }
        #expect(error?.description == "time \"2026-02-30T00:00:00Z\": 30 is not a day of that month; a time is written as 2006-01-02T15:04:05Z (at byte 8)")
    }

    @Test func writesUTCWithAndWithoutFraction() throws {
        #expect(try Time(parsing: "2026-07-23T12:37:48.999+05:30").description == "2026-07-23T07:07:48Z")
        #expect(try MicroTime(parsing: "2026-07-23T12:37:48+05:30").description == "2026-07-23T07:07:48.000000Z")
        #expect(try MicroTime(parsing: "2026-07-23T07:07:48.0000019Z").description == "2026-07-23T07:07:48.000001Z")
        #expect(Time.min.description == "0000-01-01T00:00:00Z")
        #expect(MicroTime.max.description == "9999-12-31T23:59:59.999999Z")
        #expect(MicroTime(microsecondsSince1970: -1)?.description == "1969-12-31T23:59:59.999999Z")
    }

    @Test func everyDayOfTenThousandYearsFollowsTheOneBefore() {
        var (year, month, day) = (Int64(0), Int64(1), Int64(1))
        let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var days = RFC3339.range.lowerBound / 86_400
        while year < 10_000 {
            let civil = RFC3339.civil(fromDays: days)
            guard civil == (year, month, day), RFC3339.days(fromYear: year, month: month, day: day) == days else {
                Issue.record("day \(days) is \(civil), not \(year)-\(month)-\(day)")
                return
            }
            let isLeapYear = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            day += 1
            if day > lengths[Int(month) - 1] + (month == 2 && isLeapYear ? 1 : 0) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            days += 1
        }
        #expect(days == RFC3339.range.upperBound / 86_400 + 1)
    }

    @Test func whatIsWrittenReadsBackEqual() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<5_000 {
            let time = try #require(Time(secondsSince1970: .random(in: RFC3339.range, using: &generator)))
            #expect(try Time(parsing: time.description) == time)
            #expect(Time(json: time.json) == time)
            let micro = try #require(MicroTime(secondsSince1970: time.secondsSince1970, nanoseconds: .random(in: 0..<1_000_000_000, using: &generator)))
            #expect(try MicroTime(parsing: micro.description) == micro)
            #expect(MicroTime(json: micro.json) == micro)
            #expect(Time(micro) == time)
        }
    }

    @Test func timesAreOrderedAndMoved() throws {
        let noon = try Time(parsing: "2026-07-23T12:00:00Z")
        #expect(noon.advanced(by: .seconds(60)).description == "2026-07-23T12:01:00Z")
        #expect(noon.advanced(by: .milliseconds(-1)).description == "2026-07-23T11:59:59Z")
        #expect(noon.advanced(by: .seconds(60)).duration(since: noon) == .seconds(60))
        #expect(noon < noon.advanced(by: .seconds(1)))
        #expect(noon.advanced(by: .seconds(Int64.max)) == .max)
        #expect(noon.advanced(by: .seconds(Int64.min)) == .min)
        #expect(MicroTime(noon).advanced(by: .nanoseconds(-1)).description == "2026-07-23T11:59:59.999999Z")
        #expect(MicroTime(noon).advanced(by: .microseconds(7)).duration(since: MicroTime(noon)) == .microseconds(7))
        #expect(Time(secondsSince1970: RFC3339.range.upperBound + 1) == nil)
        #expect(MicroTime(secondsSince1970: 0, nanoseconds: 1_000_000_000) == nil)
    }

    @Test func convertsToAndFromDate() throws {
        #expect(Time(Date(timeIntervalSince1970: 1.9)).secondsSince1970 == 1)
        #expect(Time(Date(timeIntervalSince1970: -0.5)).secondsSince1970 == -1)
        #expect(MicroTime(Date(timeIntervalSince1970: 1_784_790_468.25)).description == "2026-07-23T07:07:48.250000Z")
        #expect(try Time(parsing: "2026-07-23T07:07:48Z").date == Date(timeIntervalSince1970: 1_784_790_468))
        #expect(try MicroTime(parsing: "2026-07-23T07:07:48.123456Z") == MicroTime(MicroTime(parsing: "2026-07-23T07:07:48.123456Z").date))
        #expect(Time(.distantPast) >= .min && Time(.distantFuture) <= .max)
        for extreme in [1e300, .infinity] { #expect(MicroTime(Date(timeIntervalSince1970: extreme)) == .max) }
        for extreme in [-1e300, -.infinity, .nan] { #expect(MicroTime(Date(timeIntervalSince1970: extreme)) == .min) }
    }

    @Test func jsonThatIsNoStringIsNoTime() {
        for json in [.null, 0, true, [], [:]] as [JSONValue] {
            #expect(Time(json: json) == nil && MicroTime(json: json) == nil && DurationText(json: json) == nil)
        }
        #expect(throws: ValueError.self) { try Time(parsing: "2026-07-23T07:07:48." + String(repeating: "1", count: 1_000_000) + "Z") }
    }
}
