public import KubernetesAPI

/// `autoscaling/v1` HorizontalPodAutoscaler: the autoscalers of `autoscaling/v2` in their older form, under the same rules; see ``AutoscalerVersionOne``.
public struct HorizontalPodAutoscalerVersionOneKind: ConvertedKind {
    private let kept = HorizontalPodAutoscalerKind()

    public init() {}

    public var type: any Resource.Type { HorizontalPodAutoscalerV1.self }
    public var storedType: any Resource.Type { kept.type }
    public var hasGeneration: Bool { kept.hasGeneration }
    public var emptyObject: JSONObject {
        ["spec": ["scaleTargetRef": ["kind": "", "name": ""], "maxReplicas": 0], "status": ["currentReplicas": 0, "desiredReplicas": 0]]
    }

    public func stored(_ object: JSONObject) -> JSONObject {
        var stored = AutoscalerVersionOne.object(toVersionTwo: object)
        kept.applyDefaults(to: &stored)
        return stored
    }

    public func shown(_ stored: JSONObject) -> JSONObject { AutoscalerVersionOne.object(from: stored) }

    /// Defaults depend on the metrics in annotations, so they are those of the stored form.
    public func applyDefaults(to object: inout JSONObject) { object = shown(stored(object)) }

    public func prepareForCreation(_ object: inout JSONObject) {
        var new = stored(object)
        kept.prepareForCreation(&new)
        object = shown(new)
    }

    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        var new = stored(object)
        kept.prepareForUpdate(&new, replacing: stored(old))
        object = shown(new)
    }

    public func prepareForStatusUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        var new = stored(object)
        kept.prepareForStatusUpdate(&new, replacing: stored(old))
        object = shown(new)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] { kept.creationErrors(in: stored(object)) }
    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        kept.statusErrors(in: stored(object), replacing: stored(old))
    }

    public var columns: [TableColumn] { kept.columns }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { kept.cells(of: stored(object), now: now) }
}
