//! Published models parse and link.

#[path = "../../../tests/smithy_data/mod.rs"]
mod smithy_data;

use std::path::Path;

use crate::model::{Closure, Model};

#[test]
fn our_own_model_parses_and_links() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/healthlake-2017-07-01.json");
    let (operations, shapes) = parse_and_link(&path);
    assert_eq!(operations, 26);
    assert_eq!(shapes, 184);
}

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
