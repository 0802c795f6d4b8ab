import HTTPTestServer
import KubernetesAPI
import KubernetesClient
import Testing

/// What README.md shows under "What works" compiles and does what it says.
@Test(.timeLimit(.minutes(2))) func theExampleOfTheReadmeWorks() async throws {
    try await withAPIServer(handler: { request, responder in
        if request.isWatch {
            let watch = try await responder.startWatch()
            try await watch.added(#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"delays-1","resourceVersion":"5"},"status":{"phase":"Running"}}"#)
            try await responder.stall()
        } else {
            try await responder.json(String(decoding: try await request.body.collect(), as: UTF8.self))
        }
    }) { server, client in
        let pods = client.resources(Pod.self, in: "ml")

        for try await event in pods.watch(WatchOptions(labels: "app=delays", sendInitialEvents: true)) {
            #expect(event.object?.name == "delays-1")
            #expect(event.object?.status?.phase == "Running")
            break
        }
        var settings = ConfigMap(name: "settings", namespace: "ml")
        settings.data = ["rate": "0.1"]
        let applied = try await client.apply(settings, as: "my-controller")
        #expect(applied.data == ["rate": "0.1"])

        let requests = server.observations.value.requests
        #expect(requests.map(\.path) == ["/api/v1/namespaces/ml/pods", "/api/v1/namespaces/ml/configmaps/settings"])
    }
}
