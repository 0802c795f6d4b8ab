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
    /// Whether a value whose form is defined by one of the value types is of that form.
    func acceptsValue(_ json: JSONValue, _ check: Check) -> Bool {
        switch check {
        case .time: Time(json: json) != nil
        case .microTime: MicroTime(json: json) != nil
        case .duration: DurationText(json: json) != nil
        case .quantity: Quantity(json: json) != nil
        case .integerOrString: IntOrString(json: json) != nil
        case .base64: Base64Data(json: json) != nil
        default: false
        }
    }
}
