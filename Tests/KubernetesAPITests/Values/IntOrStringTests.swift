import Testing

@testable import KubernetesAPI

struct IntOrStringTests {
    @Test(
        arguments: [
            (3, 10, true, 3), (-1, 10, true, -1), ("50%", 10, true, 5), ("25%", 10, true, 3), ("25%", 10, false, 2), ("0%", 10, true, 0), ("1%", 1, true, 1),
            ("1%", 1, false, 0),
            ("100%", 7, true, 7), ("150%", 10, false, 15), ("10%", 0, true, 0), ("-10%", 15, true, -1), ("-10%", 15, false, -2), ("+10%", 10, true, 1),
            ("33%", 9_223_372_036_854_775_807, false, 3_043_712_772_162_076_016),
        ] as [(IntOrString, Int, Bool, Int)])
    func scalesAsKubernetesDoes(_ value: IntOrString, _ total: Int, _ roundUp: Bool, _ scaled: Int) throws {
        #expect(try value.scaled(of: total, roundUp: roundUp) == scaled)
    }

    @Test(arguments: [
        ("http", "invalid value for IntOrString: invalid type: string is not a percentage"),
        ("80", "invalid value for IntOrString: invalid type: string is not a percentage"),
        ("x%", #"invalid value for IntOrString: invalid value "x%": strconv.Atoi: parsing "x": invalid syntax"#),
        ("%", "invalid value for IntOrString: invalid value"),
        ("1.5%", "invalid value for IntOrString: invalid value"), ("5 %", "invalid value for IntOrString: invalid value"),
        ("5%%", "invalid value for IntOrString: invalid value"),
        ("9223372036854775807%", "that share of 1000 exceeds 64 bits"), ("99999999999999999999%", "invalid value for IntOrString: invalid value"),
    ])
    func refusesWhatIsNoPercentage(_ text: String, _ reason: String) {
        let error = #expect(throws: ValueError.self) { try IntOrString.string(text).scaled(of: 1_000, roundUp: true) }
        #expect(error?.reason.hasPrefix(reason) == true)
    }

    @Test(
        arguments: [
            (80, .int(80)), ("80", .string("80")), ("http", .string("http")), (.integer(Int64(Int32.max)), .int(.max)),
            (.integer(Int64(Int32.min)), .int(.min)), ("", .string("")),
            (.integer(Int64(Int32.max) + 1), nil), (80.0, nil), (1.5, nil), (.null, nil), (true, nil), ([80], nil),
        ] as [(JSONValue, IntOrString?)])
    func readsJSON(_ json: JSONValue, _ value: IntOrString?) {
        #expect(IntOrString(json: json) == value)
        if let value { #expect(value.json == json) }
    }

    @Test func textsOfIntegersBecomeIntegers() {
        #expect(IntOrString(parsing: "80") == 80)
        #expect(IntOrString(parsing: "-1") == -1)
        #expect(IntOrString(parsing: "http").description == "http")
        #expect(IntOrString(parsing: "2147483648") == .string("2147483648"))
        #expect(IntOrString.int(7).description == "7")
        #expect(IntOrString(parsing: "25%").percent == 25)
        #expect(IntOrString(parsing: "25").percent == nil)
    }
}
