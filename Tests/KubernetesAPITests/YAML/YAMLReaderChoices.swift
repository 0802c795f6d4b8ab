@testable import KubernetesAPI

/// Cases of the YAML test suite that kubectl, and so we, deliberately read in another way, and why.
enum YAMLReaderChoices {
    enum Outcome {
        case reads([JSONValue])
        /// With an error that contains this.
        case refuses(String)
    }

    private static let listKey: (Outcome, String) = (.refuses("a list is no key"), "JSON has no lists as keys; kubectl: invalid map key")
    private static let mapKey: (Outcome, String) = (.refuses("a map is no key"), "JSON has no maps as keys; kubectl: invalid map key")
    private static let nullKey: (Outcome, String) = (.refuses("null is no key"), "kubectl: unsupported map key")

    static let all: [String: (outcome: Outcome, why: String)] = [
        "4FJ6": listKey, "6BFJ": listKey, "6PBE": listKey, "LX3P": listKey, "M5DY": listKey, "SBG9": listKey, "X38W": listKey, "XW4D": listKey,
        "9MMW": mapKey, "V9D5": mapKey,
        "FH7J": nullKey, "PW8X": nullKey,
        "565N": (
            .refuses("the bytes of a !!binary are no text"),
            "The suite keeps the base64 text. kubectl decodes it and puts U+FFFD for what is no UTF-8, which would change the data silently."
        ),
        "UKK6-02": (.reads([""]), "The suite has no JSON for an empty value with the tag \"!\"; kubectl reads it as the empty text."),
    ]
}
