public import KubernetesAPI

/// Why a value is not a set of fields in the form `FieldsV1`.
public struct FieldsV1Error: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and with which key.
    public let description: String
}

/// The form `FieldsV1` of `metadata.managedFields`: an object of elements, in which `.` stands for the place itself.
extension FieldSet {
    /// The set in the form FieldsV1, in the canonical order.
    public var fieldsV1: JSONObject { fieldsV1(isMember: false) }

    private func fieldsV1(isMember: Bool) -> JSONObject {
        var object = JSONObject()
        if isMember { object["."] = .object(JSONObject()) }
        var (i, j) = (0, 0)
        while i < members.count || j < children.count {
            let order = i == members.count ? 1 : j == children.count ? -1 : PathElement.compare(members[i], children[j].element)
            if order < 0 {
                object[members[i].fieldsV1Key] = .object(JSONObject())
            } else {
                object[children[j].element.fieldsV1Key] = .object(children[j].set.fieldsV1(isMember: order == 0))
            }
            if order <= 0 { i += 1 }
            if order >= 0 { j += 1 }
        }
        return object
    }

    /// Reads a set in the form FieldsV1. Kinds of elements that are not known are left out, as Kubernetes does.
    public init(fieldsV1 object: JSONObject) throws(FieldsV1Error) { self = try Self.read(object).set ?? FieldSet() }

    /// The paths below a place, nil where there are none, and whether the place itself is in the set.
    private static func read(_ object: JSONObject) throws(FieldsV1Error) -> (set: FieldSet?, isMember: Bool) {
        var isMember = false
        var members: [PathElement] = []
        var children: [Child] = []
        for (key, value) in object {
            if key == "." {
                isMember = true
                continue
            }
            guard let element = try PathElement(fieldsV1Key: key) else { continue }
            guard case .object(let inner) = value else {
                guard value.isNull else { throw FieldsV1Error(description: "expected an object at \(key.quotedAsGo), got \(value.typeName)") }
                members.append(element)
                continue
            }
            let (set, isChildMember) = try read(inner)
            if isChildMember { members.append(element) }
            if let set { children.append(Child(element: element, set: set)) }
        }
        guard !members.isEmpty || !children.isEmpty else { return (nil, true) }
        return (FieldSet(unordered: members, children: children), isMember)
    }
}

extension PathElement {
    /// The element as a key of FieldsV1.
    public var fieldsV1Key: String {
        switch self {
        case .field(let name): "f:" + name
        case .key(let fields): "k:{" + fields.map { "\(Self.json(.string($0.name))):\(Self.json($0.value))" }.joined(separator: ",") + "}"
        case .value(let value): "v:" + Self.json(value)
        case .index(let index): "i:\(index)"
        }
    }

    /// Reads a key of FieldsV1; nil for a kind of element that is not known.
    init?(fieldsV1Key key: String) throws(FieldsV1Error) {
        let kind = key.utf8.prefix(2)
        guard kind.count == 2, kind.last == UInt8(ascii: ":"), let first = kind.first else {
            throw FieldsV1Error(description: "\(key.quotedAsGo) is no path element: it has to begin with f:, k:, v: or i:")
        }
        let rest = String(Substring(key.utf8.dropFirst(2)))
        switch first {
        case UInt8(ascii: "f"): self = .field(rest)
        case UInt8(ascii: "v"): self = .value(try Self.parse(rest, of: key))
        case UInt8(ascii: "k"):
            guard case .object(let fields) = try Self.parse(rest, of: key) else {
                throw FieldsV1Error(description: "\(key.quotedAsGo) is no path element: k: has to be followed by an object")
            }
            self = .keyed(fields.map { KeyField($0.key, $0.value) })
        case UInt8(ascii: "i"):
            guard let index = Int(rest) else { throw FieldsV1Error(description: "\(key.quotedAsGo) is no path element: i: has to be followed by a number") }
            self = .index(index)
        default: return nil
        }
    }

    private static func parse(_ text: String, of key: String) throws(FieldsV1Error) -> JSONValue {
        do {
            return try JSONValue(parsing: text)
        } catch {
            throw FieldsV1Error(description: "\(key.quotedAsGo) is no path element: \(error)")
        }
    }

    /// JSON as Go writes it, which escapes what could end a script in HTML. Two spellings of one key would be two owners' fields to clients.
    private static func json(_ value: JSONValue) -> String {
        var plain = value
        if case .double(let number) = value, let integer = Int64(exactly: number) { plain = .integer(integer) }
        var text = ""
        for scalar in plain.description.unicodeScalars {
            switch scalar {
            case "<": text += "\\u003c"
            case ">": text += "\\u003e"
            case "&": text += "\\u0026"
            case "\u{2028}": text += "\\u2028"
            case "\u{2029}": text += "\\u2029"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
