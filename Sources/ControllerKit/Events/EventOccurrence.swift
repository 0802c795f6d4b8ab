import KubernetesAPI

/// Something that happened, as it is told to an ``EventRecorder``.
struct EventOccurrence: Sendable, Hashable {
    var type: EventType
    var reason: String
    var action: String
    var note: String
    var regarding: ObjectReference
    var related: ObjectReference?
    var reportingController: String
    var reportingInstance: String
}

public enum EventType: String, Sendable, Hashable {
    case normal = "Normal"
    case warning = "Warning"
}

extension EventOccurrence {
    /// The Event to create, with the limits that the API has.
    ///
    /// - Parameter number: makes names unique that are made in the same microsecond.
    func event(at now: MicroTime, number: Int) -> Event {
        let nanoseconds = UInt64(clamping: now.microsecondsSince1970) &* 1000 &+ UInt64(number % 1000)
        let place = regarding.namespace.flatMap { $0.isEmpty ? nil : $0 } ?? "default"
        // The name of the object and 17 more characters have to stay under the 253 that names may have.
        let name = "\((regarding.name ?? "").prefix(230)).\(String(nanoseconds, radix: 16))"
        return Event(
            metadata: ObjectMeta(name: name, namespace: place), eventTime: now, regarding: regarding, related: related, type: type.rawValue,
            reason: Self.cut(reason, to: 128), action: Self.cut(action, to: 128), note: Self.cut(note, to: 1024), reportingController: reportingController,
            reportingInstance: Self.cut(reportingInstance, to: 128))
    }

    /// At most so many bytes, whole characters.
    static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        let mark = "…"
        var end = text.utf8.index(text.startIndex, offsetBy: limit - mark.utf8.count)
        while end > text.startIndex, end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + mark
    }
}
