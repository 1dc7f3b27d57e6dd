//! Names of elements and attributes.

/// The name of the elements of a list that has no other.
pub(crate) const ELEMENT: &str = "member";

/// The name of the entries of a map.
pub(crate) const ENTRY: &str = "entry";

/// The name of the keys of a map that has no other.
pub(crate) const KEY: &str = "key";

/// The name of the values of a map that has no other.
pub(crate) const VALUE: &str = "value";

/// Returns `true` if an element has the name that the model says. A prefix does not count where the model has none.
#[inline]
pub(super) fn is_named(found: &[u8], wanted: &[u8]) -> bool {
    found == wanted || local(found) == Some(wanted)
}

/// Returns a name without its prefix, if it has one.
#[inline]
pub(super) fn local(name: &[u8]) -> Option<&[u8]> {
    let colon = name.iter().position(|byte| *byte == b':')?;
    name.get(colon + 1..)
}
