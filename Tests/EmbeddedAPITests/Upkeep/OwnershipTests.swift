import KubernetesAPI
import Testing

@testable import EmbeddedAPI

@Suite struct OwnershipTests {
    typealias Node = OwnershipGraph.Node

    static func owner(_ uid: String, blocks: Bool = false) -> OwnerLink {
        OwnerLink(apiVersion: "v1", kind: "ConfigMap", name: uid, uid: uid, blocksDeletion: blocks)
    }

    static func node(_ uid: String, owners: [OwnerLink] = [], waits: Bool = false, orphans: Bool = false) -> Node {
        Node(
            address: ObjectAddress(.configMaps, namespace: "n", name: uid), uid: uid, owners: owners, isBeingDeleted: waits || orphans,
            waitsForDependents: waits, orphansDependents: orphans)
    }

    enum Change: Sendable { case update(Node), remove(String) }

    @Test(
        arguments: [
            ("an object without owners is of no interest", [], .update(node("a")), []),
            ("a new dependent is looked at", [], .update(node("b", owners: [owner("a")])), [.collect(uid: "b")]),
            ("an unchanged one is not", [.update(node("b", owners: [owner("a")]))], .update(node("b", owners: [owner("a")])), []),
            (
                "a further owner is looked at", [.update(node("b", owners: [owner("a")]))], .update(node("b", owners: [owner("a"), owner("c")])),
                [.collect(uid: "b")]
            ),
            ("with its owner's end, a dependent is looked at", [.update(node("b", owners: [owner("a")]))], .remove("a"), [.collect(uid: "b")]),
            ("who lost its reference is not", [.update(node("b", owners: [owner("a")])), .update(node("b"))], .remove("a"), []),
            (
                "a foreground deletion looks at dependents, and itself", [.update(node("b", owners: [owner("a")]))], .update(node("a", waits: true)),
                [.collect(uid: "b"), .collect(uid: "a")]
            ),
            ("it does so once", [.update(node("b", owners: [owner("a")])), .update(node("a", waits: true))], .update(node("a", waits: true)), []),
            (
                "the last blocking dependent's end brings the owner back",
                [.update(node("a", waits: true)), .update(node("b", owners: [owner("a", blocks: true)]))], .remove("b"), [.collect(uid: "a")]
            ),
            (
                "not the first one's",
                [
                    .update(node("a", waits: true)), .update(node("b", owners: [owner("a", blocks: true)])),
                    .update(node("c", owners: [owner("a", blocks: true)])),
                ], .remove("b"), []
            ),
            (
                "nor does one that stops blocking keep it",
                [.update(node("a", waits: true)), .update(node("b", owners: [owner("a", blocks: true)]))], .update(node("b", owners: [owner("a")])),
                [.collect(uid: "a")]
            ),
            ("orphaning is an attempt of its own", [.update(node("b", owners: [owner("a")]))], .update(node("a", orphans: true)), [.orphan(uid: "a")]),
        ] as [(String, [Change], Change, [OwnershipGraph.Attempt])])
    func graph(_ rule: String, after earlier: [Change], _ change: Change, gives attempts: [OwnershipGraph.Attempt]) {
        var graph = OwnershipGraph()
        func apply(_ change: Change) -> [OwnershipGraph.Attempt] {
            switch change {
            case .update(let node): graph.update(node)
            case .remove(let uid): graph.remove(uid)
            }
        }
        for change in earlier { _ = apply(change) }
        #expect(apply(change) == attempts)
    }

    @Test(
        arguments: [
            (
                "a chain is none",
                [node("a", waits: true), node("b", owners: [owner("a", blocks: true)], waits: true), node("c", owners: [owner("b", blocks: true)])], false
            ),
            (
                "two that wait for each other",
                [node("a", owners: [owner("b", blocks: true)], waits: true), node("b", owners: [owner("a", blocks: true)], waits: true)],
                true
            ),
            ("not blocking", [node("a", owners: [owner("b")], waits: true), node("b", owners: [owner("a", blocks: true)], waits: true)], false),
            (
                "three, of which one does not wait yet",
                [
                    node("a", owners: [owner("c", blocks: true)], waits: true), node("b", owners: [owner("a", blocks: true)]),
                    node("c", owners: [owner("b", blocks: true)], waits: true),
                ], false
            ),
            (
                "three",
                [
                    node("a", owners: [owner("c", blocks: true)], waits: true), node("b", owners: [owner("a", blocks: true)], waits: true),
                    node("c", owners: [owner("b", blocks: true)], waits: true),
                ], true
            ),
            ("oneself", [node("a", owners: [owner("a", blocks: true)], waits: true)], true),
        ] as [(String, [Node], Bool)])
    func circles(_ rule: String, nodes: [Node], _ isCircle: Bool) {
        var graph = OwnershipGraph()
        for node in nodes { _ = graph.update(node) }
        #expect(graph.isInCircle("a") == isCircle)
    }

    @Test func anotherObjectInThePlaceEndsTheFormer() {
        var graph = OwnershipGraph()
        _ = graph.update(Self.node("b", owners: [Self.owner("a")]))
        let other = Node(address: ObjectAddress(.configMaps, namespace: "n", name: "b"), uid: "b2", owners: [Self.owner("a")])
        #expect(graph.update(other) == [.collect(uid: "b2")])
        #expect(graph.dependents(of: "a") == ["b2"])
        #expect(graph.node("b") == nil)
    }

    @Test(
        arguments: [
            ("no owner", [], false, false, [], .keep),
            ("an owner", [.solid], false, false, [], .keep),
            ("an absent owner", [.absent], false, false, [], .delete(propagationPolicy: "Background", unblocksOwners: false)),
            ("an absent one beside another", [.absent, .solid], false, false, [], .removeReferences(uids: ["0"])),
            ("a waiting one beside another", [.solid, .waitsForDependents], true, false, [], .removeReferences(uids: ["1"])),
            ("a waiting one", [.waitsForDependents], false, false, [], .delete(propagationPolicy: "Background", unblocksOwners: false)),
            ("a waiting one, with dependents", [.waitsForDependents], true, false, [], .delete(propagationPolicy: "Foreground", unblocksOwners: false)),
            ("a circle", [.waitsForDependents], true, true, [], .delete(propagationPolicy: "Foreground", unblocksOwners: true)),
            ("its own wish to orphan", [.absent], false, false, ["orphan"], .delete(propagationPolicy: "Orphan", unblocksOwners: false)),
            (
                "its own wish for the foreground", [.absent], true, false, ["foregroundDeletion"],
                .delete(propagationPolicy: "Foreground", unblocksOwners: false)
            ),
            ("an unknown kind", [.absent, .ofUnknownKind], false, false, [], .undecided(owner("1"), .ofUnknownKind)),
            ("an impossible owner", [.cannotOwn], false, false, [], .undecided(owner("0"), .cannotOwn)),
        ] as [(String, [OwnerState], Bool, Bool, [String], CollectionStep)])
    func decides(_ rule: String, owners: [OwnerState], hasDependents: Bool, isInCircle: Bool, finalizers: [String], _ step: CollectionStep) {
        let object: JSONObject = ["metadata": ["finalizers": .array(finalizers.map { .string($0) })]]
        let references = owners.enumerated().map { (reference: Self.owner("\($0.offset)"), state: $0.element) }
        #expect(CollectionStep.decide(object, owners: references, hasDependents: hasDependents, isInCircle: isInCircle) == step)
    }
}
