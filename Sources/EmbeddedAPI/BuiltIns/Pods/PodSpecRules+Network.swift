import KubernetesAPI

/// Names and addresses that the pod resolves.
extension PodSpecRules {
    mutating func checkDNS() {
        let place = path.field("dnsConfig")
        let configuration = spec.part("dnsConfig")
        if spec.text("dnsPolicy") == "None" {
            guard let configuration else { return required(place, "must provide `dnsConfig` when `dnsPolicy` is None") }
            if configuration.count("nameservers") == 0 {
                return required(place.field("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None")
            }
        }
        guard let configuration else { return }
        let (servers, searches) = (configuration.texts("nameservers"), configuration.texts("searches"))
        if servers.count > 3 {
            invalid(place.field("nameservers"), .array(servers.map { .string($0) }), "must not have more than 3 nameservers")
        }
        for (index, server) in servers.enumerated() { checkAddress(server, at: place.field("nameservers").index(index)) }
        let list = JSONValue.array(searches.map { .string($0) })
        if searches.count > 32 { invalid(place.field("searches"), list, "must not have more than 32 search paths") }
        if searches.joined(separator: " ").utf8.count > 2048 {
            invalid(place.field("searches"), list, "must not have more than 2048 characters (including spaces) in the search list")
        }
        for (index, search) in searches.enumerated() where search != "." {
            let name = search.hasSuffix(".") ? String(search.dropLast()) : search
            // A label may begin with an underscore here.
            if NameRule.dns1123Subdomain.allows(name.replacing("_", with: "a")) { continue }
            let label = "[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?"
            let detail =
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-', '_' or '.', and must start and end with an "
                + "alphanumeric character (e.g. 'example.com', regex used for validation is '\(label)(\\.\(label))*')"
            invalid(place.field("searches").index(index), .string(name), detail)
        }
        for (index, option) in configuration.parts("options").enumerated() where option.text("name").isEmpty {
            required(place.field("options").index(index), "must not be empty")
        }
    }

    mutating func checkHostAliases() {
        for (index, alias) in spec.parts("hostAliases").enumerated() {
            let place = path.field("hostAliases").index(index)
            checkAddress(alias.text("ip"), at: place.field("ip"))
            for (number, name) in alias.texts("hostnames").enumerated() { check(name, .dns1123Subdomain, at: place.field("hostnames").index(number)) }
        }
    }
}
