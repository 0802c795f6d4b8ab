import KubernetesAPI

/// What a deletion does to an object.
enum Deletion: Sendable {
    /// The object goes at once; this is its last state.
    case now(JSONObject)
    /// The object stays, marked, until its finalizers are gone and its time is up.
    case mark(JSONObject)
    /// It is being deleted already, and nothing changes.
    case nothing

    static let orphanFinalizer = "orphan"
    static let foregroundFinalizer = "foregroundDeletion"

    /// Decides as Kubernetes' registry does (`BeforeDelete` and `deletionFinalizersForGarbageCollection`).
    ///
    /// - Parameter grace: how long the object may take to end, for kinds that take their time; nil for others.
    static func decide(_ object: JSONObject, _ options: DeletionOptions, grace: Int64?, now: Time) -> Deletion {
        var result = object
        let finalizers = finalizers(of: object, options)
        // Who asks again without saying how soon changes nothing about the time.
        let keepsTime = grace != nil && object.isBeingDeleted && options.gracePeriodSeconds == nil
        if finalizers != object.finalizers { result.setFinalizers(finalizers) }
        if finalizers.isEmpty, grace ?? 0 == 0, !keepsTime {
            if grace != nil { mark(&result, grace: 0, now: now) }
            return .now(result)
        }
        if !object.isBeingDeleted {
            mark(&result, grace: grace ?? 0, now: now)
        } else if let grace, !keepsTime, grace < object["metadata"]?["deletionGracePeriodSeconds"]?.integer ?? 0 {
            // A second deletion can only shorten the time.
            let passed = (object["metadata"]?["deletionGracePeriodSeconds"]?.integer ?? 0) - grace
            if let text = object["metadata"]?["deletionTimestamp"]?.string, let end = try? Time(parsing: text) {
                result.setMetadata("deletionTimestamp", end.advanced(by: .seconds(-passed)).json)
            }
            result.setMetadata("deletionGracePeriodSeconds", .integer(grace))
        }
        return result == object ? .nothing : .mark(result)
    }

    /// Marks an object. Controllers treat it differently from now on, so it is a new generation.
    private static func mark(_ object: inout JSONObject, grace: Int64, now: Time) {
        if !object.isBeingDeleted, let generation = object["metadata"]?["generation"]?.integer, generation > 0 {
            object.setMetadata("generation", .integer(generation + 1))
        }
        object.setMetadata("deletionTimestamp", now.advanced(by: .seconds(grace)).json)
        object.setMetadata("deletionGracePeriodSeconds", .integer(grace))
    }

    /// The object's finalizers with those of garbage collection as the options want them.
    private static func finalizers(of object: JSONObject, _ options: DeletionOptions) -> [String] {
        let present = object.finalizers
        let (orphans, isForeground): (Bool, Bool) =
            if let orphan = options.orphanDependents {
                (orphan, false)
            } else {
                switch options.propagation {
                case .orphan: (true, false)
                case .background: (false, false)
                case .foreground: (false, true)
                case nil: (present.contains(orphanFinalizer), present.contains(foregroundFinalizer))
                }
            }
        guard orphans != present.contains(orphanFinalizer) || isForeground != present.contains(foregroundFinalizer) else { return present }
        return present.filter { $0 != orphanFinalizer && $0 != foregroundFinalizer } + (orphans ? [orphanFinalizer] : [])
            + (isForeground ? [foregroundFinalizer] : [])
    }
}
