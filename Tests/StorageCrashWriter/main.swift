// Writes to the store in the directory given as first argument, with eight clients, and says what was acknowledged, until it is killed.
import EmbeddedAPI
import Glibc
import KubernetesAPI

let directory = CommandLine.arguments.dropFirst().first ?? "."
let configMaps = GroupResource(group: "", resource: "configmaps")
let store = try ObjectStore(directory: directory, configuration: .init(history: HistoryLimits(maximumChanges: 2000)))

await withTaskGroup(of: Void.self) { group in
    for client in 0..<8 {
        group.addTask {
            for number in 0... {
                let key = ObjectKey(namespace: "crash", name: "object-\(client)-\(number % 20)")
                let deletes = number % 7 == 6
                let acknowledged = try? await store.write { transaction -> Int64 in
                    if deletes, let deleted = try transaction.delete(key, in: configMaps) { return deleted.resourceVersion }
                    let object: JSONObject = [
                        "metadata": ["name": .string(key.name), "namespace": "crash", "uid": "u"],
                        "data": ["text": .string(String(repeating: "x", count: 700))],
                    ]
                    return try transaction.put(object, at: key, in: configMaps).resourceVersion
                }
                guard let acknowledged else { return }
                // One call of write(2), so that lines of several clients do not mix.
                let line = Array("\(deletes ? "maybe-deleted" : "put") \(key.name) \(acknowledged)\n".utf8)
                _ = write(STDOUT_FILENO, line, line.count)
            }
        }
    }
}
