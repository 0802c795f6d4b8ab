import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct YAMLDocumentTests {
    private static let text = """
        # a comment
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          labels: {app.kubernetes.io/name: web, tier: "front"}
        spec:
          containers:
          - name: a
            image: x
          - image: y
            name: b
            env: &env
            - name: LOG
              value: debug
            resources: &resources
              limits: {cpu: 1}
          - name: c
            env: *env
            resources:
              requests: {cpu: 2}
              <<: [*resources, {extra: {deep: 1}}]
              claims: []
        ---
        kind: Second
        """

    @Test(
        arguments: [
            (FieldPath(), "2:1"),
            (FieldPath("kind"), "3:1"),
            (FieldPath("metadata", "labels"), "6:3"),
            (FieldPath("metadata", "labels").key("tier"), "6:41"),
            (FieldPath("metadata", "labels").key("app.kubernetes.io/name"), "6:12"),
            (FieldPath("spec", "containers").index(0), "9:5"),
            (FieldPath("spec", "containers").index(1).field("name"), "12:5"),
            // through an alias
            (FieldPath("spec", "containers").index(2).field("env"), "19:5"),
            (FieldPath("spec", "containers").index(2).field("env").index(0), "14:7"),
            (FieldPath("spec", "containers").index(2).field("env").index(0).field("value"), "15:7"),
            // own and merged members
            (FieldPath("spec", "containers").index(2).field("resources").field("requests").key("cpu"), "21:18"),
            (FieldPath("spec", "containers").index(2).field("resources").field("claims"), "23:7"),
            (FieldPath("spec", "containers").index(2).field("resources").field("limits"), "17:7"),
            (FieldPath("spec", "containers").index(2).field("resources").field("limits").key("cpu"), "17:16"),
            (FieldPath("spec", "containers").index(2).field("resources").field("extra").field("deep"), "22:33"),
            // missing
            (FieldPath("spec", "replicas"), nil),
            (FieldPath("spec", "containers").index(3), nil),
            (FieldPath("kind", "x"), nil),
        ] as [(FieldPath, String?)])
    func knowsWhereFieldsStand(path: FieldPath, position: String?) throws {
        let document = try #require(try YAMLDocument.parse(Self.text).first)
        #expect(document.position(of: path)?.description == position, "\(path)")
    }

    @Test(
        arguments: [
            (FieldPath("spec", "containers").index(0).field("ports").index(0), "9:5"), (FieldPath("status", "phase"), "2:1"), (FieldPath("kind"), "3:1"),
        ] as [(FieldPath, String)])
    func theClosestPositionOfAMissingFieldIsThatOfItsParent(path: FieldPath, position: String) throws {
        let document = try #require(try YAMLDocument.parse(Self.text).first)
        #expect(document.closestPosition(to: path).description == position)
    }

    @Test func everyDocumentHasPositionsOfTheWholeText() throws {
        let documents = try YAMLDocument.parse(Self.text, file: "pod.yaml")
        #expect(documents.map(\.start.description) == ["2:1", "25:1"])
        #expect(documents.last?.position(of: FieldPath("kind"))?.description == "25:1")
        #expect(documents.map(\.file) == ["pod.yaml", "pod.yaml"])
    }

    @Test func jsonThatIsNoYAMLHasNoPositions() throws {
        let document = try #require(try YAMLDocument.parse(#"{"a": "\ud83d\ude00"}"#).first)
        #expect(document.position(of: FieldPath("a")) == nil)
        #expect(document.closestPosition(to: FieldPath("a")).description == "1:1")
    }

    /// Every value of a random document is where its position says: the text there is the value's own.
    @Test func positionsAgreeWithTheText() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let value = JSONValue.object(["root": random.value()])
            let bytes = value.yaml()
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
            let document = try #require(try YAMLDocument.parse(bytes).first)
            func check(_ value: JSONValue, _ path: FieldPath) throws {
                let place = try #require(document.position(of: path), "\(path)")
                let rest = String(String.UnicodeScalarView(lines[place.line - 1].unicodeScalars.dropFirst(place.column - 1)))
                switch path.elements.last {
                case .field(let name)?:
                    let key = String(decoding: JSONValue.object([name: 1]).yaml(), as: UTF8.self)
                    let start = key.hasPrefix("? ") ? key.dropFirst(2).prefix { $0 != "\n" } : key.dropLast(3)
                    #expect(rest.unicodeScalars.starts(with: start.unicodeScalars), "\(path) at \(place)")
                case .index?:
                    let mayBeginWithDash = value.string != nil || value.double != nil || value.array != nil
                    #expect(rest.unicodeScalars.first != "-" || mayBeginWithDash, "\(path) at \(place)")
                default: break
                }
                for member in value.object ?? [:] { try check(member.value, path.field(member.key)) }
                for (index, element) in (value.array ?? []).enumerated() { try check(element, path.index(index)) }
            }
            try check(document.value, FieldPath())
        }
    }
}
