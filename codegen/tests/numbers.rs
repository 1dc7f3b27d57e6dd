//! Numbers, and all else that a default may be: what fits is written, what does not is refused by name.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

/// Generates a crate in which a member `x` of the structure has a default: `In` is sent, `Out` received.
fn generate_with(structure: &str, target: &str, default: &str) -> Result<String, String> {
    let member = json!({"target": target, "traits": {"smithy.api#default": "DEFAULT"}});
    let mut model = json!({"smithy": "2.0", "shapes": {
        "a.b#Service": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Do"}], "traits": {"aws.protocols#awsJson1_0": {}}
        },
        "a.b#Do": {"type": "operation", "input": {"target": "a.b#In"}, "output": {"target": "a.b#Out"}},
        "a.b#In": {"type": "structure", "members": {}},
        "a.b#Out": {"type": "structure", "members": {}},
        "a.b#Level": {"type": "intEnum", "members": {
            "LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}
        }},
        "a.b#List": {"type": "list", "member": {"target": "smithy.api#String"}},
    }});
    model["shapes"][format!("a.b#{structure}")]["members"]["x"] = member;
    // As text, since no value of serde_json's is like `-0` or `1e39`.
    let text = model.to_string().replace("\"DEFAULT\"", default);
    let generated = generate(&text, &Options::default()).map_err(|error| error.to_string())?;
    let files = generated.files.into_iter();
    Ok(files.map(|file| file.contents).collect())
}

const FLOAT: &str =
    r#"a number of at most 3.4028235e38 either way, "NaN", "Infinity" or "-Infinity""#;
const TIME: &str = r#"a number of seconds since 1970, in the years from 0 to 9999, or text like "2017-07-01T00:00:00Z""#;
const BLOB: &str = "a string, the blob's bytes in base64";

#[test]
fn what_does_not_fit_is_refused() {
    let table: &[(&str, &[&str], &str)] = &[
        (
            "smithy.api#Byte",
            &["128", "-129", "1e3", "1.5", "\"1\""],
            "an integer of 8 bits",
        ),
        (
            "smithy.api#Short",
            &["32768", "-32769", "1e300"],
            "an integer of 16 bits",
        ),
        (
            "smithy.api#Integer",
            &["2147483648", "-2147483649", "0.1"],
            "an integer of 32 bits",
        ),
        (
            "smithy.api#Long",
            &["9223372036854775808", "1e30"],
            "an integer of 64 bits",
        ),
        (
            "smithy.api#Float",
            &["1e39", "-1e39", "1e308", "\"nan\"", "\"1\"", "true"],
            FLOAT,
        ),
        (
            "smithy.api#Double",
            &["\"inf\"", "\"-NaN\""],
            r#"a number, "NaN", "Infinity" or "-Infinity""#,
        ),
        (
            "smithy.api#Timestamp",
            &[
                "1e300",
                "-1e18",
                "9223372036854775807",
                "\"2021-02-29T00:00:00Z\"",
            ],
            TIME,
        ),
        ("smithy.api#Blob", &["\"?\"", "\"YQ\"", "1"], BLOB),
        (
            "a.b#Level",
            &["2147483648", "1.5", "\"LOW\""],
            "an integer, a value of a.b#Level",
        ),
        (
            "a.b#List",
            &["[1]", "{}"],
            "an empty array, as the default of a list must be",
        ),
    ];
    for (target, defaults, expected) in table {
        for default in *defaults {
            let shown: Value = serde_json::from_str(default).unwrap();
            for structure in ["In", "Out"] {
                let error = generate_with(structure, target, default).unwrap_err();
                assert_eq!(
                    error,
                    format!("a.b#{structure}$x: the default {shown} is not {expected}")
                );
            }
        }
    }
    for target in [
        "smithy.api#Double",
        "smithy.api#Float",
        "smithy.api#Document",
        "smithy.api#Long",
    ] {
        let error = generate_with("Out", target, "1e999").unwrap_err();
        assert!(error.contains("number out of range at line 1"), "{error}");
    }
}

#[test]
fn what_fits_is_written() {
    let table: &[(&str, &[(&str, &str)])] = &[
        (
            "smithy.api#Byte",
            &[
                ("-128", "-128"),
                ("127", "127"),
                ("1e2", "100"),
                ("5.0", "5"),
            ],
        ),
        (
            "smithy.api#Long",
            &[
                ("-9223372036854775808", "-9223372036854775808"),
                ("9223372036854775807", "9223372036854775807"),
            ],
        ),
        (
            "smithy.api#Float",
            &[
                ("3.4028235e38", "340282350000000000000000000000000000000.0"),
                ("-0.0", "-0.0"),
                ("\"NaN\"", "f32::NAN"),
            ],
        ),
        (
            "smithy.api#Float",
            &[
                ("1e-60", ""),
                ("-0", "-0.0"),
                ("\"-Infinity\"", "f32::NEG_INFINITY"),
            ],
        ),
        (
            "smithy.api#Double",
            &[
                ("-0", "-0.0"),
                ("0.1", "0.1"),
                ("\"Infinity\"", "f64::INFINITY"),
            ],
        ),
        (
            "smithy.api#Timestamp",
            &[
                ("253402300799", "253402300799"),
                ("-0", "from_secs_and_nanos(0, 0)"),
            ],
        ),
        (
            "smithy.api#Document",
            &[
                ("18446744073709551615", "18446744073709551615u64"),
                ("-0.0", "-0f64"),
                ("1e300", "f64"),
            ],
        ),
        ("a.b#Level", &[("2", "Level::from(2)"), ("1", "Level::Low")]),
    ];
    for (target, defaults) in table {
        for (default, expected) in *defaults {
            let written =
                generate_with("Out", target, default).unwrap_or_else(|error| panic!("{error}"));
            assert!(written.contains(expected), "{target} {default}: {written}");
        }
    }
}
