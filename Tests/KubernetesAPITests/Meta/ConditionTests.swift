import Testing

@testable import KubernetesAPI

@Suite struct ConditionTests {
    static let noon = Time(secondsSince1970: 1_769_860_800) ?? .min
    static let later = noon.advanced(by: .seconds(60))

    static let ready = Condition("Ready", .true, reason: "Up", message: "all is well", observedGeneration: 1, lastTransitionTime: noon)

    @Test(
        arguments: [
            ("the same condition changes nothing", Condition("Ready", .true, reason: "Up", message: "all is well", observedGeneration: 1), noon, false),
            ("a new message keeps the time", Condition("Ready", .true, reason: "Up", message: "better", observedGeneration: 1), noon, true),
            ("a new reason keeps the time", Condition("Ready", .true, reason: "Again", message: "all is well", observedGeneration: 1), noon, true),
            ("a new generation keeps the time", Condition("Ready", .true, reason: "Up", message: "all is well", observedGeneration: 2), noon, true),
            ("a new status moves the time", Condition("Ready", .false, reason: "Up", message: "all is well", observedGeneration: 1), later, true),
            (
                "a time that the caller sets does not count",
                Condition("Ready", .true, reason: "Up", message: "all is well", observedGeneration: 1, lastTransitionTime: later), noon, false
            ),
            ("a new type is appended", Condition("Synced", .unknown, reason: "New", message: ""), later, true),
        ] as [(String, Condition, Time, Bool)])
    func sets(_ rule: String, _ condition: Condition, _ transition: Time, _ isChange: Bool) {
        var conditions = [Condition("Other", .true, reason: "R", message: "", lastTransitionTime: Self.noon), Self.ready]
        let before = conditions
        #expect(conditions.set(condition, now: Self.later) == isChange)
        #expect((conditions != before) == isChange)
        #expect(conditions[condition.type]?.lastTransitionTime == transition)
        #expect(conditions[condition.type]?.status == condition.status && conditions[condition.type]?.reason == condition.reason)
        #expect(conditions[condition.type]?.observedGeneration == condition.observedGeneration)
        #expect(conditions["Other"] == before[0] && conditions.count == (condition.type == "Ready" ? 2 : 3))
    }

    @Test func conditionsOfAnObjectAreSetInPlace() {
        var status = WidgetStatus(conditions: [])
        status.conditions?.set(Self.ready, now: Self.noon)
        #expect(status.conditions?.isTrue("Ready") == true && status.conditions?.isFalse("Ready") == false && status.conditions?.isTrue("X") == false)
        let removals = [status.conditions?.remove("Ready"), status.conditions?.remove("Ready")]
        #expect(removals == [true, false])
        #expect(status.conditions == [])
    }

    @Test func whateverIsNeitherTrueNorFalseIsUnknown() {
        #expect(Condition("A", .unknown, reason: "R", message: "").isUnknown)
        #expect(Condition(members: ["type": "A", "status": "Maybe"]).isUnknown && Condition().isUnknown)
        #expect(Self.ready.isTrue && !Self.ready.isFalse && !Self.ready.isUnknown)
    }

    @Test func itIsWrittenAsKubernetesDoes() {
        #expect(
            Self.ready.json == [
                "lastTransitionTime": "2026-01-31T12:00:00Z", "message": "all is well", "reason": "Up", "status": "True", "type": "Ready",
                "observedGeneration": 1,
            ])
    }
}
