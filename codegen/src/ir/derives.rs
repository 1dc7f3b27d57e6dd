//! The traits that a type derives beside those that all have.

/// The traits to derive for a structure or a union, besides those of all types.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Derives {
    /// `Eq`: there are no floats in it.
    pub eq: bool,
    /// `Hash`: nor are there maps.
    pub hash: bool,
}

impl Derives {
    /// For what holds nothing.
    pub const ALL: Self = Self {
        eq: true,
        hash: true,
    };
}
