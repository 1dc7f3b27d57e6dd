#![doc = include_str!("../README.md")]
//! # The phases
//!
//! A model's text goes in, files come out, one phase after the other, each with a module:
//!
//! ```text
//! parse   input::Input::read    text -> shapes as they are written down
//! link    model::Closure::select -> the one service and all that it reaches, checked
//! lower   ir::Crate::lower       -> every Rust name, type, default and piece of documentation
//! emit    emit::sources          -> tokens, file by file
//! format  format::file           -> text
//! ```
//!
//! Nothing here reads a file, a clock or the environment: the same model gives the same crate, byte
//! by byte.

#![warn(clippy::self_named_module_files)] // A folder's own file is mod.rs.

mod diagnostics;
pub mod docs;
mod emit;
mod fixups;
mod format;
mod idl;
mod input;
mod ir;
mod jmespath;
mod lower;
mod model;
pub mod names;
pub mod package;
pub mod protocol;
mod rules;
mod sources;

pub use self::diagnostics::{Diagnostic, Error};
pub use self::format::{is_same_but_model, marker, model_of};
pub use self::input::ast;
pub use self::package::manifest::Runtime;
pub use self::package::output::{File, GeneratedCrate, Options, Phase, Summary};
pub use self::sources::{Source, SourcePlace, Sources};

use self::diagnostics::Diagnostics;
use self::input::Input;
use self::ir::Crate;
use self::model::{Closure, Model, Selection};
use self::package::manifest::Manifest;
use self::protocol::Protocol;

/// Generates the crate for a model: the text of a JSON AST or of Smithy IDL, or [`Sources`], which are several files.
///
/// # Errors
/// If the model is not valid, or needs what is not supported: all that is known to be wrong, at once.
pub fn generate<'a>(
    model: impl Into<Sources<'a>>,
    options: &Options,
) -> Result<GeneratedCrate, Error> {
    generate_with(model, options, &mut |_| ())
}

/// As [`generate`]; `finished` is told of each phase when it is over.
///
/// # Errors
/// As for [`generate`].
pub fn generate_with<'a>(
    model: impl Into<Sources<'a>>,
    options: &Options,
    finished: &mut dyn FnMut(Phase),
) -> Result<GeneratedCrate, Error> {
    let sources = model.into();
    let input = Input::read(&sources)?;
    finished(Phase::Parse);
    link(&input.model, options, finished).map_err(|error| input.locate(error))
}

/// Finds what a crate is to be generated for in a model, and writes it.
fn link(
    model: &Model,
    options: &Options,
    finished: &mut dyn FnMut(Phase),
) -> Result<GeneratedCrate, Error> {
    let selection = Selection {
        service: options.service.as_deref(),
        operations: &options.operations,
    };
    let closure = Closure::select(model, selection)?;
    let (closure, ir) = lower(closure, options, finished)
        .map_err(|error| with_way_out(error, model, selection, options))?;

    let mut files = vec![manifest(&ir, options)?];
    for source in emit::sources(&ir) {
        files.push(print(source, options)?);
    }
    if options.for_include {
        files.push(front_page(&ir));
    }
    finished(Phase::Emit);

    Ok(GeneratedCrate {
        name: ir.service.crate_name.clone(),
        summary: summary(&closure, &ir),
        files,
    })
}

/// Decides all about the crate for what a model was linked to. The closure is what is left of it.
fn lower<'m>(
    closure: Closure<'m>,
    options: &Options,
    finished: &mut dyn FnMut(Phase),
) -> Result<(Closure<'m>, Crate), Error> {
    let mut diagnostics = Diagnostics::new();
    let protocol = Protocol::of(closure.service(), options.protocol.as_deref());
    let has_http_bindings = protocol.as_ref().is_ok_and(|it| it.has_http_bindings);
    diagnostics.keep(if options.skip_unsupported {
        closure.check_service_supported()
    } else {
        closure.check_supported(has_http_bindings)
    });
    let protocol = diagnostics.keep(protocol);
    // The rest is lowered in any case: it may need what is not supported, too.
    let (closure, left_out) = closure.without_unsupported(has_http_bindings)?;
    if options.skip_unsupported {
        diagnostics.keep(closure.check_something_is_left(&left_out));
    }
    finished(Phase::Link);

    let name = package::given_name(options)?;
    let Some(protocol) = protocol else {
        diagnostics.finish(())?;
        return Err(Error::new("the service has no protocol"));
    };
    let ir = Crate::lower(lower::Input {
        closure: &closure,
        left_out: &left_out,
        protocol,
        name: name.as_deref(),
        skip_unsupported: options.skip_unsupported,
    });
    let ir = diagnostics.all_or(ir)?;
    package::check_name(&ir.service.crate_name, options.existing_manifest.as_deref())?;
    finished(Phase::Lower);
    Ok((closure, ir))
}

/// Adds how to get a crate all the same, if there is one without what is not supported.
fn with_way_out(error: Error, model: &Model, selection: Selection<'_>, options: &Options) -> Error {
    let mut diagnostics = error.diagnostics().iter();
    if options.skip_unsupported || !diagnostics.all(Diagnostic::is_unsupported) {
        return error;
    }
    let skipping = Options {
        skip_unsupported: true,
        ..options.clone()
    };
    let rest = Closure::select(model, selection);
    match rest.and_then(|rest| lower(rest, &skipping, &mut |_| ())) {
        Ok(_) => error.and(Diagnostic::unsupported(
            "`skip_unsupported` (`--skip-unsupported`) leaves out what is not supported, and `operations` (`--operations`) \
             chooses what the client has",
        )),
        Err(_) => error,
    }
}

fn print(source: emit::Source, options: &Options) -> Result<File, Error> {
    let is_root = source.path == "src/lib.rs";
    let model = Some(options.source.as_str()).filter(|model| is_root && !model.is_empty());
    let header = format::Header {
        generator: &options.generator,
        model,
        shape: source.shape.as_deref(),
    };
    let contents = if options.for_include && is_root {
        format::file_for_include(&header, source.tokens)?
    } else {
        format::file(&header, source.tokens)?
    };
    Ok(File {
        path: source.path,
        contents,
    })
}

/// The documentation of the crate, which `include!` does not take from `src/lib.rs`.
fn front_page(ir: &Crate) -> File {
    File {
        path: "src/lib.md".to_owned(),
        contents: format!("{}\n", ir.service.docs),
    }
}

fn manifest(ir: &Crate, options: &Options) -> Result<File, Error> {
    let manifest = Manifest {
        name: &ir.service.crate_name,
        description: &format::one_line(&format!("A client for {}", ir.service.title)),
        keywords: &ir.service.keywords,
        runtime: options.runtime.as_ref(),
        runtime_features: &ir.runtime_features(),
        runtime_test_features: if ir.tests_calls() {
            &["test-util"]
        } else {
            &[]
        },
    };
    let contents = manifest.write(options.existing_manifest.as_deref())?;
    Ok(File {
        path: "Cargo.toml".to_owned(),
        contents,
    })
}

fn summary(closure: &Closure<'_>, ir: &Crate) -> Summary {
    let left_out = ir.service.left_out.iter();
    Summary {
        service: ir.service.title.clone(),
        protocol: ir.service.protocol.name().to_owned(),
        operations: ir.operations.len(),
        shapes: closure.shapes().count(),
        left_out: left_out.map(ToString::to_string).collect(),
    }
}
