//! Rust names.

/// A name for an enum value that the model gives none: the value, with `_` for all that an identifier cannot hold.
pub fn enum_member_of(value: &str) -> String {
    let name: String = value
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        name
    } else {
        format!("_{name}")
    }
}
