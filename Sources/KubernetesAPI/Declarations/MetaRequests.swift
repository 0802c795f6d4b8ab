#definitions("io.k8s.apimachinery.pkg.apis.meta.v1")

/// Status is the answer to a call that returns no object, and to every call that fails.
struct Status {
    /// The version of this representation.
    var apiVersion: String?
    /// The suggested HTTP status code, 0 where it is not set.
    var code: Int32?
    /// More data on the reason; which fields are set depends on the reason.
    var details: StatusDetails?
    /// The kind of this representation.
    var kind: String?
    /// What happened, for people.
    var message: String?
    /// Standard metadata of lists.
    var metadata: ListMeta?
    /// Why the operation failed, for programs; refines the HTTP status code and does not override it.
    var reason: String?
    /// Success or Failure.
    var status: String?
}

/// StatusDetails is further data on a failed call, as the reason defines.
struct StatusDetails {
    /// What is wrong in detail; may not be complete.
    @listType("atomic")
    var causes: [StatusCause]?
    /// The group of the resource.
    var group: String?
    /// The kind of the resource; on some calls it differs from the requested one.
    var kind: String?
    /// The name of the resource, where it can be told.
    var name: String?
    /// How many seconds the client should wait before it tries again, where it should.
    var retryAfterSeconds: Int32?
    /// The UID of the resource, where there is one resource that can be told.
    var uid: String?
}

/// StatusCause is one cause of a failure, such as an invalid field.
struct StatusCause {
    /// The field of the resource, as in spec.containers[0].image.
    var field: String?
    /// The cause, for people.
    var message: String?
    /// The cause, for programs.
    var reason: String?
}

/// DeleteOptions may be sent when an object is deleted.
struct DeleteOptions {
    /// The version of this representation.
    var apiVersion: String?
    /// With All, the request is processed in full and nothing is changed.
    @listType("atomic")
    var dryRun: [String]?
    /// How many seconds the object may take to terminate; 0 means at once. Without it the default of the type is taken.
    var gracePeriodSeconds: Int64?
    /// Deletes an object even though it cannot be read from storage. Unsafe: it skips finalizers and preconditions.
    var ignoreStoreReadErrorWithClusterBreakingPotential: Bool?
    /// The kind of this representation.
    var kind: String?
    /// Deprecated in favour of propagationPolicy: whether dependents are orphaned.
    var orphanDependents: Bool?
    /// What has to be true of the object, or the request fails with a conflict.
    var preconditions: Preconditions?
    /// Whether and how dependents are deleted: Orphan, Background or Foreground.
    var propagationPolicy: String?
}

/// Preconditions have to hold before an operation is carried out.
struct Preconditions {
    /// The resourceVersion that the object has to have.
    var resourceVersion: String?
    /// The UID that the object has to have.
    var uid: String?
}

/// WatchEvent is one event of a watch.
struct WatchEvent {
    /// The object after the change; before it where it was deleted; a Status where the type is ERROR.
    var object: JSONObject
    /// ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.
    var type: String
}
