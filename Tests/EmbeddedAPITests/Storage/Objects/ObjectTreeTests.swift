@testable import EmbeddedAPI
import TestSupport
import Testing

@Suite struct ObjectTreeTests {
    private static let recent = RecentlyDecoded(maximumBytes: 1 << 16)

    private static func object(_ path: String, _ version: Int64) -> StoredObject {
        StoredObject(key: ObjectKey(path: path), resourceVersion: version, bytes: [], recent: recent)
    }

    private static func contents(_ tree: ObjectTree, from path: String = "") -> [String] {
        var found: [String] = []
        tree.walk(from: path) { object in
            found.append("\(object.key) \(object.resourceVersion)")
            return true
        }
        return found
    }

    @Test(arguments: [(seed: UInt64(1), paths: 40), (2, 700), (3, 5000), (4, 5000)])
    func holdsWhatASortedTableHolds(seed: UInt64, paths: Int) {
        var random = SeededGenerator(seed: seed)
        var (tree, model) = (ObjectTree(), [String: Int64]())
        var snapshots: [(ObjectTree, [String])] = []
        for version in 1...20_000 {
            let path = "n\(Int.random(in: 0..<9, using: &random))/\(Int.random(in: 0..<paths, using: &random))"
            // Grows, then shrinks to nearly nothing, then grows again.
            let deletes = Int.random(in: 0..<10, using: &random) < (version / 5000 == 1 ? 9 : 3)
            if deletes {
                #expect(tree.remove(ObjectKey(path: path))?.resourceVersion == model.removeValue(forKey: path))
            } else {
                #expect(tree.put(Self.object(path, Int64(version)))?.resourceVersion == model.updateValue(Int64(version), forKey: path))
            }
            if version % 2500 == 0 {
                let expected = model.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                #expect(Self.contents(tree) == expected)
                #expect(tree.count == expected.count)
                snapshots.append((tree, expected))
                let probe = "n4/\(Int.random(in: 0..<paths, using: &random))"
                #expect(tree.count(before: probe) == model.keys.count { $0 < probe })
                #expect(Self.contents(tree, from: probe) == model.sorted { $0.key < $1.key }.filter { $0.key >= probe }.map { "\($0.key) \($0.value)" })
                #expect(tree[ObjectKey(path: probe)]?.resourceVersion == model[probe])
            }
        }
        // Later writes have not touched earlier snapshots.
        for (snapshot, expected) in snapshots { #expect(Self.contents(snapshot) == expected) }
        for path in model.keys { tree.remove(ObjectKey(path: path)) }
        #expect(tree.count == 0 && Self.contents(tree).isEmpty)
    }

    @Test(arguments: [0, 1, 48, 49, 64, 65, 2304, 2305, 10_000])
    func aTreeMadeOfSortedObjectsIsLikeOneMadeByWrites(count: Int) {
        let objects = (0..<count).map { Self.object("n/\(100_000 + $0)", Int64($0)) }
        var tree = ObjectTree(sorted: objects)
        #expect(tree.count == count)
        #expect(Self.contents(tree) == objects.map { "\($0.key) \($0.resourceVersion)" })
        for object in objects {
            #expect(tree[object.key] === object)
            #expect(tree.remove(object.key) === object)
        }
        #expect(tree.count == 0)
    }

    @Test func removingWhatIsNotThereChangesNothing() {
        var tree = ObjectTree()
        #expect(tree.remove(ObjectKey(name: "a")) == nil)
        tree.put(Self.object("b", 1))
        #expect(tree.remove(ObjectKey(name: "a")) == nil && tree.remove(ObjectKey(name: "c")) == nil)
        #expect(tree.count == 1)
    }
}
