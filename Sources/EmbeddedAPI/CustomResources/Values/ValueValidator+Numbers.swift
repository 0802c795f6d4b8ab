import KubernetesAPI

extension ValueValidator {
    /// Ranges of formats, `multipleOf`, `maximum` and `minimum`. Integers are compared as integers, with bounds cut to integers.
    func checkNumber(_ value: JSONValue, _ schema: StructuralSchema, _ outcome: inout Outcome) {
        let (type, format) = numberType(of: schema)
        if let problem = rangeProblem(value, type, format, "Checked") { outcome.errors.append(problem) }
        if let factor = schema.multipleOf {
            var comparesIntegers = true
            if let problem = rangeProblem(factor, type, format, "MultipleOf") {
                outcome.errors.append(problem)
                comparesIntegers = false
            }
            checkMultiple(value, factor, comparesIntegers, &outcome)
        }
        if let bound = schema.maximum {
            let problem = rangeProblem(bound, type, format, "Maximum boundary")
            let relation = compare(value, bound, asIntegers: problem == nil)
            if let problem { outcome.errors.append(problem) }
            if relation.order > 0 || schema.isMaximumExclusive && relation.order == 0 {
                outcome.errors.append(invalid(value, "should be less than \(schema.isMaximumExclusive ? "" : "or equal to ")\(relation.bound)"))
            }
        }
        if let bound = schema.minimum {
            let problem = rangeProblem(bound, type, format, "Minimum boundary")
            let relation = compare(value, bound, asIntegers: problem == nil)
            if let problem { outcome.errors.append(problem) }
            if relation.order < 0 || schema.isMinimumExclusive && relation.order == 0 {
                outcome.errors.append(invalid(value, "should be greater than \(schema.isMinimumExclusive ? "" : "or equal to ")\(relation.bound)"))
            }
        }
    }

    private func numberType(of schema: StructuralSchema) -> (type: String, format: String) {
        let types = schema.types
        guard types.count == 1, types[0] == "integer" || types[0] == "number" else { return ("", "") }
        return (types[0], schema.checkedFormat)
    }

    /// That a number does not fit the type and format; such an error has no place.
    private func rangeProblem(_ number: JSONValue, _ type: String, _ format: String, _ what: String) -> FieldError? {
        let isFitting: Bool
        switch (type, number) {
        case ("integer", .integer(let integer)): isFitting = format != "int32" || Int32(exactly: integer) != nil
        case ("integer", .double(let double)): isFitting = format == "int32" ? Int32(exactly: double) != nil : Int64(exactly: double) != nil
        default:
            guard format == "float", let double = number.double else { return nil }
            isFitting = double.magnitude <= Double(Float.greatestFiniteMagnitude)
        }
        guard !isFitting else { return nil }
        return unplaced("\(what) value must be of type \(type)\(format.isEmpty ? " (default format)" : " with format \(format)") in \(pathText)")
    }

    /// How the value stands to the bound (-1, 0 or 1), and the bound as it is printed.
    private func compare(_ value: JSONValue, _ bound: JSONValue, asIntegers: Bool) -> (order: Int, bound: String) {
        if asIntegers, case .integer(let integer) = value {
            let limit = GoNumber.truncated(bound)
            return (integer < limit ? -1 : integer > limit ? 1 : 0, "\(limit)")
        }
        guard let number = value.double, let limit = bound.double else { return (0, "") }
        return (number < limit ? -1 : number > limit ? 1 : 0, GoNumber.text(limit))
    }

    private func checkMultiple(_ value: JSONValue, _ factor: JSONValue, _ comparesIntegers: Bool, _ outcome: inout Outcome) {
        if comparesIntegers, case .integer(let integer) = value {
            let factor = GoNumber.truncated(factor)
            if factor <= 0 {
                outcome.errors.append(notPositive(.integer(factor)))
            } else if !integer.isMultiple(of: factor) {
                outcome.errors.append(invalid(value, "should be a multiple of \(factor)"))
            }
            return
        }
        guard let number = value.double, let divisor = factor.double else { return }
        if divisor <= 0 {
            outcome.errors.append(notPositive(GoNumber.shown(factor)))
        } else if !GoNumber.isInteger(divisor < 1 ? 1 / divisor * number : number / divisor) {
            outcome.errors.append(invalid(value, "should be a multiple of \(GoNumber.text(divisor))"))
        }
    }

    private func notPositive(_ factor: JSONValue) -> FieldError {
        FieldError(.invalid, at: place, value: factor, "factor MultipleOf declared for \(pathText) must be positive: \(GoNumber.text(factor))")
    }
}
