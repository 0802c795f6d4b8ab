import Testing

@testable import KubernetesAPI

struct GroupVersionTests {
    @Test(arguments: [("v1", "", "v1"), ("apps/v1", "apps", "v1"), ("martlet.dev/v1alpha1", "martlet.dev", "v1alpha1")])
    func readsAndWritesAPIVersions(_ text: String, _ group: String, _ version: String) throws {
        let groupVersion = try GroupVersion(parsing: text)
        #expect(groupVersion == GroupVersion(group: group, version: version))
        #expect(groupVersion.description == text)
        #expect(GroupVersion(json: groupVersion.json) == groupVersion)
    }

    @Test(arguments: [
        ("", "must be <group>/<version> or <version>"), ("/", "must be"), ("/v1", "must be"), ("apps/", "must be"),
        ("a/b/c", "unexpected GroupVersion string: a/b/c"),
        ("//", "unexpected GroupVersion string: //"),
    ])
    func refusesOtherTexts(_ text: String, _ reason: String) {
        let error = #expect(throws: ValueError.self) { try GroupVersion(parsing: text) }
        #expect(error?.reason.hasPrefix(reason) == true)
    }

    @Test func namesKindsAsKubernetesDoes() throws {
        let deployment = try GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment")
        #expect(deployment.description == "apps/v1, Kind=Deployment")
        #expect(deployment.apiVersion == "apps/v1")
        #expect(deployment.groupKind.description == "Deployment.apps")
        let pod = GroupVersion.core.kind("Pod")
        #expect(pod.description == "/v1, Kind=Pod")
        #expect(pod.groupKind.description == "Pod")
        #expect(GroupKind(parsing: "PodDisruptionBudget.policy") == GroupKind(group: "policy", kind: "PodDisruptionBudget"))
        #expect(GroupKind(parsing: "Role.rbac.authorization.k8s.io").group == "rbac.authorization.k8s.io")
    }

    @Test func anObjectTellsItsType() {
        #expect(GroupVersionKind(of: ["apiVersion": "batch/v1", "kind": "Job"]) == GroupVersionKind(group: "batch", version: "v1", kind: "Job"))
        for object in [
            [:], ["kind": "Job"], ["apiVersion": "v1"], ["apiVersion": "v1", "kind": ""], ["apiVersion": "", "kind": "Job"], ["apiVersion": 1, "kind": "Job"],
        ] as [JSONObject] {
            #expect(GroupVersionKind(of: object) == nil)
        }
    }

    @Test(arguments: [
        ("deployments.v1.apps", "apps", "v1", "deployments"), ("pods.v1.", "", "v1", "pods"),
        ("roles.v1.rbac.authorization.k8s.io", "rbac.authorization.k8s.io", "v1", "roles"),
    ])
    func readsAndWritesResourcesAsKubectlDoes(_ text: String, _ group: String, _ version: String, _ resource: String) throws {
        let parsed = try GroupVersionResource(parsing: text)
        #expect(parsed == GroupVersionResource(group: group, version: version, resource: resource))
        #expect(parsed.fullName == text)
        #expect(parsed.description == "\(group)/\(version), Resource=\(resource)")
        #expect(GroupResource(parsing: parsed.groupResource.description) == parsed.groupResource)
    }

    @Test(arguments: ["", "pods", "deployments.apps", "..", ".v1.apps", "pods.."])
    func refusesResourcesWithoutVersion(_ text: String) {
        #expect(throws: ValueError.self) { try GroupVersionResource(parsing: text) }
    }
}
