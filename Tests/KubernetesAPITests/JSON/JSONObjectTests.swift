import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct JSONObjectTests {
    /// Small objects are searched, large ones have an index: both must behave as a dictionary that remembers its order.
    @Test(arguments: [0, 1, 5, 23, 24, 100]) func behavesAsAnOrderedDictionary(_ size: Int) {
        var generator = SeededGenerator(seed: UInt64(size))
        var object = JSONObject(uniqueKeysWithValues: (0..<size).map { ("k\($0)", .integer(Int64($0))) })
        var model = (0..<size).map { (key: "k\($0)", value: JSONValue.integer(Int64($0))) }
        for step in 0..<400 {
            let key = "k\(Int.random(in: 0..<(size + 10), using: &generator))"
            let place = model.firstIndex { $0.key == key }
            #expect(object[key] == place.map { model[$0].value })
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                let removed = object.removeValue(forKey: key)
                #expect(removed == place.map { model[$0].value })
                if let place { model.remove(at: place) }
            case 1:
                object[key] = .integer(Int64(step))
                if let place { model[place].value = .integer(Int64(step)) } else { model.append((key, .integer(Int64(step)))) }
            default:
                object[key]?.appendTwice()
                if let place { model[place].value.appendTwice() }
            }
            #expect(object.map(\.key) == model.map(\.key))
            #expect(object.map(\.value) == model.map(\.value))
        }
    }

    @Test func copiesDoNotShareChanges() {
        let original = JSONObject(uniqueKeysWithValues: (0..<50).map { ("k\($0)", .integer(Int64($0))) })
        var copy = original
        copy["new"] = 1
        copy["k3"] = nil
        #expect(original.count == 50)
        #expect(original["new"] == nil)
        #expect(original["k3"] == 3)
        #expect(copy["new"] == 1)
        #expect(copy["k4"] == 4)
    }

    @Test func equalityDoesNotDependOnOrder() {
        let left: JSONObject = ["a": 1, "b": [1, 2.0]]
        let right: JSONObject = ["b": [1.0, 2], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1, "b": [2, 1]])
        #expect(left != ["a": 1, "c": [1, 2]])
    }
}

extension JSONValue {
    fileprivate mutating func appendTwice() {
        if case .integer(let value) = self { self = [.integer(value), .integer(value)] } else { self = .integer(7) }
    }
}
