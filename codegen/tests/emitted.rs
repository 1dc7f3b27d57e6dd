//! The code for each feature of Smithy: one small model each, and the files that show it.

use smithy_codegen::{GeneratedCrate, Options, generate};

/// The crate for a fixture, which speaks the best of its protocols or this one.
fn generated(fixture: &str, protocol: Option<&str>) -> GeneratedCrate {
    let path = format!(
        "{}/tests/fixtures/{fixture}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let options = Options {
        source: format!("fixtures/{fixture}.json"),
        protocol: protocol.map(str::to_owned),
        skip_unsupported: true,
        ..Options::default()
    };
    generate(&std::fs::read_to_string(path).unwrap(), &options).unwrap()
}

/// The files of the fixture's crate at these paths, one after the other.
fn show(fixture: &str, protocol: Option<&str>, paths: &[&str]) -> String {
    let generated = generated(fixture, protocol);
    let text = |path: &&str| {
        let known = || generated.files.iter().map(|file| &file.path);
        let text = generated.file(path);
        text.unwrap_or_else(|| panic!("no {path} among {:?}", known().collect::<Vec<_>>()))
    };
    paths.iter().map(text).collect::<Vec<_>>().join("\n")
}

macro_rules! shows {
    ($($test:ident: $fixture:ident $(in $protocol:ident)? $($path:literal)*;)*) => {
        $(#[test]
        fn $test() {
            let protocol: &[&str] = &[$(stringify!($protocol))?];
            let protocol = protocol.first().copied();
            insta::assert_snapshot!(show(stringify!($fixture), protocol, &[$($path),*]));
        })*
    };
}

shows! {
    required_and_optional_members: members "src/operation/order.rs" "src/types/item.rs";
    enums_of_strings_and_integers: enums "src/types/color.rs" "src/types/coats.rs";
    a_tagged_union: union "src/types/payment.rs";
    event_streams: streaming "Cargo.toml" "src/operation/watch.rs" "src/operation/tail.rs" "src/operation/talk.rs" "src/types/job_events.rs" "src/types/output.rs" "src/types/secrets.rs";
    lists_and_maps: collections "src/operation/stock.rs";
    operations_with_errors: errors "src/operation/order.rs" "src/operation/cancel.rs" "src/types/sold_out.rs" "src/types/busy.rs" "src/error.rs";
    an_idempotency_token: idempotency_token "src/operation/order.rs" "src/types/part.rs";
    recursion_is_boxed: recursion "src/types/shelf.rs" "src/types/thing.rs";
    sensitive_values_are_redacted: sensitive "src/operation/log_in.rs" "src/types/session.rs" "src/types/level.rs" "src/types/key.rs" "src/types/denied.rs";
    deprecated_items: deprecated "src/lib.rs" "src/operation/order.rs" "src/types/kind.rs";
    byte_streams: byte_streams "Cargo.toml" "src/lib.rs" "src/operation/record.rs" "src/operation/play.rs" "src/types/tape.rs";
    a_deprecated_event_stream: deprecated_stream "src/lib.rs" "src/operation/watch.rs";
    documentation_in_markdown: documentation "src/lib.rs" "src/operation/order.rs" "src/operation/unknown.rs" "src/types/item.rs";
    names_in_documentation_are_links: links "src/lib.rs" "src/operation/start_import.rs" "src/operation/start_export.rs" "src/types/progress.rs" "src/types/import_source.rs" "src/types/status.rs" "src/types/busy.rs";
    defaults_of_every_kind: defaults "src/operation/get.rs" "src/types/config.rs";
    timestamps_in_every_format: timestamps "src/operation/get.rs";
    a_shared_input_is_a_type: shared_input "src/operation.rs" "src/types.rs" "src/operation/open.rs" "src/operation/look.rs";
    what_requests_carry_beside_their_body: requests "Cargo.toml" "src/operation/put.rs" "src/operation/open.rs";
    http_bindings: bindings "Cargo.toml" "src/operation/find_books.rs" "src/operation/put_page.rs" "src/operation/put_card.rs" "src/types/card.rs" "src/types/address.rs" "src/types/no_such_shelf.rs";
    a_store_of_objects: object_store "Cargo.toml" "src/client.rs" "src/operation/read_note.rs" "src/operation/write_note.rs" "tests/operation_endpoints.rs";
    xml: xml "Cargo.toml" "src/client.rs" "src/operation/put_book.rs" "src/operation/get_card.rs" "src/operation/get_shelf.rs" "src/operation/ping.rs" "src/types/place.rs";
    queries: xml in awsQuery "Cargo.toml" "src/client.rs" "src/operation/put_book.rs" "src/types/no_room.rs";
    queries_of_ec2: xml in ec2Query "Cargo.toml" "src/client.rs" "src/operation/put_book.rs" "src/types/no_room.rs";
    authentication: auth "Cargo.toml" "src/lib.rs" "src/client.rs" "src/operation/list_keys.rs" "src/operation/get_key.rs" "src/operation/put_key.rs" "src/operation/find_key.rs";
    a_renamed_shape: rename "src/operation/get.rs" "src/types/other_item.rs";
    name_hazards: nasty_names "src/operation.rs" "src/types.rs";
}

fn healthlake() -> GeneratedCrate {
    let model = include_str!("../../models/healthlake-2017-07-01.json");
    let options = Options {
        source: "models/healthlake-2017-07-01.json".to_owned(),
        ..Options::default()
    };
    generate(model, &options).unwrap()
}

#[test]
fn start_fhir_import_job() {
    let generated = healthlake();
    let file = generated.file("src/operation/start_fhir_import_job.rs");
    insta::assert_snapshot!(file.unwrap());
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    assert_eq!(healthlake().files, healthlake().files);
    let files = || generated("nasty_names", None).files;
    assert_eq!(files(), files());
}

/// A crate uses what it deprecates, except for waiters: its builders fill in fields, its paginators call operations.
#[test]
fn crates_that_deprecate_something_allow_it() {
    let mut deprecating = 0;
    for fixture in fixtures() {
        let generated = generated(&fixture, None);
        let sources = generated.files.iter();
        let mut sources = sources.filter(|file| file.path.starts_with("src/"));
        let deprecates = sources.any(|file| {
            let after = file.contents.split("#[deprecated").skip(1);
            let mut items = after.filter_map(|after| after.lines().nth(1));
            items.any(|item| !item.contains("pub fn wait_until_"))
        });
        let root = generated.file("src/lib.rs").unwrap();
        let allows = root.contains("#![allow(deprecated)]");
        assert_eq!(allows, deprecates, "{fixture}");
        deprecating += usize::from(deprecates);
    }
    assert!(deprecating > 2, "only {deprecating} fixtures");
}

/// The names of all fixtures.
fn fixtures() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let names = paths.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
    names.collect()
}
