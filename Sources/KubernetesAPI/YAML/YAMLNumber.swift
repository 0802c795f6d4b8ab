/// How numbers are written: Go's `strconv.FormatFloat(x, 'g', -1, bits)`, in which go-yaml writes floats.
enum YAMLNumber {
    /// The key that sigs.k8s.io/yaml makes of a number: with the digits of a 32-bit float, whatever the number was read with.
    static func key(_ value: Double) -> String {
        let short = Float(value)
        if short.isNaN { return ".nan" }
        if short.isInfinite { return short > 0 ? ".inf" : "-.inf" }
        return general("\(short)", alwaysWithPoint: false)
    }

    /// A finite number that YAML 1.1 and 1.2 readers read back equal.
    ///
    /// Integers have all their digits. A mantissa gets a point (`1.0e+20`, where kubectl writes `1e+20`), without which YAML 1.1 has text.
    static func text(_ value: Double) -> String {
        if let integer = Int64(exactly: value) { return String(integer) }
        if let integer = UInt64(exactly: value) { return String(integer) }
        return general("\(value)", alwaysWithPoint: true)
    }

    /// Lays out the shortest digits, which Swift's description has, as Go does: with an exponent below 1e-4 and from 1e6 on.
    private static func general(_ description: String, alwaysWithPoint: Bool) -> String {
        var digits: [UInt8] = []
        var point = 0  // the value is 0.digits * 10^point
        var exponent = 0
        var isBehindPoint = false
        var text = Substring(description).utf8
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { text = text.dropFirst() }
        for (offset, byte) in text.enumerated() {
            if byte == UInt8(ascii: "e") {
                exponent = Int(String(Substring(text.dropFirst(offset + 1)))) ?? 0
                break
            }
            if byte == UInt8(ascii: ".") {
                isBehindPoint = true
                continue
            }
            if digits.isEmpty, byte == UInt8(ascii: "0") {
                if isBehindPoint { point -= 1 }
                continue
            }
            digits.append(byte)
            if !isBehindPoint { point += 1 }
        }
        point += exponent
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let sign = isNegative ? "-" : ""
        guard let first = digits.first else { return sign + "0" }

        let zero = UInt8(ascii: "0"), dot = UInt8(ascii: ".")
        let scientific = point - 1
        var layout: [UInt8]
        if scientific < -4 || scientific >= 6 {
            let tail = digits.count == 1 && alwaysWithPoint ? [zero] : Array(digits.dropFirst())
            layout = [first] + (tail.isEmpty ? [] : [dot] + tail)
            layout += Array("e\(scientific < 0 ? "-" : "+")\(abs(scientific) < 10 ? "0" : "")\(abs(scientific))".utf8)
        } else if point <= 0 {
            layout = [zero, dot] + [UInt8](repeating: zero, count: -point) + digits
        } else if point >= digits.count {
            layout = digits + [UInt8](repeating: zero, count: point - digits.count)
        } else {
            layout = digits[..<point] + [dot] + digits[point...]
        }
        return sign + String(decoding: layout, as: UTF8.self)
    }
}
