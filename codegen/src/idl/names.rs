//! The meaning of names: in a file, those of `use`, then those of its namespace, then those of the prelude.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use super::parser::Mistake;
use super::prelude;
use super::syntax::{File, Name, Spanned};
use crate::model::ShapeId;
use crate::names::nearest;

/// The largest number of unknown names that a similar one is looked for, which takes its time.
const MOST_ADVICE: usize = 50;

/// The shapes of all files, by id.
#[derive(Debug, Default)]
pub struct Known {
    kinds: HashMap<ShapeId, String>,
    /// The names by namespace, for advice.
    names: BTreeMap<String, Vec<String>>,
    advice: Cell<usize>,
}

/// The meaning of a name.
#[derive(Debug)]
pub struct Meaning {
    pub id: ShapeId,
    /// The kind of the shape, if it is known.
    pub kind: Option<String>,
}

impl Known {
    pub fn insert(&mut self, id: &ShapeId, kind: &str) {
        if self.kinds.insert(id.clone(), kind.to_owned()).is_none() {
            let names = self.names.entry(id.namespace().to_owned()).or_default();
            names.push(id.name().to_owned());
        }
    }

    /// Returns the kind of a shape.
    pub fn kind(&self, id: &str) -> Option<&str> {
        let of_prelude = || {
            let (namespace, name) = id.split_once('#')?;
            let known = (namespace == prelude::NAMESPACE).then(|| prelude::kind(name));
            known.flatten().map(|(kind, _)| kind)
        };
        self.kinds.get(id).map(String::as_str).or_else(of_prelude)
    }

    /// Returns `true` if a file has shapes of a namespace.
    pub fn has_namespace(&self, namespace: &str) -> bool {
        self.names.contains_key(namespace)
    }
}

/// The names of one file.
#[derive(Debug)]
pub struct Scope<'k> {
    known: &'k Known,
    namespace: Option<String>,
    uses: HashMap<String, String>,
}

impl<'k> Scope<'k> {
    /// Returns the names of a file.
    pub fn of(file: &File<'_>, known: &'k Known) -> Self {
        let uses = file.uses.iter().map(|used| {
            let name = used.value.rsplit('#').next().unwrap_or_default();
            (name.to_owned(), used.value.to_owned())
        });
        Self {
            known,
            namespace: file.namespace.map(str::to_owned),
            uses: uses.collect(),
        }
    }

    /// Returns the id of a shape that the file defines.
    pub fn defined(&self, name: &str) -> ShapeId {
        let namespace = self.namespace.as_deref().unwrap_or_default();
        ShapeId::known(&format!("{namespace}#{name}"))
    }

    /// Returns what a name means. What it means may be unknown.
    pub fn resolve(&self, name: &Name<'_>) -> Result<Meaning, Mistake> {
        let (shape, member) = match name.value.split_once('$') {
            Some((shape, member)) => (shape, Some(member)),
            None => (name.value, None),
        };
        let shape = self.absolute(shape);
        let kind = self.known.kind(&shape).map(str::to_owned);
        let id = match member {
            Some(member) => ShapeId::parse(&format!("{shape}${member}")),
            None => ShapeId::parse(&shape),
        };
        match id {
            Ok(id) => Ok(Meaning { id, kind }),
            Err(_) => Err(self.mistake(
                name,
                format!(
                    "`{}` is not the id of a shape, which looks like `Shape` or `com.example#Shape`",
                    name.value
                ),
            )),
        }
    }

    fn absolute(&self, name: &str) -> String {
        if name.contains('#') {
            return name.to_owned();
        }
        if let Some(used) = self.uses.get(name) {
            return used.clone();
        }
        let of_prelude = format!("{}#{name}", prelude::NAMESPACE);
        let Some(namespace) = &self.namespace else {
            return of_prelude;
        };
        let own = format!("{namespace}#{name}");
        if self.known.kind(&own).is_none() && self.known.kind(&of_prelude).is_some() {
            of_prelude
        } else {
            own
        }
    }

    /// Returns the shape that a name means.
    pub fn shape(&self, name: &Name<'_>) -> Result<ShapeId, Mistake> {
        let meaning = self.resolve(name)?;
        if meaning.id.member_name().is_some() {
            let message = format!("`{}` is a member, where a shape is expected", name.value);
            return Err(self.mistake(name, message));
        }
        match meaning.kind {
            Some(_) => Ok(meaning.id),
            None => Err(self.unknown(name, &meaning.id, "shape")),
        }
    }

    /// Returns the trait that a name means, and the kind of its values, if that is known.
    pub fn trait_(&self, name: &Name<'_>) -> Result<Meaning, Mistake> {
        let meaning = self.resolve(name)?;
        let is_known = meaning.kind.is_some() || prelude::is_library(meaning.id.namespace());
        if meaning.id.member_name().is_some() {
            let message = format!("`{}` is a member, where a trait is expected", name.value);
            Err(self.mistake(name, message))
        } else if is_known {
            Ok(meaning)
        } else {
            Err(self.unknown(name, &meaning.id, "trait"))
        }
    }

    /// Returns the shape or member that a name in a value means.
    pub fn mentioned(&self, name: &Name<'_>) -> Result<ShapeId, Mistake> {
        let meaning = self.resolve(name)?;
        if meaning.kind.is_some() || prelude::is_library(meaning.id.namespace()) {
            return Ok(meaning.id);
        }
        let mut mistake = self.unknown(name, &meaning.id, "shape");
        mistake.value += "; text needs quotes";
        Err(mistake)
    }

    /// The mistake that there is nothing of a name.
    pub fn unknown(&self, name: &Name<'_>, id: &ShapeId, what: &str) -> Mistake {
        let advice = self.advice(name.value, id, what == "trait");
        let message = format!("there is no {what} `{}`{advice}", id.shape());
        self.mistake(name, message)
    }

    /// The name that may have been meant.
    fn advice(&self, written: &str, id: &ShapeId, is_trait: bool) -> String {
        let count = self.known.advice.get();
        self.known.advice.set(count + 1);
        if count >= MOST_ADVICE {
            return String::new();
        }
        let names = &self.known.names;
        if !written.contains('#') {
            let elsewhere = names
                .iter()
                .find(|(_, names)| names.iter().any(|it| it == id.name()));
            if let Some((namespace, _)) = elsewhere {
                return format!("; did you mean `use {namespace}#{}`?", id.name());
            }
        }
        let in_namespace = names.get(id.namespace()).into_iter().flatten();
        let mut candidates: Vec<&str> = in_namespace.map(String::as_str).collect();
        if id.namespace() == prelude::NAMESPACE || !written.contains('#') {
            prelude::names(is_trait).for_each(|name| candidates.push(name));
        }
        if !written.contains('#') {
            candidates.extend(self.uses.keys().map(String::as_str));
        }
        match nearest(id.name(), candidates.into_iter()) {
            Some(nearest) => format!("; did you mean `{nearest}`?"),
            None => String::new(),
        }
    }

    fn mistake(&self, name: &Name<'_>, message: String) -> Mistake {
        Spanned {
            value: message,
            span: name.span.clone(),
        }
    }
}
