//! Smithy IDL: files as people write them, to the raw model that a JSON AST gives.
//!
//! ```text
//! lexer     text -> tokens
//! parser/   tokens -> a file as it is written (syntax), with its strings (text)
//! lower     names resolved (names, prelude), values as JSON
//! assembly  the definitions of all files as one model
//! members   targets of members that mixins and resources have
//! upgrade   Smithy 1.0 -> 2.0
//! checks    rules about shapes that refer to each other
//! ```
//!
//! The grammar is small, and half of what matters is where lines end and what an error says: the parser is written by hand. Files in
//! JSON can stand among the others.

mod assembly;
mod checks;
mod lexer;
mod lower;
mod members;
mod names;
mod parser;
mod prelude;
mod report;
mod syntax;
mod text;
mod upgrade;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use self::assembly::{Applied, Assembly, Definition};
use self::lower::Lowered;
use self::names::{Known, Scope};
use self::report::Report;
use self::syntax::File;
use crate::model::raw::{self, Ast, RawShapes};
use crate::model::{ShapeId, json, mixins};
use crate::{Diagnostics, Error, Source, Sources};

/// The raw model that files give.
#[derive(Debug)]
pub struct Loaded<'a> {
    pub shapes: RawShapes,
    pub metadata: Map<String, Value>,
    /// The numbers that are text in the model, since they have more digits than a double holds.
    pub long_numbers: HashSet<String>,
    /// The places of the shapes.
    pub places: Places<'a>,
}

/// The places of shapes and members in files.
#[derive(Debug)]
pub struct Places<'a> {
    files: &'a [Source<'a>],
    assembly: Assembly,
}

impl Places<'_> {
    /// Adds the places of the shapes that an error is about.
    pub fn locate(&self, error: Error) -> Error {
        error.map(|diagnostic| {
            if diagnostic.source().is_some() {
                return diagnostic;
            }
            let place = diagnostic.place().and_then(|id| self.assembly.place(id));
            report::located(self.files, place.cloned().as_ref(), diagnostic)
        })
    }
}

/// Reads files, in IDL and in JSON, and merges them.
///
/// # Errors
/// All that is wrong with the texts, or else with the names in them, or else with the model.
pub fn load<'a>(sources: &'a Sources<'_>) -> Result<Loaded<'a>, Error> {
    let files = sources.files();
    let mut report = Report::new(files);
    let parsed = parse(files, &mut report);
    report.check()?;
    let parts = lower(parsed, &mut report);
    report.check()?;
    let mut assembly = assemble(parts, &mut report);
    report.check()?;
    upgrade::upgrade(&mut assembly);
    checks::check(&assembly, &mut report);
    report.check()?;
    Ok(Loaded {
        shapes: std::mem::take(&mut assembly.shapes),
        metadata: std::mem::take(&mut assembly.metadata),
        long_numbers: std::mem::take(&mut assembly.long_numbers),
        places: Places { files, assembly },
    })
}

/// A file that is read.
enum Parsed<'a> {
    Idl(File<'a>),
    Json(Box<Lowered>),
}

fn parse<'a>(files: &'a [Source<'a>], report: &mut Report<'_>) -> Vec<Parsed<'a>> {
    let mut parsed = Vec::with_capacity(files.len());
    for (number, file) in files.iter().enumerate() {
        if files.iter().take(number).any(|before| before.is_same(file)) {
            // What it says has been said, and arrays would be joined with themselves.
            parsed.push(Parsed::Json(Box::default()));
        } else if file.is_json() {
            match of_json(file.text()) {
                Ok(lowered) => parsed.push(Parsed::Json(Box::new(lowered))),
                Err(error) => report.error_in(number, error),
            }
        } else {
            let (file, mistakes) = parser::parse(file.text());
            for mistake in mistakes {
                report.mistake(number, mistake);
            }
            parsed.push(Parsed::Idl(file));
        }
    }
    parsed
}

/// Reads a JSON AST as the definitions and traits that it has.
fn of_json(text: &str) -> Result<Lowered, Error> {
    let ast = Ast::parse(text)?;
    let mut diagnostics = Diagnostics::new();
    let shapes = ast.shapes.unwrap_or_default();
    let (shapes, applies) = raw::read_definitions(shapes, &mut diagnostics);
    let mut lowered = Lowered {
        long_numbers: json::long_numbers(text).map(str::to_owned).collect(),
        ..Lowered::default()
    };
    let metadata = ast.metadata.into_iter();
    lowered.metadata = metadata.map(|(key, value)| (key, value, None)).collect();
    for (id, mut shape) in shapes {
        let traits = std::mem::take(&mut shape.traits);
        lowered.applied.extend(applied(&id, traits));
        for (name, member) in &mut shape.members {
            let traits = std::mem::take(&mut member.traits);
            lowered.applied.extend(applied(&id.member(name), traits));
        }
        lowered.definitions.push(Definition {
            id,
            version: ast.version,
            place: None,
            shape,
            members: HashMap::new(),
            elided: HashSet::new(),
            resource: None,
        });
    }
    for (id, traits) in applies {
        lowered.late.extend(applied(&id, traits));
    }
    diagnostics.finish(lowered)
}

