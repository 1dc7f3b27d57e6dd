//! Published models parse and link. They are not part of the repository: `SMITHY_DATA` names the folder that holds them in `models/`.

use std::path::{Path, PathBuf};

use smithy_codegen::smithy::{Closure, Model};

#[test]
fn our_own_model_parses_and_links() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/healthlake-2017-07-01.json");
    let (operations, shapes) = parse_and_link(&path);
    assert_eq!(operations, 13);
    assert_eq!(shapes, 83);
}

#[test]
fn published_models_parse_and_link() {
    let Some(data) = std::env::var_os("SMITHY_DATA") else {
        println!("skipped: SMITHY_DATA is not set");
        return;
    };
    let files = std::fs::read_dir(PathBuf::from(data).join("models")).unwrap();
    let mut seen = 0;
    for file in files {
        let (operations, shapes) = parse_and_link(&file.unwrap().path());
        assert!(operations > 0 && shapes > operations);
        seen += 1;
    }
    assert!(seen > 0, "SMITHY_DATA has no models");
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
