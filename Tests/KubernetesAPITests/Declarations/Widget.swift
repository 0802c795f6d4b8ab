#definitions("dev.martlet.tests.v1")

/// Widget is an invented kind that has every annotation and every type of field.
///
/// It is declared for tests:
/// - of the generator, which compares its code with the committed one,
/// - of the runtime, which is used through it.
@resource(
    group: "tests.martlet.dev", version: "v1", plural: "widgets", singular: "widget", shortNames: ["wd"], categories: ["all", "martlet"], scope: "Namespaced",
    subresources: ["status", "scale"])
@scale(specReplicas: ".spec.replicas", statusReplicas: ".status.replicas", labelSelector: ".status.selector")
@column("Mode", type: "string", jsonPath: ".spec.mode", description: "How the widget caches.")
@column("Age", type: "date", jsonPath: ".metadata.creationTimestamp", priority: 1, format: "date-time")
@selectable(".spec.mode")
@selectable(".spec.name")
@rule("self.metadata.name.size() < 40", message: "too long")
struct Widget {
    /// What the widget should be.
    var spec: WidgetSpec
    /// What the widget is.
    var status: WidgetStatus?
}

/// WidgetSpec is what a widget should be.
@minProperties(1) @maxProperties(50) @title("Widget specification")
@rule("self.low <= self.high", message: "low is above high", reason: "FieldValueForbidden", fieldPath: ".low")
@rule("self.name == oldSelf.name", messageExpression: "'not ' + self.name", optionalOldSelf: false)
struct WidgetSpec {
    /// The name, with "quotes" and a \ backslash.
    ///
    /// A second paragraph
    /// on two lines.
    @minLength(1) @maxLength(63) @pattern(#"^[a-z]\w*$"#) @example("box")
    var name: String
    @minimum(0) @maximum(10) @multipleOf(2) @nullable
    var low: Int32?
    @exclusiveMinimum(0) @exclusiveMaximum(100.5)
    var high: Double?
    /// How many there are.
    var replicas: Int32 = 1
    var generation: Int64?
    var isActive: Bool = true
    /// How the widget caches.
    var mode: CacheMode = .auto
    var modes: [CacheMode] = [.auto, .off]
    @format("uuid")
    var identity: String?
    var memory: Quantity = "1Gi"
    var started: Time?
    var beat: MicroTime?
    var timeout: DurationText?
    var port: IntOrString = 80
    var secret: Base64Data?
    @listType("map", keys: ["name"]) @patch("merge", key: "name") @minItems(1) @maxItems(5)
    var parts: [WidgetPart]
    @listType("set") @patch("merge,retainKeys") @items(minLength: 1, maxLength: 20, pattern: "^a", rule: "self != 'ab'", message: "no ab")
    var tags: [String]?
    @values(minimum: -1, nullable: true) @mapType("atomic")
    var limits: [String: Int64]?
    var grid: [[Double]]?
    var partsByName: [String: [WidgetPart]] = [:]
    var anything: JSONValue?
    var object: JSONObject?
    @preserveUnknownFields
    var open: WidgetPart = .init()
    /// A whole object.
    @embeddedResource @preserveUnknownFields
    var template: JSONObject?
    @embeddedResource
    var widget: Widget?
    /// Metadata of what is made from the widget.
    var labels: ObjectMeta?
    @name("$ref") var reference: String?
    var `default`: String?
    /// A tree of widgets.
    @rule("self.all(x, has(x.name))")
    var children: [WidgetNode]?
}

/// WidgetPart is a part of a widget.
@mapType("atomic")
struct WidgetPart {
    var name: String
    var size: Quantity?
}

/// WidgetNode contains itself.
@definition("dev.martlet.tests.special.Node")
struct WidgetNode {
    var name: String
    var children: [WidgetNode]?
    var byName: [String: WidgetNode]?
}

/// WidgetStatus is what a widget is.
struct WidgetStatus {
    var replicas: Int32?
    var selector: String?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [Condition]?
}

struct WidgetEmpty {}

/// CacheMode says how a widget caches.
enum CacheMode: String {
    /// Caches when it helps.
    case auto = "Auto"
    case off = "Off", `default`
}
