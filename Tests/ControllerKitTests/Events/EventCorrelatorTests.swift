import KubernetesAPI
import Testing

@testable import ControllerKit

@Suite struct EventCorrelatorTests {
    private static let noon = MicroTime(Time(secondsSince1970: 1_800_000_000) ?? .min)

    private static func occurrence(_ note: String = "no space", of name: String = "web", reason: String = "Failed", version: String = "1") -> EventOccurrence {
        EventOccurrence(
            type: .warning, reason: reason, action: "Run", note: note,
            regarding: ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "ns", name: name, uid: "uid-\(name)", resourceVersion: version),
            reportingController: "kubelet", reportingInstance: "node")
    }

    /// What is sent of one thing after another, each with its second: `create` or the count of the series, or `-`.
    private func play(_ occurrences: [(Int, EventOccurrence)]) -> [String] {
        var correlator = EventCorrelator()
        return occurrences.map { second, occurrence in
            switch correlator.correlate(occurrence, now: Self.noon.advanced(by: .seconds(second))) {
            case nil: "-"
            case .create(let event): "create \(event.note ?? "")"
            case .continueSeries(let event): "\(event.series?.count ?? 0) × \(event.note ?? "")"
            }
        }
    }

    @Test func theSameAgainIsASeries() {
        let again = Self.occurrence(version: "2")
        #expect(play([(0, Self.occurrence()), (1, again), (2, again)]) == ["create no space", "2 × no space", "3 × no space"])
    }

    @Test func otherNotesObjectsAndReasonsAreEventsOfTheirOwn() {
        let others = [Self.occurrence(), Self.occurrence("no memory"), Self.occurrence(of: "db"), Self.occurrence(reason: "Killed")]
        #expect(play(others.map { (0, $0) }) == ["create no space", "create no memory", "create no space", "create no space"])
    }

    @Test func aSeriesIsOverAfterALongPause() {
        #expect(play([(0, Self.occurrence()), (600, Self.occurrence()), (1201, Self.occurrence())]) == ["create no space", "2 × no space", "create no space"])
    }

    @Test func manySimilarOnesAreCombined() {
        let sent = play((0..<13).map { ($0, Self.occurrence("try \($0)")) })
        #expect(Array(sent[..<10]) == (0..<10).map { "create try \($0)" })
        #expect(
            Array(sent[10...]) == [
                "create (combined from similar events): try 10", "2 × (combined from similar events): try 10",
                "3 × (combined from similar events): try 10",
            ])
    }

    @Test func anObjectThatNeverStopsIsHeldToARate() {
        let flood = play((0..<30).map { _ in (0, Self.occurrence()) } + [(0, Self.occurrence(of: "db")), (300, Self.occurrence()), (301, Self.occurrence())])
        #expect(flood[24] == "25 × no space")
        #expect(flood[25...29].allSatisfy { $0 == "-" })
        #expect(Array(flood[30...]) == ["create no space", "31 × no space", "-"])
    }

    @Test func rememberingIsBounded() {
        var correlator = EventCorrelator()
        for number in 0..<20_000 {
            #expect(correlator.correlate(Self.occurrence(of: "pod-\(number)"), now: Self.noon) != nil)
        }
    }

    @Test func anEventKeepsToTheLimitsOfTheAPI() {
        var occurrence = Self.occurrence(String(repeating: "ü", count: 600), of: String(repeating: "n", count: 253))
        occurrence.regarding.namespace = nil
        let event = occurrence.event(at: Self.noon, number: 7)
        #expect(event.note?.utf8.count ?? 0 <= 1024)
        #expect(event.note?.hasSuffix("ü…") ?? false)
        #expect(event.name.utf8.count <= 253)
        #expect(event.namespace == "default")
        #expect(event.name != occurrence.event(at: Self.noon, number: 8).name)
        #expect(event.eventTime == Self.noon && event.reportingController == "kubelet" && event.series == nil)
    }
}
