//! Published models parse and link.

#[path = "../../../tests/smithy_data/mod.rs"]
mod smithy_data;

use std::path::Path;

use crate::model::{Closure, Model};

#[test]
fn published_models_parse_and_link() {
    for file in smithy_data::published_models() {
        let (operations, shapes) = parse_and_link(&file);
        assert!(operations > 0 && shapes > operations);
    }
}

/// The numbers of operations and of shapes in the service's closure.
fn parse_and_link(path: &Path) -> (usize, usize) {
    let text = std::fs::read_to_string(path).unwrap();
    let model = Model::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let closure = Closure::of(&model).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for shape in closure.shapes() {
        for member in shape.members() {
            assert!(closure.target(member).is_ok());
        }
    }
    (closure.operations().count(), closure.shapes().count())
}
