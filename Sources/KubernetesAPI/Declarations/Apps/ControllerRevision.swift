#definitions("io.k8s.api.apps.v1")

@resource(group: "apps", version: "v1", plural: "controllerrevisions", singular: "controllerrevision", scope: "Namespaced")
struct ControllerRevision {
    var revision: Int64
    var data: JSONObject?
}
