extension ExpressionLibrary {
    private static func dateGetter(_ name: String, _ get: @escaping @Sendable (CivilDate) -> Int64) -> ExpressionFunction {
        ExpressionFunction(
            name,
            [
                .member([.timestamp], .int) { (arguments) throws(EvaluationFailure) in .int(get(CivilDate(seconds: try arguments.timestamp(0).seconds))) },
                .member([.timestamp, .string], .int) { (arguments) throws(EvaluationFailure) in
                    let (seconds, zone) = (try arguments.timestamp(0).seconds, try arguments.string(1))
                    guard let offset = TimeZoneOffsets.offset(of: zone, at: seconds) else {
                        throw EvaluationFailure("unknown time zone \(zone.quotedForMessage)")
                    }
                    return .int(get(CivilDate(seconds: seconds + offset)))
                },
            ])
    }

    private static func clockGetter(_ name: String, nanoseconds unit: Int64, _ get: @escaping @Sendable (CivilDate) -> Int64) -> ExpressionFunction {
        var function = dateGetter(name, get)
        function.overloads.append(
            .member([.duration], .int) { (arguments) throws(EvaluationFailure) in
                guard case .duration(let nanoseconds) = arguments[0] else { throw .noSuchOverload }
                return .int(nanoseconds / unit)
            })
        return function
    }

    /// Parts of moments, in UTC or in the zone that is named, and whole units of spans.
    static let timeGetters: [ExpressionFunction] = [
        dateGetter("getFullYear") { $0.year },
        dateGetter("getMonth") { $0.month - 1 },
        dateGetter("getDate") { $0.day },
        dateGetter("getDayOfMonth") { $0.day - 1 },
        dateGetter("getDayOfWeek") { $0.dayOfWeek },
        dateGetter("getDayOfYear") { $0.dayOfYear },
        clockGetter("getHours", nanoseconds: 3_600_000_000_000) { $0.hour },
        clockGetter("getMinutes", nanoseconds: 60_000_000_000) { $0.minute },
        clockGetter("getSeconds", nanoseconds: 1_000_000_000) { $0.second },
        ExpressionFunction(
            "getMilliseconds",
            [
                .member([.timestamp], .int) { (arguments) throws(EvaluationFailure) in .int(Int64(try arguments.timestamp(0).nanoseconds / 1_000_000)) },
                .member([.timestamp, .string], .int) { (arguments) throws(EvaluationFailure) in
                    let zone = try arguments.string(1)
                    guard TimeZoneOffsets.offset(of: zone, at: try arguments.timestamp(0).seconds) != nil else {
                        throw EvaluationFailure("unknown time zone \(zone.quotedForMessage)")
                    }
                    return .int(Int64(try arguments.timestamp(0).nanoseconds / 1_000_000))
                },
                .member([.duration], .int) { (arguments) throws(EvaluationFailure) in
                    guard case .duration(let nanoseconds) = arguments[0] else { throw .noSuchOverload }
                    return .int(nanoseconds / 1_000_000)
                },
            ]),
    ]
}

extension [ExpressionValue] {
    func timestamp(_ index: Int) throws(EvaluationFailure) -> Timestamp {
        guard case .timestamp(let value) = self[index] else { throw .noSuchOverload }
        return value
    }
}
