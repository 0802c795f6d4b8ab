import KubernetesAPI

/// The field numbers of Kubernetes' protobuf messages, which the declared types do not have.
///
/// A line names a message by its group, version and kind, then its fields as JSON calls them, in the order of their numbers, from 1 on. `43:name` skips to a
/// number; `@core.v1.VolumeSource` is a message whose fields JSON has in the outer object; `+` goes on with the line before. Taken from the `generated.proto`
/// of <https://github.com/kubernetes/api> and its sisters.
struct ProtobufFieldTable: Sendable {
    indirect enum Step: Sendable {
        /// The position of a field in its ``GoType``.
        case field(Int)
        /// A message whose fields stand in the outer object.
        case inlined([UInt64: Step])
    }

    /// What each field number means, by the position of the type in ``GoTypeGraph/types``.
    let steps: [[UInt64: Step]]

    static let shared = ProtobufFieldTable(of: .shared)

    init(of graph: GoTypeGraph) {
        let messages = Self.messages()
        steps = graph.types.indices.map { position in
            let name = Substring(graph.names[position].split(separator: ".").suffix(3).joined(separator: "."))
            return Self.steps(name, of: graph.types[position], messages)
        }
    }

    private static func steps(_ message: Substring, of type: GoType, _ messages: [Substring: [UInt64: Substring]]) -> [UInt64: Step] {
        (messages[message] ?? [:]).compactMapValues { name in
            if name.hasPrefix("@") { return .inlined(steps(name.dropFirst(), of: type, messages)) }
            return type.position(of: String(name)).map(Step.field)
        }
    }

    /// The words of each line by their numbers.
    private static func messages() -> [Substring: [UInt64: Substring]] {
        var messages: [Substring: [UInt64: Substring]] = [:]
        var number: UInt64 = 0
        for text in [core, workloads, access, others] {
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let message = words.first else { continue }
                if words.dropFirst().first != "+" { number = 0 }
                for word in words.dropFirst() where word != "+" {
                    let parts = word.split(separator: ":", maxSplits: 1)
                    number = parts.count == 2 ? UInt64(parts[0]) ?? number : number + 1
                    messages[message, default: [:]][number] = parts[parts.count - 1]
                }
            }
        }
        return messages
    }
}
