extension CostEstimator {
    /// What Kubernetes' own functions cost; nil for others.
    ///
    /// Source: <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/cel/library/cost.go>.
    func library(_ name: String, _ signature: Operators.Signature, _ target: Part?, _ arguments: [Part]) -> Call? {
        switch name {
        case "check" where target != nil: return Call(cost: CostRange(350_000))
        case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf": return target.map(traversal)
        case "fieldSelector", "labelSelector":
            guard let length = arguments.first?.sizeOrUnknown else { return nil }
            return Call(cost: CostRange(10) + length.times(Self.traversal) + length.times(0.5).times(50))
        case "url", "jsonpatch.escapeKey": return arguments.first.map { Call(cost: $0.sizeOrUnknown.times(Self.traversal), size: $0.sizeOrUnknown) }
        case "cidr", "isIP", "isCIDR", "ip", "quantity", "isQuantity", "semver", "isSemver":
            return arguments.first.map { Call(cost: $0.sizeOrUnknown.times(Self.traversal)) }
        case "ip.isCanonical": return arguments.first.map { Call(cost: $0.sizeOrUnknown.times(2 * Self.traversal)) }
        case "_==_": return equality(arguments)
        case "lowerAscii", "upperAscii", "substring", "trim":
            return target.map { Call(cost: $0.sizeOrUnknown.times(Self.traversal), size: $0.sizeOrUnknown) }
        case "replace": return target.flatMap { replacement($0, arguments) }
        case "split":
            guard let target else { return nil }
            return Call(cost: target.sizeOrUnknown.times(2 * Self.traversal), size: CostRange(0, target.sizeOrUnknown.max))
        case "join": return target.map { joining($0, arguments.first) }
        case "find", "findAll":
            guard let target, let pattern = arguments.first else { return nil }
            return Call(cost: search(target, pattern), size: CostRange(0, target.sizeOrUnknown.max))
        case "containsIP", "containsCIDR":
            guard target != nil, let other = arguments.first else { return nil }
            // The bytes of an address.
            let bytes = CostRange(4, 16)
            var cost = (bytes + bytes).times(Self.traversal)
            if name == "containsCIDR" { cost = cost + bytes.times(Self.traversal) + CostRange(1) }
            if signature.parameters.last == .string { cost = cost + other.sizeOrUnknown.times(Self.traversal) }
            return Call(cost: cost)
        case "validate":
            guard target != nil, let text = arguments.first else { return nil }
            // The longest pattern of the named formats counts 128 characters.
            return Call(cost: text.sizeOrUnknown.times(Self.traversal).times(128 * Self.regexLength))
        case "distinct": return target.map { Call(cost: ($0.sizeOrUnknown * $0.sizeOrUnknown).times(1) + CostRange(11), size: $0.sizeOrUnknown) }
        case "reverse", "slice", "flatten", "sort":
            return target.map { Call(cost: $0.sizeOrUnknown + CostRange(11), size: name == "flatten" ? nil : $0.sizeOrUnknown, elementSize: $0.elementSize) }
        default: return nil
        }
    }

    /// Values of libraries that are compared at once; nil for others.
    private func equality(_ arguments: [Part]) -> Call? {
        guard arguments.count == 2, case .opaque(let name) = arguments[0].type, arguments[1].type == arguments[0].type else { return nil }
        switch name {
        case "kubernetes.NamedFormat": return Call(cost: CostRange(1, 64).times(Self.traversal))
        case "kubernetes.URL": return Call(cost: CostRange(1, arguments[1].size?.max ?? 1).times(Self.traversal))
        default: return Call(cost: CostRange(1))
        }
    }

    /// Every element is looked at, and all of it where it is text.
    private func traversal(_ target: Part) -> Call {
        guard let (element, size) = element(of: target) else { return Call(cost: target.sizeOrUnknown.times(Self.traversal)) }
        var cost = CostRange(1)
        if element == .string || element == .bytes { cost = cost + size.times(Self.traversal) }
        return Call(cost: target.sizeOrUnknown * cost)
    }

    /// The type and size of a list's elements; nil for what is no list.
    private func element(of list: Part) -> (type: ExpressionType, size: CostRange)? {
        guard case .list(let element) = list.type else { return nil }
        let size = list.path.flatMap { sizes.largestSize(at: $0 + ["@items"]) }
        return (element, size.map { CostRange(0, $0) } ?? .unknown)
    }

    private func joining(_ target: Part, _ separator: Part?) -> Call {
        let count = target.sizeOrUnknown
        var size = element(of: target).map { count * $0.size } ?? .zero
        if let separator {
            size = size + separator.sizeOrUnknown * CostRange(count.min == 0 ? 0 : count.min - 1, count.max == 0 ? 0 : count.max - 1)
        }
        return Call(cost: size.times(Self.traversal), size: size)
    }

    private func replacement(_ target: Part, _ arguments: [Part]) -> Call? {
        guard arguments.count >= 2 else { return nil }
        let (text, old, new) = (target.sizeOrUnknown, arguments[0].sizeOrUnknown, arguments[1].sizeOrUnknown)
        func times(_ whole: UInt64, _ part: UInt64) -> UInt64 { whole == .max ? .max : (whole / part).addingOrMaximum(whole % part == 0 ? 0 : 1) }
        var (count, kept) = (CostRange.zero, CostRange.zero)
        // The empty text is found around every character.
        if old.min == 0 {
            (count.max, kept.max) = (text.max.addingOrMaximum(1), text.max)
        } else if new.max <= old.min {
            kept.max = text.max
        } else {
            count.max = times(text.max, old.min)
        }
        if old.max == 0 {
            (count.min, kept.min) = (text.min.addingOrMaximum(1), text.min)
        } else if old.max <= new.min {
            kept.min = text.min
        } else {
            count.min = times(text.min, old.max)
        }
        return Call(cost: text.times(2 * Self.traversal), size: count * new + kept)
    }
}
