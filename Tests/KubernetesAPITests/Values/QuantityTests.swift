import TestSupport
import Testing

@testable import KubernetesAPI

struct QuantityTests {
    @Test(
        arguments: [
            // Powers of 1,024.
            ("1Ki", "1Ki", .binarySI), ("1024Ki", "1Mi", .binarySI), ("1024Mi", "1Gi", .binarySI), ("2048Gi", "2Ti", .binarySI), ("3Pi", "3Pi", .binarySI),
            ("7Ei", "7Ei", .binarySI), ("1.5Gi", "1536Mi", .binarySI), ("0.5Mi", "512Ki", .binarySI), ("0.25Ti", "256Gi", .binarySI),
            ("100.5Ki", "102912", .binarySI),
            ("1025Mi", "1025Mi", .binarySI), ("2.5Ki", "2560", .binarySI),
            // Below 1,024 and with fractions, powers of 1,000 are written.
            ("0.5Ki", "512", .binarySI), ("0.001Ki", "1024m", .binarySI), ("0.0001Ki", "102400u", .decimalSI), ("100.035Ki", "102435840m", .binarySI),
            ("0.000000000001Ki", "2n", .decimalSI),
            // Powers of 1,000.
            ("1000m", "1", .decimalSI), ("1500m", "1500m", .decimalSI), ("0.5", "500m", .decimalSI), ("0.25k", "250", .decimalSI), ("1000k", "1M", .decimalSI),
            ("1e3k", nil, .decimalSI), ("2000000", "2M", .decimalSI), ("12345", "12345", .decimalSI), ("9.01", "9010m", .decimalSI),
            ("10.035M", "10035k", .decimalSI),
            ("40.1T", "40100G", .decimalSI), ("1E", "1E", .decimalSI), ("12E", "12E", .decimalSI), ("0.1u", "100n", .decimalSI), ("1000n", "1u", .decimalSI),
            ("1e9n", nil, .decimalSI),
            // Exponents of ten, which become multiples of three.
            ("100e3", "100e3", .decimalExponent), ("1e4", "10e3", .decimalExponent), ("1e5", "100e3", .decimalExponent), ("1000e3", "1e6", .decimalExponent),
            ("1e0", "1", .decimalExponent), ("1.5e0", "1500e-3", .decimalExponent), ("5e-1", "500e-3", .decimalExponent), ("0.001e12", "1e9", .decimalExponent),
            ("1e+6", "1e6", .decimalExponent), ("1.7E18", "1700e15", .decimalExponent), ("17e20", "1700e18", .decimalExponent),
            // What is finer than a billionth is rounded up.
            ("12.1n", "13n", .decimalSI), ("0.9n", "1n", .decimalSI), ("0.0000000001", "1n", .decimalSI), ("0.00000012345", "124n", .decimalSI),
            ("1.1e-9", "2e-9", .decimalExponent), ("1e-400", "1e-9", .decimalExponent), ("1.0000000000", "1", .decimalSI), ("0.1Ki", "102400m", .binarySI),
            // Binary ones end at 2^63-1.
            ("8Ei", "9223372036854775807", .binarySI), ("9223372036854775807Ki", "9223372036854775807", .binarySI),
            ("999999999999999999999999999Gi", "9223372036854775807", .binarySI),
            // Zero and odd forms.
            ("0", "0", .decimalSI), ("0Gi", "0", .binarySI), ("0e5", "0", .decimalExponent), ("00000", "0", .decimalSI), ("0.000", "0", .decimalSI),
            ("1.G", "1G", .decimalSI),
            (".5", "500m", .decimalSI), ("007k", "7k", .decimalSI), (".", "0", .decimalSI), ("", nil, .decimalSI),
        ] as [(String, String?, Quantity.Format)])
    func canonicalForm(_ text: String, _ canonical: String?, _ format: Quantity.Format) throws {
        guard let canonical else {
            #expect(throws: ValueError.self) { try Quantity(parsing: text) }
            return
        }
        let quantity = try Quantity(parsing: text)
        #expect(quantity.canonicalText == canonical)
        #expect(quantity.format == format)
        #expect(try Quantity(parsing: canonical) == quantity)
        let positive = try Quantity(parsing: "+" + text)
        #expect(positive == quantity && positive.format == format)
        let negative = try Quantity(parsing: "-" + text)
        #expect(negative == -quantity)
        #expect(negative.canonicalText == (quantity.isZero ? "0" : "-" + canonical))
    }

