public import KubernetesAPI

/// Limits for the objects of a namespace. Nothing enforces them here.
public struct LimitRangeKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { LimitRange.self }
    public var emptyObject: JSONObject { ["spec": ["limits": .null]] }

    /// A container's default limit is the maximum, its default request the default limit or the minimum.
    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec") { spec in
            spec.writeNull("limits")
            spec.editElements("limits") { limit in
                guard limit.goString("type") == "Container" else { return }
                for (from, to) in [("max", "default"), ("default", "defaultRequest"), ("min", "defaultRequest")] {
                    var amounts = limit.goObject(to)
                    for (name, amount) in limit.goObject(from) where amounts[name] == nil { amounts[name] = amount }
                    if !amounts.isEmpty { limit[to] = .object(amounts) }
                }
            }
        }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var types: Set<String> = []
        return object.goObject("spec").goObjects("limits").enumerated().flatMap { index, limit -> [FieldError] in
            let (path, type) = (FieldPath("spec", "limits").index(index), limit.goString("type"))
            var errors = FieldChecks.name(.qualifiedName, type, at: path.field("type"))
            if errors.isEmpty, !type.contains("/"), !["Pod", "Container", "PersistentVolumeClaim"].contains(type) {
                errors.append(FieldError(.invalid, at: path.field("type"), value: .string(type), "must be a standard limit type or fully qualified"))
            }
            if !types.insert(type).inserted { errors.append(FieldError(.duplicate, at: path.field("type"), value: .string(type))) }
            if type == "Pod" {
                for field in ["default", "defaultRequest"] where !limit.goObject(field).isEmpty {
                    errors.append(FieldError(.forbidden, at: path.field(field), "may not be specified when `type` is 'Pod'"))
                }
            }
            if type == "PersistentVolumeClaim", limit["min"]?["storage"] == nil, limit["max"]?["storage"] == nil {
                errors.append(FieldError(.required, at: path.field("limits"), "either minimum or maximum storage value is required, but neither was provided"))
            }
            return errors + orderErrors(limit, at: path)
        }
    }

    /// Minimum, default request, default and maximum rise in this order.
    private func orderErrors(_ limit: JSONObject, at path: FieldPath) -> [FieldError] {
        let fields = ["min", "defaultRequest", "default", "max"]
        let names = Set(fields.flatMap { limit.goObject($0).map(\.key) }).sorted()
        return names.flatMap { name -> [FieldError] in
            func amount(_ field: String) -> Quantity? { limit.goObject(field)[name].flatMap { Quantity(json: $0) } }
            func compare(_ low: String, _ high: String, at place: String, _ words: (String, String)) -> [FieldError] {
                guard let least = amount(low), let most = amount(high), most < least else { return [] }
                let value = place == "default" ? (low == "min" ? least : most) : place == low ? least : most
                let detail = "\(words.0) value \(least) is greater than \(words.1) value \(most)"
                return [FieldError(.invalid, at: path.field(place).key(name), value: .string(value.description), detail)]
            }
            return compare("min", "max", at: "min", ("min", "max"))
                + compare("min", "defaultRequest", at: "defaultRequest", ("min", "default request"))
                + compare("defaultRequest", "max", at: "defaultRequest", ("default request", "max"))
                + compare("defaultRequest", "default", at: "defaultRequest", ("default request", "default limit"))
                + compare("min", "default", at: "default", ("min", "default"))
                + compare("default", "max", at: "default", ("default", "max"))
        }
    }

    public var columns: [TableColumn] { plainColumns }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { plainCells(of: object) }
}
