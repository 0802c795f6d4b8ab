#definitions("io.k8s.api.autoscaling.v1")

@resource(group: "autoscaling", version: "v1", plural: "", singular: "", scope: "Namespaced")
struct Scale {
    var spec: ScaleSpec?
    var status: ScaleStatus?
}

struct ScaleSpec {
    var replicas: Int32?
}

struct ScaleStatus {
    var replicas: Int32
    var selector: String?
}
