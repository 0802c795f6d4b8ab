import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct JSONObjectRemovalTests {
    /// Against a list of pairs: removals and additions in any order, below and above the size from which keys are indexed, with copies that must not change.
    @Test func anObjectFindsItsMembersAfterAnyRemovals() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<40 {
            var object = JSONObject()
            var model: [(key: String, value: Int64)] = []
            var copy = object
            var modelOfCopy = model
            for step in 0..<400 {
                let key = "k\(Int.random(in: 0..<60, using: &generator))"
                let known = model.firstIndex { $0.key == key }
                switch Int.random(in: 0..<10, using: &generator) {
                case 0..<6:
                    object[key] = .integer(Int64(step))
                    if let known { model[known].value = Int64(step) } else { model.append((key, Int64(step))) }
                case 6..<8:
                    #expect(object.removeValue(forKey: key) == known.map { .integer(model[$0].value) })
                    if let known { model.remove(at: known) }
                case 8:
                    let odd = Int.random(in: 0..<30, using: &generator) == 0
                    if odd { object.removeAll { $0.value.integer.map { $0 % 2 == 1 } ?? false } }
                    if odd { model.removeAll { $0.value % 2 == 1 } }
                default:
                    #expect(copy.elementsEqual(modelOfCopy) { $0.key == $1.key && $0.value == .integer($1.value) })
                    (copy, modelOfCopy) = (object, model)
                }
                #expect(object.elementsEqual(model) { $0.key == $1.key && $0.value == .integer($1.value) })
                for (position, member) in model.enumerated() { #expect(object.position(of: member.key) == position) }
                #expect(object.position(of: "none") == nil)
            }
        }
    }

    @Test func removingOneMemberOfManyDoesNotIndexTheOthersAgain() {
        var object = JSONObject(uniqueKeysWithValues: (0..<20_000).map { ("k\($0)", 1) })
        let start = ContinuousClock.now
        for number in 0..<19_000 { object["k\(number)"] = nil }
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(object.count == 1_000)
        #expect(object.position(of: "k19000") == 0)
    }
}
