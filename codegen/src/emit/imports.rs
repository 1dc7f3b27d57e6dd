//! The `use` lines of a file, collected while its items are written.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::format;
use crate::ir::TypeName;
use crate::names;

/// The names that a file uses without saying where they come from.
///
/// Every function here returns the name, ready to stand in a `quote!`, and remembers to import it:
///
/// ```text
/// use std::collections::HashMap;
///
/// use smithy_rt::{DecodeError, EncodeError};
///
/// use crate::{Client, InputDataConfig};
/// ```
#[derive(Debug, Default)]
pub struct Imports {
    imports: BTreeMap<Origin, BTreeSet<String>>,
}

/// The origins of names, in the order of the file.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Origin {
    Std(&'static str),
    Dependency(&'static str),
    Crate,
}

impl Imports {
    /// A name of the standard library that is not in its prelude.
    pub fn std(&mut self, module: &'static str, name: &str) -> Ident {
        self.import(Origin::Std(module), name)
    }

    /// A name at the root of the runtime.
    pub fn rt(&mut self, name: &str) -> Ident {
        self.import(Origin::Dependency("smithy_rt"), name)
    }

    /// A name at the root of the generated crate.
    pub fn krate(&mut self, name: &str) -> Ident {
        self.import(Origin::Crate, name)
    }

    /// A type of the generated crate.
    pub fn ty(&mut self, name: &TypeName) -> Ident {
        self.krate(&name.rust)
    }

    /// The `use` lines, without the names that the file itself defines.
    pub fn lines(mut self, defined: &[&str]) -> TokenStream {
        if let Some(names) = self.imports.get_mut(&Origin::Crate) {
            names.retain(|name| !defined.contains(&name.as_str()));
        }
        self.lines_from("crate")
    }

    /// The `use` lines of a file that uses the generated crate from outside: a test.
    pub fn lines_outside(self, crate_name: &str) -> TokenStream {
        self.lines_from(&names::library(crate_name))
    }

    fn lines_from(self, root: &str) -> TokenStream {
        let mut lines = TokenStream::new();
        let mut group = None;
        for (origin, names) in self.imports.iter().filter(|(_, names)| !names.is_empty()) {
            if group.is_some_and(|group| group != std::mem::discriminant(origin)) {
                lines.extend(format::blank());
            }
            group = Some(std::mem::discriminant(origin));
            lines.extend(line(*origin, root, names));
        }
        lines
    }

    fn import(&mut self, origin: Origin, name: &str) -> Ident {
        self.imports
            .entry(origin)
            .or_default()
            .insert(name.to_owned());
        format_ident!("{name}")
    }
}

fn line(origin: Origin, root: &str, names: &BTreeSet<String>) -> TokenStream {
    let path = match origin {
        Origin::Std(path) | Origin::Dependency(path) => path,
        Origin::Crate => root,
    };
    let path = path.split("::").map(|step| format_ident!("{step}"));
    let names: Vec<_> = names.iter().map(|name| format_ident!("{name}")).collect();
    match names.as_slice() {
        [name] => quote!(use #(#path::)* #name;),
        names => quote!(use #(#path::)* {#(#names),*};),
    }
}
