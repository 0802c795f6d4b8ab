import KubernetesAPI
import Synchronization

/// Deletes Events an hour after they were last written, as Kubernetes does by default.
///
/// Sleeps until the oldest one is due; does nothing while there are none.
final class EventExpiry: FeedHandler {
    private static let lifetimeSeconds: Int64 = 3600

    private let client: any InternalClient
    private let now: @Sendable () -> Time
    private let report: @Sendable (UpkeepFailure) -> Void
    private let buckets = Mutex(ExpiryBuckets())
    private let (changes, changed) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    init(client: any InternalClient, now: @escaping @Sendable () -> Time, report: @escaping @Sendable (UpkeepFailure) -> Void) {
        self.client = client
        self.now = now
        self.report = report
    }

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let resource, let isInitial):
            guard resource.resource == .events else { return }
            let written = isInitial ? Self.lastWrite(of: (try? object.decoded()) ?? [:]) : nil
            let due = (written ?? now()).secondsSince1970 + Self.lifetimeSeconds
            let wasEmpty = buckets.withLock { buckets in
                defer { buckets.set(object.key, due: due) }
                return buckets.isEmpty
            }
            if wasEmpty { changed.yield() }
        case .ended(let object, let resource):
            if resource.resource == .events { buckets.withLock { $0.remove(object.key) } }
        case .interrupted, .appeared, .disappeared, .synced: break
        }
    }

    /// When an event that was there at the start was written last, as far as it tells.
    static func lastWrite(of event: JSONObject) -> Time? {
        let metadata = event["metadata"]
        let times = [metadata?["creationTimestamp"]] + (metadata?["managedFields"]?.array ?? []).map { $0["time"] }
        return times.compactMap { $0.flatMap(Time.init(json:)) }.max()
    }

    func run() async {
        for await _ in changes {
            while let next = buckets.withLock({ $0.next }) {
                let wait = max(next - now().secondsSince1970, 0)
                // In parts, so that a clock that is set forward is noticed within minutes.
                guard (try? await Task.sleep(for: .seconds(min(wait, 600)))) != nil else { return }
                await deleteDue()
            }
        }
    }

    private func deleteDue() async {
        let due = buckets.withLock { $0.takeDue(now().secondsSince1970) }
        _ = await forEachConcurrently(due) { await self.delete($0) }
    }

    private func delete(_ key: ObjectKey) async {
        do {
            try await client.delete(namespace: key.namespace, name: key.name, in: .events, uid: nil, resourceVersion: nil, propagationPolicy: "Background")
        } catch  where error.isNotFound {
            return
        } catch {
            buckets.withLock { $0.set(key, due: now().secondsSince1970 + 60) }
            report(UpkeepFailure(loop: "expiry", subject: "events \(key)", cause: error))
        }
    }
}
