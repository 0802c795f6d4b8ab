import KubernetesAPI

extension PodSpecDefaults {
    static func applyToContainer(_ container: inout JSONObject) {
        dropZeros(
            &container, texts: ["image", "workingDir", "targetContainerName"], flags: ["stdin", "stdinOnce", "tty"],
            lists: ["command", "args", "ports", "env", "envFrom", "volumeMounts", "volumeDevices", "resizePolicy", "restartPolicyRules"])
        modifyEach("ports", of: &container) { port in
            dropZeros(&port, texts: ["name", "hostIP"], numbers: ["hostPort"])
            setText("protocol", "TCP", in: &port)
        }
        modifyEach("env", of: &container) { variable in
            dropZeros(&variable, texts: ["value"])
            modify("valueFrom", of: &variable) { source in
                applyToReferences(&source)
                modify("fileKeyRef", of: &source) { set("optional", false, in: &$0) }
            }
        }
        modifyEach("envFrom", of: &container) { dropZeros(&$0, texts: ["prefix"]) }
        modifyEach("volumeMounts", of: &container) { dropZeros(&$0, texts: ["subPath", "subPathExpr"], flags: ["readOnly"]) }
        set("resources", [:], in: &container)
        modify("resources", of: &container) { resources in
            dropZeros(&resources, lists: ["claims"], maps: ["limits", "requests"])
            makeQuantitiesCanonical("limits", of: &resources)
            makeQuantitiesCanonical("requests", of: &resources)
        }
        for kind in ["livenessProbe", "readinessProbe", "startupProbe"] { modify(kind, of: &container, applyToProbe) }
        modify("lifecycle", of: &container) { lifecycle in
            for hook in ["postStart", "preStop"] { modify(hook, of: &lifecycle, applyToHandler) }
        }
        setText("terminationMessagePath", "/dev/termination-log", in: &container)
        setText("terminationMessagePolicy", "File", in: &container)
        setText("imagePullPolicy", pullPolicy(of: container["image"]?.string ?? ""), in: &container)
    }

    private static func applyToProbe(_ probe: inout JSONObject) {
        applyToHandler(&probe)
        modify("grpc", of: &probe) { set("service", "", in: &$0) }
        dropZeros(&probe, numbers: ["initialDelaySeconds"])
        for (field, value) in [("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3)] as [(String, Int64)] {
            setNumber(field, value, in: &probe)
        }
    }

    private static func applyToHandler(_ handler: inout JSONObject) {
        modify("httpGet", of: &handler) { action in
            dropZeros(&action, texts: ["host"], lists: ["httpHeaders"])
            setText("path", "/", in: &action)
            set("port", 0, in: &action)
            setText("scheme", "HTTP", in: &action)
        }
        modify("tcpSocket", of: &handler) { dropZeros(&$0, texts: ["host"]) }
    }

    /// References to fields and resources of the pod.
    static func applyToReferences(_ source: inout JSONObject) {
        modify("fieldRef", of: &source) { setText("apiVersion", "v1", in: &$0) }
        modify("resourceFieldRef", of: &source) { reference in
            set("divisor", "0", in: &reference)
            makeCanonical("divisor", of: &reference)
        }
    }

    /// `Always` for an image that may change under its name: one with the tag `latest`, or with neither tag nor digest.
    static func pullPolicy(of image: String) -> String {
        let isName = !image.isEmpty && image.utf8.allSatisfy { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 }
        guard isName, !image.contains("@") || image.prefix(while: { $0 != "@" }).split(separator: "/").last?.contains(":") ?? false else {
            return "IfNotPresent"
        }
        let last = image.prefix { $0 != "@" }.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let colon = last.lastIndex(of: ":") else {
            // Names are in lower case: anything else has no tag that could be read.
            return last.isEmpty || last.contains(where: \.isUppercase) ? "IfNotPresent" : "Always"
        }
        return last[last.index(after: colon)...] == "latest" ? "Always" : "IfNotPresent"
    }
}
