//! Documentation: the model's own in Markdown, what the model demands in words, and a sentence
//! where the model has none.

use serde_json::Value;

use super::links::{Item, Links};
use crate::Error;
use crate::docs::{
    self, Counted, Limits, code, constraints, constraints_of_each, first_paragraph, unstated, wrap,
};
use crate::model::{Closure, Member, Shape, ShapeId, ShapeKind, Traits, is_byte_stream};

/// Writes documentation.
#[derive(Debug)]
pub struct Docs<'a> {
    /// The shapes.
    pub closure: &'a Closure<'a>,
    /// The items that documentation may link to.
    pub links: Links<'a>,
}

impl Docs<'_> {
    /// Returns the documentation of an item with these traits, or else that of `fallback`.
    pub fn of_item(
        &self,
        item: Item<'_>,
        traits: &Traits,
        fallback: impl FnOnce() -> String,
    ) -> Result<String, Error> {
        let own = self.own(item, traits)?;
        let mut text = if own.is_empty() { fallback() } else { own };
        self.add_further_reading(traits, &mut text)?;
        Ok(text)
    }

    /// Returns the documentation of a member of a structure or union: of the member, of its values, and of its idempotency token.
    pub fn of_member(&self, member: &Member, is_filled_in: bool) -> Result<String, Error> {
        let shape = member.id().shape();
        let item = Item::Member(&shape, &member.name);
        let target = self.closure.target(member)?;
        let mut text = self.own(item, &member.traits)?;
        if text.is_empty() && !has_page(target) {
            text = self.own(item, &target.traits)?;
        }
        if text.is_empty() {
            text = placeholder(member);
        }
        self.add_further_reading(&member.traits, &mut text)?;
        let limits = all_limits(member, target, self.closure, &text)?;
        if !limits.is_empty() {
            add_paragraph(&mut text, &limits.join(" "));
        }
        if let Some(reason) = member.traits.recommended()? {
            let reason = docs::titled("Recommended.", reason, &|name| self.links.link(name, item));
            add_paragraph(&mut text, &reason);
        }
        if is_byte_stream(target) {
            add_paragraph(&mut text, &wrap(&self.of_bytes(&shape, target)));
        }
        if is_filled_in {
            add_paragraph(
                &mut text,
                "This is an idempotency token: if it is `None`, each call sets a random one.",
            );
        }
        Ok(text)
    }

    /// What to do with a stream of bytes in a structure.
    fn of_bytes(&self, holder: &ShapeId, blob: &Shape) -> String {
        let mut text = "A stream of bytes.".to_owned();
        let operations = || self.closure.operations();
        if operations().any(|(_, operation)| operation.input == *holder) {
            text.push_str(
                " To send: bytes in memory, or [`ByteStream::from_path`](crate::ByteStream::from_path), which \
                 reads a file as it is sent, can be sent again if an attempt fails; a body of another kind cannot.",
            );
            if blob.traits.requires_length() {
                text.push_str(" The service has to know the length beforehand.");
            }
        }
        if operations().any(|(_, operation)| operation.output == *holder) {
            text.push_str(
                " To receive: the bytes come as they are read, with [`next`](crate::ByteStream::next), \
                 [`collect`](crate::ByteStream::collect) or \
                 [`into_async_read`](crate::ByteStream::into_async_read).",
            );
        }
        text
    }

    /// The first paragraph of a member's documentation, for its setter. Empty where the model says nothing.
    pub fn of_setter(member: &Member, docs: &str) -> String {
        if docs.starts_with(&placeholder(member)) {
            String::new()
        } else {
            first_paragraph(docs)
        }
    }

    /// Returns the documentation of a value of an enum, with its value on the wire.
    pub fn of_value(
        &self,
        item: Item<'_>,
        traits: &Traits,
        value: &impl std::fmt::Display,
    ) -> Result<String, Error> {
        let mut text = self.of_item(item, traits, String::new)?;
        let value = value.to_string();
        if value.is_empty() {
            add_paragraph(&mut text, "The empty string.");
        } else {
            add_paragraph(&mut text, &format!("The value {}.", code(&value)));
        }
        Ok(text)
    }

    /// Returns text of the model in the documentation of an item, such as the title of an example.
    pub fn prose(&self, item: Item<'_>, text: &str) -> String {
        docs::markdown(text, &|name| self.links.link(name, item))
    }

    fn own(&self, item: Item<'_>, traits: &Traits) -> Result<String, Error> {
        Ok(traits
            .documentation()?
            .map(|html| self.prose(item, html))
            .unwrap_or_default())
    }

    fn add_further_reading(&self, traits: &Traits, text: &mut String) -> Result<(), Error> {
        for link in traits.external_documentation()?.into_iter().flatten() {
            add_paragraph(text, &docs::further_reading(link.title, link.url));
        }
        Ok(())
    }
}

