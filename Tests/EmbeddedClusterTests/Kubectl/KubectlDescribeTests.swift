import Testing

/// `describe` of each kind, which reads other kinds to tell about one.
@Suite struct KubectlDescribeTests {
    private static let objects = """
        apiVersion: v1
        kind: Node
        metadata: {name: one, labels: {disk: ssd}}
        spec: {taints: [{key: k, effect: NoSchedule}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: pod, labels: {app: pod}}
        spec:
          nodeName: one
          volumes: [{name: v, configMap: {name: settings}}]
          containers:
          - {name: c, image: i, volumeMounts: [{name: v, mountPath: /v}], resources: {requests: {cpu: 100m}, limits: {memory: 1Gi}}}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: secret}
        stringData: {password: hidden}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: claim}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: volume}
        spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, hostPath: {path: /tmp}}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: quota}
        spec: {hard: {pods: "4"}}
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: limits}
        spec: {limits: [{type: Container, max: {cpu: "2"}}]}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: rs}
        spec: {replicas: 1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: ss}
        spec: {serviceName: s, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: ds}
        spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: job}
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: cron}
        spec:
          schedule: "* * * * *"
          jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: ingress}
        spec: {rules: [{host: web.local, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: policy}
        spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}]}]}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: budget}
        spec: {minAvailable: 1, selector: {matchLabels: {app: pod}}}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: hpa}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 3
          metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: role}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: binding}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: role}
        subjects: [{kind: ServiceAccount, name: default, namespace: default}]
        ---
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: lease}
        spec: {holderIdentity: me}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]
        ports: [{name: "", port: 80, protocol: TCP}]
        """

    @Test(arguments: KubectlProgram.installed)
    func describesEachKind(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web + "\n---\n" + Self.objects)
            try await kubectl("apply -f -", input: Manifests.crontabs)
            try await kubectl("wait --for=condition=Established crd/crontabs.example.com --timeout=60s")
            try await kubectl("apply -f -", input: Manifests.crontab("tab"))
            try await kubectl.expectParts([
                "describe node one": ["Name: one", "Taints: k:NoSchedule", "Non-terminated Pods: (1 in total)", "default pod 100m"],
                "describe pod pod": ["Node: one", "Status: Pending", "Image: i", "QoS Class: Burstable", "/v from v (rw)", "Name: settings", "Events: <none>"],
                "describe secret secret": ["Type: Opaque", "password: 6 bytes"],
                "describe configmap settings": ["Data\n====", "a:\n----\n1"],
                "describe pvc claim": ["Status: Pending", "Used By: <none>"],
                "describe pv volume": ["Capacity: 1Gi", "Path: /tmp"],
                "describe quota quota": ["Resource Used Hard"],
                "describe limits limits": ["Container cpu"],
                "describe deployment web": ["Replicas: 2 desired", "StrategyType: RollingUpdate", "Image: nginx:1"],
                "describe replicaset rs": ["Replicas: 0 current / 1 desired", "Selector: a=b"],
                "describe statefulset ss": ["Update Strategy: RollingUpdate"],
                "describe daemonset ds": ["Desired Number of Nodes Scheduled: 0"],
                "describe job job": ["Parallelism: 1", "Completions: 1", "Completion Mode: NonIndexed"],
                "describe cronjob cron": ["Schedule: * * * * *", "Concurrency Policy: Allow"],
                "describe service web": ["Type: ClusterIP", "Selector: app=web", "Endpoints: 10.0.0.1:80"],
                "describe endpointslice web-1": ["AddressType: IPv4", "- Addresses: 10.0.0.1"],
                "describe ingress ingress": ["web.local", "/ web:80"],
                "describe networkpolicy policy": ["PodSelector: app=web", "To Port: 80/TCP"],
                "describe pdb budget": ["Min available: 1", "Selector: app=pod"],
                "describe hpa hpa": ["Reference: Deployment/web", "<unknown> / 80%"],
                "describe role role": ["pods [] [] [get]"],
                "describe rolebinding binding": ["Kind: Role", "ServiceAccount default default"],
                "describe clusterrole view": ["configmaps [] [] [get list watch]"],
                "describe serviceaccount default": ["Name: default", "Image pull secrets: <none>"],
                "describe namespace default": ["Status: Active", "quota"],
                "describe lease lease": ["Holder Identity: me"],
                "describe crd crontabs.example.com": ["Kind: CronTab", "Reason: NoConflicts"],
                "describe crontab tab": ["API Version: example.com/v1", "Cron Spec: * * * * */5", "Replicas: 1"],
                "describe pods,services -l app=web": ["Type: ClusterIP"],
            ])
            #expect(try await kubectl.refused("describe pod none").contains(#"pods "none" not found"#))
            // All of them in one answer, and gone with one command.
            try await kubectl("get all,nodes,ingresses,pdb,roles,leases -o wide")
            try await kubectl("delete -f - --timeout=60s --grace-period=0 --force", input: Self.objects)
            #expect(try await kubectl("get persistentvolumeclaims,persistentvolumes,nodes -o name") == "")
        }
    }
}
