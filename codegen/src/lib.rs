//! Reads a Smithy JSON model and writes a Rust client crate for it.
//!
//! A model's text goes in, files come out, one phase after the other, each with a module:
//!
//! ```text
//! parse  smithy::Model::parse    text -> shapes as they are written down
//! link   smithy::Closure::of     -> the one service and all that it reaches, checked
//! plan   plan::Plan::new         -> every Rust name, type, default and piece of documentation
//! emit   emit::sources           -> tokens, file by file
//! print  print::file             -> text
//! ```
//!
//! Nothing here reads a file, a clock or the environment: the same model gives the same crate, byte
//! by byte.
//!
//! # From a build script
//!
//! A crate can be generated when it is compiled. Its `build.rs`:
//!
//! ```no_run
#![doc = include_str!("../tests/build_script/build.rs")]
//! ```
//!
//! Its `src/lib.rs` is then `include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));`, and its `Cargo.toml` has what the code needs:
//!
//! ```toml
//! [features]
//! default = ["default-https-client"]
//! default-https-client = ["smithy-rt/default-https-client"]
//! test-util = ["smithy-rt/test-util"]
//!
//! [dependencies]
//! smithy-rt = { git = "https://…" } # with features = ["compression"], if the service compresses what it is sent
//!
//! [build-dependencies]
//! smithy-codegen = { git = "https://…" }
//! ```

pub mod diagnostics;
pub mod docs;
pub mod emit;
pub mod fixups;
pub mod format;
mod jmespath;
pub mod model;
pub mod names;
pub mod package;
pub mod plan;
pub mod protocol;
pub mod rules;

pub use self::diagnostics::{Error, Problem, Problems};
pub use self::package::manifest::{self, Runtime};
pub use self::package::output::{self, File, GeneratedCrate, Options, Phase, Summary};
pub use self::{format as print, model as smithy};

use manifest::Manifest;
use plan::Plan;
use protocol::Protocol;
use smithy::{Closure, Model};

/// Generates the crate for a model.
///
/// # Errors
/// If the model is not valid, or needs what is not supported: all that is known to be wrong, at once.
pub fn generate(model: &str, options: &Options) -> Result<GeneratedCrate, Error> {
    generate_with(model, options, &mut |_| ())
}

/// As [`generate`]; `finished` is told of each phase when it is over.
///
/// # Errors
/// As for [`generate`].
pub fn generate_with(
    model: &str,
    options: &Options,
    finished: &mut dyn FnMut(Phase),
) -> Result<GeneratedCrate, Error> {
    let mut model = Model::parse(model)?;
    fixups::apply(&mut model)?;
    finished(Phase::Parse);

    let closure = Closure::of(&model)?;
    let mut problems = Problems::new();
    problems.keep(if options.skip_unsupported {
        closure.check_service_supported()
    } else {
        closure.check_supported()
    });
    let protocol = problems.keep(Protocol::of(closure.service(), options.protocol.as_deref()));
    // The rest is planned in any case: it may need what is not supported, too.
    let (closure, left_out) = closure.without_unsupported()?;
    if options.skip_unsupported {
        problems.keep(closure.check_something_is_left(&left_out));
    }
    finished(Phase::Link);

    let name = package::given_name(options)?;
    let Some(protocol) = protocol else {
        problems.finish(())?;
        return Err(Error::new("the service has no protocol"));
    };
    let plan = Plan::new(
        &closure,
        &left_out,
        protocol,
        name.as_deref(),
        options.skip_unsupported,
    );
    let plan = problems.all_or(plan)?;
    package::check_name(
        &plan.service.crate_name,
        options.existing_manifest.as_deref(),
    )?;
    finished(Phase::Plan);

    let mut files = vec![manifest(&plan, options)?];
    for source in emit::sources(&plan) {
        files.push(print(source, options)?);
    }
    finished(Phase::Print);

    Ok(GeneratedCrate {
        name: plan.service.crate_name.clone(),
        summary: summary(&closure, &plan),
        files,
    })
}

fn print(source: emit::Source, options: &Options) -> Result<File, Error> {
    let header = print::Header {
        source: &options.source,
        shape: source.shape.as_deref(),
    };
    let contents = if options.for_include && source.path == "src/lib.rs" {
        print::file_for_include(&header, source.tokens)?
    } else {
        print::file(&header, source.tokens)?
    };
    Ok(File {
        path: source.path,
        contents,
    })
}

fn manifest(plan: &Plan, options: &Options) -> Result<File, Error> {
    let manifest = Manifest {
        name: &plan.service.crate_name,
        description: &print::one_line(&format!("A client of {}", plan.service.title)),
        runtime: options.runtime.as_ref(),
        runtime_features: &plan.runtime_features(),
        runtime_test_features: if plan.tests_calls() {
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

fn summary(closure: &Closure<'_>, plan: &Plan) -> Summary {
    let left_out = plan.service.left_out.iter();
    Summary {
        service: plan.service.title.clone(),
        protocol: plan.service.protocol.name().to_owned(),
        operations: plan.operations.len(),
        shapes: closure.shapes().count(),
        left_out: left_out.map(ToString::to_string).collect(),
    }
}
