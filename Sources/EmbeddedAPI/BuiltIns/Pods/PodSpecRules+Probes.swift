import KubernetesAPI

/// Probes and life cycle hooks.
extension PodSpecRules {
    mutating func checkHooksAndProbes(of container: PodPart, at place: FieldPath) {
        if let lifecycle = container.part("lifecycle") {
            for hook in ["postStart", "preStop"] {
                guard let handler = lifecycle.part(hook) else { continue }
                checkHandler(handler, ["exec", "httpGet", "tcpSocket", "sleep"], at: place.field("lifecycle").field(hook))
            }
            if lifecycle.has("stopSignal"), !(spec.part("os")?.has("name") ?? false) {
                forbidden(place.field("lifecycle").field("stopSignal"), "may not be set for containers with empty `spec.os.name`")
            }
        }
        for kind in ["livenessProbe", "readinessProbe", "startupProbe"] {
            guard let probe = container.part(kind) else { continue }
            checkProbe(probe, at: place.field(kind))
            if kind == "readinessProbe" {
                guard let seconds = probe.integer("terminationGracePeriodSeconds") else { continue }
                invalid(place.field(kind).field("terminationGracePeriodSeconds"), .integer(seconds), "must not be set for readinessProbes")
            } else if let threshold = probe.integer("successThreshold"), threshold != 1 {
                invalid(place.field(kind).field("successThreshold"), .integer(threshold), "must be 1")
            }
        }
    }

    private mutating func checkProbe(_ probe: PodPart, at place: FieldPath) {
        checkHandler(probe, ["exec", "httpGet", "tcpSocket", "grpc"], at: place)
        for field in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
            checkNotNegative(probe, field, at: place)
        }
        if let seconds = probe.integer("terminationGracePeriodSeconds"), seconds <= 0 {
            invalid(place.field("terminationGracePeriodSeconds"), .integer(seconds), "must be greater than 0")
        }
    }

    /// Exactly one of `kinds`.
    private mutating func checkHandler(_ handler: PodPart, _ kinds: [String], at place: FieldPath) {
        let found = kinds.filter { handler.has($0) }
        guard let first = found.first else { return required(place, "must specify a handler type") }
        let action = handler.part(first) ?? PodPart(nil)
        let actionPlace = place.field(first)
        switch first {
        case "exec":
            if action.count("command") == 0 { required(actionPlace.field("command")) }
        case "httpGet":
            if action.text("path").isEmpty { required(actionPlace.field("path")) }
            checkPort(action.value("port"), at: actionPlace.field("port"))
            checkChoice(action, "scheme", at: actionPlace, ["HTTP", "HTTPS"])
            for header in action.parts("httpHeaders") { checkHeader(header.text("name"), at: actionPlace.field("httpHeaders")) }
        case "sleep":
            let seconds = action.integer("seconds") ?? 0
            if let grace = gracePeriodSeconds, seconds < 0 || seconds > grace {
                let detail = "must be non-negative and less than terminationGracePeriodSeconds (\(grace))"
                invalid(actionPlace, .integer(seconds), detail)
            }
        default: checkPort(action.value("port"), at: actionPlace.field("port"))
        }
        for other in found.dropFirst() { forbidden(place.field(other), "may not specify more than 1 handler type") }
    }

    private mutating func checkHeader(_ name: String, at place: FieldPath) {
        let isAllowed =
            !name.isEmpty
            && name.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-")
                    || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
            }
        guard !isAllowed else { return }
        let detail = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"
        invalid(place, .string(name), detail)
    }
}
