import KubernetesAPI
import Testing

@testable import EmbeddedAPI

/// Rules of workloads that no recording shows.
@Suite struct WorkloadRuleTests {
    @Test(
        arguments: [
            ("* * * * *", nil), ("*/15 0-6 1,15 jan-mar mon", nil), ("@daily", nil), ("@every 1h30m", nil), ("5/10 * * * ?", nil),
            ("", "empty spec string"), ("* * * *", "expected exactly 5 fields, found 4: [* * * *]"),
            ("61 * * * *", "end of range (61) above maximum (59): 61"), ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
            ("5-3 * * * *", "beginning of range (5) beyond end of range (3): 5-3"), ("*/0 * * * *", "step of range should be a positive number: */0"),
            ("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"), ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
            ("1/2/3 * * * *", "too many slashes: 1/2/3"), ("@often", "unrecognized descriptor: @often"),
        ] as [(String, String?)])
    func schedules(_ schedule: String, problem: String?) {
        #expect(CronSchedule.problem(of: schedule) == problem)
    }

    @Test(arguments: [
        ("Europe/Berlin", []), ("UTC", []), ("", ["timeZone must be nil or non-empty string"]), ("Europe/../Berlin", ["unknown time zone Europe/../Berlin"]),
        ("Mars/Phobos", ["unknown time zone Mars/Phobos"]),
        ("local", ["timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"]),
    ])
    func timeZones(_ name: String, problems: [String]) {
        #expect(TimeZoneName.problems(of: name) == problems)
    }

    static let pod: JSONValue = ["metadata": ["labels": ["app": "x"]], "spec": ["containers": [["name": "c", "image": "example.invalid/c:1"]]]]

    /// What is wrong with a new object of a kind whose spec is as given, besides a selector and a template that are right.
    private func errors(_ kind: any BuiltInKind, _ spec: JSONObject) -> [String] {
        var object: JSONObject = ["metadata": ["name": "a", "namespace": "n", "uid": "1"]]
        object["spec"] = ["selector": ["matchLabels": ["app": "x"]], "template": Self.pod]
        for (field, value) in spec { object.edit("spec") { $0[field] = value } }
        kind.applyDefaults(to: &object)
        kind.prepareForCreation(&object)
        return kind.creationErrors(in: object).map(\.description)
    }