    @Test(arguments: [
        ("1.1.M", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
        ("lots", "quantities must match the regular expression"),
        (" 1", "quantities must match"), ("1 ", "quantities must match"), ("1\u{0}", "quantities must match"), ("１", "quantities must match"),
        ("", "quantities must match"),
        ("0.1am", "quantities must match"), ("1,5", "quantities must match"), ("--1", "unable to parse quantity's suffix"),
        ("1i", "unable to parse quantity's suffix"), ("0.1mi", "unable to parse quantity's suffix"), ("1KI", "quantities must match"),
        ("1K", "unable to parse quantity's suffix"),
        ("1ki", "unable to parse quantity's suffix"), ("1e", "unable to parse quantity's suffix"), ("3.01e-", "unable to parse quantity's suffix"),
        ("1+5", "unable to parse quantity's suffix"), ("1e99999999999", "unable to parse quantity's suffix"), ("1ee5", "unable to parse quantity's suffix"),
        ("1m5", "unable to parse quantity's suffix"), ("1Gi3", "unable to parse quantity's suffix"),
    ])
    func refusesInTheWordsOfKubernetes(_ text: String, _ reason: String) {
        let error = #expect(throws: ValueError.self) { try Quantity(parsing: text) }
        #expect(error?.kind == .quantity)
        #expect(error?.reason.hasPrefix(reason) == true)
    }

    @Test(arguments: [
        // Kept, since a quick look finds nothing to change.
        ("1.500", "1.500"), ("+1", "+1"), ("01", "01"), ("1E3", "1E3"), ("100.035k", "100.035k"), ("1.", "1."), ("+3Ki", "+3Ki"), ("1e6", "1e6"),
        // Written anew.
        ("1.5", "1500m"), ("1000", "1k"), ("0.5", "500m"), ("1024Ki", "1Mi"), ("+8Ki", "8Ki"), ("1e4", "10e3"), ("+1Gi", "+1Gi"), ("+1Pi", "1Pi"),
        ("1000m", "1"),
        ("+1000000000000000001", "1000000000000000001"),
    ])
    func theTextIsKeptWhereKubernetesKeepsIt(_ text: String, _ written: String) throws {
        #expect(try Quantity(parsing: text).description == written)
        #expect(try Quantity(parsing: text).json == .string(written))
        #expect(try (Quantity(parsing: text) + .zero).description == Quantity(parsing: text).canonicalText)
    }

    @Test func equalAmountsAreEqualAndHashAlike() throws {
        for texts in [
            ["1", "1000m", "1.0", "1e0", "0.001k", "1000000000n"], ["1Gi", "1024Mi", "1073741824", "1073741824000m", "1.073741824e9"],
            ["0", "0Ki", "-0", "0e9"],
        ] {
            let quantities = try texts.map { try Quantity(parsing: $0) }
            #expect(Set(quantities).count == 1)
        }
        #expect(try Quantity(parsing: "1M") < Quantity(parsing: "1Mi"))
        #expect(try Quantity(parsing: "-2") < Quantity(parsing: "-1999m"))
        #expect(try Quantity(parsing: "1n") > .zero)
    }

    @Test(
        arguments: [
            ("1500m", 2, 1500), ("-1500m", -2, -1500), ("1n", 1, 1), ("-1n", -1, -1), ("0", 0, 0), ("2", 2, 2000), ("1Ki", 1024, 1_024_000), ("100u", 1, 1),
            ("9223372036854775807", .max, .max), ("9223372036854775807.5", .max, .max), ("-100E", .min, .min), ("12E", .max, .max),
        ] as [(String, Int64, Int64)])
    func valuesRoundAwayFromZero(_ text: String, _ value: Int64, _ milli: Int64) throws {
        let quantity = try Quantity(parsing: text)
        #expect(quantity.value() == value)
        #expect(quantity.milliValue() == milli)
    }

    @Test(arguments: [
        ("1Gi", "+", "512Mi", "1536Mi"), ("100m", "+", "0.9", "1"), ("0", "+", "1Gi", "1Gi"), ("1Gi", "+", "0", "1Gi"), ("1k", "+", "1Ki", "2024"),
        ("10Ki", "-", "10k", "240"),
        ("0", "-", "1Gi", "-1Gi"), ("1", "-", "1n", "999999999n"), ("8Ei", "+", "1", "8Ei"), ("7Ei", "+", "7Ei", "14Ei"), ("1e3", "+", "1k", "2e3"),
    ])
    func sumsAreExactAndKeepTheFormatOfTheLeftSide(_ left: String, _ sign: String, _ right: String, _ result: String) throws {
        let (a, b) = (try Quantity(parsing: left), try Quantity(parsing: right))
        #expect((sign == "+" ? a + b : a - b).description == result)
    }

    @Test func productsAreExactAndEndAtTheBound() throws {
        #expect(try (Quantity(parsing: "1.5Gi") * 4).description == "6Gi")
        #expect(try (Quantity(parsing: "3m") * -7).description == "-21m")
        #expect(try (Quantity(parsing: "5") * 0).description == "0")
        #expect(Quantity(.max) * .max == .max)
        #expect(Quantity(.max) * .min == -Quantity.max)
        #expect(Quantity(.min) * .min == .max)
        #expect(Quantity.max + .max == .max)
        #expect(-Quantity.max - .max == -Quantity.max)
        #expect(Quantity.max.description == "10000000000E")
    }

    @Test func anAmountBeyondTheBoundKeepsItsText() throws {
        for text in ["1e40", "-1e40", "999999999999999999999999999999", "1e2147483647"] {
            let quantity = try Quantity(parsing: text)
            #expect(quantity.description == text)
            #expect(quantity == (text.hasPrefix("-") ? -Quantity.max : .max))
        }
    }

    @Test func numbersBecomeQuantities() {
        #expect(Quantity(1_500_000).description == "1500k")
        #expect(Quantity(1 << 30, format: .binarySI).description == "1Gi")
        #expect(Quantity(milli: 250).description == "250m")
        #expect(Quantity(.min).value() == .min)
        #expect(Quantity(double: 0.1)?.description == "100m")
        #expect(Quantity(double: -2.5)?.description == "-2500m")
        #expect(Quantity(double: 1e-12)?.description == "1n")
        #expect(Quantity(double: 1e300) == .max)
        #expect(Quantity(double: .nan) == nil && Quantity(double: .infinity) == nil)
        #expect(Quantity(milli: 1_500).double == 1.5)
        #expect(Quantity(1_024).formatted(as: .binarySI).description == "1Ki")
    }

    @Test(
        arguments: [
            ("500m", "500m"), (" 1 ", "1"), (1, "1"), (-10, "-10"), (1.5, "1500m"), (2000.0, "2k"), (1e16, "10e15"), (.null, nil), (true, nil), (["1"], nil),
            ("lots", nil), ("", nil),
        ] as [(JSONValue, String?)])
    func readsStringsAndNumbersOfJSON(_ json: JSONValue, _ written: String?) {
        #expect(Quantity(json: json)?.description == written)
    }

    @Test func whatIsWrittenReadsBackEqual() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5_000 {
            let quantity = Self.random(using: &generator)
            let back = try Quantity(parsing: quantity.description)
            #expect(back == quantity)
            // A binary quantity without suffix reads back as a decimal one, and then may get another suffix.
            #expect(try Quantity(parsing: back.description).description == back.description)
        }
    }

