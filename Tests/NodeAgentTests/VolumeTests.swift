import KubernetesAPI
import Testing

@testable import NodeAgent

struct VolumeTests {
    @Test(
        arguments: [
            (["configMap": ["name": "m"]], ["k 644 v", "l 644 w"]),
            (
                ["configMap": ["name": "m", "defaultMode": 256, "items": [["key": "k", "path": "a/b"], ["key": "l", "path": "c", "mode": 511]]]],
                ["a/b 400 v", "c 777 w"]
            ),
            (["configMap": ["name": "x", "optional": true]], []),
            (["configMap": ["name": "x"]], ["!configmap \"x\" not found"]),
            (["configMap": ["name": "m", "items": [["key": "x", "path": "x"]]]], ["!configmap references non-existent config key: x"]),
            (["secret": ["secretName": "s", "items": [["key": "x", "path": "x"]]]], ["!references non-existent secret key: x"]),
            (["secret": ["secretName": "s"]], ["k 644 hush"]),
            (["configMap": ["name": "m", "items": [["key": "k", "path": "../x"]]]], ["!invalid path: must not contain '..': ../x"]),
            (["downwardAPI": ["items": [["path": "n", "fieldRef": ["fieldPath": "metadata.name"]]]]], ["n 644 p"]),
            (
                [
                    "projected": [
                        "defaultMode": 292,
                        "sources": [
                            ["serviceAccountToken": ["path": "token"]], ["configMap": ["name": "m", "items": [["key": "k", "path": "ca.crt"]]]],
                            ["downwardAPI": ["items": [["path": "namespace", "fieldRef": ["fieldPath": "metadata.namespace"]]]]],
                        ],
                    ]
                ], ["ca.crt 444 v", "namespace 444 ns", "token 444 t"]
            ),
        ] as [(JSONObject, [String])])
    func files(_ source: JSONObject, _ expected: [String]) {
        var volume = source
        volume["name"] = "v"
        var sources = EnvironmentTests.sources
        sources.tokens[""] = "t"
        do throws(ContainerConfigError) {
            let files = try VolumeContents(of: pod(), at: EnvironmentTests.place, from: sources).files(of: Volume(members: volume))
            #expect(files?.map { "\($0.path) \(String($0.mode, radix: 8)) \(String(decoding: $0.bytes, as: UTF8.self))" } == expected)
        } catch {
            #expect(["!" + error.message] == expected)
        }
    }

    @Test func aNewVolumeIsWrittenAndLinked() {
        let steps = AtomicVolume.steps(from: .init(), to: [VolumeFile("a/b", text: "1"), VolumeFile("c", text: "2")], directory: "..d")
        #expect(
            steps == [
                .makeDirectory("..d"), .makeDirectory("..d/a"), .write(VolumeFile("..d/a/b", text: "1")), .write(VolumeFile("..d/c", text: "2")),
                .link(at: "..data_tmp", to: "..d"), .rename(from: "..data_tmp", to: "..data"), .link(at: "a", to: "..data/a"), .link(at: "c", to: "..data/c"),
            ])
    }

    @Test func anUpdateTurnsOneLink() {
        let present = AtomicVolume.Present(directory: "..d", files: [VolumeFile("a", text: "1"), VolumeFile("b", text: "1")], names: ["a", "b"])
        #expect(AtomicVolume.steps(from: present, to: [VolumeFile("b", text: "1"), VolumeFile("a", text: "1")], directory: "..e") == [])
        #expect(
            AtomicVolume.steps(from: present, to: [VolumeFile("a", text: "2")], directory: "..e") == [
                .makeDirectory("..e"), .write(VolumeFile("..e/a", text: "2")), .link(at: "..data_tmp", to: "..e"), .rename(from: "..data_tmp", to: "..data"),
                .remove("b"), .removeDirectory("..d"),
            ])
        #expect(AtomicVolume.directoryName(for: "2026-01-01T12:00:00Z", suffix: "7") == "..2026_01_01_12_00_00.7")
    }

    @Test(
        arguments: [
            ([["name": "v", "mountPath": "/a/b/"], ["name": "v", "mountPath": "/a", "subPath": "x/./y"]], ["v:x/y:/a:rw", "v::/a/b:rw"]),
            ([["name": "m", "mountPath": "/m"]], ["m::/m:ro"]),
            ([["name": "v", "mountPath": "/m", "readOnly": true]], ["v::/m:ro"]),
            ([["name": "v", "mountPath": "/m", "subPathExpr": "$(A)/x"]], ["v:1/x:/m:rw"]),
            ([["name": "v", "mountPath": "/m", "subPathExpr": "$(B)"]], ["!missing value for \"B\""]),
            ([["name": "v", "mountPath": "/m", "subPathExpr": "$(UP)"]], ["!unable to provision SubPath `../..`: must not contain '..'"]),
            ([["name": "v", "mountPath": "/m", "subPath": "/etc"]], ["!error SubPath `/etc` must not be an absolute path"]),
            ([["name": "x", "mountPath": "/m"]], ["!cannot find volume \"x\" to mount into container \"c\""]),
        ] as [(JSONValue, [String])])
    func mounts(_ mounts: JSONValue, _ expected: [String]) {
        let spec = PodSpec(members: ["volumes": [["name": "v", "emptyDir": [:]], ["name": "m", "configMap": ["name": "m"]]]])
        let container = Container(members: ["name": "c", "volumeMounts": mounts])
        do throws(ContainerConfigError) {
            let plan = try MountPlan(of: container, in: spec, variables: ["A": "1", "UP": "../.."])
            #expect(plan.mounts.map { "\($0.volume):\($0.subPath):\($0.destination):\($0.isReadOnly ? "ro" : "rw")" } == expected)
        } catch {
            #expect(["!" + error.message] == expected)
        }
    }
}
