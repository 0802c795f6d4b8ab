import KubernetesAPI

/// A field that an applied configuration would change and someone else owns.
public struct ApplyConflict: Hashable, Sendable {
    public let owner: ManagedFields.Owner
    public let path: [PathElement]

    /// The owner as messages name it: `"a" with subresource "status" using apps/v1`.
    var ownerText: String {
        var text = owner.manager.quotedAsGo
        if !owner.subresource.isEmpty { text += " with subresource " + owner.subresource.quotedAsGo }
        if owner.operation == .update { text += " using " + owner.apiVersion }
        return text
    }

    /// The message of the API server's answer, for at least one conflict; those of one owner have to stand together.
    static func message(_ conflicts: [ApplyConflict]) -> String {
        if conflicts.count == 1 { return "Apply failed with 1 conflict: conflict with \(conflicts[0].ownerText): \(conflicts[0].path.fieldText)" }
        var lines: [String] = []
        for (position, conflict) in conflicts.enumerated() {
            if position == 0 || conflicts[position - 1].owner != conflict.owner { lines.append("conflicts with \(conflict.ownerText):") }
            lines.append("- " + conflict.path.fieldText)
        }
        return "Apply failed with \(conflicts.count) conflicts: " + lines.joined(separator: "\n")
    }
}
