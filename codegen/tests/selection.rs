//! Clients of chosen operations, and of one service among several.

use serde_json::{Value, json};
use smithy_codegen::{Error, GeneratedCrate, Options, generate};

const HEALTHLAKE: &str = include_str!("../../models/healthlake-2017-07-01.json");
const STREAMS: &str = include_str!("fixtures/streams.json");

fn select(model: &str, operations: &[&str]) -> Result<GeneratedCrate, Error> {
    let operations = operations.iter().copied().map(str::to_owned).collect();
    let options = Options {
        operations,
        ..Options::default()
    };
    generate(model, &options)
}

fn refused(model: &str, operations: &[&str]) -> String {
    select(model, operations).unwrap_err().to_string()
}

#[test]
fn a_client_has_all_operations_if_none_is_chosen() {
    let summary = select(HEALTHLAKE, &[]).unwrap().summary;
    assert_eq!((summary.operations, summary.shapes), (26, 184));
}

#[test]
fn a_client_has_the_chosen_operations_and_what_they_need() {
    let operations = ["StartFHIRImportJob", "DescribeFHIRImportJob"];
    let generated = select(HEALTHLAKE, &operations).unwrap();
    assert_eq!(generated.summary.operations, 2);
    let paths: Vec<_> = generated.files.iter().map(|it| it.path.as_str()).collect();
    let paths = paths.join("\n");
    let file = |path| generated.file(path).unwrap();
    let contents = [
        paths.as_str(),
        file("Cargo.toml"),
        file("src/lib.rs"),
        file("src/error.rs"),
        file("src/operation/describe_fhir_import_job.rs"),
    ];
    insta::assert_snapshot!(contents.join("\n"));
}

#[test]
fn names_and_ids_in_any_order_choose_the_same() {
    let ids = [
        "com.amazonaws.healthlake#DescribeFHIRImportJob",
        "com.amazonaws.healthlake#StartFHIRImportJob",
        "StartFHIRImportJob",
    ];
    let by_ids = select(HEALTHLAKE, &ids).unwrap();
    let by_names = select(HEALTHLAKE, &["StartFHIRImportJob", "DescribeFHIRImportJob"]).unwrap();
    assert_eq!(by_ids.files, by_names.files);
}

#[test]
fn an_unknown_operation_is_an_error_that_says_which_may_be_meant() {
    let service = "com.amazonaws.healthlake#HealthLake: the service has no operation";
    for (name, meant) in [
        ("StartFhirImportJob", "StartFHIRImportJob"),
        ("start_fhir_import_job", "StartFHIRImportJob"),
        ("StartImportJob", "StartFHIRImportJob"),
        ("ListFHIRDatastore", "ListFHIRDatastores"),
        ("com.amazon.healthlake#TagResource", "TagResource"),
    ] {
        let expected = format!("{service} `{name}`; did you mean `{meant}`?");
        assert_eq!(refused(HEALTHLAKE, &[name]), expected);
    }
    assert_eq!(
        refused(STREAMS, &["Listen", "Nothing", "", "tun"]),
        "com.example#Radio: the service has no operation `Nothing`; it has `Listen`, `Sing`, `Tune`, `Archive`\n\
         com.example#Radio: the service has no operation ``; it has `Listen`, `Sing`, `Tune`, `Archive`\n\
         com.example#Radio: the service has no operation `tun`; did you mean `Tune`?"
    );
    let long = refused(HEALTHLAKE, &["x".repeat(100_000).as_str()]);
    assert!(long.ends_with(" and 16 more"), "{}", &long[100_000..]);
}

#[test]
fn what_is_not_supported_matters_only_where_it_is_chosen() {
    assert_eq!(select(STREAMS, &["Listen"]).unwrap().summary.operations, 1);
    let way_out = "`skip_unsupported` (`--skip-unsupported`) leaves out what is not supported, and `operations` (`--operations`) \
                   chooses what the client has";
    // Alone, it cannot be left out.
    assert_eq!(
        refused(STREAMS, &["Archive"]),
        "com.example#Tape: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Archive` needs it"
    );
    assert_eq!(
        refused(STREAMS, &["Listen", "Archive"]),
        format!(
            "com.example#Tape: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Archive` needs it\n{way_out}"
        )
    );
    // Nothing else can be chosen, and nothing left out, where the service itself is at fault.
    let mut model: Value = serde_json::from_str(STREAMS).unwrap();
    let traits = model["shapes"]["com.example#Radio"]["traits"]
        .as_object_mut()
        .unwrap();
    traits.remove("aws.auth#sigv4");
    traits.insert("smithy.api#httpDigestAuth".to_owned(), json!({}));
    assert_eq!(
        refused(&model.to_string(), &["Tune"]),
        "com.example#Radio: requires the auth scheme smithy.api#httpDigestAuth, which is not supported: calls can be signed (aws.auth#sigv4, aws.auth#sigv4a), carry a token, a key or a password (smithy.api#httpBearerAuth, \
         smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth), or be sent without if its smithy.api#auth lists smithy.api#noAuth, to which \
         an interceptor of yours can add what the service expects"
    );
}

#[test]
fn what_is_chosen_and_not_supported_can_be_left_out() {
    let options = Options {
        operations: ["Tune", "Archive"].map(str::to_owned).into(),
        skip_unsupported: true,
        ..Options::default()
    };
    let generated = generate(STREAMS, &options).unwrap();
    assert_eq!(generated.summary.operations, 1);
    assert_eq!(
        generated.summary.left_out,
        ["com.example#Archive: `Tape` is a stream of bytes in a protocol without HTTP bindings"]
    );
    let root = generated.file("src/lib.rs").unwrap();
    let sentence = "This client was generated for 2 of the 4 operations of the service.";
    assert!(root.contains(sentence), "{root}");
}

#[test]
fn one_of_several_services_is_chosen() {
    let service = |name: &str| {
        json!({
            "type": "service", "operations": [{"target": format!("a.b#{name}It")}], "traits": {"aws.protocols#awsJson1_0": {}}
        })
    };
    let shapes = json!({
        "a.b#Read": service("Read"), "a.b#Write": service("Write"), "c.d#Write": service("Write"),
        "a.b#ReadIt": {"type": "operation"}, "a.b#WriteIt": {"type": "operation"},
    });
    let choose = |shapes: &Value, name: Option<&str>| {
        let options = Options {
            service: name.map(str::to_owned),
            ..Options::default()
        };
        let model = json!({"smithy": "2.0", "shapes": shapes}).to_string();
        let generated = generate(&model, &options);
        generated
            .map(|generated| generated.summary.service)
            .map_err(|error| error.to_string())
    };
    assert_eq!(choose(&shapes, Some("Read")).unwrap(), "Read");
    assert_eq!(choose(&shapes, Some("c.d#Write")).unwrap(), "Write");
    for (name, expected) in [
        (
            None,
            "the model has 3 services: choose one of them by `service` (`--service`): `a.b#Read`, `a.b#Write`, `c.d#Write`",
        ),
        (
            Some("Write"),
            "the model has 2 services `Write`: expected one of `a.b#Write`, `c.d#Write`",
        ),
        (
            Some("read"),
            "the model has no service `read`; did you mean `Read`?",
        ),
        (
            Some("Weather"),
            "the model has no service `Weather`; it has `Read`, `Write`, `Write`",
        ),
    ] {
        assert_eq!(choose(&shapes, name), Err(expected.to_owned()));
    }
    assert_eq!(
        choose(&json!({}), Some("Read")),
        Err("the model has no service `Read`".to_owned())
    );
}
