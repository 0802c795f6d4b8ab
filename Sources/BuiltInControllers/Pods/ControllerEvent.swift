/// Something that a controller did or noticed, to be told as an event about its object.
public struct ControllerEvent: Hashable, Sendable {
    public var isWarning: Bool
    public var reason: String
    public var message: String

    public static func normal(_ reason: String, _ message: String) -> ControllerEvent { .init(isWarning: false, reason: reason, message: message) }
    public static func warning(_ reason: String, _ message: String) -> ControllerEvent { .init(isWarning: true, reason: reason, message: message) }
}
