import KubernetesAPI

/// Values that Go's types read by themselves. An error of theirs ends the decoding at once.
extension GoDecoder {
    mutating func scalar(_ json: JSONValue, _ value: GoField.Value, _ goType: String) throws(ObjectDecodingError) -> Outcome {
        switch value {
        case .quantity: return try quantity(json)
        case .time:
            guard let text = json.string else { throw typeError(json, "string") }
            guard let time = try? Time(parsing: text) else { throw GoTime.error(text, isMicro: false) }
            // Go's zero time is written as null.
            if time.secondsSince1970 == GoTime.zeroSeconds { return .ignored }
            return outcome(text, time.description)
        case .microTime:
            guard let text = json.string else { throw typeError(json, "string") }
            guard GoTime.hasMicroseconds(text), let time = try? MicroTime(parsing: text) else { throw GoTime.error(text, isMicro: true) }
            if time.seconds == GoTime.zeroSeconds { return .ignored }
            return outcome(text, time.description)
        case .duration:
            guard let text = json.string else { throw typeError(json, "string") }
            do { return outcome(text, try DurationText(parsing: text).description) } catch { throw ObjectDecodingError(error.reason) }
        case .integerOrString:
            switch json {
            case .string: return .kept
            case .integer(let number) where Int32(exactly: number) != nil: return .kept
            case .integer, .double: throw typeError(json, "int32", showsNumber: true)
            default: throw typeError(json, "int32")
            }
        case .bytes:
            guard let text = json.string else { return mismatch(json, goType) }
            do { return outcome(text, try Base64Data(base64: text).base64) } catch { return note(error.reason) }
        default: return mismatch(json, goType)
        }
    }

    private func quantity(_ json: JSONValue) throws(ObjectDecodingError) -> Outcome {
        if let quantity = Quantity(json: json) {
            if case .string(let text) = json { return outcome(text, quantity.description) }
            return .replaced(.string(quantity.description))
        }
        let text = json.string ?? "\(json)"
        do { _ = try Quantity(parsing: text) } catch { throw ObjectDecodingError(error.reason) }
        throw ObjectDecodingError("unable to parse quantity's suffix")
    }

    private func outcome(_ text: String, _ canonical: String) -> Outcome { text == canonical ? .kept : .replaced(.string(canonical)) }
}

/// Go's words on times.
enum GoTime {
    /// 0001-01-01T00:00:00Z.
    static let zeroSeconds: Int64 = -62_135_596_800

    /// Whether there are exactly six digits behind the point, which Kubernetes insists on.
    static func hasMicroseconds(_ text: String) -> Bool {
        guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        return text.utf8[point...].dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count == 6
    }

    /// `parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"`: the rest of the text from the first element that does not fit.
    static func error(_ text: String, isMicro: Bool) -> ObjectDecodingError {
        let layout = isMicro ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00"
        let intro = "parsing time \(text.quotedAsGo) as \"\(layout)\": "
        let ranges: [ClosedRange<Int>?] = [nil, nil, 1...12, nil, 1...31, nil, 0...23, nil, 0...59, nil, 0...59]
        let elements = ["2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05"]
        let names = ["", "", "month", "", "day", "", "hour", "", "minute", "", "second"]
        var rest = Substring(text)
        for (index, element) in elements.enumerated() {
            let part = rest.prefix(element.count)
            let isDigits = part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let fits = element.count == 1 ? part == element : part.count == element.count && isDigits
            guard fits else { return ObjectDecodingError("\(intro)cannot parse \(String(rest).quotedAsGo) as \(element.quotedAsGo)") }
            if let range = ranges[index], let number = Int(part), !range.contains(number) {
                return ObjectDecodingError("\(intro.dropLast(2)): \(names[index]) out of range")
            }
            rest = rest.dropFirst(element.count)
        }
        if isMicro, !hasMicroseconds(text) { return ObjectDecodingError("\(intro)cannot parse \(String(rest).quotedAsGo) as \".000000\"") }
        if rest.first == "." { rest = rest.dropFirst().drop { $0.isNumber } }
        let isWhole = (try? Time(parsing: String(text.dropLast(rest.count)) + "Z")) != nil
        guard isWhole else { return ObjectDecodingError("\(intro.dropLast(2)): day out of range") }
        if rest.first == "Z", rest.count > 1 { return ObjectDecodingError("\(intro.dropLast(2)): extra text: \(String(rest.dropFirst()).quotedAsGo)") }
        return ObjectDecodingError("\(intro)cannot parse \(String(rest).quotedAsGo) as \"Z07:00\"")
    }
}
