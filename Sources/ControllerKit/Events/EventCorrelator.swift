import KubernetesAPI

/// What is sent of what happens: the same thing again makes a series of one Event, many similar things are combined into one, and an object that never stops is
/// held to a rate. The rules and numbers are those of client-go's recorder, without I/O; time is an argument.
struct EventCorrelator: Sendable {
    enum Write: Sendable, Hashable {
        case create(Event)
        /// The series of an Event that was created before: the whole Event, to be created anew where it has ended meanwhile.
        case continueSeries(Event)
    }

    /// From so many different notes on, they are combined.
    static let similarLimit = 10
    /// After so long without a further one, the next begins anew. Events live for an hour.
    static let window = Duration.seconds(600)
    /// For each object, so many at once, and one more in each period.
    static let burst = 25.0
    static let period = Duration.seconds(300)
    /// How many different things are remembered.
    static let capacity = 4096

    private struct Similar {
        var notes: Set<String>
        var last: MicroTime
    }

    private struct Budget {
        var tokens: Double
        var updated: MicroTime
    }

    private var similar: [EventOccurrence: Similar] = [:]
    private var events: [EventOccurrence: Event] = [:]
    private var budgets: [ObjectReference: Budget] = [:]
    private var number = 0

    /// - Returns: nil when nothing is to be sent.
    mutating func correlate(_ occurrence: EventOccurrence, now: MicroTime) -> Write? {
        forget(now: now)
        var occurrence = occurrence
        var key = occurrence.key
        if combines(key, now: now) {
            occurrence.note = "(combined from similar events): \(occurrence.note)"
            key.note = ""
        }
        var event: Event
        let isNew: Bool
        if let known = events[key], !Self.isOver(known, now: now) {
            event = known
            event.series = EventSeries(count: (event.series?.count ?? 1) &+ 1, lastObservedTime: now)
            isNew = false
        } else {
            number += 1
            event = occurrence.event(at: now, number: number)
            isNew = true
        }
        // What is held back is counted all the same, and shows with the next that is sent.
        guard passes(key.regarding, now: now) else {
            if !isNew { events[key] = event }
            return nil
        }
        events[key] = event
        return isNew ? .create(event) : .continueSeries(event)
    }

    private mutating func combines(_ key: EventOccurrence, now: MicroTime) -> Bool {
        var group = key
        group.note = ""
        var similar = similar[group].flatMap { now.duration(since: $0.last) > Self.window ? nil : $0 } ?? Similar(notes: [], last: now)
        similar.last = now
        // More need not be remembered.
        if similar.notes.count < Self.similarLimit { similar.notes.insert(key.note) }
        self.similar[group] = similar
        return !similar.notes.contains(key.note)
    }

    private mutating func passes(_ object: ObjectReference, now: MicroTime) -> Bool {
        var budget = budgets[object] ?? Budget(tokens: Self.burst, updated: now)
        let passed = max(now.duration(since: budget.updated), .zero)
        budget = Budget(tokens: min(Self.burst, budget.tokens + passed / Self.period), updated: now)
        let passes = budget.tokens >= 1
        if passes { budget.tokens -= 1 }
        budgets[object] = budget
        return passes
    }

    private mutating func forget(now: MicroTime) {
        guard events.count >= Self.capacity || similar.count >= Self.capacity || budgets.count >= Self.capacity else { return }
        events = events.filter { !Self.isOver($0.value, now: now) }
        similar = similar.filter { now.duration(since: $0.value.last) <= Self.window }
        budgets = budgets.filter { now.duration(since: $0.value.updated) <= Self.period * Self.burst }
        // A flood of different things is not worth the memory.
        if events.count >= Self.capacity { events = [:] }
        if similar.count >= Self.capacity { similar = [:] }
        if budgets.count >= Self.capacity { budgets = [:] }
    }

    private static func isOver(_ event: Event, now: MicroTime) -> Bool {
        now.duration(since: event.series?.lastObservedTime ?? event.eventTime) > window
    }
}

extension EventOccurrence {
    /// The same thing happens to another version of the object, too.
    fileprivate var key: EventOccurrence {
        var key = self
        key.regarding.resourceVersion = nil
        key.related?.resourceVersion = nil
        return key
    }
}
