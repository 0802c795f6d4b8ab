import KubernetesAPI
import KubernetesClient
import Metrics

/// Keeps a store equal to a collection of the server: reads all of it, then follows its changes; reads it anew when the server no longer remembers where the
/// watch was. What was deleted in between shows by its absence.
struct Reflector<Source: ReflectorSource>: Sendable {
    let source: Source
    let store: Store<Source.Object>
    /// Such as `pods`, for metrics.
    let name: String
    /// Told why a list or watch failed that is tried again.
    let failed: @Sendable (any Error) -> Void
    /// Waits between two tries; tests count it instead.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Returns when the task is cancelled.
    func run() async {
        var state = ReflectorState()
        let relists = Counter(label: "martlet_reflector_lists_total", dimensions: [("resource", name)])
        while !Task.isCancelled {
            var isWatching = false
            do {
                relists.increment()
                var changes: Source.Changes
                if state.usesStreamingList {
                    let list = try await source.streamingList()
                    store.replace(with: list.objects, version: list.resourceVersion)
                    changes = list.changes
                } else {
                    let list = try await source.list()
                    store.replace(with: list.objects, version: list.resourceVersion)
                    changes = source.changes(after: list.resourceVersion)
                }
                isWatching = true
                while let event = try await changes.next() {
                    store.apply(event)
                    if event.object != nil { state.progressed() }
                }
                throw WatchEnded()
            } catch {
                if Task.isCancelled { return }
                let delay = state.delay(after: error, isWatching: isWatching, random: .random(in: 0..<1))
                if delay > .zero { failed(error) }
                guard (try? await sleep(delay)) != nil else { return }
            }
        }
    }

    private struct WatchEnded: Error, CustomStringConvertible {
        var description: String { "the watch ended" }
    }
}
