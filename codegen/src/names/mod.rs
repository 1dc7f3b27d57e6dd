//! Rust names for what a model names.
//!
//! [`pascal`] and [`snake`] change the case, and return text that may still be a keyword; [`type_name`], [`method`], [`module`]
//! and [`constant`] return names that can stand as such. In a scope where several names must differ, [`fields`] and [`variants`] do all of
//! them at once, and a [`Scope`] hands out one after the other.
//!
//! The rules, all deterministic:
//! - A keyword is written raw (`r#type`); those that cannot be (`self`, `Self`, `super`, `crate`) and names of modules, which are
//!   names of files as well, get `_` after them.
//! - A type or variant that would start with a digit gets `_` before it (`_2xlarge`); a field, `n_`, since an underscore in
//!   front of a field says that nobody uses it.
//! - Nothing at all, or only signs, becomes their English names (`>=`: `GreaterEqual`) or `Empty`.
//! - Of two equal names, the one that is written like this in the model already keeps it, else the first; the others get a number, the
//!   least from 2 on that is free.
//! - A name that is too long for a file is cut.
//! - A name that is reserved gets a suffix that says what it is (`Option`: `OptionShape`).

mod scope;
mod words;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

pub use scope::{Scope, accessors, fields, unique, variants};

/// Names of Rust's prelude that a type in scope would shadow, those of derive macros among them.
pub const RUST_PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// `start_dns_import_job` for `StartDNSImportJob`. May be empty, a keyword, or start with a digit.
pub fn snake(name: &str) -> String {
    words::words(name).join(" ").to_snake_case()
}

/// `StartDnsImportJob` for `StartDNSImportJob`. May be empty, `Self`, or start with a digit.
///
/// Two digits stay apart if the model has something between them: `TLS_1_2` is `Tls1_2`.
pub fn pascal(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    for word in words::words(name) {
        let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
        if starts_with_digit && pascal.ends_with(|c: char| c.is_ascii_digit()) {
            pascal.push('_');
        }
        pascal.push_str(&word.to_upper_camel_case());
    }
    pascal
}

/// The largest length of a name. Types and modules are names of files as well, and most file systems take 255 bytes: there has to be
/// room for an ending and for what is put before or behind a name.
const LONGEST: usize = 200;

/// The largest part of a model's name that is kept before a suffix.
const LONGEST_STEM: usize = 180;

/// The name of a type or a variant.
pub fn type_name(name: &str) -> String {
    let pascal = capped(pascal(name), LONGEST);
    match pascal.chars().next() {
        None => signs(name),
        Some(first) if first.is_ascii_digit() => format!("_{pascal}"),
        Some(_) if pascal == "Self" => "Self_".to_owned(),
        Some(_) => pascal,
    }
}

/// The name of the builder of a structure with this name.
pub fn builder(structure: &str) -> String {
    format!("{}Builder", structure.trim_end_matches('_'))
}

/// The name of a type that is made up for what the model names.
pub fn type_name_with(name: &str, suffix: &str) -> String {
    type_name(&format!(
        "{}{suffix}",
        capped(name.to_owned(), LONGEST_STEM)
    ))
}

/// The name of a function that does something with what the model names: `wait_until_ready`.
pub fn method_with(prefix: &str, name: &str) -> String {
    format!("{prefix}_{}", lower_name(name, ""))
}

/// The name of a function or method.
pub fn method(name: &str) -> String {
    raw(lower_name(name, "_"))
}

