//! Tokens to text, laid out as a careful person would lay it out.
//!
//! `prettyplease` knows neither blank lines nor `//` comments, because tokens carry neither. So both travel as doc
//! attributes that begin with a mark no documentation begins with ([`doc`] puts a space in front of every line), which are
//! single lines of their own once printed, and which [`file()`] then turns into what they stand for:
//!
//! ```text
//! #[doc = "@blank"]            ->  ///@blank          ->  (an empty line)
//! #[doc = "@// Oldest first."] ->  ///@// Oldest first. ->  // Oldest first.
//! ```
//!
//! Nor does it lay out what a macro is given. Where that is a list of expressions, a call of a macro is printed as the value of a
//! constant, as if it were a call of a function:
//!
//! ```text
//! union!(Key { Open: value("open") });  ->  const MACRO_CALL: () = union(Key { … });  ->  union!(Key { … });
//! ```
//!
//! Emitters rarely need [`blank`]: [`file()`] itself separates items, and the fields and variants that have more to say than
//! one line. They do need it between the statements of a longer function, and it can stand wherever an attribute can:
//! before an item, a field, a variant, a match arm or a statement, but not inside the arguments of a macro.

mod header;
mod layout;

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Expr, Item, Token, parse_quote};

use crate::Error;

pub use self::header::{Header, is_same_but_model, marker, model_of};
use self::layout::{separate_inner_attributes, separate_items};

/// The text of a blank line's attribute.
const BLANK: &str = "@blank";

/// The beginning of the text of a comment's attribute.
const COMMENT: &str = "@//";

/// The beginning of the line of a macro's call while it is printed as a constant.
const MACRO_CALL: &str = "const MACRO_CALL: () = ";

/// Prints one file: the header, an empty line, the items. Tokens that are not Rust are a bug in an emitter, but an error
/// nevertheless.
pub fn file(header: &Header<'_>, tokens: TokenStream) -> Result<String, Error> {
    Ok(unparse(header, parse(header, tokens)?))
}

/// As [`file()`], without the file's own attributes and documentation, so that it can be read with `include!`.
pub fn file_for_include(header: &Header<'_>, tokens: TokenStream) -> Result<String, Error> {
    let mut file = parse(header, tokens)?;
    file.attrs.clear();
    Ok(unparse(header, file))
}

fn parse(header: &Header<'_>, tokens: TokenStream) -> Result<syn::File, Error> {
    syn::parse2(tokens.clone()).map_err(|error| {
        let excerpt: String = tokens.to_string().chars().take(400).collect();
        let message = format!("what was generated is not Rust ({error}): {excerpt}");
        match header.shape {
            Some(shape) => Error::at(shape, message),
            None => Error::new(message),
        }
    })
}

fn unparse(header: &Header<'_>, mut file: syn::File) -> String {
    // Separated first: a macro call that is already a constant would no longer count as a one-liner among its kind.
    separate_inner_attributes(&mut file.attrs);
    separate_items(&mut file.items);
    file.items.iter_mut().for_each(disguise_macro_call);
    let mut text = header.to_string();
    text.push('\n');
    restore(&prettyplease::unparse(&file), &mut text);
    text
}

/// `text` as the documentation of the item that follows: one `#[doc]` for each of its lines.
pub fn doc(text: &str) -> TokenStream {
    doc_lines(text).map(|line| quote!(#[doc = #line])).collect()
}

/// `text` as the documentation of the file or module that it stands in: one `#![doc]` for each of its lines.
pub fn inner_doc(text: &str) -> TokenStream {
    doc_lines(text)
        .map(|line| quote!(#![doc = #line]))
        .collect()
}

/// An empty line before what follows.
pub fn blank() -> TokenStream {
    quote!(#[doc = #BLANK])
}

/// `text` as `//` comments before an attribute of the file that it stands in: one for each of its lines.
pub fn inner_comment(text: &str) -> TokenStream {
    doc_lines(text)
        .map(|line| format!("{COMMENT}{line}"))
        .map(|line| quote!(#![doc = #line]))
        .collect()
}

/// The lines of a comment, each with the space that goes before it. Nothing at all if nothing can be seen.
fn doc_lines(text: &str) -> impl Iterator<Item = String> {
    let mut lines: Vec<_> = visible(text).lines().map(with_space_before).collect();
    if lines.iter().all(String::is_empty) {
        lines.clear();
    }
    lines.into_iter()
}

fn with_space_before(line: &str) -> String {
    let line = line.trim_end();
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// Text without what rustc refuses in a comment (a carriage return, characters that change the direction of text) and what
/// no reader can see. Tabs become four spaces, other control characters one.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\n' => visible.push('\n'),
            '\t' => visible.push_str("    "),
            '\u{2028}' | '\u{2029}' => visible.push(' '),
            _ if character.is_control() => visible.push(' '),
            _ if is_invisible(character) => {}
            _ => visible.push(character),
        }
    }
    visible
}

/// Returns `true` for a character that takes a place in a line of text.
pub(crate) fn is_visible(character: char) -> bool {
    !character.is_control()
        && !is_invisible(character)
        && !matches!(character, '\u{2028}' | '\u{2029}')
}

/// Returns `true` if a character only changes how others are shown: soft hyphens, zero-width characters, those that change the direction of
/// text, and tags.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// [`visible`] text in one line.
pub(crate) fn one_line(text: &str) -> String {
    let visible = visible(text);
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns `true` if a line of text would be taken for an empty line, a comment or the call of a macro if it stood in printed code.
pub(crate) fn has_marks(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    lines.any(|line| line.starts_with("//") || line.starts_with(MACRO_CALL))
}

/// Copies printed lines, with empty lines and comments in the place of their attributes. Never two empty lines in a row,
/// and none at the start of a block.
fn restore(printed: &str, text: &mut String) {
    let mut may_be_blank = false;
    for line in printed.lines() {
        let code = line.trim_start();
        let marked = code
            .strip_prefix("///")
            .or_else(|| code.strip_prefix("//!"))
            .unwrap_or_default();
        // An attribute may ask for a blank line where another has left one, or where a block begins.
        if marked == BLANK {
            if may_be_blank {
                text.push('\n');
            }
            may_be_blank = false;
            continue;
        }
        if let Some(comment) = marked.strip_prefix(COMMENT) {
            text.push_str(line.strip_suffix(code).unwrap_or_default());
            text.push_str("//");
            text.push_str(comment);
        } else if let Some((path, arguments)) = macro_call(code) {
            text.push_str(path);
            text.push_str("!(");
            text.push_str(arguments);
        } else {
            text.push_str(line);
        }
        text.push('\n');
        may_be_blank = !code.is_empty() && !code.ends_with(['{', '(', '[']);
    }
}

/// Turns the call of a macro into the value of a constant, if what it is given can be printed as such.
fn disguise_macro_call(item: &mut Item) {
    let Item::Macro(call) = item else {
        return;
    };
    let arguments = Punctuated::<Expr, Token![,]>::parse_terminated;
    // A call whose arguments are not expressions stays as `prettyplease` prints macros.
    let Ok(arguments) = call.mac.parse_body_with(arguments) else {
        return;
    };
    let (attributes, path) = (&call.attrs, &call.mac.path);
    *item = parse_quote!(#(#attributes)* const MACRO_CALL: () = #path(#arguments););
}

/// The macro's path and how its arguments begin, in the first line of a call that was printed as a constant.
fn macro_call(code: &str) -> Option<(&str, &str)> {
    code.strip_prefix(MACRO_CALL)?.split_once('(')
}

#[cfg(test)]
mod tests;
