import Testing

@testable import KubernetesAPI

@Suite struct ObjectMetaTests {
    static let owner = Widget(members: ["metadata": ["name": "box", "uid": "u1"]])

    @Test func anOwnerReferenceNamesItsOwner() {
        #expect(OwnerReference(to: Self.owner).json == ["apiVersion": "tests.martlet.dev/v1", "kind": "Widget", "name": "box", "uid": "u1"])
        #expect(
            OwnerReference(controller: Self.owner).json == [
                "apiVersion": "tests.martlet.dev/v1", "kind": "Widget", "name": "box", "uid": "u1", "blockOwnerDeletion": true, "controller": true,
            ])
        let dynamic = DynamicObject(apiVersion: "example.com/v1", kind: "Thing", metadata: ObjectMeta(name: "t", uid: "u2"))
        #expect(OwnerReference(to: dynamic).json == ["apiVersion": "example.com/v1", "kind": "Thing", "name": "t", "uid": "u2"])
    }

    @Test func anObjectHasOneController() {
        var metadata = ObjectMeta(name: "child")
        #expect(metadata.controller == nil && !metadata.isOwned(byUID: "u1"))
        let isAdded = metadata.addOwner(OwnerReference(to: Self.owner))
        #expect(isAdded)
        #expect(metadata.isOwned(byUID: "u1") && metadata.controller == nil)
        let isReplaced = metadata.addOwner(OwnerReference(controller: Self.owner))
        #expect(isReplaced && metadata.ownerReferences?.count == 1)
        #expect(metadata.controller?.uid == "u1")
        let other = OwnerReference(controller: Widget(members: ["metadata": ["name": "other", "uid": "u2"]]))
        let isSecondController = metadata.addOwner(other)
        #expect(!isSecondController && metadata.ownerReferences?.count == 1)
        #expect(!ObjectMeta(members: ["ownerReferences": [["uid": ""]]]).isOwned(byUID: ""))
    }

    @Test func labelsAndAnnotationsAreReachedOneByOne() {
        var metadata = ObjectMeta(labels: ["a": "1"])
        metadata[label: "b"] = "2"
        metadata[annotation: "c"] = "3"
        #expect(metadata[label: "a"] == "1" && metadata[label: "x"] == nil && metadata[annotation: "c"] == "3")
        #expect(metadata.json == ["labels": ["a": "1", "b": "2"], "annotations": ["c": "3"]])
        metadata[label: "a"] = nil
        metadata[label: "b"] = nil
        metadata[annotation: "c"] = nil
        metadata[annotation: "d"] = nil
        #expect(metadata.json == [:])
    }

    @Test func finalizersAreASet() {
        var metadata = ObjectMeta()
        let additions = [metadata.addFinalizer("a"), metadata.addFinalizer("b"), metadata.addFinalizer("a")]
        #expect(additions == [true, true, false])
        #expect(metadata.finalizers == ["a", "b"] && metadata.hasFinalizer("b") && !metadata.hasFinalizer("c"))
        let removals = [metadata.removeFinalizer("a"), metadata.removeFinalizer("a")]
        #expect(removals == [true, false] && metadata.finalizers == ["b"])
        metadata.removeFinalizer("b")
        #expect(metadata.json == [:])
    }

    @Test func deletionIsToldByItsTime() {
        #expect(!ObjectMeta(members: ["deletionTimestamp": nil]).isBeingDeleted)
        #expect(ObjectMeta(members: ["deletionTimestamp": "2026-01-31T09:30:00Z"]).isBeingDeleted)
        #expect(Widget(members: ["metadata": ["deletionTimestamp": "2026-01-31T09:30:00Z"]]).isBeingDeleted && !Self.owner.isBeingDeleted)
        #expect(Self.owner.uid == "u1" && Self.owner.resourceVersion == nil)
    }
}