/// The name of a module that has a file of its own. Differs from all others only if [`Scope`] says so.
pub fn module(name: &str) -> String {
    let name = lower_name(name, "_");
    if is_keyword(&name) || is_device(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// The package for a service's SDK id, as AWS's clients are named: `Application Discovery Service` ->
/// `application-discovery-service`, `Weather` -> `weather`. Cargo wants a letter first, and no keyword.
pub fn package(sdk_id: &str) -> String {
    let words = sdk_id.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join("-");
    if is_package(&name) {
        name
    } else {
        format!("client-{name}").trim_end_matches('-').to_owned()
    }
}

/// Returns `true` if a package can have this name, and code that uses its crate can name that.
pub fn is_package(name: &str) -> bool {
    package_mistake(name).is_none()
}

/// The longest name of a package that crates.io takes.
const LONGEST_PACKAGE: usize = 64;

/// Returns the reason why a package cannot have this name.
pub(crate) fn package_mistake(name: &str) -> Option<&'static str> {
    let library = library(name);
    let mut characters = library.chars();
    let is_plain = characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    match &*library {
        _ if !is_plain || is_keyword(&library) || library == "Self" => Some(
            "a name begins with a letter, goes on with letters, digits, `-` and `_`, and is no keyword of Rust",
        ),
        _ if name.len() > LONGEST_PACKAGE => Some("a name has 64 characters at most"),
        "alloc" | "core" | "proc_macro" | "std" | "test" => {
            Some("that is a library of Rust's own, which the name would hide")
        }
        "smithy_rt" => Some("that is the library that generated crates use"),
        _ if is_device(&library.to_ascii_lowercase()) => Some("Windows has no files of that name"),
        _ => None,
    }
}

/// The library of a package, as code names it: `access-analyzer` -> `access_analyzer`.
pub fn library(package: &str) -> String {
    package.replace('-', "_")
}

/// A name without the `r#` of a raw identifier.
pub fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The name of a constant or static.
pub fn constant(name: &str) -> String {
    lower_name(name, "_").to_ascii_uppercase()
}

/// A name for an enum value that the model gives none: the value, with `_` for what an identifier cannot hold, and signs by name if
/// there is nothing else.
pub fn enum_member_of(value: &str) -> String {
    let name: String = value
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    match name.trim_start_matches('_').chars().next() {
        None => signs(value),
        Some(first) if first.is_ascii_digit() && !name.starts_with('_') => format!("_{name}"),
        Some(_) => name,
    }
}

/// The identifier of a name from this module.
pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) if is_keyword(keyword) && !is_never_raw(keyword) => {
            Ident::new_raw(keyword, Span::call_site())
        }
        _ if is_identifier(name) && name != "_" => Ident::new(name, Span::call_site()),
        _ => Ident::new("_not_an_identifier", Span::call_site()),
    }
}

/// Returns `true` if text is an ASCII identifier, as Smithy's grammar wants it of a shape, a member or one step of a namespace.
pub fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .chars()
            .all(|rest| rest.is_ascii_alphanumeric() || rest == '_')
}

/// The name that takes the fewest changes, if they are few. Letters of the other case are none.
pub(crate) fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (wanted.chars().count() / 3).max(2);
    let wanted = wanted.to_ascii_lowercase();
    let near = known.filter_map(|name| {
        // Takes no time on what is far from it, however long.
        let is_near = name.len().abs_diff(wanted.len()) <= most;
        let distance = is_near.then(|| strsim::levenshtein(&name.to_ascii_lowercase(), &wanted))?;
        (distance <= most).then_some((distance, name))
    });
    near.min().map(|(_, name)| name)
}

/// Snake case, or the names of signs; digits at the front with a prefix.
fn lower_name(name: &str, before_digit: &str) -> String {
    let snake = capped(snake(name), LONGEST);
    match snake.chars().next() {
        None => self::snake(&signs(name)),
        Some(first) if first.is_ascii_digit() => format!("{before_digit}{snake}"),
        Some(_) => snake,
    }
}

/// The beginning of a name that is too long. What makes names differ from each other makes it differ as well.
fn capped(mut name: String, longest: usize) -> String {
    if let Some((end, _)) = name.char_indices().nth(longest) {
        name.truncate(end);
        name.truncate(name.trim_end_matches('_').len());
    }
    name
}

/// A keyword as a raw identifier, or with `_` after it if it cannot be raw.
fn raw(name: String) -> String {
    if is_never_raw(&name) {
        format!("{name}_")
    } else if is_keyword(&name) {
        format!("r#{name}")
    } else {
        name
    }
}

/// The names of the signs in a text without letters and digits.
fn signs(text: &str) -> String {
    let names: String = text.chars().map(sign).collect();
    match &*names {
        "" if text.chars().all(|c| c == '_') => "Empty".to_owned(),
        "" => "Value".to_owned(),
        _ => names,
    }
}

fn sign(c: char) -> &'static str {
    match c {
        '!' => "Not",
        '#' => "Hash",
        '$' => "Dollar",
        '%' => "Percent",
        '&' => "And",
        '*' => "Star",
        '+' => "Plus",
        ',' => "Comma",
        '-' => "Minus",
        '.' => "Dot",
        '/' => "Slash",
        ':' => "Colon",
        ';' => "Semicolon",
        '<' => "Less",
        '=' => "Equal",
        '>' => "Greater",
        '?' => "Question",
        '@' => "At",
        '\\' => "Backslash",
        '^' => "Caret",
        '|' => "Or",
        '~' => "Tilde",
        c if c.is_whitespace() => "Space",
        _ => "",
    }
}

/// Strict and reserved keywords of Rust 2024, in lower case.
pub(crate) fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}

fn is_never_raw(name: &str) -> bool {
    matches!(name, "self" | "super" | "crate")
}

/// Windows has no files of these names.
fn is_device(name: &str) -> bool {
    let numbered = |device: &str| {
        name.strip_prefix(device)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    matches!(name, "aux" | "con" | "nul" | "prn") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests;
