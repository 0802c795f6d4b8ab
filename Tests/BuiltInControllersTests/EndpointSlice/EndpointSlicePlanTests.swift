import KubernetesAPI
import Testing

@testable import BuiltInControllers

@Suite struct EndpointSlicePlanTests {
    static let service = Service(members: [
        "apiVersion": "v1", "kind": "Service",
        "metadata": ["name": "web", "namespace": "default", "uid": "uid-svc", "labels": ["team": "a"]],
        "spec": [
            "selector": ["app": "web"], "clusterIP": "10.0.0.1", "ipFamilies": ["IPv4"],
            "ports": [
                ["name": "http", "port": 80, "protocol": "TCP", "targetPort": "http"],
                ["name": "admin", "port": 81, "protocol": "TCP", "targetPort": 8081],
            ],
        ],
    ])

    static func pod(
        _ name: String, _ ip: String? = "127.1.0.1", port: Int32? = 8080, ready: Bool = true, deleted: Bool = false, phase: String = "Running"
    ) -> Pod {
        var pod = Pod.example(name, phase: phase, readySince: ready ? -10 : nil, deleted: deleted)
        pod.status?.podIP = ip
        pod.status?.podIPs = ip.map { [PodIP(ip: $0)] }
        let ports: [JSONValue] = port.map { [["name": "http", "containerPort": .integer(Int64($0)), "protocol": "TCP"]] } ?? []
        pod.members["spec"] = ["nodeName": "n1", "containers": [["name": "main", "ports": .array(ports)]]]
        return pod
    }

    static func plan(_ pods: [Pod], _ slices: [EndpointSlice] = [], _ change: (inout Service) -> Void = { _ in }) -> EndpointSlicePlan {
        var service = service
        change(&service)
        return planEndpointSlices(of: service, pods: pods, slices: slices, zone: { $0 == "n1" ? "z1" : nil })
    }

    @Test func aSliceSaysWhereThePodsAre() throws {
        let plan = Self.plan([Self.pod("a"), .example("other", labels: [:])])
        let slice = try #require(plan.create.first)
        #expect(plan.create.count == 1 && slice.name.hasPrefix("web-") && slice.name.utf8.count == 9)
        #expect(
            slice.metadata.labels == [
                "team": "a", "kubernetes.io/service-name": "web", "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
            ])
        #expect(slice.metadata.controller == OwnerReference(controller: Self.service))
        #expect(slice.ports == [EndpointPort(name: "http", port: 8080, protocol: "TCP"), EndpointPort(name: "admin", port: 8081, protocol: "TCP")])
        let endpoint = try #require(slice.endpoints?.first)
        #expect(slice.endpoints?.count == 1)
        #expect(endpoint.addresses == ["127.1.0.1"] && endpoint.nodeName == "n1" && endpoint.zone == "z1")
        #expect(endpoint.targetRef?.kind == "Pod" && endpoint.targetRef?.name == "a" && endpoint.targetRef?.uid == "uid-a")
    }

    @Test(
        arguments: [
            ("ready", pod("a"), false, EndpointConditions(ready: true, serving: true, terminating: false)),
            ("not ready", pod("a", ready: false), false, EndpointConditions(ready: false, serving: false, terminating: false)),
            ("ending, but serving", pod("a", deleted: true), false, EndpointConditions(ready: false, serving: true, terminating: true)),
            ("published all the same", pod("a", ready: false, deleted: true), true, EndpointConditions(ready: true, serving: false, terminating: true)),
            ("without an address", pod("a", nil), false, nil), ("of the other family", pod("a", "fd00::1"), false, nil),
            ("ended", pod("a", phase: "Failed"), false, nil),
        ] as [(String, Pod, Bool, EndpointConditions?)])
    func conditions(_ rule: String, _ pod: Pod, _ publishes: Bool, _ conditions: EndpointConditions?) {
        let plan = Self.plan([pod]) { $0.spec?.publishNotReadyAddresses = publishes }
        #expect(plan.create.first?.endpoints?.first?.conditions == conditions)
        #expect(plan.create.count == 1, "one slice, if only an empty one")
    }

    @Test func podsWithOtherPortNumbersHaveTheirOwnSlice() {
        let plan = Self.plan([Self.pod("a"), Self.pod("b", port: 9090), Self.pod("c"), Self.pod("d", port: nil)])
        #expect(plan.create.map { $0.endpoints?.count ?? 0 } == [2, 1, 1])
        #expect(plan.create.map { $0.ports?.compactMap(\.port) ?? [] } == [[8080, 8081], [9090, 8081], [8081]])
        #expect(Set(plan.create.map(\.name)).count == 3)
    }

    @Test func aSliceHasAHundredEndpoints() {
        let pods = (0..<250).map { Self.pod("p\($0)") }
        let slices = Self.plan(pods).create
        #expect(slices.map { $0.endpoints?.count ?? 0 } == [100, 100, 50])
        #expect(Self.plan(pods, slices) == EndpointSlicePlan())
        // One pod goes, another comes: each slice keeps the others where they are.
        let next = Self.plan(pods.dropFirst() + [Self.pod("new")], slices)
        #expect(next.create.isEmpty && next.delete.isEmpty && next.update.count == 1)
        #expect(next.update.first?.endpoints?.count == 100)
    }

    @Test func emptySlicesGoExceptForTheLast() throws {
        let pods = (0..<150).map { Self.pod("p\($0)") }
        let slices = Self.plan(pods).create
        let first = try #require(slices.first { $0.endpoints?.count == 100 })
        let kept = pods.filter { pod in first.endpoints?.contains { $0.targetRef?.name == pod.name } ?? false }
        let plan = Self.plan(kept, slices)
        #expect(plan.delete.count == 1 && plan.update.isEmpty)
        let none = Self.plan([], slices)
        #expect(none.delete.count == 1 && none.update.count == 1 && none.create.isEmpty)
        #expect(none.update[0].endpoints == [] && none.update[0].ports == [])
        #expect(Self.plan([], none.update) == EndpointSlicePlan())
    }

    @Test func aPodThatBecomesReadyChangesItsSliceOnly() {
        let slices = Self.plan([Self.pod("a", ready: false)]).create
        let plan = Self.plan([Self.pod("a")], slices)
        #expect(plan.update.map(\.name) == slices.map(\.name))
        #expect(plan.update.first?.endpoints?.first?.conditions?.ready == true)
    }

    @Test func aHeadlessServiceIsMarkedAndNeedsNoPorts() {
        let plan = Self.plan([Self.pod("a")]) {
            $0.spec?.clusterIP = "None"
            $0.spec?.ports = nil
        }
        #expect(plan.create.first?.metadata[label: "service.kubernetes.io/headless"] == "")
        #expect(plan.create.first?.ports == [])
        #expect(plan.create.first?.endpoints?.count == 1)
    }

    @Test func servicesWithoutSelectorAreLeftAlone() {
        #expect(Self.plan([Self.pod("a")]) { $0.spec?.selector = nil } == EndpointSlicePlan())
        let slices = Self.plan([Self.pod("a")]).create
        #expect(Self.plan([Self.pod("a")], slices) { $0.spec?.type = "ExternalName" }.delete == slices)
        var foreign = slices
        foreign[0].metadata[label: "endpointslice.kubernetes.io/managed-by"] = "me"
        #expect(Self.plan([], foreign).update.isEmpty)
    }
}
