/// Chooses objects by their labels: all requirements must hold. Without any it chooses everything.
///
/// The text form is that of `kubectl --selector` and of the API's `labelSelector` parameter: `app=web,tier in (a,b),!legacy`.
public struct Selector: Hashable, Sendable {
    /// In the order of their keys; nil for ``nothing``.
    private let terms: [LabelRequirement]?

    private init(terms: [LabelRequirement]?) { self.terms = terms }

    /// Requirements with the same key keep their order.
    public init(_ requirements: [LabelRequirement]) {
        let sorted = requirements.enumerated().sorted { left, right in
            let (a, b) = (left.element.key.utf8, right.element.key.utf8)
            return a.lexicographicallyPrecedes(b) || (!b.lexicographicallyPrecedes(a) && left.offset < right.offset)
        }
        terms = sorted.map(\.element)
    }

    /// Chooses objects that have all these labels with these values; `matchLabels`.
    ///
    /// - Throws: all keys and values that Kubernetes does not allow.
    public init(matching labels: [String: String]) throws(FieldErrors) {
        var requirements: [LabelRequirement] = []
        var errors: [FieldError] = []
        for key in Array(labels.keys).sortedByBytes() {
            do throws(FieldErrors) {
                requirements.append(try LabelRequirement(key, .equals, [labels[key] ?? ""]))
            } catch {
                errors += error.errors
            }
        }
        guard errors.isEmpty else { throw FieldErrors(errors) }
        self.init(requirements)
    }

    public static let everything = Selector(terms: [])
    public static let nothing = Selector(terms: nil)

    public var isEverything: Bool { terms?.isEmpty ?? false }
    public var isNothing: Bool { terms == nil }

    /// In the order of their keys; empty for ``everything`` and for ``nothing``.
    public var requirements: [LabelRequirement] { terms ?? [] }

    /// Chooses what both this and the requirements choose.
    public func adding(_ requirements: [LabelRequirement]) -> Selector {
        guard let terms else { return .nothing }
        return Selector(terms + requirements)
    }

    /// The value that the label `key` must have, where the first requirement on it leaves just one.
    public func exactValue(of key: String) -> String? {
        guard let requirement = requirements.first(where: { $0.key == key }), requirement.values.count == 1 else { return nil }
        switch requirement.comparison {
        case .isIn, .equals, .doubleEquals: return requirement.values[0]
        default: return nil
        }
    }

    /// Whether an object matches of whose labels `value` gives the value, or nil where there is none.
    public func matches(_ value: (String) -> String?) -> Bool {
        guard let terms else { return false }
        return terms.allSatisfy { $0.matches(value($0.key)) }
    }

    public func matches(_ labels: [String: String]) -> Bool { matches { labels[$0] } }

    /// Whether an object with this `metadata.labels` matches; nil is an object without labels.
    public func matches(_ labels: JSONObject?) -> Bool { matches { labels?[$0]?.string } }
}

extension Selector: CustomStringConvertible {
    /// As Kubernetes writes it, in the order of the keys; empty for ``everything``.
    ///
    /// ``nothing`` has no text form. Kubernetes writes that empty, too, which reads back as everything; here it is `<nothing>`, which no reader takes.
    public var description: String { terms.map { $0.map(\.description).joined(separator: ",") } ?? "<nothing>" }
}
