/// The value types of Kubernetes as types of fields.
///
/// Zero times are those of Go, the first second of the year 1.
extension Time: SchemaValue {
    public static var schema: Schema { Schema(.time) }
    public static var zero: Time { .min }
}

extension MicroTime: SchemaValue {
    public static var schema: Schema { Schema(.microTime) }
    public static var zero: MicroTime { .min }
}

extension DurationText: SchemaValue {
    public static var schema: Schema { Schema(.duration) }
    public static var zero: DurationText { DurationText(nanoseconds: 0) }
}

extension Quantity: SchemaValue {
    public static var schema: Schema { Schema(.quantity) }
}

extension IntOrString: SchemaValue {
    public static var schema: Schema { Schema(.integerOrString) }
    public static var zero: IntOrString { .int(0) }
}

extension Base64Data: SchemaValue {
    public static var schema: Schema { Schema(.base64) }
    public static var zero: Base64Data { Base64Data([]) }
}

extension SchemaChecker {
    /// Whether a value whose form is defined by one of the value types is of that form. The commonest spellings are recognized without reading the value.
    func acceptsValue(_ json: JSONValue, _ check: Check) -> Bool {
        switch check {
        case .time: isPlainTime(json) || Time(json: json) != nil
        case .microTime: MicroTime(json: json) != nil
        case .duration: DurationText(json: json) != nil
        case .quantity: isPlainQuantity(json) || Quantity(json: json) != nil
        case .integerOrString: IntOrString(json: json) != nil
        case .base64: Base64Data(json: json) != nil
        default: false
        }
    }

    /// `2026-01-31T09:30:00Z`, with days up to the 28th, which every month has.
    private func isPlainTime(_ json: JSONValue) -> Bool {
        guard case .string(let text) = json else { return false }
        return text.utf8.withContiguousStorageIfAvailable { text in
            guard text.count == 20, text[4] == 0x2D, text[7] == 0x2D, text[10] == 0x54, text[13] == 0x3A, text[16] == 0x3A, text[19] == 0x5A
            else { return false }
            func number(at position: Int) -> Int {
                let (tens, ones) = (Int(text[position]) - 0x30, Int(text[position + 1]) - 0x30)
                return (0...9).contains(tens) && (0...9).contains(ones) ? tens * 10 + ones : -1
            }
            return number(at: 0) >= 0 && number(at: 2) >= 0 && (1...12).contains(number(at: 5)) && (1...28).contains(number(at: 8))
                && (0...23).contains(number(at: 11)) && (0...59).contains(number(at: 14)) && (0...59).contains(number(at: 17))
        } ?? false
    }

    /// Up to 15 digits, then nothing, `m`, `k`, `M`, `G`, `Ki`, `Mi` or `Gi`.
    private func isPlainQuantity(_ json: JSONValue) -> Bool {
        guard case .string(let text) = json else { return false }
        return text.utf8.withContiguousStorageIfAvailable { text in
            var end = 0
            while end < text.count, end < 16, text[end] &- 0x30 < 10 { end += 1 }
            guard (1...15).contains(end) else { return false }
            switch text.count - end {
            case 0: return true
            case 1: return text[end] == 0x6D || text[end] == 0x6B || text[end] == 0x4D || text[end] == 0x47
            case 2: return text[end + 1] == 0x69 && (text[end] == 0x4B || text[end] == 0x4D || text[end] == 0x47)
            default: return false
            }
        } ?? false
    }
}
