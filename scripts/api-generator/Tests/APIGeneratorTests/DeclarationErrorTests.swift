import Testing

@testable import APIGenerator

/// A mistake in a declaration is an error with its place, never something left out of the output.
@Suite struct DeclarationErrorTests {
    static let mistakes: [(String, String)] = [
        ("struct A {", "1: not valid Swift; compile it alone to see where"),
        ("struct A { var x: String }", "1: A has no definition name: put #definitions(\"prefix\") at the top or @definition(\"name\") on the type"),
        ("#other(\"x\")", "1: unknown directive #other; there is only #definitions(\"prefix\")"),
        ("#definitions(\"x\")\nfunc f() {}", "2: expected a struct, an enum or #definitions(\"…\")"),
        ("#definitions(\"x\")\nstruct A {\n  let x: String\n}", "3: A may only have fields, one `var name: Type` each"),
        ("#definitions(\"x\")\nstruct A {\n  func f() {}\n}", "3: A may only have fields, one `var name: Type` each"),
        ("#definitions(\"x\")\nstruct A { var x = 1 }", "2: a field of A is written `var name: Type`, with an optional default value"),
        ("#definitions(\"x\")\nstruct A { var x: Int }", "2: Int is no type of API fields; use Int32 or Int64"),
        ("#definitions(\"x\")\nstruct A { var x: [Int: String] }", "2: the keys of a dictionary are strings"),
        ("#definitions(\"x\")\nstruct A { var x: Set<String> }", "2: Set<String> is no type of API fields"),
        ("#definitions(\"x\")\nstruct A { var x: [String?] }", "2: String? is no type of API fields"),
        ("#definitions(\"x\")\nstruct A { var x: String? = \"a\" }", "2: A.x: a field with a default is not optional"),
        ("#definitions(\"x\")\nstruct A { var x: Int32 = 1 + 1 }", "2: 1 + 1 is no literal that a schema can carry"),
        ("#definitions(\"x\")\nstruct A { var x: String = \"\\(y)\" }", "2: expected a string literal, found \"\\(y)\""),
        ("#definitions(\"x\")\nstruct A {\n  @minimun(0) var x: Int32\n}", "3: unknown annotation @minimun on A.x"),
        ("#definitions(\"x\")\nstruct A { @minimum(\"0\") var x: Int32 }", "2: minimum is a number"),
        ("#definitions(\"x\")\nstruct A { @minLength(1.5) var x: String }", "2: minLength is a whole number of at least 0"),
        ("#definitions(\"x\")\nstruct A { @minLength(-1) var x: String }", "2: minLength is a whole number of at least 0"),
        ("#definitions(\"x\")\nstruct A { @pattern(1) var x: String }", "2: expected a string literal, found 1"),
        ("#definitions(\"x\")\nstruct A { @nullable(true) var x: String }", "2: @nullable has no arguments"),
        ("#definitions(\"x\")\nstruct A { @listType(\"map\") var x: [A] }", "2: @listType is \"atomic\", \"set\", or \"map\" with keys: [\"…\"]"),
        ("#definitions(\"x\")\nstruct A { @mapType(\"set\") var x: A }", "2: @mapType is \"atomic\" or \"granular\""),
        (
            "#definitions(\"x\")\nstruct A { @rule(\"r\", massage: \"m\") var x: A }",
            "2: massage: \"m\": expected message, messageExpression, reason, fieldPath, optionalOldSelf"
        ),
        ("#definitions(\"x\")\nstruct A { @items(minSize: 1) var x: [A] }", "2: unknown annotation @minSize on A.x"),
        ("#definitions(\"x\")\nstruct A { @scale(specReplicas: \"a\", statusReplicas: \"b\") var x: [A] }", "2: @scale belongs on a type, not on A.x"),
        ("#definitions(\"x\")\n@patch(\"merge\") struct A {}", "2: @patch belongs on a field, not on A"),
        (
            "#definitions(\"x\")\n@column(\"X\", type: \"string\", jsonPath: \".x\") struct A {}",
            "2: @scale, @column and @selectable belong on a type with @resource; A has none"
        ),
        ("#definitions(\"x\")\n@resource(group: \"g\", version: \"v1\", plural: \"as\", singular: \"a\") struct A {}", "2: @resource of A lacks scope"),
        (
            "#definitions(\"x\")\n@resource(group: \"g\", version: \"v1\", plural: \"as\", singular: \"a\", scope: \"World\") struct A {}",
            "2: scope is \"Namespaced\" or \"Cluster\""
        ),
        (
            "#definitions(\"x\")\n@resource(group: \"g\", version: \"v1\", plural: \"as\", singular: \"a\", scope: \"Cluster\")\nstruct A {\n  var metadata: ObjectMeta\n}",
            "4: metadata is implicit in a @resource"
        ),
        ("#definitions(\"x\")\nstruct A {\n  var x: A?\n  @name(\"x\") var y: A?\n}", "4: A has the field y twice"),
        ("#definitions(\"x\")\nstruct A { var members: A? }", "2: the field members of A needs another Swift name, with @name(\"members\") for the wire"),
        ("#definitions(\"x\")\nstruct A {}\nenum A: String { case a }", "3: A is also declared in Sources/X/Declarations/A.swift"),
        ("#definitions(\"x\")\nstruct A {}\n@definition(\"x.A\") struct B {}", "3: B has the same definition name as A: x.A"),
        ("enum E: Int { case a }", "1: E has to be an enum of String"),
        ("enum E: String {}", "1: E has no cases"),
        ("enum E: String { case a, b = \"a\" }", "1: E has the value \"a\" twice"),
    ]

    @Test(arguments: mistakes)
    func refuses(_ text: String, saying message: String) {
        let error = #expect(throws: DeclarationError.self) { try Generator(folder: "Sources/X").generate([.init(path: "A.swift", text: text)]) }
        #expect(error?.description == "Sources/X/Declarations/A.swift:\(message)")
    }

    @Test(arguments: [
        (["one", "line"], "one line"),
        (["first", "", "", "second", "part"], "first\n\nsecond part"),
        (["list:", "* a", "  more", "* b", "- c", "1. d", "1.5 is a number"], "list:\n* a more\n* b\n- c\n1. d 1.5 is a number"),
        ([], ""),
        (["", "x", ""], "x"),
    ])
    func aDocCommentBecomesADescription(_ lines: [String], _ description: String) {
        #expect(Documentation(lines: lines).description == description)
    }

    @Test func aCommentThatStandsApartIsNoDocComment() throws {
        let files = try Generator(folder: "Sources/X").generate([
            .init(path: "A.swift", text: "#definitions(\"x\")\n\n/// About the file.\n\n/// About A.\nstruct A {\n    // Not this.\n    var x: A?\n}")
        ])
        #expect(files[0].text.contains("\n/// About A.\npublic struct A: APIStruct {"))
        #expect(!files[0].text.contains("About the file") && !files[0].text.contains("Not this"))
    }
}
