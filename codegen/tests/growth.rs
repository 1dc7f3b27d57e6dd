//! A model that grows makes a client that grows: all that was public stays as it was, so that no user's code breaks.

mod smithy_data;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use serde_json::{Value, json};
use smithy_codegen::{Options, generate};
use syn::{Attribute, Fields, ImplItem, Item, ItemStruct, UseTree, Visibility};

/// All fixtures, our own model, and published ones.
fn models() -> Vec<(String, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let fixtures = fs::read_dir(tests.join("fixtures")).unwrap();
    let mut paths: Vec<_> = fixtures.map(|file| file.unwrap().path()).collect();
    paths.push(tests.join("../../models/healthlake-2017-07-01.json"));
    paths.extend(smithy_data::published_models());
    let models = paths.iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        (path.display().to_string(), text)
    });
    models.collect()
}

#[test]
fn what_is_public_stays_when_a_model_grows() {
    for (name, model) in models() {
        let lost = &api(&model) - &api(&grow(&model));
        assert!(lost.is_empty(), "{name} lost {lost:#?}");
    }
}

#[test]
fn public_types_are_open_to_more() {
    for (name, model) in models() {
        for item in items(&model) {
            let (of, attributes) = match &item {
                Item::Enum(item) if is_public(&item.vis) => (&item.ident, &item.attrs),
                Item::Struct(item) if has_public_fields(item) => (&item.ident, &item.attrs),
                _ => continue,
            };
            let mut attributes = attributes.iter();
            let is_open = attributes.any(|it| it.path().is_ident("non_exhaustive"));
            assert!(is_open, "{name}: {of} is not #[non_exhaustive]");
        }
    }
}

fn has_public_fields(item: &ItemStruct) -> bool {
    is_public(&item.vis) && item.fields.iter().any(|field| is_public(&field.vis))
}

/// The model with more of everything that a service may add.
fn grow(model: &str) -> String {
    let mut model: Value = serde_json::from_str(model).unwrap();
    let shapes = model["shapes"].as_object_mut().unwrap();
    let is_service = |shape: &Value| shape["type"] == "service";
    let service = shapes.iter().find(|(_, shape)| is_service(shape)).unwrap();
    let namespace = service.0.split_once('#').unwrap().0.to_owned();
    let target = |name: &str| json!({ "target": format!("{namespace}#{name}") });
    for shape in shapes.values_mut() {
        let traits = shape["traits"].clone();
        match shape["type"].as_str().unwrap() {
            "service" => add(&mut shape["operations"], target("GrownOperation")),
            "operation" => add(&mut shape["errors"], target("GrownException")),
            "enum" => shape["members"]["GROWN"] = enum_value(json!("grown")),
            "intEnum" => shape["members"]["GROWN"] = enum_value(json!(7777)),
            "union" => shape["members"]["grown"] = target("Grown"),
            "structure" if !has_payload(shape) && traits["smithy.api#trait"].is_null() => {
                shape["members"]["grown"] = target("Grown");
            }
            _ => {}
        }
    }
    let text = json!({ "grown": { "target": "smithy.api#String" } });
    let required = json!({ "grown": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } } });
    let error = json!({ "smithy.api#error": "client" });
    let http = json!({ "smithy.api#http": { "method": "POST", "uri": "/grown" } });
    let operation = json!({
        "type": "operation", "input": target("GrownInput"), "output": target("Grown"), "traits": http
    });
    for (name, shape) in [
        ("Grown", json!({ "type": "structure", "members": text })),
        (
            "GrownInput",
            json!({ "type": "structure", "members": required }),
        ),
        (
            "GrownException",
            json!({ "type": "structure", "members": text, "traits": error }),
        ),
        ("GrownOperation", operation),
    ] {
        shapes.insert(format!("{namespace}#{name}"), shape);
    }
    model.to_string()
}

fn add(list: &mut Value, entry: Value) {
    match list.as_array_mut() {
        Some(list) => list.push(entry),
        None => *list = json!([entry]),
    }
}

fn enum_value(value: Value) -> Value {
    json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": value } })
}

/// Returns `true` if a structure has a member that is all of an event or of a body.
fn has_payload(structure: &Value) -> bool {
    let members = structure["members"].as_object();
    let mut members = members.into_iter().flat_map(serde_json::Map::values);
    members.any(|member| {
        let traits = ["smithy.api#eventPayload", "smithy.api#httpPayload"];
        traits.iter().any(|id| member["traits"][id].is_object())
    })
}

