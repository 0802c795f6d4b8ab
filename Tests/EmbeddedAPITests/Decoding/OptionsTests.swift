import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct OptionsTests {
    @Test(arguments: [
        ("resourceVersionMatch=Exact", "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided"),
        ("resourceVersion=1&resourceVersionMatch=Other", #"resourceVersionMatch: Unsupported value: "Other": supported values: "Exact", "NotOlderThan", """#),
        (
            "resourceVersion=0&resourceVersionMatch=Exact",
            #"resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0""#
        ),
        ("watch=1&sendInitialEvents=true", "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
        ("sendInitialEvents=true", "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list"),
        (
            "watch=1&resourceVersionMatch=NotOlderThan",
            "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"
        ),
    ]) func listOptionsThatDoNotGoTogether(_ query: String, _ error: String) {
        let status = #expect(throws: Status.self) { try ListOptions(QueryParameters(parsing: query)) }
        #expect(status?.message == "ListOptions.meta.k8s.io \"\" is invalid: \(error)")
        #expect(status?.code == 422)
        #expect(status?.details?.kind == "ListOptions")
        #expect(status?.json["details"]?["name"] == nil)
    }

    @Test(arguments: [
        ("fieldSelector=nonsense", "invalid selector: 'nonsense'; can't understand 'nonsense'"),
        ("limit=x", #"strconv.ParseInt: parsing "x": invalid syntax"#),
        ("timeoutSeconds=", #"strconv.ParseInt: parsing "": invalid syntax"#),
    ]) func parametersThatCannotBeRead(_ query: String, _ message: String) {
        let status = #expect(throws: Status.self) { try ListOptions(QueryParameters(parsing: query)) }
        #expect(status?.message == message)
        #expect(status?.code == 400)
    }

    @Test func listOptionsAreRead() throws {
        let options = try ListOptions(
            QueryParameters(parsing: "watch&limit=5&labelSelector=a%3Db,c+in+(d)&fieldSelector=metadata.name%3Dx&allowWatchBookmarks=0"))
        #expect(options.isWatch)
        #expect(!options.allowsBookmarks)
        #expect(options.beginsWithInitialEvents)
        #expect(options.limit == 5)
        #expect(options.labels.description == "a=b,c in (d)")
        #expect(options.fields == .equal("metadata.name", "x"))
        try options.checkFields(supported: [], hasOwnFields: true)
        #expect(throws: Status.self) { _ = try ListOptions.readVersion("x") }
    }

    @Test(arguments: [
        ("dryRun=Other", #"PatchOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Other"]: supported values: "All""#),
        ("force=true", #"PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch"#),
        (
            "fieldValidation=Foo",
            #"PatchOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Foo": supported values: "", "Ignore", "Strict", "Warn""#
        ),
    ]) func patchOptions(_ query: String, _ message: String) {
        let status = #expect(throws: Status.self) { try PatchOptions(QueryParameters(parsing: query), kind: .merge) }
        #expect(status?.message == message)
    }

    @Test(arguments: [
        (
            #"{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Other"}"#, "",
            "Unsupported value: \"Other\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""
        ),
        ("", "propagationPolicy=Other", "Unsupported value: \"Other\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""),
        (
            #"{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Orphan","orphanDependents":true}"#, "",
            "Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be both set"
        ),
    ]) func deletionOptionsThatAreRefused(_ body: String, _ query: String, _ error: String) {
        let status = #expect(throws: Status.self) {
            try DeletionOptions(body: Array(body.utf8), contentType: "application/json", query: QueryParameters(parsing: query))
        }
        #expect(status?.message == "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: \(error)")
    }

    @Test func deletionOptionsAreRead() throws {
        let text = #"{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":0,"preconditions":{"uid":"u"},"dryRun":["All"],"orphanDependents":true}"#
        let options = try DeletionOptions(body: Array(text.utf8), contentType: nil, query: QueryParameters(parsing: "propagationPolicy=Foreground"))
        #expect(options.gracePeriodSeconds == 0)
        #expect(options.uid == "u")
        #expect(options.isDryRun)
        #expect(options.propagation == .orphan)
    }
}
