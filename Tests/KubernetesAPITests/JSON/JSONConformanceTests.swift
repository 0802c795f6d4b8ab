import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

@Test func jsonParsingConformance() throws {
    guard let files = try Conformance.files(in: "json-parsing") else { return }
    var tally = ConformanceTally("json-parsing")
    for file in files {
        let name = file.lastPathComponent
        let bytes = try [UInt8](Data(contentsOf: file))
        tally.check(name) {
            let result = Result { try JSONValue(parsing: bytes) }
            switch (name.prefix(2), result) {
            case ("y_", .failure(let error)): return "refused: \(error)"
            case ("n_", .success(let value)): return "accepted as \(value)"
            case ("i_", .success): return JSONReaderChoices.accepted.contains(name) ? nil : "accepted, but not listed as such"
            case ("i_", .failure): return JSONReaderChoices.refused.contains(name) ? nil : "refused, but not listed as such"
            default: return nil
            }
        }
    }
    tally.report()
}
