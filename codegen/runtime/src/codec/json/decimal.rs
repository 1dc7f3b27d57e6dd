//! Numbers of JSON, out of their text and exactly.
//!
//! A number may be written in many ways: `5`, `5.0` and `0.05E2` are the same. Whether it is an integer is worked out on its
//! digits, since a double holds no more than sixteen of them.

/// The most zeros that an exponent may add: a short text must not become a long one.
const MAX_ZEROS: i128 = 4096;

/// Returns the integer that the text of a number stands for; `None` if it is not whole, or has more than 38 digits.
pub(super) fn integer(text: &str) -> Option<i128> {
    let whole = Whole::parse(text)?;
    let count = i128::try_from(whole.digits.len()).ok()? + whole.zeros;
    (count <= 38).then(|| whole.written_out().parse().ok())?
}

/// Returns the digits of the integer that the text of a number stands for, with `-` in front if it is negative; `None` if it is not whole, or
/// the text says so many zeros in so few characters that nobody means it.
pub(super) fn digits(text: &str) -> Option<String> {
    let whole = Whole::parse(text)?;
    (whole.zeros <= MAX_ZEROS).then(|| whole.written_out())
}

/// An integer: digits without zeros at either end, and the zeros behind them.
struct Whole {
    sign: &'static str,
    digits: String,
    zeros: i128,
}

impl Whole {
    fn parse(text: &str) -> Option<Self> {
        let (coefficient, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (sign, unsigned) = match coefficient.strip_prefix('-') {
            Some(unsigned) => ("-", unsigned),
            None => ("", coefficient),
        };
        let (integer, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all = format!("{integer}{fraction}");
        let significant = all.trim_end_matches('0');
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            let zero = || "0".to_owned();
            return (!all.is_empty()).then(|| Self {
                sign: "",
                digits: zero(),
                zeros: 0,
            });
        }
        let trailing = i128::try_from(all.len() - significant.len()).ok()?;
        let decimals = i128::try_from(fraction.len()).ok()?;
        // An exponent that does not fit is that of a fraction, or of a number that nobody can hold.
        let zeros = exponent
            .parse::<i128>()
            .ok()?
            .checked_add(trailing - decimals)?;
        (zeros >= 0).then_some(Self {
            sign,
            digits,
            zeros,
        })
    }

    fn written_out(&self) -> String {
        let zeros = usize::try_from(self.zeros).unwrap_or_default();
        format!("{}{}{}", self.sign, self.digits, "0".repeat(zeros))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_integer_may_be_written_in_many_ways() {
        for (text, value) in [
            ("5", Some(5)),
            ("-5", Some(-5)),
            ("5.0", Some(5)),
            ("5E0", Some(5)),
            ("5e+2", Some(500)),
            ("500E-2", Some(5)),
            ("0.05e2", Some(5)),
            ("1.784316439E9", Some(1_784_316_439)),
            ("-0", Some(0)),
            ("0.000", Some(0)),
            ("-0e99999999999999999999999999999999999999999", Some(0)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("9.223372036854775807E18", Some(i64::MAX.into())),
            ("5.5", None),
            ("5e-1", None),
            ("5.0000000000000000000000000000000000000000001", None),
            ("1e400", None),
            ("1e-400", None),
            ("1e99999999999999999999999999999999999999999", None),
            ("1e-99999999999999999999999999999999999999999", None),
        ] {
            assert_eq!(integer(text), value, "{text}");
        }
    }

    #[test]
    fn integers_of_any_size_keep_their_digits() {
        assert_eq!(digits("1e50").unwrap(), format!("1{}", "0".repeat(50)));
        assert_eq!(digits("-12.50e1").unwrap(), "-125");
        assert_eq!(digits(&"9".repeat(10_000)).unwrap(), "9".repeat(10_000));
        for text in ["0.5", "1e5000", "1e999999999999"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_point_and_an_exponent_that_make_up_for_it_change_nothing(value: i64, shift in 0_usize..40) {
            let magnitude = format!("{:0>1$}", value.unsigned_abs(), shift + 1);
            let (integer, fraction) = magnitude.split_at(magnitude.len() - shift);
            let sign = if value < 0 { "-" } else { "" };
            let text = format!("{sign}{integer}.{fraction}0e{shift}");
            prop_assert_eq!(super::integer(&text), Some(value.into()), "{}", text);
            let unscaled = format!("{value}{}E-{shift}", "0".repeat(shift));
            prop_assert_eq!(super::integer(&unscaled), Some(value.into()), "{}", unscaled);
        }

        #[test]
        fn no_text_makes_it_panic(text in r"-?[0-9.]{0,30}([eE][+-]?[0-9]{0,50})?") {
            let _ = (integer(&text), digits(&text));
        }
    }
}
