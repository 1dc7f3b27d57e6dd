//! All names that generated code uses or could meet.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;
use smithy_codegen::{Options, generate};

/// Names that code which is not ours brings into scope or keeps for itself.
const OF_RUST: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final fn for \
    gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type \
    typeof union unsafe unsized use virtual where while yield auto default macro_rules raw safe \
    bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f16 f32 f64 f128 \
    AsMut AsRef AsyncFn Box Clone Copy Debug Default DoubleEndedIterator Drop Eq Err ExactSizeIterator Extend Fn FnMut FnOnce \
    From FromIterator Future Hash Infallible Into IntoFuture IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd \
    Result Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec Deserialize Serialize Error Output Item \
    Target Self std core alloc proc_macro test serde serde_core smithy_rt main drop \
    add sub mul div rem neg not shl shr bitand bitor bitxor index eq ne cmp lt le gt ge hash next deref borrow clone clone_from \
    from from_str from_iter try_from into try_into into_iter to_owned to_string as_ref as_mut as_str as_i32 is_empty len new \
    fmt poll values builder build con aux nul prn com1 lpt9 a b m t A E K S T V _ __ r";

/// The words, each written as it was found.
pub fn all(root: &Path) -> Vec<String> {
    let mut words: BTreeSet<String> = OF_RUST.split_whitespace().map(str::to_owned).collect();
    words.extend(of_fixtures(&root.join("codegen/tests/fixtures")));
    for path in files(&root.join("codegen/src/emit"), "rs") {
        let source = fs::read_to_string(path).unwrap();
        collect_macros(source.parse().unwrap(), "quote", &mut words);
    }
    for path in files(&root.join("codegen/runtime/src"), "rs") {
        let source = fs::read_to_string(path).unwrap();
        collect_macros(source.parse().unwrap(), "macro_rules", &mut words);
    }
    let mut seen = BTreeSet::new();
    words.retain(|word| seen.insert(folded(word)));
    words.into_iter().collect()
}

/// The words in the crates of several models, which do not name them themselves.
fn of_fixtures(folder: &Path) -> BTreeSet<String> {
    let (mut once, mut again) = (BTreeSet::new(), BTreeSet::new());
    for path in files(folder, "json") {
        let model = fs::read_to_string(path).unwrap();
        // Not every fixture is a model.
        let Ok(generated) = generate(&model, &Options::default()) else {
            continue;
        };
        let own = names_of(&serde_json::from_str(&model).unwrap());
        let mut words = BTreeSet::new();
        for file in generated.files.iter().filter(|it| it.path.ends_with(".rs")) {
            collect(file.contents.parse().unwrap(), &mut words);
        }
        words.retain(|word| !own.contains(&folded(word)));
        again.extend(words.intersection(&once).cloned());
        once.extend(words);
    }
    again
}

/// The word without what its case may change.
fn folded(word: &str) -> String {
    let plain = word.trim_start_matches("r#").replace('_', "");
    if plain.is_empty() {
        return word.to_owned();
    }
    plain.to_ascii_lowercase()
}

/// All that a model says, for names in a crate that come from it.
fn names_of(model: &Value) -> BTreeSet<String> {
    match model {
        Value::Object(members) => {
            let inner = members.values().flat_map(names_of);
            let names = members.keys().map(|name| folded(name));
            let local = members.keys().filter_map(|id| id.rsplit_once('#'));
            let local = local.map(|(_, name)| folded(name));
            inner.chain(names).chain(local).collect()
        }
        Value::Array(items) => items.iter().flat_map(names_of).collect(),
        Value::String(text) => BTreeSet::from([folded(text)]),
        _ => BTreeSet::new(),
    }
}

fn collect(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                words.insert(ident.to_string().trim_start_matches("r#").to_owned());
            }
            TokenTree::Group(group) => collect(group.stream(), words),
            _ => {}
        }
    }
}

/// The names in what follows each mention of a macro: its definition, or what it is given.
fn collect_macros(tokens: TokenStream, name: &str, words: &mut BTreeSet<String>) {
    let mut is_macro = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => is_macro |= ident == name,
            TokenTree::Group(group) if is_macro => {
                collect(group.stream(), words);
                is_macro = false;
            }
            TokenTree::Group(group) => collect_macros(group.stream(), name, words),
            TokenTree::Punct(_) => {}
            // The names that emitters pick stand in strings: `ident("request")`.
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let text = text.trim_matches('"');
                if name == "quote" && is_identifier(text) {
                    words.insert(text.to_owned());
                }
            }
        }
    }
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The files in a folder and in those below it, with this extension.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found
}
