#definitions("io.k8s.api.apps.v1")

/// One version of an object's template, kept so that a StatefulSet or DaemonSet can be updated and rolled back. It cannot be changed.
@resource(group: "apps", version: "v1", plural: "controllerrevisions", singular: "controllerrevision", scope: "Namespaced")
struct ControllerRevision {
    /// The version's number. Later versions have higher numbers.
    var revision: Int64
    /// The template's state, as its controller wrote it.
    var data: JSONObject?
}
