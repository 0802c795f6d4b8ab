import KubernetesAPI

extension PodSpecDefaults {
    static func applyToVolume(_ volume: inout JSONObject) {
        // A volume with nothing but a name is an empty folder.
        if volume.allSatisfy({ $0.key == "name" || $0.value.isNull }) { volume["emptyDir"] = [:] }
        modify("emptyDir", of: &volume) { source in
            dropZeros(&source, texts: ["medium"])
            makeCanonical("sizeLimit", of: &source)
        }
        for kind in ["secret", "configMap", "downwardAPI", "projected"] {
            modify(kind, of: &volume) { source in
                dropZeros(&source, lists: ["items"])
                set("defaultMode", 0o644, in: &source)
            }
        }
        modify("downwardAPI", of: &volume) { modifyEach("items", of: &$0, applyToReferences) }
        modify("projected", of: &volume) { projected in
            modifyEach("sources", of: &projected) { source in
                modify("serviceAccountToken", of: &source) { token in
                    dropZeros(&token, texts: ["audience"])
                    set("expirationSeconds", 3600, in: &token)
                }
                modify("downwardAPI", of: &source) { modifyEach("items", of: &$0, applyToReferences) }
            }
        }
        modify("hostPath", of: &volume) { set("type", "", in: &$0) }
        modify("persistentVolumeClaim", of: &volume) { dropZeros(&$0, flags: ["readOnly"]) }
        modify("nfs", of: &volume) { dropZeros(&$0, flags: ["readOnly"]) }
        modify("image", of: &volume) { setText("pullPolicy", pullPolicy(of: $0["reference"]?.string ?? ""), in: &$0) }
        modify("iscsi", of: &volume) { setText("iscsiInterface", "default", in: &$0) }
        modify("rbd", of: &volume) { source in
            for (field, value) in [("pool", "rbd"), ("user", "admin"), ("keyring", "/etc/ceph/keyring")] { setText(field, value, in: &source) }
        }
        modify("azureDisk", of: &volume) { source in
            for (field, value) in [("cachingMode", "ReadWrite"), ("fsType", "ext4"), ("kind", "Shared")] { set(field, .string(value), in: &source) }
            set("readOnly", false, in: &source)
        }
        modify("scaleIO", of: &volume) { source in
            for (field, value) in [("storageMode", "ThinProvisioned"), ("fsType", "xfs")] { setText(field, value, in: &source) }
        }
        modify("ephemeral", of: &volume) { source in
            modify("volumeClaimTemplate", of: &source) { template in
                set("metadata", [:], in: &template)
                modify("spec", of: &template) { claim in
                    set("resources", [:], in: &claim)
                    modify("resources", of: &claim) { resources in
                        makeQuantitiesCanonical("limits", of: &resources)
                        makeQuantitiesCanonical("requests", of: &resources)
                    }
                    set("volumeMode", "Filesystem", in: &claim)
                }
            }
        }
    }
}
