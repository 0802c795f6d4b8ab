import CLibFuzzer
import Foundation

/// A parser under test: it may refuse any bytes, and must neither trap nor hang nor lose what it took.
typealias Harness = @Sendable (UnsafeRawBufferPointer) -> Void

let harnesses: [String: Harness] = [
    "json": fuzzJSON, "yaml": fuzzYAML, "json-patch": fuzzJSONPatch, "merge-patch": fuzzMergePatch, "strategic-merge-patch": fuzzStrategicMergePatch,
    "values": fuzzValues, "selectors": fuzzSelectors, "objects": fuzzObjects, "kubeconfig": fuzzKubeconfig, "watch": fuzzWatch, "discovery": fuzzDiscovery,
    "server-side-apply": fuzzServerSideApply, "cel": fuzzCEL, "cel-rules": fuzzCELRules, "regex": fuzzRegex, "definitions": fuzzDefinitions,
    "decoding": fuzzDecoding, "built-in-rules": fuzzBuiltInRules, "requests": fuzzRequests, "tokens": fuzzTokens, "accept": fuzzAccept, "options": fuzzOptions,
]

/// libFuzzer's callback takes no context, hence a global: which harness runs, set once before the loop.
nonisolated(unsafe) private var chosen: Harness = { _ in }

/// The entry point under the name that SwiftPM gives to `main`. `scripts/fuzz` says which harness runs in MARTLET_FUZZ.
@_cdecl("Fuzz_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    let name = ProcessInfo.processInfo.environment["MARTLET_FUZZ"] ?? ""
    guard let harness = harnesses[name] else {
        FileHandle.standardError.write(Data("fuzz: no harness \"\(name)\"; there are: \(harnesses.keys.sorted().joined(separator: " "))\n".utf8))
        return 2
    }
    chosen = harness
    var count = count
    var arguments = arguments
    return LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        chosen(UnsafeRawBufferPointer(start: data, count: size))
        return 0
    }
}