/// All items of the crate for a model.
fn items(model: &str) -> Vec<Item> {
    let options = Options {
        skip_unsupported: true,
        ..Options::default()
    };
    let generated = generate(model, &options).unwrap_or_else(|error| panic!("{error}"));
    let sources = generated
        .files
        .iter()
        .filter(|file| file.path.starts_with("src/"));
    let files = sources.map(|file| syn::parse_file(&file.contents).unwrap());
    files.flat_map(|file| file.items).collect()
}

/// The items that users can name of the crate for a model, fact by fact.
fn api(model: &str) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for item in items(model) {
        match item {
            Item::Struct(item) => {
                let name = &item.ident;
                derives(&mut facts, name, &item.attrs);
                fields(&mut facts, &quote!(#name), &item.fields);
            }
            Item::Enum(item) => {
                let name = &item.ident;
                derives(&mut facts, name, &item.attrs);
                for variant in &item.variants {
                    let variant_name = &variant.ident;
                    fact(&mut facts, quote!(#name::#variant_name));
                    fields(&mut facts, &quote!(#name::#variant_name), &variant.fields);
                }
            }
            Item::Impl(item) => {
                let (of, ty) = (item.trait_.map(|(_, path, _)| path), item.self_ty);
                fact(&mut facts, quote!(impl #of for #ty));
                for item in item.items {
                    if let ImplItem::Fn(item) = item {
                        let signature = item.sig;
                        fact(&mut facts, quote!(#ty::#signature));
                    }
                }
            }
            Item::Macro(item) => {
                let name = item.mac.path.to_token_stream();
                arguments(&mut facts, &name, item.mac.tokens);
            }
            Item::Type(mut item) if is_public(&item.vis) => {
                item.attrs.clear();
                fact(&mut facts, item.to_token_stream());
            }
            Item::Use(item) if is_public(&item.vis) => exported(&mut facts, &item.tree),
            _ => {}
        }
    }
    facts
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The names that a `pub use` adds, wherever they come from.
fn exported(facts: &mut BTreeSet<String>, tree: &UseTree) {
    match tree {
        UseTree::Path(path) => exported(facts, &path.tree),
        UseTree::Group(group) => group.items.iter().for_each(|tree| exported(facts, tree)),
        leaf => fact(facts, quote!(use #leaf)),
    }
}

fn fact(facts: &mut BTreeSet<String>, tokens: TokenStream) {
    // Lines that become too long end in commas.
    let fact = tokens.to_string().replace(" ,)", ")");
    facts.insert(fact.replace(", >", ">"));
}

fn derives(facts: &mut BTreeSet<String>, of: &syn::Ident, attributes: &[Attribute]) {
    for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
        let derived = attribute.parse_args::<TokenStream>().unwrap();
        for derived in derived
            .into_iter()
            .filter(|it| !matches!(it, TokenTree::Punct(_)))
        {
            fact(facts, quote!(#derived for #of));
        }
    }
}

fn fields(facts: &mut BTreeSet<String>, of: &TokenStream, fields: &Fields) {
    for (at, field) in fields.iter().enumerate() {
        let ty = &field.ty;
        match &field.ident {
            Some(name) => fact(facts, quote!(#of.#name: #ty)),
            None => fact(facts, quote!(#of.#at: #ty)),
        }
    }
}

/// The arguments of a macro, those in braces one by one, without their documentation. The first says whose the others are.
fn arguments(facts: &mut BTreeSet<String>, of: &TokenStream, arguments: TokenStream) {
    let mut first = None;
    for mut argument in split(arguments) {
        let members = match argument.pop() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => Some(group),
            last => {
                argument.extend(last);
                None
            }
        };
        let argument: TokenStream = argument.into_iter().collect();
        let first = first.get_or_insert_with(|| argument.clone());
        let of = quote!(#of! #first);
        fact(facts, quote!(#of, #argument));
        for member in members.into_iter().flat_map(|group| split(group.stream())) {
            let member: TokenStream = member.into_iter().collect();
            fact(facts, quote!(#of, #argument #member));
        }
    }
}

/// The parts of what commas separate, without their documentation.
fn split(list: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0;
    let mut tokens = list.into_iter();
    while let Some(token) = tokens.next() {
        let sign = match &token {
            TokenTree::Punct(sign) => sign.as_char(),
            _ => ' ',
        };
        depth += i32::from(sign == '<') - i32::from(sign == '>');
        match sign {
            '#' => drop(tokens.next()),
            ',' if depth == 0 => parts.push(Vec::new()),
            _ => parts.last_mut().unwrap().push(token),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}
