import KubernetesAPI
import Testing

@testable import EmbeddedAPI

@Suite struct SchemaFormatTests {
    @Test(arguments: [
        ("date", "2024-02-29", "2023-02-29"), ("date-time", "2024-01-02t03:04:05.5+01:00", "2024-01-02 03:04:05Z"),
        ("date-time", "2024-01-02T23:59:59Z", "2024-01-02T24:00:00Z"), ("duration", "1h30m", "tomorrow"), ("duration", "2 days", "2 moons"),
        ("duration", "3 wk", ""), ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400"),
        ("uuid", "123E4567E89B12D3A456426614174000", "123e4567--e89b-12d3-a456-426614174000"),
        ("uuid4", "123e4567-e89b-42d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
        ("uuid5", "123e4567-e89b-52d3-8456-426614174000", "123e4567-e89b-52d3-7456-426614174000"), ("ipv4", "192.0.2.010", "192.0.2.256"),
        ("ipv4", "::ffff:192.0.2.1", "1.2.3"), ("ipv6", "2001:db8::1", "2001:db8::1::2"), ("ipv6", "::", "1:2:3:4:5:6:7"),
        ("ipv6", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4"), ("ipv6", "1::", "12345::"), ("cidr", "2001:db8::/32", "2001:db8::/129"),
        ("cidr", "192.0.2.0/0", "192.0.2.0"), ("mac", "00-00-5e-00-53-01", "00:00:5e:00:53:0g"), ("mac", "0000.5e00.5301", "0000.5e00"),
        ("email", "a.b@example.com", "a.b.example.com"), ("email", "A Name <a@example.com>", "A Name <a@example.com"),
        ("email", "\"a b\"@example.com", "a b@example.com"), ("hostname", "host.example.com", "-x"), ("hostname", "localhost", "my-long-host"),
        ("hostname", "a-b.example.com", "a.b.c1"), ("uri", "https://example.com/a?b", "example.com"), ("uri", "/path", ":x"),
        ("uri", "mailto:a@example.com", "https://a b/"), ("uri", "http://[::1]:80/", "http://a:b/"), ("byte", "aGVsbG8=", "a"), ("byte", "aGVs", ""),
        ("bsonobjectid", "507f1f77bcf86cd799439011", "507f1f77bcf86cd79943901"), ("isbn10", "0-321-75104-3", "0-321-75104-4"),
        ("isbn13", "978-0321751041", "978-0321751042"), ("isbn", "0321751043", "x"), ("creditcard", "4111 1111 1111 1111", "4111 1111 1111 1112"),
        ("ssn", "123-45-6789", "123456789"), ("hexcolor", "#FFF", "#FFFF"), ("rgbcolor", "rgb(255, 0,1)", "rgb(256,0,1)"),
        ("k8s-short-name", "a-b", "a.b"), ("k8s-long-name", "a.b", "A"),
    ])
    func tellsGoodFromBad(_ format: String, _ good: String, _ bad: String) {
        #expect(SchemaFormat.isChecked(format, type: "string"))
        #expect(SchemaFormat.allows(good, as: format), "\(good) is a \(format)")
        #expect(!SchemaFormat.allows(bad, as: format), "\(bad) is no \(format)")
    }

    @Test(arguments: [("made-up", "string"), ("date", "integer"), ("int32", "string"), ("float", "integer"), ("date", "object")])
    func formatsOfOtherTypesAreNotChecked(_ format: String, _ type: String) {
        #expect(!SchemaFormat.isChecked(format, type: type))
    }

    @Test func anyTextCanBeCheckedWithoutTrouble() {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("0123456789abcdefABCDEFx:./-@<>[]%\"\\ +zTé#,()rgbÜ".unicodeScalars)
        let formats = [
            "date", "date-time", "duration", "uuid", "ipv4", "ipv6", "cidr", "mac", "email", "hostname", "uri", "byte", "isbn", "creditcard", "rgbcolor",
        ]
        for _ in 0..<2000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...30, using: &generator) { text.append(letters[Int.random(in: 0..<letters.count, using: &generator)]) }
            for format in formats { _ = SchemaFormat.allows(String(text), as: format) }
        }
    }
}
