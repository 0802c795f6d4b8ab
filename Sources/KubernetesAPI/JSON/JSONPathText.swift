/// The text of a path that grows and shrinks at its end, as Kubernetes' decoder writes it: keys of maps like fields, `metadata.labels.x`, `spec.ports[0].name`.
package struct JSONPathText: Sendable {
    package private(set) var text = ""
    private var ends: [Int] = []

    package init() {}

    package mutating func enter(key: String) {
        ends.append(text.utf8.count)
        if !text.isEmpty { text += "." }
        text += key
    }

    package mutating func enter(index: Int) {
        ends.append(text.utf8.count)
        text += "[\(index)]"
    }

    package mutating func leave() {
        guard let end = ends.popLast() else { return }
        text.removeSubrange(text.utf8.index(text.startIndex, offsetBy: end)...)
    }
}
