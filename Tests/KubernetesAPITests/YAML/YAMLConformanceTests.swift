import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

/// The cases that libyaml itself gets right must pass, but for those in ``YAMLReaderChoices``, which must differ as it says.
/// The others must not crash, and are counted.
@Test func yamlConformance() throws {
    guard let files = try Conformance.files(in: "yaml") else { return }
    var tally = ConformanceTally("yaml")
    var others: [String: (passed: Int, total: Int)] = [:]
    var seen: Set<String> = []
    for file in files {
        let test = try Conformance.json(file)
        guard let id = test["id"]?.string, let text = test["yaml"]?.string, let libyaml = test["libyaml"]?.string else {
            Issue.record("\(file.lastPathComponent) is no YAML case")
            continue
        }
        let result = Result { try YAMLDocument.parse(text).map(\.value) }
        guard libyaml == "ok" else {
            others[libyaml, default: (0, 0)].total += 1
            if try disagreement(of: result, with: test) == nil { others[libyaml, default: (0, 0)].passed += 1 }
            continue
        }
        seen.insert(id)
        let choice = YAMLReaderChoices.all[id]
        tally.check(id) {
            switch (choice?.outcome, result) {
            case (nil, _): return try disagreement(of: result, with: test)
            case (.reads(let values), .success(let found)):
                guard try disagreement(of: result, with: test) != nil else { return "agrees with the suite, but is listed as a choice" }
                return found == values ? nil : "\(found) instead of the choice \(values)"
            case (.refuses(let reason), .failure(let error)):
                return "\(error)".contains(reason) ? nil : "\(error), where the choice says \(reason)"
            case (.reads, .failure(let error)): return "\(error), where the choice is to read it"
            case (.refuses, .success(let found)): return "\(found), where the choice is to refuse it"
            }
        }
    }
    tally.report()
    print("yaml choices: \(YAMLReaderChoices.all.count) of these read otherwise than the suite says")
    for (libyaml, counts) in others.sorted(by: { $0.key < $1.key }) {
        print("yaml (libyaml \(libyaml)): \(counts.passed)/\(counts.total) as the suite says")
    }
    #expect(seen.isSuperset(of: YAMLReaderChoices.all.keys), "choices without a case: \(Set(YAMLReaderChoices.all.keys).subtracting(seen))")
}

/// How a result differs from what the suite says of the case; nil when it does not. A document that is null is none to us, as to kubectl.
private func disagreement(of result: Result<[JSONValue], any Error>, with test: JSONValue) throws -> String? {
    switch (test["fail"], result) {
    case (true, .failure): return nil
    case (true, .success(let values)): return "accepted as \(values)"
    case (_, .failure(let error)): return "refused: \(error)"
    case (_, .success(let values)):
        guard let texts = test["json"]?.array else { return "accepted as \(values), where the suite has no JSON" }
        let expected = try texts.map { try JSONValue(parsing: $0.string ?? "") }.filter { !$0.isNull }
        return values == expected ? nil : "\(values) instead of \(expected)"
    }
}
