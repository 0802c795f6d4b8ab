import KubernetesAPI

/// What Kubernetes refuses in events, in their stored form.
enum EventRules {
    static let referenceFields = ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"]

    /// The rules for both groups.
    static func errors(in event: JSONObject) -> [FieldError] {
        let namespace = event.goMetadata.goString("namespace")
        let about = event.goObject("involvedObject").goString("namespace")
        let elsewhere = FieldError(.invalid, at: FieldPath("involvedObject", "namespace"), value: .string(about), "does not match event.namespace")
        var errors: [FieldError] = []
        if event.goHas("eventTime") {
            if about.isEmpty, namespace != "default", namespace != "kube-system" { errors.append(elsewhere) }
            errors += detailErrors(in: event)
        } else if about.isEmpty ? !["", "default"].contains(namespace) : about != namespace {
            errors.append(elsewhere)
        }
        return errors + FieldChecks.name(.dns1123Subdomain, namespace, at: FieldPath("namespace"))
    }

    /// Events of the newer form say who did what.
    private static func detailErrors(in event: JSONObject) -> [FieldError] {
        var errors: [FieldError] = []
        let controller = event.goString("reportingComponent")
        if controller.isEmpty { errors.append(FieldError(.required, at: FieldPath("reportingController"))) }
        errors += FieldChecks.name(.qualifiedName, controller, at: FieldPath("reportingController"))
        for (field, limit, isRequired) in [("reportingInstance", 128, true), ("action", 128, true), ("reason", 128, true), ("message", 1024, false)] {
            let text = event.goString(field)
            if isRequired, text.isEmpty { errors.append(FieldError(.required, at: FieldPath(field))) }
            if text.utf8.count > limit { errors.append(FieldError(.invalid, at: FieldPath(field), value: "", "can have at most \(limit) characters")) }
        }
        return errors
    }

    /// What is refused besides in new objects of events.k8s.io/v1.
    static func strictCreationErrors(in event: JSONObject) -> [FieldError] {
        var errors = seriesErrors(in: event)
        if !event.goHas("eventTime") { errors.append(FieldError(.required, at: FieldPath("eventTime"))) }
        let type = event.goString("type")
        if !["Normal", "Warning"].contains(type) { errors.append(FieldError(.invalid, at: FieldPath("type"), value: "", "has invalid value: \(type)")) }
        let source = event.goObject("source")
        let isSet = [
            ("firstTimestamp", event.goHas("firstTimestamp")), ("lastTimestamp", event.goHas("lastTimestamp")), ("count", event.goInteger("count") != 0),
            ("source", !source.goString("component").isEmpty || !source.goString("host").isEmpty),
        ]
        return errors + isSet.filter(\.1).map { FieldError(.invalid, at: FieldPath($0.0), value: "", "needs to be unset") }
    }

    /// What an update through events.k8s.io/v1 cannot change: all but the series.
    static func strictUpdateErrors(in event: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var errors = event.goObject("series") == old.goObject("series") ? [] : seriesErrors(in: event)
        for (field, place) in [
            ("involvedObject", "involvedObject"), ("reason", "reason"), ("message", "message"), ("source", "source"), ("firstTimestamp", "firstTimestamp"),
            ("lastTimestamp", "lastTimestamp"), ("count", "count"), ("reason", "reason"), ("type", "type"), ("eventTime", "eventTime"),
            ("action", "action"), ("related", "related"), ("reportingComponent", "reportingController"), ("reportingInstance", "reportingInstance"),
        ] {
            errors += FieldChecks.unchanged(event[field], old[field], at: FieldPath(place))
        }
        return errors
    }

    private static func seriesErrors(in event: JSONObject) -> [FieldError] {
        guard let series = event["series"]?.object else { return [] }
        var errors: [FieldError] = []
        if series.goInteger("count") < 2 { errors.append(FieldError(.invalid, at: FieldPath("series.count"), value: "", "should be at least 2")) }
        if !series.goHas("lastObservedTime") { errors.append(FieldError(.required, at: FieldPath("series.lastObservedTime"))) }
        return errors
    }
}