    @Test(
        arguments: [
            (
                ["strategy": ["type": "Recreate", "rollingUpdate": [:]]],
                ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]
            ),
            (
                ["strategy": ["rollingUpdate": ["maxUnavailable": 0, "maxSurge": "0%"]]],
                ["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"]
            ),
            (
                ["strategy": ["rollingUpdate": ["maxUnavailable": "101%"]]],
                ["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%"]
            ),
            (["minReadySeconds": 600], ["spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds"]),
            (["replicas": -1], ["spec.replicas: Invalid value: -1: must be greater than or equal to 0"]),
        ] as [(JSONObject, [String])])
    func deployments(_ spec: JSONObject, errors expected: [String]) {
        #expect(errors(DeploymentKind(), spec) == expected)
    }

    @Test(
        arguments: [
            (
                ["updateStrategy": ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 1, "maxSurge": 1]]],
                ["spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero"]
            ),
            (
                ["updateStrategy": ["rollingUpdate": ["maxUnavailable": 0]]],
                ["spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0"]
            ),
            (["selector": [:]], ["spec.selector: Invalid value: {}: empty selector is invalid for daemonset"]),
        ] as [(JSONObject, [String])])
    func daemonSets(_ spec: JSONObject, errors expected: [String]) {
        #expect(errors(DaemonSetKind(), spec) == expected)
    }

    @Test(
        arguments: [
            (["podManagementPolicy": "Other"], ["spec.podManagementPolicy: Invalid value: \"Other\": must be 'OrderedReady' or 'Parallel'"]),
            (
                ["persistentVolumeClaimRetentionPolicy": ["whenScaled": "Keep"]],
                ["spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: \"Keep\": supported values: \"Retain\", \"Delete\""]
            ),
        ] as [(JSONObject, [String])])
    func statefulSets(_ spec: JSONObject, errors expected: [String]) {
        #expect(errors(StatefulSetKind(), spec) == expected)
    }

    /// A job is as it was made, but for what does not touch its pods; its nodes can change until it starts.
    @Test(
        arguments: [
            (["parallelism": 5], true, []), (["backoffLimit": 1], true, []),
            (["completions": 9], true, ["spec.completions"]), (["completionMode": "Indexed"], true, ["spec.completionMode"]),
            (["template": ["spec": ["nodeSelector": ["a": "b"]]]], true, []),
            (["template": ["spec": ["nodeSelector": ["a": "b"]]]], false, ["spec.template.spec"]),
            (["template": ["spec": ["terminationGracePeriodSeconds": 1]]], true, ["spec.template.spec"]),
        ] as [(JSONObject, Bool, [String])])
    func jobsAreFixed(_ change: JSONObject, isSuspended: Bool, refused: [String]) throws {
        let kind = JobKind()
        var old: JSONObject = ["metadata": ["name": "j", "namespace": "n", "uid": "1"]]
        old["spec"] = ["suspend": .bool(isSuspended), "template": Self.pod]
        old.edit("spec") { $0.edit("template") { $0.edit("spec") { $0["restartPolicy"] = "Never" } } }
        kind.applyDefaults(to: &old)
        kind.prepareForCreation(&old)
        #expect(kind.creationErrors(in: old).isEmpty)
        var new = try #require(try MergePatch(["spec": .object(change)]).applied(to: .object(old)).object)
        kind.applyDefaults(to: &new)
        kind.prepareForUpdate(&new, replacing: old)
        #expect(kind.updateErrors(in: new, replacing: old).map(\.path.description) == refused)
    }

    /// A controller must say why a job has ended, and cannot take it back.
    @Test(
        arguments: [
            (
                ["conditions": [["type": "Complete", "status": "True"]], "completionTime": "2024-01-02T00:00:00Z", "startTime": "2024-01-01T00:00:00Z"],
                ["status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition"]
            ),
            (["active": 1, "ready": 2], ["status.ready: Invalid value: 2: cannot set more ready pods than active"]),
            (
                ["completedIndexes": "0"],
                ["status.completedIndexes: Invalid value: \"0\": cannot set non-empty completedIndexes when non-indexed completion mode"]
            ),
            (["succeeded": 1], ["status.failed: Invalid value: 0: cannot decrease the failed counter"]),
        ] as [(JSONObject, [String])])
    func jobStatuses(_ status: JSONObject, errors: [String]) {
        var (old, new): (JSONObject, JSONObject) = (["spec": ["completions": 3, "completionMode": "NonIndexed"]], [:])
        new = old
        old["status"] = ["failed": status["succeeded"] == nil ? 0 : 1]
        new["status"] = .object(status)
        #expect(JobKind().statusErrors(in: new, replacing: old).map(\.description) == errors)
    }

    @Test func aSuspendedJobSaysSoOnce() throws {
        let now = TestTime.now
        var job: JSONObject = ["spec": ["suspend": true], "status": [:]]
        let status = try #require(SuspendedJobStatus.status(of: job, now: now))
        #expect(status["conditions"]?[0]?["reason"]?.string == "JobSuspended")
        job["status"] = .object(status)
        #expect(SuspendedJobStatus.status(of: job, now: now) == nil)
        job["spec"] = ["suspend": false]
        let resumed = try #require(SuspendedJobStatus.status(of: job, now: now))
        #expect(resumed["conditions"]?[0]?["message"]?.string == "Job resumed")
        #expect(SuspendedJobStatus.status(of: ["spec": ["suspend": false], "status": [:]], now: now) == nil)
    }

    @Test(
        arguments: [
            ("operations", ["*", "CREATE"], ["operations: Invalid value: [\"*\",\"CREATE\"]: if '*' is present, must not specify other operations"]),
            (
                "operations", ["create"],
                ["operations[0]: Unsupported value: \"create\": supported values: \"*\", \"CONNECT\", \"CREATE\", \"DELETE\", \"UPDATE\""]
            ),
            ("resources", [], ["resources: Required value"]),
            ("resources", ["*/*", "pods"], ["resources: Invalid value: [\"*/*\",\"pods\"]: if '*/*' is present, must not specify other resources"]),
            ("resources", ["pods/*", "pods/log"], ["resources[1]: Invalid value: \"pods/log\": if 'pods/*' is present, must not specify pods/log"]),
        ] as [(String, [JSONValue], [String])])
    func policiesNameResources(_ field: String, _ values: [JSONValue], errors: [String]) {
        var rule: JSONObject = ["operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]]
        rule[field] = .array(values)
        var match: JSONObject = ["resourceRules": [.object(rule)]]
        MatchResourcesRules.applyDefaults(to: &match)
        let found = MatchResourcesRules.errors(in: ObjectChecks(.object(match), at: FieldPath("spec")))
        #expect(found.map(\.description) == errors.map { "spec.resourceRules[0].\($0)" })
    }

    @Test(
        arguments: [
            ("0-2,5", 4, nil), ("", 0, nil), ("1,1", 0, "non-increasing order, previous: 1, current: 1"), ("9-10", 0, "too large index: \"10\""),
            ("3-2", 0, "non-increasing order, previous: 3, current: 2"), ("a", 0, "cannot convert string to integer for index: \"a\""),
        ] as [(String, Int64, String?)])
    func indexes(_ text: String, count: Int64, problem: String?) {
        do throws(IndexRanges.Problem) {
            #expect(try IndexRanges(parsing: text, below: 10).count == count)
            #expect(problem == nil)
        } catch {
            #expect(error.text == problem)
        }
    }

    @Test func jobsSayHowFarTheyAre() {
        let now = TestTime.now
        let start = TestTime.now.advanced(by: .seconds(-90)).json
        let rows: [(JSONObject, [JSONValue])] = [
            (["spec": ["completions": 3], "status": ["succeeded": 1, "startTime": start]], ["Running", "1/3", "90s"]),
            (["spec": ["parallelism": 2], "status": [:]], ["Running", "0/1 of 2", ""]),
            (["spec": ["completions": 1], "status": ["conditions": [["type": "Failed", "status": "True"]]]], ["Failed", "0/1", ""]),
        ]
        for (job, cells) in rows { #expect(Array(JobKind().cells(of: job, now: now)[1...3]) == cells) }
    }

    @Test func metricsAreShortened() {
        let cpu: JSONValue = ["type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]]]
        let measured: JSONValue = ["type": "Resource", "resource": ["name": "cpu", "current": ["averageUtilization": 12]]]
        #expect(AutoscalerMetrics.text([cpu], current: [measured]) == "cpu: 12%/80%")
        #expect(AutoscalerMetrics.text([cpu, cpu, cpu], current: []) == "cpu: <unknown>/80%, cpu: <unknown>/80% + 1 more...")
        #expect(AutoscalerMetrics.text([], current: []) == "<none>")
    }

    @Test func autoscalersKeepAllInVersionOne() throws {
        var object: JSONObject = [
            "apiVersion": "autoscaling/v2", "metadata": ["name": "h"],
            "spec": [
                "scaleTargetRef": ["kind": "Deployment", "name": "d"], "minReplicas": 1, "maxReplicas": 3,
                "metrics": [
                    ["type": "Resource", "resource": ["name": "memory", "target": ["type": "AverageValue", "averageValue": "1Gi"]]],
                    ["type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 70]]],
                ],
            ],
        ]
        object["status"] = ["currentReplicas": 0, "desiredReplicas": 0, "currentMetrics": nil]
        let old = AutoscalerVersionOne.object(from: object)
        #expect(old["spec"]?["targetCPUUtilizationPercentage"]?.integer == 70)
        #expect(old["metadata"]?["annotations"]?["autoscaling.alpha.kubernetes.io/metrics"] != nil)
        let back = AutoscalerVersionOne.object(toVersionTwo: old)
        #expect(back["spec"] == object["spec"] && back["metadata"] == object["metadata"])
    }

    @Test func aScaleIsForTheObjectThatItNames() {
        let object: JSONObject = ["metadata": ["name": "d", "uid": "1"]]
        let resource = GroupResource(group: "apps", resource: "deployments")
        for (uid, isRefused) in [("", false), ("1", false), ("2", true)] {
            let failure = ScaleSubresource.identityFailure(of: ["metadata": ["uid": .string(uid)]], for: object, resource)
            #expect((failure?.code == 409) == isRefused, "\(uid)")
        }
    }

    @Test func aScaleIsARowToo() {
        let scale = ScaleSubresource.scale(of: ["metadata": ["name": "d"], "spec": ["replicas": 2], "status": ["replicas": 1]])
        let representation = Representation(shape: .table(version: "v1"))
        let bytes = representation.bytes(of: scale, as: .scale, including: .nothing, now: TestTime.now)
        let cells = (try? JSONValue(parsing: bytes))?["rows"]?[0]?["cells"]?.array ?? []
        #expect(cells.prefix(3) == ["d", 2, 1])
    }
}
