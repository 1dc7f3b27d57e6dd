//! Host prefixes: `smithy.api#endpoint`.
//!
//! A prefix is text that can stand in a host's name, with labels in braces between. A label is a member of the input, which has to
//! be a string that is always there and that knows what it is used for.

use crate::ir::{HostPrefix, HostPrefixPart};
use crate::ir::{RustType, Structure};
use crate::model::Shape;

/// Takes `{account}-data.` apart. The error is a clause about the prefix.
pub fn host_prefix(
    pattern: &str,
    input: Option<&Shape>,
    request: &Structure,
) -> Result<HostPrefix, String> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("has a `{` without a `}`")?;
        push_text(&mut parts, text)?;
        if let Some(HostPrefixPart::Label { member, .. }) = parts.last() {
            return Err(format!(
                "has the labels `{member}` and `{name}` side by side: text has to stand between them"
            ));
        }
        if parts.iter().any(|part| is_label_of(part, name)) {
            return Err(format!("has the label `{name}` twice"));
        }
        parts.push(label(name, input, request)?);
        rest = after;
    }
    push_text(&mut parts, rest)?;
    Ok(HostPrefix { parts })
}

fn push_text(parts: &mut Vec<HostPrefixPart>, text: &str) -> Result<(), String> {
    if text.contains('}') {
        return Err("has a `}` without a `{`".to_owned());
    }
    let can_stand_in_host =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_');
    if let Some(other) = text
        .chars()
        .find(|character| !can_stand_in_host(*character))
    {
        return Err(format!(
            "has {other:?}, which cannot be part of a host's name"
        ));
    }
    if !text.is_empty() {
        parts.push(HostPrefixPart::Literal(text.to_owned()));
    }
    Ok(())
}

fn is_label_of(part: &HostPrefixPart, name: &str) -> bool {
    matches!(part, HostPrefixPart::Label { member, .. } if member == name)
}

fn label(name: &str, input: Option<&Shape>, request: &Structure) -> Result<HostPrefixPart, String> {
    let member = input.and_then(|input| input.member(name));
    let (Some(member), Some(field)) = (member, request.member(name)) else {
        return Err(format!(
            "names `{name}`, which is not a member of the input"
        ));
    };
    let is_enum = matches!(field.ty, RustType::Enum(_));
    if !is_enum && field.ty != RustType::String {
        return Err(format!("names `{name}`, which is not a string"));
    }
    if !member.traits.is_required() {
        return Err(format!(
            "names `{name}`, which has to have the trait smithy.api#required"
        ));
    }
    if !member.traits.is_host_label() {
        return Err(format!(
            "names `{name}`, which has to have the trait smithy.api#hostLabel"
        ));
    }
    Ok(HostPrefixPart::Label {
        member: name.to_owned(),
        field: field.field.clone(),
        optional: field.optional,
        is_enum,
    })
}
