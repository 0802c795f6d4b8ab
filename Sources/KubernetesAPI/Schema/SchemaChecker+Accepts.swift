import Glibc

extension SchemaChecker {
    /// Whether `json` fits. This is what every object from the API server goes through, so it only answers yes or no; ``ProblemSearch`` finds the reasons.
    func accepts(_ json: JSONValue) -> Bool {
        nodes.withUnsafeBufferPointer { nodes in
            structures.withUnsafeBufferPointer { structures in
                slots.withUnsafeBufferPointer { slots in
                    names.withUnsafeBufferPointer { names in
                        Tables(nodes: nodes, structures: structures, slots: slots, names: names, checker: self).accepts(json)
                    }
                }
            }
        } && hasRightType(json)
    }

    /// Whether a resource's apiVersion and kind, where they are present, are those of its type. Items of lists do not have them.
    func hasRightType(_ json: JSONValue) -> Bool {
        guard let resource, case .object(let members) = json else { return true }
        if let kind = members["kind"]?.string, kind != resource.kind { return false }
        if let apiVersion = members["apiVersion"]?.string, apiVersion != resource.apiVersion { return false }
        return true
    }

    /// Whether a value that contains no others fits. The common forms are recognized here, the rest is left to the types themselves.
    func acceptsScalar(_ json: JSONValue, _ node: Node) -> Bool {
        switch (node.check, json) {
        case (_, .null), (.any, _), (.string, .string), (.boolean, .bool), (.int64, .integer), (.double, .integer), (.double, .double), (.anyObject, .object):
            return true
        case (.int32, .integer(let value)): return Int32(exactly: value) != nil
        case (.int32, .double): return Int32(json: json) != nil
        case (.int64, .double): return json.integer != nil
        case (.enumeration, .string(let value)): return enumerations[Int(node.index)].contains(value)
        default: return acceptsValue(json, node.check)
        }
    }
}

/// The checker's tables as they are used during one check.
private struct Tables {
    let nodes: UnsafeBufferPointer<SchemaChecker.Node>
    let structures: UnsafeBufferPointer<SchemaChecker.Structure>
    let slots: UnsafeBufferPointer<SchemaChecker.Slot>
    let names: UnsafeBufferPointer<UInt8>
    unowned(unsafe) let checker: SchemaChecker

    func accepts(_ json: JSONValue) -> Bool { withUnsafePointer(to: json) { accepts($0, node: 0) } }

    /// Takes pointers into the values' arrays: values that are only looked at must not be retained, which would cost most of the time of a check.
    func accepts(_ json: UnsafePointer<JSONValue>, node position: Int32) -> Bool {
        let node = nodes[Int(position)]
        switch json.pointee {
        case .string where node.check == .string: return true
        case .null: return true
        case .object(let object):
            switch node.check {
            case .structure: return acceptsFields(of: object, structures[Int(node.index)])
            case .map:
                return object.members.withUnsafeBufferPointer { members in
                    guard let first = members.baseAddress else { return true }
                    for index in members.indices where !accepts(valuePointer(first + index), node: node.index) { return false }
                    return true
                }
            case .any, .anyObject: return true
            default: return false
            }
        case .array(let elements):
            guard node.check == .array else { return node.check == .any }
            return elements.withUnsafeBufferPointer { elements in
                guard let first = elements.baseAddress else { return true }
                for index in elements.indices where !accepts(first + index, node: node.index) { return false }
                return true
            }
        case let scalar: return checker.acceptsScalar(scalar, node)
        }
    }

    private func acceptsFields(of object: JSONObject, _ structure: SchemaChecker.Structure) -> Bool {
        object.members.withUnsafeBufferPointer { members in
            guard let first = members.baseAddress else { return true }
            for index in members.indices {
                let node = field(members[index].key, of: structure)
                if node >= 0, !accepts(valuePointer(first + index), node: node) { return false }
            }
            return true
        }
    }

    @inline(__always)
    private func valuePointer(_ member: UnsafePointer<JSONObject.Member>) -> UnsafePointer<JSONValue> {
        (UnsafeRawPointer(member) + Self.valueOffset).assumingMemoryBound(to: JSONValue.self)
    }

    @inline(__always)
    private static var valueOffset: Int { MemoryLayout<JSONObject.Member>.offset(of: \.value) ?? 0 }

    /// The node of the field `name`, or -1.
    @inline(__always)
    private func field(_ name: String, of structure: SchemaChecker.Structure) -> Int32 {
        name.utf8.withContiguousStorageIfAvailable { find($0, in: structure) } ?? Array(name.utf8).withUnsafeBufferPointer { find($0, in: structure) }
    }

    @inline(__always)
    private func find(_ name: UnsafeBufferPointer<UInt8>, in structure: SchemaChecker.Structure) -> Int32 {
        guard let key = name.baseAddress, let names = names.baseAddress else { return -1 }
        var place = SchemaChecker.hash(name) & structure.mask
        while true {
            let slot = slots[structure.start + place]
            if slot.nameLength < 0 { return -1 }
            if Int(slot.nameLength) == name.count, memcmp(names + Int(slot.nameStart), key, name.count) == 0 { return slot.node }
            place = (place + 1) & structure.mask
        }
    }
}
