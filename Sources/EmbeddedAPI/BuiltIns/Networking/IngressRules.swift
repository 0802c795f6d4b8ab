import KubernetesAPI

/// What Kubernetes refuses in the spec of an Ingress.
enum IngressRules {
    static func errors(in spec: JSONObject) -> [FieldError] {
        let path = FieldPath("spec")
        var errors: [FieldError] = []
        let rules = spec.goObjects("rules")
        let hasBackend = spec.goHas("defaultBackend")
        if rules.isEmpty, !hasBackend { errors.append(FieldError(.invalid, at: path, value: .null, "either `defaultBackend` or `rules` must be specified")) }
        if hasBackend { errors += backendErrors(spec.goObject("defaultBackend"), at: path.field("defaultBackend")) }
        for (index, rule) in rules.enumerated() {
            let place = path.field("rules").index(index)
            let host = rule.goString("host")
            if !host.isEmpty { errors += FieldChecks.notAddress(host, at: place.field("host")) + hostErrors(host, at: place.field("host")) }
            if rule.goHas("http") { errors += httpErrors(rule.goObject("http"), at: place.field("http")) }
        }
        for (index, tls) in spec.goObjects("tls").enumerated() {
            let place = path.field("tls").index(index)
            errors += tls.goStrings("hosts").enumerated().flatMap { hostErrors($1, at: place.field("hosts").index($0)) }
            let secret = tls.goString("secretName")
            if !secret.isEmpty { errors += FieldChecks.name(.dns1123Subdomain, secret, at: place.field("secretName")) }
        }
        if let name = spec["ingressClassName"]?.string { errors += FieldChecks.name(.dns1123Subdomain, name, at: path.field("ingressClassName")) }
        return errors
    }

    private static func hostErrors(_ host: String, at path: FieldPath) -> [FieldError] {
        FieldChecks.name(host.contains("*") ? .wildcardDNS1123Subdomain : .dns1123Subdomain, host, at: path)
    }

    private static func httpErrors(_ http: JSONObject, at path: FieldPath) -> [FieldError] {
        let paths = http.goObjects("paths")
        if paths.isEmpty { return [FieldError(.required, at: path.field("paths"))] }
        return paths.enumerated().flatMap { pathErrors($1, at: path.field("paths").index($0)) }
    }

    private static func pathErrors(_ rule: JSONObject, at path: FieldPath) -> [FieldError] {
        guard rule.goHas("pathType") else { return [FieldError(.required, at: path.field("pathType"), "pathType must be specified")] }
        let (type, text, place) = (rule.goString("pathType"), rule.goString("path"), path.field("path"))
        func refused(_ detail: String) -> FieldError { FieldError(.invalid, at: place, value: .string(text), detail) }
        var errors: [FieldError] = []
        switch type {
        case "Exact", "Prefix":
            if !text.hasPrefix("/") { errors.append(refused("must be an absolute path")) }
            errors += ["//", "/./", "/../", "%2f", "%2F"].filter { text.contains($0) }.map { refused("must not contain '\($0)'") }
            errors += ["/..", "/."].filter { text.hasSuffix($0) }.map { refused("cannot end with '\($0)'") }
        case "ImplementationSpecific":
            if !text.isEmpty, !text.hasPrefix("/") { errors.append(refused("must be an absolute path")) }
        default: errors.append(.notSupported(path.field("pathType"), .string(type), ["Exact", "ImplementationSpecific", "Prefix"]))
        }
        return errors + backendErrors(rule.goObject("backend"), at: path.field("backend"))
    }

    private static func backendErrors(_ backend: JSONObject, at path: FieldPath) -> [FieldError] {
        switch (backend.goHas("resource"), backend.goHas("service")) {
        case (true, true): return [FieldError(.invalid, at: path, value: "", "cannot set both resource and service backends")]
        case (false, false): return [FieldError(.invalid, at: path, value: "", "resource or service backend is required")]
        case (true, false): return referenceErrors(backend.goObject("resource"), at: path.field("resource"))
        case (false, true): break
        }
        let (service, place) = (backend.goObject("service"), path.field("service"))
        let errors = FieldChecks.requiredName(.dns1123Label, service.goString("name"), at: place.field("name"))
        let port = service.goObject("port")
        switch (port.goString("name"), port.goInteger("number")) {
        case ("", 0): return errors + [FieldError(.required, at: path, "port name or number is required")]
        case ("", let number): return errors + FieldChecks.port(number, at: place.field("port").field("number"))
        case (let name, 0): return errors + FieldChecks.name(.portName, name, at: place.field("port").field("name"))
        default: return errors + [FieldError(.invalid, at: path, value: "", "cannot set both port name & port number")]
        }
    }

    /// A reference by group, kind and name.
    static func referenceErrors(_ reference: JSONObject, at path: FieldPath) -> [FieldError] {
        let group = reference["apiGroup"]?.string.map { FieldChecks.name(.dns1123Subdomain, $0, at: path.field("apiGroup")) } ?? []
        return group + ["kind", "name"].flatMap { FieldChecks.requiredName(.pathSegment, reference.goString($0), at: path.field($0)) }
    }
}
