/// What the reader does where RFC 8259 leaves the choice (the `i_` files of JSONTestSuite), and why.
enum JSONReaderChoices {
    /// Doubles that underflow become zero, integers beyond 64 bits the nearest double: what Kubernetes' own decoder does.
    static let accepted: Set<String> = [
        "i_number_double_huge_neg_exp.json", "i_number_real_underflow.json", "i_number_too_big_pos_int.json",
    ]
    /// Infinite numbers, text that is no UTF-8 and halves of surrogate pairs: each would have to be changed silently to be kept.
    static let refused: Set<String> = [
        "i_number_huge_exp.json", "i_number_pos_double_huge_exp.json", "i_number_real_pos_overflow.json",
        "i_object_key_lone_2nd_surrogate.json", "i_string_1st_surrogate_but_2nd_missing.json", "i_string_1st_valid_surrogate_2nd_invalid.json",
        "i_string_UTF-16LE_with_BOM.json", "i_string_UTF-8_invalid_sequence.json", "i_string_UTF8_surrogate_U+D800.json",
        "i_string_incomplete_surrogate_and_escape_valid.json", "i_string_incomplete_surrogate_pair.json", "i_string_incomplete_surrogates_escape_valid.json",
        "i_string_invalid_lonely_surrogate.json", "i_string_invalid_utf-8.json", "i_string_inverted_surrogates_U+1D11E.json",
        "i_string_not_in_unicode_range.json", "i_string_overlong_sequence_2_bytes.json", "i_string_truncated-utf-8.json",
        "i_string_utf16BE_no_BOM.json", "i_string_utf16LE_no_BOM.json",
    ]
}
