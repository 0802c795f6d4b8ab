extension Quantity {
    /// Reads `<number><suffix>`: a decimal number with an optional sign; no suffix, one of `n u m k M G T P E` (powers of 1,000), `Ki Mi Gi Ti Pi Ei` (powers of 1,024),
    /// or an exponent of ten (`e3`, `E-3`).
    ///
    /// What Kubernetes takes, this takes, odd as it is (`1.`, `.5`, `-`), with one exception: exponents beyond 32 bits are refused, where Kubernetes cuts off their upper bits.
    ///
    /// ``description`` gives the canonical form, except that Kubernetes passes a text on as it came when a quick look finds nothing to change, and so does this: `1.500` and
    /// `+1` stay, though `1500m` and `1` would be canonical. ``canonicalText`` always is.
    ///
    /// - Throws: ``ValueError`` of kind `quantity`.
    public init(parsing text: String) throws(ValueError) {
        let bytes = Array(text.utf8)
        var position = 0
        var isNegative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            position = 1
        }
        position = bytes.end(from: position) { $0 == UInt8(ascii: "0") }
        let whole = position..<bytes.end(from: position, while: \.isASCIIDigit)
        position = whole.upperBound
        var fraction = position..<position
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            fraction = position + 1..<bytes.end(from: position + 1, while: \.isASCIIDigit)
            position = fraction.upperBound
        }
        let suffix = bytes[position...]
        position = bytes.end(from: position, while: \.isSuffixLetter)
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") { position += 1 }
        position = bytes.end(from: position, while: \.isASCIIDigit)
        guard !bytes.isEmpty, position == bytes.count else {
            throw ValueError(
                .quantity, text, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                at: bytes.isEmpty ? nil : position)
        }
        guard let unit = Unit(suffix: suffix) else {
            throw ValueError(.quantity, text, "unable to parse quantity's suffix", at: suffix.startIndex)
        }

        let number = Digits(bytes: bytes, whole: whole, fraction: fraction)
        var format = unit.format
        var amount: Int128
        switch unit {
        case .decimal(let exponent), .exponent(let exponent): amount = number.nano(timesTenTo: exponent)
        case .binary(let exponent):
            amount = Swift.min(number.nano(timesTwoTo: exponent), Int128(Int64.max) * 1_000_000_000)
            // Kubernetes avoids rounding so.
            if amount > 0, amount < 1_000_000_000 { format = .decimalSI }
        }
        let isBeyond = amount >= Self.limit
        if isNegative { amount = -amount }
        self.init(nano: amount, format: format, text: isBeyond || number.isKeptByKubernetes(unit) ? text : nil)
    }

    /// What the number in front of a suffix counts.
    private enum Unit {
        case decimal(Int)
        case exponent(Int)
        case binary(Int)

        var format: Format {
            switch self {
            case .decimal: .decimalSI
            case .exponent: .decimalExponent
            case .binary: .binarySI
            }
        }

        init?(suffix: ArraySlice<UInt8>) {
            switch (suffix.count, suffix.first, suffix.last) {
            case (0, _, _): self = .decimal(0)
            case (1, let letter?, _):
                guard let index = "numkMGTPE".utf8.firstIndex(of: letter) else { return nil }
                let power = "numkMGTPE".utf8.distance(from: "numkMGTPE".utf8.startIndex, to: index)
                // n, u, m are -9, -6, -3; k and larger begin at 3, since there is no letter for 0.
                self = .decimal(3 * (power < 3 ? power - 3 : power - 2))
            case (2, let letter?, UInt8(ascii: "i")?):
                guard let index = "KMGTPE".utf8.firstIndex(of: letter) else { return nil }
                self = .binary(10 * ("KMGTPE".utf8.distance(from: "KMGTPE".utf8.startIndex, to: index) + 1))
            case (_, UInt8(ascii: "e"), _), (_, UInt8(ascii: "E"), _):
                guard let exponent = Int32(String(decoding: suffix.dropFirst(), as: UTF8.self)) else { return nil }
                self = .exponent(Int(exponent))
            default: return nil
            }
        }
    }

    /// The digits of a number, without the zeros in front.
    private struct Digits {
        let bytes: [UInt8]
        let whole: Range<Int>
        let fraction: Range<Int>

        private var count: Int { whole.count + fraction.count }

        private func digit(_ index: Int) -> UInt8 {
            bytes[index < whole.count ? whole.lowerBound + index : fraction.lowerBound + index - whole.count] - UInt8(ascii: "0")
        }

        /// The number times 10^exponent in billionths, rounded up, at most ``Quantity/limit``. Linear in the number of digits, whatever the exponent.
        func nano(timesTenTo exponent: Int) -> Int128 {
            let shift = exponent - fraction.count + 9
            let kept = shift >= 0 ? count : Swift.max(0, count + shift)
            var amount: Int128 = 0
            for index in 0..<kept {
                guard amount < Quantity.limit / 10 else { return Quantity.limit }
                amount = amount * 10 + Int128(digit(index))
            }
            if (kept..<count).contains(where: { digit($0) != 0 }) { amount += 1 }
            guard amount != 0 else { return 0 }
            for _ in 0..<Swift.max(0, shift) {
                guard amount < Quantity.limit / 10 else { return Quantity.limit }
                amount *= 10
            }
            return amount
        }

        /// The number times 2^exponent in billionths, rounded up, at most ``Quantity/limit``; `exponent` is at most 60.
        func nano(timesTwoTo exponent: Int) -> Int128 {
            let unit = (Int128(1) << Int128(exponent)) * 1_000_000_000
            var amount: Int128 = 0
            for index in 0..<whole.count {
                guard amount < Quantity.limit / unit / 10 else { return Quantity.limit }
                amount = amount * 10 + Int128(digit(index))
            }
            // Horner's rule from the last digit on: each step is below 11 units, so it fits, and flooring each quotient gives the floor of the whole.
            var part: Int128 = 0
            var isExact = true
            for index in (whole.count..<count).reversed() {
                let (quotient, remainder) = (Int128(digit(index)) * unit + part).quotientAndRemainder(dividingBy: 10)
                part = quotient
                if remainder != 0 { isExact = false }
            }
            return Swift.min(amount * unit + part + (isExact ? 0 : 1), Quantity.limit)
        }

        /// Whether Kubernetes keeps the text: it has at most so many digits that they fit 64 bits, and looks canonical.
        func isKeptByKubernetes(_ unit: Unit) -> Bool {
            guard !whole.isEmpty else { return false }
            switch unit {
            case .decimal(let exponent), .exponent(let exponent):
                let scale = exponent - fraction.count
                let endsInThousands = count >= 3 && (count - 3..<count).allSatisfy { digit($0) == 0 }
                return count <= 18 && scale >= -9 && scale % 3 == 0 && !endsInThousands
            case .binary(let exponent):
                guard fraction.isEmpty, 15 - count - exponent * 3 / 10 - 1 >= 0 else { return false }
                return (0..<count).reduce(0) { ($0 * 10 + Int(digit($1))) & 7 } != 0
            }
        }
    }
}

extension [UInt8] {
    /// The first position from `start` on whose byte does not fulfil `predicate`.
    fileprivate func end(from start: Int, while predicate: (UInt8) -> Bool) -> Int {
        var position = start
        while position < count, predicate(self[position]) { position += 1 }
        return position
    }
}

extension UInt8 {
    fileprivate var isSuffixLetter: Bool {
        switch Unicode.Scalar(self) {
        case "e", "E", "i", "n", "u", "m", "k", "K", "M", "G", "T", "P": true
        default: false
        }
    }
}