fn applied(target: &ShapeId, traits: Map<String, Value>) -> impl Iterator<Item = Applied> {
    traits.into_iter().map(|(id, value)| Applied {
        target: target.clone(),
        id,
        value,
        place: None,
        is_checked: false,
    })
}

/// Resolves the names of all files: shapes of all files know each other.
fn lower(mut parsed: Vec<Parsed<'_>>, report: &mut Report<'_>) -> Vec<Lowered> {
    let mut known = Known::default();
    let needs_framework = parsed.iter().any(|file| match file {
        Parsed::Idl(file) => file
            .uses
            .iter()
            .any(|used| used.value.starts_with(prelude::FRAMEWORK_NAMESPACE)),
        Parsed::Json(_) => false,
    });
    for file in &parsed {
        collect_names(file, &mut known);
    }
    if needs_framework && !known.has_namespace(prelude::FRAMEWORK_NAMESPACE) {
        let library = Parsed::Idl(parser::parse(prelude::FRAMEWORK).0);
        collect_names(&library, &mut known);
        parsed.push(library);
    }
    let mut parts = Vec::with_capacity(parsed.len());
    for (number, file) in parsed.into_iter().enumerate() {
        let mut lowered = match file {
            Parsed::Json(lowered) => *lowered,
            Parsed::Idl(file) => lower::lower(&file, number, &Scope::of(&file, &known)),
        };
        for mistake in std::mem::take(&mut lowered.mistakes) {
            report.mistake(number, mistake);
        }
        parts.push(lowered);
    }
    parts
}

fn collect_names(file: &Parsed<'_>, known: &mut Known) {
    match file {
        Parsed::Json(lowered) => {
            for definition in &lowered.definitions {
                known.insert(&definition.id, &definition.shape.kind);
            }
        }
        Parsed::Idl(file) => {
            for shape in &file.shapes {
                let namespace = file.namespace.unwrap_or_default();
                let id = format!("{namespace}#{}", shape.name.value);
                known.insert(&ShapeId::known(&id), shape.kind);
            }
        }
    }
}

fn assemble(parts: Vec<Lowered>, report: &mut Report<'_>) -> Assembly {
    let mut assembly = Assembly::default();
    let (mut all_applied, mut late) = (Vec::new(), Vec::new());
    for part in parts {
        for (key, value, place) in part.metadata {
            assembly.add_metadata(key, value, place.as_ref(), report);
        }
        for definition in part.definitions {
            assembly.define(definition, report);
        }
        assembly.long_numbers.extend(part.long_numbers);
        all_applied.extend(part.applied);
        late.extend(part.late);
    }
    all_applied.extend(late);
    let is_checked: Vec<_> = all_applied
        .iter()
        .filter(|applied| applied.is_checked && assembly.shapes.contains_key(applied.id.as_str()))
        .map(Applied::without_value)
        .collect();
    for applied in all_applied {
        assembly.apply(applied, report);
    }
    for applied in &is_checked {
        checks::check_trait(applied, &assembly, report);
    }
    give_enum_values(&mut assembly);
    let order = in_order_of_use(&assembly, report);
    members::settle(&mut assembly, &order, report);
    assembly
}

/// All shapes, each after the mixins that it uses.
fn in_order_of_use(assembly: &Assembly, report: &mut Report<'_>) -> Vec<ShapeId> {
    let mut diagnostics = Diagnostics::new();
    let order = mixins::in_order_of_use(&assembly.shapes, &mut diagnostics);
    if let Err(error) = diagnostics.finish(()) {
        for diagnostic in error.diagnostics() {
            let place = diagnostic.place().and_then(|id| assembly.place(id));
            report.push(place, diagnostic.clone());
        }
    }
    let others = assembly.shapes.iter();
    let others = others.filter(|(_, shape)| shape.mixins.is_empty());
    others.map(|(id, _)| id.clone()).chain(order).collect()
}

/// The value of an enum's member is its name if none is given.
fn give_enum_values(assembly: &mut Assembly) {
    let enums = assembly.shapes.values_mut();
    for shape in enums.filter(|shape| shape.kind == "enum") {
        for (name, member) in &mut shape.members {
            if member.target.is_some() {
                let value = member.traits.entry("smithy.api#enumValue");
                value.or_insert_with(|| name.as_str().into());
            }
        }
    }
}
