#definitions("io.k8s.apimachinery.pkg.apis.meta.v1")

/// ObjectMeta is metadata that all persisted resources must have, which includes all objects users must create.
struct ObjectMeta {
    /// A map of keys and values for data that tools attach to the object. Annotations cannot be used to select objects.
    var annotations: [String: String]?
    /// When the object was created, set by the server. Two objects that were created at the same second cannot be ordered by it. Read-only.
    var creationTimestamp: Time?
    /// How many seconds the object may take to terminate gracefully before it is removed. Set only together with deletionTimestamp; may only be shortened.
    var deletionGracePeriodSeconds: Int64?
    /// When the object is or was asked to be deleted. Once set, the object stays until its finalizers are removed, and this cannot be undone. Read-only.
    var deletionTimestamp: Time?
    /// Names of those who have work to do before the object may be removed. Each removes its own name; the last one completes the deletion.
    @listType("set") @patch("merge")
    var finalizers: [String]?
    /// A prefix from which the server makes a unique name, used only where name is empty.
    var generateName: String?
    /// A number that rises with each change of the desired state. Set by the server. Read-only.
    var generation: Int64?
    /// A map of keys and values that organize objects; selectors of services and controllers match them.
    var labels: [String: String]?
    /// Which manager set which fields, for server-side apply.
    @listType("atomic")
    var managedFields: [ManagedFieldsEntry]?
    /// The name, unique within a namespace for one resource. Cannot be changed.
    var name: String?
    /// The space within which the name is unique. Empty for objects of cluster scope. Cannot be changed.
    var namespace: String?
    /// The objects that this one depends on: when all of them are gone, it is garbage collected. At most one of them is its managing controller.
    @listType("map", keys: ["uid"]) @patch("merge", key: "uid")
    var ownerReferences: [OwnerReference]?
    /// An opaque value for the internal version of the object, for optimistic concurrency, change detection and watches. Set by the server. Read-only.
    var resourceVersion: String?
    /// A deprecated field that the system no longer fills.
    var selfLink: String?
    /// A value that is unique in time and space for this object, set by the server on creation. Read-only.
    var uid: String?
}

/// ListMeta describes metadata that lists have.
struct ListMeta {
    /// A token for the next chunk of a list that was cut by a limit; present while there is more. Clients pass it on as they got it.
    var `continue`: String?
    /// How many more items the list has beyond this chunk, where the server knows; an estimate for progress bars.
    var remainingItemCount: Int64?
    /// The version of the list as a whole, from which a watch can go on.
    var resourceVersion: String?
    /// A deprecated field that the system no longer fills.
    var selfLink: String?
    /// Set when the list is only the part of a collection that a shard selector matches.
    var shardInfo: ShardInfo?
}

/// ShardInfo describes the shard of a collection that a list holds.
struct ShardInfo {
    /// The selector of the shard as the request gave it.
    var selector: String
}

/// OwnerReference identifies an object that owns another. Both live in the same namespace, or the owner is of cluster scope.
@mapType("atomic")
struct OwnerReference {
    /// The API version of the owner.
    var apiVersion: String
    /// Whether the owner, when it is deleted in the foreground, is kept until this object is gone.
    var blockOwnerDeletion: Bool?
    /// Whether the owner is the controller that manages this object.
    var controller: Bool?
    /// The kind of the owner.
    var kind: String
    /// The name of the owner.
    var name: String
    /// The UID of the owner.
    var uid: String
}

/// ManagedFieldsEntry says which fields a manager set with one kind of operation.
struct ManagedFieldsEntry {
    /// The version of the resource that the field set refers to.
    var apiVersion: String?
    /// The format of the field set; only FieldsV1 exists.
    var fieldsType: String?
    /// The field set: a tree of field names with the prefixes f:, k:, v: and i:.
    var fieldsV1: JSONObject?
    /// Who set the fields.
    var manager: String?
    /// How they were set: Apply or Update.
    var operation: String?
    /// The subresource through which they were set; empty for the object itself.
    var subresource: String?
    /// When a field was added to the entry, or the manager last changed a value or owned field.
    var time: Time?
}

/// Condition is one aspect of the state of an object, as of when it was last looked at.
struct Condition {
    /// When the condition last went from one status to another; when that is unknown, when the API field changed.
    var lastTransitionTime: Time
    /// What happened, for people. May be empty.
    @maxLength(32768)
    var message: String
    /// The metadata.generation that the condition is about. Lower than the current one: the condition is out of date.
    @minimum(0)
    var observedGeneration: Int64?
    /// Why the condition last changed: a programmatic identifier in CamelCase. May not be empty.
    @minLength(1) @maxLength(1024) @pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
    var reason: String
    /// One of True, False, Unknown.
    var status: String
    /// The aspect, in CamelCase or in foo.example.com/CamelCase.
    @maxLength(316) @pattern(#"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"#)
    var type: String
}

/// LabelSelector is a query over labels: the results of matchLabels and matchExpressions are ANDed. An empty selector matches everything.
@mapType("atomic")
struct LabelSelector {
    /// Requirements, all of which have to hold.
    @listType("atomic")
    var matchExpressions: [LabelSelectorRequirement]?
    /// Labels with the values that they have to have.
    var matchLabels: [String: String]?
}

/// LabelSelectorRequirement relates a label to values.
struct LabelSelectorRequirement {
    /// The key of the label.
    var key: String
    /// One of In, NotIn, Exists and DoesNotExist.
    var `operator`: String
    /// The values; not empty for In and NotIn, empty for Exists and DoesNotExist.
    @listType("atomic")
    var values: [String]?
}

/// FieldSelectorRequirement relates a field to values.
struct FieldSelectorRequirement {
    /// The key of the field selector.
    var key: String
    /// One of In, NotIn, Exists and DoesNotExist; the list may grow.
    var `operator`: String
    /// The values; not empty for In and NotIn, empty for Exists and DoesNotExist.
    @listType("atomic")
    var values: [String]?
}
