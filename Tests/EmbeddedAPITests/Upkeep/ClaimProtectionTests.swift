import KubernetesAPI
import Testing

@testable import EmbeddedAPI

@Suite struct ClaimProtectionTests {
    @Test(
        arguments: [
            ("a running pod that mounts it", "Running", ["name": "v", "persistentVolumeClaim": ["claimName": "data"]], true),
            ("a pod that waits to run", "Pending", ["name": "v", "persistentVolumeClaim": ["claimName": "data"]], true),
            ("a pod that has ended", "Succeeded", ["name": "v", "persistentVolumeClaim": ["claimName": "data"]], false),
            ("a pod with another claim", "Running", ["name": "v", "persistentVolumeClaim": ["claimName": "other"]], false),
            ("a volume of the pod's own", "Running", ["name": "v", "emptyDir": [:]], false),
        ] as [(String, String, JSONValue, Bool)])
    func claimsAreUsed(by rule: String, _ phase: String, _ volume: JSONValue, _ isUsed: Bool) {
        let pod: JSONObject = ["metadata": ["name": "p"], "spec": ["volumes": [volume]], "status": ["phase": .string(phase)]]
        #expect(ClaimProtection.uses(pod, claim: "data") == isUsed)
    }

    @Test func claimsOfAPodsOwnAreNamedAfterIt() {
        let pod: JSONObject = ["metadata": ["name": "p"], "spec": ["volumes": [["name": "v", "ephemeral": ["volumeClaimTemplate": [:]]]]]]
        #expect(ClaimProtection.uses(pod, claim: "p-v"))
    }
}