    @Test func addingAndSubtractingCancelOut() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<5_000 {
            let (a, b) = (Self.random(using: &generator), Self.random(using: &generator))
            #expect(a + b - b == a)
            #expect(a + b == b + a)
            #expect(a - b == -(b - a))
            #expect((a < b) == (a - b).isNegative)
            #expect(a * 3 == a + a + a)
        }
    }

    /// Small and large amounts of every format.
    private static func random(using generator: inout SeededGenerator) -> Quantity {
        let format: Quantity.Format = [.binarySI, .decimalSI, .decimalExponent].randomElement(using: &generator) ?? .decimalSI
        let digits = Int64.random(in: -999_999...999_999, using: &generator)
        var nano = Int128(digits)
        for _ in 0..<Int.random(in: 0...24, using: &generator) { nano *= 10 }
        if format == .binarySI { nano = Int128(digits) * 1_000_000_000 << Int128.random(in: 0...40, using: &generator) }
        return Quantity(nano: nano, format: format)
    }

    @Test func aHugeTextIsReadInLinearTime() throws {
        let digits = String(repeating: "9", count: 1_000_000)
        #expect(try Quantity(parsing: digits) == .max)
        #expect(try Quantity(parsing: "0." + digits).description == "1")
        #expect(try Quantity(parsing: "0." + digits + "Ei").value() == 1 << 60)
        #expect(throws: ValueError.self) { try Quantity(parsing: digits + "x") }
    }
}
