//! Numbers as literals.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

pub(super) fn literal(number: &Number) -> TokenStream {
    match number.as_i64() {
        Some(number) => signed(number < 0, &Literal::u64_unsuffixed(number.unsigned_abs())),
        None => float(number),
    }
}

pub(super) fn float(number: &Number) -> TokenStream {
    let number = number
        .as_f64()
        .filter(|number| number.is_finite())
        .unwrap_or_default();
    signed(number < 0.0, &Literal::f64_unsuffixed(number.abs()))
}

fn signed(is_negative: bool, number: &Literal) -> TokenStream {
    if is_negative {
        quote!(-#number)
    } else {
        quote!(#number)
    }
}
