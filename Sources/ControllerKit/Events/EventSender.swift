import FoundationEssentials
import KubernetesAPI
import KubernetesClient
import Metrics
import Synchronization

/// Sends Events one after another, in their order, from a queue of limited length.
final class EventSender: Sendable {
    private let client: KubernetesClient
    private let correlator = Mutex(EventCorrelator())
    private let (writes, queue) = AsyncStream<EventCorrelator.Write>.makeStream(bufferingPolicy: .bufferingOldest(1000))
    private let dropped = Counter(label: "martlet_events_dropped_total")

    init(client: KubernetesClient) { self.client = client }

    func send(_ occurrence: EventOccurrence) {
        // Under one lock, so that a series follows the Event that it is of.
        let isDropped = correlator.withLock { correlator in
            guard let write = correlator.correlate(occurrence, now: MicroTime(Date())) else { return false }
            if case .enqueued = queue.yield(write) { return false }
            return true
        }
        if isDropped { dropped.increment() }
    }

    func run() async {
        for await write in writes {
            do {
                switch write {
                case .create(let event): try await create(event)
                case .continueSeries(let event): try await continueSeries(of: event)
                }
            } catch {
                if Task.isCancelled { return }
                // Such as that the namespace is being deleted. The client has tried again where that may help.
                dropped.increment()
            }
        }
    }

    private func create(_ event: Event) async throws { _ = try await client.resources(Event.self, in: event.namespace).create(event) }

    private func continueSeries(of event: Event) async throws {
        guard let series = event.series else { return }
        do {
            let patch = Patch.merge(["series": .object(series.members)])
            _ = try await client.resources(Event.self, in: event.namespace).patch(event.name, patch)
        } catch let error as KubernetesError where error.isNotFound {
            try await create(event)
        }
    }
}
