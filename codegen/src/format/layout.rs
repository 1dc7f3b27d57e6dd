//! Empty lines between items, and between the fields and variants that have more to say than one line.

use syn::{Attribute, Expr, ExprLit, Fields, ImplItem, Item, Lit, Meta, Visibility, parse_quote};

use super::BLANK;

/// Separates a file's documentation from its other attributes, and those from its items.
pub fn separate_inner_attributes(attributes: &mut Vec<Attribute>) {
    if let Some(first) = attributes
        .iter()
        .position(|attribute| !is_documentation(attribute))
    {
        attributes.insert(first, parse_quote!(#![doc = #BLANK]));
    }
    if !attributes.is_empty() {
        attributes.push(parse_quote!(#![doc = #BLANK]));
    }
}

/// Returns `true` if an attribute is documentation that is meant as such.
fn is_documentation(attribute: &Attribute) -> bool {
    let Meta::NameValue(meta) = &attribute.meta else {
        return false;
    };
    let Expr::Lit(ExprLit {
        lit: Lit::Str(text),
        ..
    }) = &meta.value
    else {
        return false;
    };
    meta.path.is_ident("doc") && !text.value().starts_with('@')
}

/// The kind of the item before, which decides if an empty line goes before the next: between all but one-liners of a kind.
#[derive(Default)]
struct Separator {
    before: Option<&'static str>,
}

impl Separator {
    /// `kind` is empty for what always stands apart.
    fn next(&mut self, kind: &'static str, attributes: &mut Vec<Attribute>) {
        let blank: Attribute = parse_quote!(#[doc = #BLANK]);
        // An item with documentation of its own stands apart even among one-liners of its kind.
        let is_bare = attributes.iter().all(|attribute| *attribute == blank);
        let kind = if is_bare { kind } else { "" };
        if self
            .before
            .is_some_and(|before| before.is_empty() || before != kind)
        {
            attributes.insert(0, blank);
        }
        self.before = Some(kind);
    }
}

pub fn separate_items(items: &mut [Item]) {
    let mut separator = Separator::default();
    for item in items {
        match item {
            Item::Impl(item) => separate_impl_items(&mut item.items),
            Item::Struct(item) => separate_fields(&mut item.fields),
            Item::Enum(item) => {
                separate_all(item.variants.iter_mut().map(|variant| &mut variant.attrs))
            }
            _ => {}
        }
        let kind = kind_of(item);
        if let Some(attributes) = attributes_of(item) {
            separator.next(kind, attributes);
        }
    }
}

/// The kind of a one-line item; empty for others.
fn kind_of(item: &Item) -> &'static str {
    match item {
        Item::Use(item) if is_private(&item.vis) => "use",
        Item::Use(_) => "pub use",
        Item::Mod(_) => "mod",
        Item::Macro(_) => "macro",
        _ => "",
    }
}

fn attributes_of(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Const(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Macro(item) => Some(&mut item.attrs),
        Item::Mod(item) => Some(&mut item.attrs),
        Item::Static(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Use(item) => Some(&mut item.attrs),
        _ => None,
    }
}

fn is_private(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Inherited)
}

fn separate_impl_items(items: &mut [ImplItem]) {
    let mut separator = Separator::default();
    for item in items {
        match item {
            ImplItem::Const(item) => separator.next("const", &mut item.attrs),
            ImplItem::Fn(item) => separator.next("", &mut item.attrs),
            ImplItem::Type(item) => separator.next("type", &mut item.attrs),
            _ => {}
        }
    }
}

fn separate_fields(fields: &mut Fields) {
    if let Fields::Named(fields) = fields {
        separate_all(fields.named.iter_mut().map(|field| &mut field.attrs));
    }
}

/// Puts empty lines between fields or variants if one of them has more than one line to go with it.
fn separate_all<'a>(attributes: impl Iterator<Item = &'a mut Vec<Attribute>>) {
    let mut all: Vec<_> = attributes.collect();
    if all.iter().any(|attributes| attributes.len() > 1) {
        for attributes in all.iter_mut().skip(1) {
            attributes.insert(0, parse_quote!(#[doc = #BLANK]));
        }
    }
}
