//! Numbers of any size: between their digits and the bytes of a bignum.

use crate::BigDecimal;

/// The longest bignum, in bytes. Converting takes quadratic time, so that what a server sends has to be bounded; nearly 10,000
/// digits are more than anybody counts with.
const MAX_BYTES: usize = 4096;

/// The base of a limb: nine digits fit into 32 bits.
const LIMB: u64 = 1_000_000_000;

/// Returns the decimal digits of a big-endian number, without leading zeros; `None` if it is too long.
fn to_digits(bytes: &[u8]) -> Option<String> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    // From the least significant on.
    let mut limbs: Vec<u64> = Vec::new();
    for byte in bytes {
        let mut carry = u64::from(*byte);
        for limb in &mut limbs {
            let product = *limb * 256 + carry;
            *limb = product % LIMB;
            carry = product / LIMB;
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let mut limbs = limbs.iter().rev();
    let mut digits = limbs.next().unwrap_or(&0).to_string();
    for limb in limbs {
        digits.push_str(&format!("{limb:09}"));
    }
    Some(digits)
}

/// Returns the big-endian number with these decimal digits, without leading zeros; `None` if it is too long.
fn from_digits(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.trim_start_matches('0');
    // A byte holds more than two digits.
    if digits.len() > MAX_BYTES * 5 / 2 {
        return None;
    }
    // From the least significant on.
    let mut bytes: Vec<u8> = Vec::new();
    for digit in digits.bytes() {
        let mut carry = u32::from(digit.wrapping_sub(b'0'));
        for byte in &mut bytes {
            let product = u32::from(*byte) * 10 + carry;
            *byte = product as u8;
            carry = product >> 8;
        }
        if carry > 0 {
            bytes.push(carry as u8);
        }
    }
    bytes.reverse();
    Some(bytes)
}

/// An integer of any size in the form of CBOR.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Integer {
    /// An integer of CBOR's own: from -2^64 to 2^64-1.
    Small(minicbor::data::Int),
    /// A bignum: `n`, or `-1 - n` if negative.
    Large { is_negative: bool, bytes: Vec<u8> },
}

impl Integer {
    /// Returns the integer that these digits stand for, with `-` in front or not; `None` if it is too long.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse::<i128>()
            && let Ok(small) = value.try_into()
        {
            return Some(Self::Small(small));
        }
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let mut bytes = from_digits(digits)?;
        if is_negative {
            subtract_one(&mut bytes);
        }
        Some(Self::Large { is_negative, bytes })
    }

    /// Returns the digits of a bignum, with `-` in front if it is negative; `None` if it is too long.
    pub(super) fn text_of_large(is_negative: bool, bytes: &[u8]) -> Option<String> {
        if !is_negative {
            return to_digits(bytes);
        }
        let mut bytes = bytes.to_vec();
        add_one(&mut bytes);
        Some(format!("-{}", to_digits(&bytes)?))
    }
}

fn subtract_one(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().rev() {
        let (difference, borrows) = byte.overflowing_sub(1);
        *byte = difference;
        if !borrows {
            return;
        }
    }
}

fn add_one(bytes: &mut Vec<u8>) {
    for byte in bytes.iter_mut().rev() {
        let (sum, carries) = byte.overflowing_add(1);
        *byte = sum;
        if !carries {
            return;
        }
    }
    bytes.insert(0, 1);
}

/// Returns a decimal number as `mantissa * 10^exponent`: the digits of the mantissa with `-` in front if it is negative, and the exponent;
/// `None` if the exponent does not fit.
pub(super) fn parts(decimal: &BigDecimal) -> Option<(String, i64)> {
    let text = decimal.as_ref();
    let (coefficient, exponent) = match text.split_once(['e', 'E']) {
        Some((coefficient, exponent)) => (coefficient, exponent.parse().ok()?),
        None => (text, 0_i64),
    };
    let (sign, unsigned) = match coefficient.strip_prefix(['-', '+']) {
        Some(unsigned) if coefficient.starts_with('-') => ("-", unsigned),
        Some(unsigned) => ("", unsigned),
        None => ("", coefficient),
    };
    let (integer, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let scale = i64::try_from(fraction.len()).ok()?;
    let exponent = exponent.checked_sub(scale)?;
    Some((format!("{sign}{integer}{fraction}"), exponent))
}

/// Returns the decimal number `mantissa * 10^exponent`, in plain notation as far as that takes few zeros; `None` if the exponent is beyond
/// what AWS's type holds.
pub(super) fn decimal(mantissa: &str, exponent: i64) -> Option<BigDecimal> {
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", mantissa),
    };
    let fraction = usize::try_from(exponent.checked_neg()?).ok();
    let text = match fraction {
        Some(0) => mantissa.to_owned(),
        Some(fraction) if fraction <= digits.len() + 6 => {
            let padded = format!("{digits:0>width$}", width = fraction + 1);
            let (integer, fraction) = padded.split_at(padded.len() - fraction);
            format!("{sign}{integer}.{fraction}")
        }
        _ => format!("{mantissa}E{exponent}"),
    };
    text.parse().ok()
}