/// The documentation of a member where the model has none.
fn placeholder(member: &Member) -> String {
    format!("The member {} of the model.", code(&member.name))
}

/// A list of types, each with a sentence.
pub fn list<'a>(items: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let items: String = items
        .map(|(name, summary)| format!("- [`{name}`](crate::{name}): {}\n", unwrapped(summary)))
        .collect();
    wrap(&items)
}

fn unwrapped(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

fn add_paragraph(text: &mut String, paragraph: &str) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(paragraph);
}

/// Returns `true` if the shape is documented on a page of its own.
fn has_page(shape: &Shape) -> bool {
    use ShapeKind::{Enum, IntEnum, Structure, Union};
    matches!(shape.kind, Enum(_) | IntEnum(_) | Structure(_) | Union(_))
}

/// Returns the constraints on a member's values that its documentation does not state and, if they are lists or maps, those on their
/// elements, in sentences.
fn all_limits(
    member: &Member,
    target: &Shape,
    closure: &Closure<'_>,
    documentation: &str,
) -> Result<Vec<String>, Error> {
    let parts = match &target.kind {
        ShapeKind::List(item) => vec![("item", &**item)],
        ShapeKind::Map(map) => vec![("key", &map.key), ("value", &map.value)],
        _ => Vec::new(),
    };
    let mut sentences = Vec::new();
    let own = unstated(limits(member, target)?, documentation);
    sentences.extend(constraints(&own));
    for (name, part) in parts {
        let limits = limits(part, closure.target(part)?)?;
        sentences.extend(constraints_of_each(name, &limits));
    }
    Ok(sentences)
}

/// Returns the constraints on a member's values: traits of the member come before those of its
/// target.
fn limits<'a>(member: &'a Member, target: &'a Shape) -> Result<Limits<'a>, Error> {
    let counted = match target.kind {
        ShapeKind::Blob => Counted::Bytes,
        ShapeKind::List(_) => Counted::Items,
        ShapeKind::Map(_) => Counted::Entries,
        _ => Counted::Characters,
    };
    let (own, of_target) = (&member.traits, &target.traits);
    let length = own.length()?.or(of_target.length()?);
    let range = own.range()?.or(of_target.range()?);
    let default = own.default_value().or(of_target.default_value());
    Ok(Limits {
        length: length.map(|length| (counted, length.min, length.max)),
        range: range.map(|range| {
            (
                range.min.map(ToString::to_string),
                range.max.map(ToString::to_string),
            )
        }),
        pattern: own.pattern()?.or(of_target.pattern()?),
        unique_items: own.has_unique_items() || of_target.has_unique_items(),
        // That of a stream is an empty one, as if there were no default.
        default: default
            .filter(|default| !default.is_null() && !is_byte_stream(target))
            .map(default_text),
    })
}

fn default_text(default: &Value) -> String {
    match default.as_str() {
        Some(text) if !text.is_empty() => text.to_owned(),
        _ => default.to_string(),
    }
}
