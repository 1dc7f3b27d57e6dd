//! Names that must differ from each other.

use std::collections::{HashMap, HashSet};

use super::{builder, lower_name, plain, raw, snake, type_name};

/// Gives out names of which no two are equal.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    reserved: HashSet<String>,
    taken: HashSet<String>,
    /// The number to try next for a name that is taken.
    next: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which these names mean something already.
    pub fn new<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            reserved: reserved.into_iter().map(str::to_owned).collect(),
            ..Self::default()
        }
    }

    /// Returns `true` if the name is neither reserved nor given out. `r#type` and `type` are one name.
    pub fn is_free(&self, name: &str) -> bool {
        let name = plain(name);
        !self.reserved.contains(name) && !self.taken.contains(name)
    }

    /// The name, with the suffix if it is reserved, and with the first free number from 2 on if it is taken.
    pub fn claim(&mut self, wanted: &str, suffix: &str) -> String {
        self.claim_if(wanted, suffix, |_, _| true)
    }

    /// The name of a structure with a builder: both `Name` and `NameBuilder` are taken then.
    pub fn claim_with_builder(&mut self, wanted: &str, suffix: &str) -> String {
        let name = self.claim_if(wanted, suffix, |scope, name| scope.is_free(&builder(name)));
        self.taken.insert(builder(&name));
        name
    }

    /// The first of these names that is free, else the last with the first free number from 2 on.
    pub fn claim_first(&mut self, candidates: &[&str]) -> String {
        match candidates.iter().find(|name| self.is_free(name)) {
            Some(name) => self.claim(name, ""),
            None => self.claim(candidates.last().copied().unwrap_or("Unnamed"), ""),
        }
    }

    fn claim_if(
        &mut self,
        wanted: &str,
        suffix: &str,
        also: impl Fn(&Self, &str) -> bool,
    ) -> String {
        let base = if self.reserved.contains(plain(wanted)) {
            format!("{wanted}{suffix}")
        } else {
            wanted.to_owned()
        };
        let mut next = self.next.get(&base).copied().unwrap_or(FIRST_NUMBER);
        let is_free = |name: &str| self.is_free(name) && also(self, name);
        let name = first_free(&base, &mut next, numbered, is_free);
        self.next.insert(base, next);
        self.taken.insert(plain(&name).to_owned());
        name
    }
}

/// The number of the second of two equal names.
const FIRST_NUMBER: usize = 2;

/// Returns the name, or else it with a number after the separator, from 2 on: the first that is free.
pub fn unique(wanted: &str, separator: char, is_free: impl Fn(&str) -> bool) -> String {
    let numbered = |wanted: &str, number| separated(wanted, separator, number);
    first_free(wanted, &mut { FIRST_NUMBER }, numbered, is_free)
}

/// Returns the first name that is free: the wanted one, or else it with a number. Counts `next` up, for a caller to
/// keep: if each of ten thousand equal names began at 2, they would take fifty million tries.
fn first_free(
    wanted: &str,
    next: &mut usize,
    numbered: impl Fn(&str, usize) -> String,
    is_free: impl Fn(&str) -> bool,
) -> String {
    let mut name = wanted.to_owned();
    while !is_free(&name) {
        name = numbered(wanted, *next);
        *next += 1;
    }
    name
}

fn separated(base: &str, separator: char, number: usize) -> String {
    format!("{}{separator}{number}", base.trim_end_matches(separator))
}

/// `Name2`, but `name_2`: an underscore stands in a type's name only between two digits.
fn numbered(base: &str, number: usize) -> String {
    let stem = plain(base).trim_end_matches('_');
    let first = stem.trim_start_matches('_').chars().next();
    let is_joined = first.is_some_and(|first| !first.is_ascii_lowercase());
    if is_joined && !stem.ends_with(|c: char| c.is_ascii_digit()) {
        format!("{stem}{number}")
    } else {
        format!("{stem}_{number}")
    }
}

/// The fields of a structure, in order; keywords are raw.
///
/// Besides each other, fields avoid the names of a builder's other methods: it has `maybe_x` for an optional `x`, and `build` ends
/// the building.
pub fn fields<'a>(members: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut setters = HashSet::from(["build".to_owned()]);
    let mut next = HashMap::<String, usize>::new();
    let claim = |member: &str| {
        let wanted = lower_name(member, "n_");
        let base = if wanted == "build" {
            "build_".to_owned()
        } else {
            wanted
        };
        let next = next.entry(base.clone()).or_insert(FIRST_NUMBER);
        let is_free =
            |name: &str| !setters.contains(name) && !setters.contains(&format!("maybe_{name}"));
        let name = first_free(
            &base,
            next,
            |base, number| separated(base, '_', number),
            is_free,
        );
        setters.insert(format!("maybe_{name}"));
        setters.insert(name.clone());
        raw(name)
    };
    members.into_iter().map(claim).collect()
}

/// The variants of an enum or a union, in order. Reserved ones (`Unknown`) get the suffix.
pub fn variants<'a>(
    members: impl IntoIterator<Item = &'a str>,
    reserved: &[&str],
    suffix: &str,
) -> Vec<String> {
    let members: Vec<_> = members
        .into_iter()
        .map(|member| (member, type_name(member)))
        .collect();
    let mut scope = Scope::new(reserved.iter().copied());
    // A name that is written in Rust's case already keeps it, wherever it stands.
    let mut names: Vec<_> = members
        .iter()
        .map(|(member, wanted)| {
            (*member == wanted.as_str() && scope.is_free(wanted))
                .then(|| scope.claim(wanted, suffix))
        })
        .collect();
    for (name, (_, wanted)) in names.iter_mut().zip(&members) {
        name.get_or_insert_with(|| scope.claim(wanted, suffix));
    }
    names.into_iter().flatten().collect()
}

/// The methods that return what a union's variants hold, in order: `as_s3_uri` for `S3Uri`.
pub fn accessors(variants: &[String]) -> Vec<String> {
    let mut scope = Scope::default();
    let variants = variants.iter();
    variants
        .map(|variant| scope.claim(&format!("as_{}", snake(variant)), ""))
        .collect()
}
