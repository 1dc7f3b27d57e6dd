//! The model that files give: one JSON AST, or files that are merged.

use crate::idl::{self, Places};
use crate::model::Model;
use crate::model::ast;
use crate::model::raw::{Ast, Version};
use crate::{Error, Sources, fixups};

/// A model that is read, and the places of its shapes.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    pub(crate) model: Model,
    /// `None`, if it is one JSON AST.
    places: Option<Places<'a>>,
}

impl<'a> Input<'a> {
    /// Reads the files of a model, and mends it.
    pub(crate) fn read(sources: &'a Sources<'_>) -> Result<Self, Error> {
        let mut input = Self::parse(sources)?;
        fixups::apply(&mut input.model)?;
        Ok(input)
    }

    fn parse(sources: &'a Sources<'_>) -> Result<Self, Error> {
        if let [file] = sources.files()
            && file.is_json()
        {
            let ast = Ast::parse(file.text())?;
            if ast.version == Version::V2 {
                let model = Model::from_ast(ast)?;
                return Ok(Self {
                    model,
                    places: None,
                });
            }
        }
        let loaded = idl::load(sources)?;
        let model = Model::from_raw(loaded.shapes).map_err(|error| loaded.places.locate(error))?;
        Ok(Self {
            model,
            places: Some(loaded.places),
        })
    }

    /// Adds the places of the shapes that an error is about.
    pub(crate) fn locate(&self, error: Error) -> Error {
        match &self.places {
            Some(places) => places.locate(error),
            None => error,
        }
    }
}

/// Returns the model as one JSON AST of Smithy 2.0, as Smithy's own serializer writes it: without what mixins bring, with shapes and
/// traits in the order of their ids.
///
/// # Errors
/// If the texts are no model.
pub fn ast<'a>(model: impl Into<Sources<'a>>) -> Result<String, Error> {
    let sources = model.into();
    let loaded = idl::load(&sources)?;
    let model = Model::from_raw(loaded.shapes.clone());
    let checked = model.and_then(|model| model.check());
    checked.map_err(|error| loaded.places.locate(error))?;
    Ok(ast::print(
        &loaded.shapes,
        loaded.metadata,
        &loaded.long_numbers,
    ))
}
