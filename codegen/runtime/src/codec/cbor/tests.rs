use std::collections::HashMap;

use minicbor::data::Tag;
use proptest::prelude::*;

use super::Cbor;
use crate::codec::{Codec, Mode};
use crate::schema::{Member, Value};
use crate::{BigDecimal, BigInteger, Blob, DateTime, Document};

#[derive(Clone, Debug, PartialEq)]
pub struct Inner {
    name: String,
    next: Option<Box<Inner>>,
    numbers: Option<HashMap<String, Vec<i64>>>,
}

crate::structure!(
    inner_builder::InnerBuilder,
    [name],
    Inner {
        name: required::<String>("name"),
        next: optional::<Box<Inner>>("next", maybe_next),
        numbers: optional::<HashMap<String, Vec<i64>>>("numbers", maybe_numbers),
    }
);

#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    Text(String),
    Inner(Inner),
    Unknown { tag: String, value: Document },
}

crate::union!(Choice {
    Text: value::<String>("text", as_text),
    Inner: value::<Inner>("inner", as_inner)
});

fn write<T: Value>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    Cbor.write(value.view(), &Member::ROOT, &mut bytes).unwrap();
    bytes
}

fn read_as<T: Value>(bytes: &[u8], mode: Mode) -> Result<T, String> {
    let mut value = T::zero();
    Cbor.read(bytes, value.slot(), &Member::ROOT, mode)
        .map_err(|error| error.to_string())?;
    Ok(value)
}

fn read<T: Value>(bytes: &[u8]) -> Result<T, String> {
    read_as(bytes, Mode::Strict)
}

fn encoded(write: impl FnOnce(&mut minicbor::Encoder<Vec<u8>>)) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    write(&mut encoder);
    encoder.into_writer()
}

#[test]
fn numbers_of_every_width_fit_where_nothing_is_lost() {
    assert_eq!(read::<i8>(&[0x18, 0x7f]), Ok(127));
    assert_eq!(read::<i8>(&[0x38, 0x7f]), Ok(-128));
    assert_eq!(
        read::<i8>(&[0x18, 0x80]),
        Err("found an integer, expected an integer of 8 bits".to_owned())
    );
    assert_eq!(
        read::<i64>(&[0x3b, 0x7f, 255, 255, 255, 255, 255, 255, 255]),
        Ok(i64::MIN)
    );
    assert!(read::<i64>(&[0x3b, 255, 255, 255, 255, 255, 255, 255, 255]).is_err());
    assert_eq!(read::<f64>(&[0x18, 0x38]), Ok(56.0));
    assert_eq!(read::<f32>(&[0xf9, 0x3e, 0x00]), Ok(1.5));
    assert!(read::<f32>(&encoded(|to| drop(to.f64(1e300)))).is_err());
    assert!(read::<i32>(&[0xf9, 0x3e, 0x00]).is_err());
}

#[test]
fn timestamps_are_seconds_with_a_tag_or_without() {
    let moment = DateTime::from_millis(946_845_296_123);
    assert_eq!(read(&write(&moment)), Ok(moment));
    assert_eq!(write(&DateTime::from_secs(1)), [0xc1, 0x01]);
    assert_eq!(read(&[0x01]), Ok(DateTime::from_secs(1)));
    assert_eq!(
        read(&encoded(|to| drop(to.f64(946_845_296.123)))),
        Ok(moment)
    );
    assert!(read::<DateTime>(&[0xc2, 0x01]).is_err());
    assert!(read::<DateTime>(&encoded(|to| drop(to.f64(f64::NAN)))).is_err());
}

#[test]
fn strings_and_bytes_come_in_one_piece_or_in_several() {
    assert_eq!(read::<String>(&[0x62, b'a', b'b']), Ok("ab".to_owned()));
    assert_eq!(
        read::<String>(&[0x7f, 0x61, b'a', 0x61, b'b', 0xff]),
        Ok("ab".to_owned())
    );
    assert_eq!(
        read::<Blob>(&[0x5f, 0x41, 1, 0x42, 2, 3, 0xff]),
        Ok(Blob::new([1, 2, 3]))
    );
    assert!(read::<String>(&[0x61, 0xff]).is_err());
    assert!(read::<Blob>(&[0x61, b'a']).is_err());
}

#[test]
fn structures_have_their_length_or_an_end() {
    let inner = Inner {
        name: "a".to_owned(),
        next: None,
        numbers: None,
    };
    let indefinite = [0xbf, 0x64, b'n', b'a', b'm', b'e', 0x61, b'a', 0xff];
    assert_eq!(write(&inner), indefinite);
    assert_eq!(read(&indefinite), Ok(inner.clone()));
    assert_eq!(
        read(&[0xa1, 0x64, b'n', b'a', b'm', b'e', 0x61, b'a']),
        Ok(inner)
    );
    assert_eq!(read_as(&[], Mode::Correcting), Ok(Inner::zero()));
}

#[test]
fn what_is_missing_or_null_is_corrected_or_refused() {
    let null = [0xa1, 0x64, b'n', b'a', b'm', b'e', 0xf6];
    assert_eq!(read_as(&null, Mode::Correcting), Ok(Inner::zero()));
    assert_eq!(
        read::<Inner>(&null),
        Err("name: found null, expected a string".to_owned())
    );
    assert_eq!(
        read::<Inner>(&[0xa0]),
        Err("missing field `name`".to_owned())
    );
    assert_eq!(
        read_as(&[0x82, 0x01, 0xf6], Mode::Correcting),
        Ok(vec![1_i64])
    );
    assert!(read::<Vec<i64>>(&[0x82, 0x01, 0xf6]).is_err());
    assert_eq!(read(&[0x82, 0x01, 0xf6]), Ok(vec![Some(1_i64), None]));
    let twice = [
        0xa2, 0x64, b'n', b'a', b'm', b'e', 0x60, 0x64, b'n', b'a', b'm', b'e', 0x60,
    ];
    assert_eq!(
        read::<Inner>(&twice),
        Err("duplicate field `name`".to_owned())
    );
}

#[test]
fn null_is_a_value_where_the_model_has_one() {
    let map = [0xa1, 0x61, b'a', 0xf6];
    let key = "a".to_owned();
    let sparse = HashMap::from([(key.clone(), None::<i64>)]);
    assert_eq!(read(&map), Ok(sparse));
    assert_eq!(read(&map), Ok(HashMap::from([(key, Document::Null)])));
    assert_eq!(
        read::<HashMap<String, i64>>(&map),
        Err("[…]: found null, expected no null in this map".to_owned())
    );
    let corrected = read_as::<HashMap<String, i64>>(&map, Mode::Correcting);
    assert_eq!(corrected, Ok(HashMap::new()));
    assert_eq!(read(&[0x81, 0xf7]), Ok(vec![Document::Null]));
    assert_eq!(read(&[0xf6]), Ok(None::<i64>));
    assert_eq!(
        read::<i64>(&[0xf6]),
        Err("found null, expected an integer of 64 bits".to_owned())
    );
}

#[test]
fn members_come_in_any_order_and_strangers_are_skipped() {
    let bytes = encoded(|to| {
        to.begin_map().unwrap().str("next").unwrap().null().unwrap();
        to.str("stranger")
            .unwrap()
            .array(1)
            .unwrap()
            .null()
            .unwrap();
        to.str("name").unwrap().str("a").unwrap();
        to.str("numbers").unwrap().map(0).unwrap().end().unwrap();
    });
    let inner = Inner {
        name: "a".to_owned(),
        next: None,
        numbers: Some(HashMap::new()),
    };
    assert_eq!(read(&bytes), Ok(inner));
}

#[test]
fn errors_name_members_and_show_nothing_else() {
    let bytes = encoded(|to| {
        to.map(1).unwrap().str("inner").unwrap().map(2).unwrap();
        to.str("name").unwrap().str("").unwrap();
        to.str("numbers").unwrap().map(1).unwrap();
        to.str("secret")
            .unwrap()
            .array(2)
            .unwrap()
            .i8(1)
            .unwrap()
            .str("secret")
            .unwrap();
    });
    assert_eq!(
        read::<Choice>(&bytes),
        Err("inner.numbers[…][1]: found a string, expected an integer of 64 bits".to_owned())
    );
}

#[test]
fn one_member_of_a_union_is_set() {
    assert_eq!(
        read(&write(&Choice::Text("a".to_owned()))),
        Ok(Choice::Text("a".to_owned()))
    );
    let unknown = Choice::Unknown {
        tag: "newer".to_owned(),
        value: serde_json::json!({"a": [1, -1, 1.5, "b", null, true]}),
    };
    assert_eq!(read(&write(&unknown)), Ok(unknown));
    let typed = encoded(|to| {
        to.map(3).unwrap().str("__type").unwrap().str("x").unwrap();
        to.str("inner")
            .unwrap()
            .null()
            .unwrap()
            .str("text")
            .unwrap()
            .str("a")
            .unwrap();
    });
    assert_eq!(read(&typed), Ok(Choice::Text("a".to_owned())));
    assert!(
        read::<Choice>(&[0xa0])
            .unwrap_err()
            .contains("no member set")
    );
    let both = encoded(|to| {
        to.map(2).unwrap().str("text").unwrap().str("a").unwrap();
        to.str("newer").unwrap().bool(true).unwrap();
    });
    assert!(
        read::<Choice>(&both)
            .unwrap_err()
            .contains("more than one member set")
    );
}

#[test]
fn unknown_values_become_what_json_has_for_them() {
    let bytes = encoded(|to| {
        to.begin_array().unwrap();
        to.bytes(b"foo")
            .unwrap()
            .f32(f32::INFINITY)
            .unwrap()
            .u64(u64::MAX)
            .unwrap();
        to.tag(Tag::new(2))
            .unwrap()
            .bytes(&[1, 0, 0, 0, 0, 0, 0, 0, 0])
            .unwrap();
        to.tag(Tag::new(4))
            .unwrap()
            .array(2)
            .unwrap()
            .i8(-2)
            .unwrap()
            .i32(12345)
            .unwrap();
        to.tag(Tag::new(1))
            .unwrap()
            .i8(1)
            .unwrap()
            .undefined()
            .unwrap();
        to.end().unwrap();
    });
    let expected = serde_json::json!([
        "Zm9v",
        "Infinity",
        u64::MAX,
        "18446744073709551616",
        "123.45",
        1,
        null
    ]);
    assert_eq!(read::<Document>(&bytes), Ok(expected));
}

#[test]
fn big_numbers_have_tags() {
    let integer = |text: &str| text.parse::<BigInteger>().unwrap();
    for (text, bytes) in [
        ("0", vec![0x00]),
        ("-1", vec![0x20]),
        (
            "18446744073709551615",
            vec![0x1b, 255, 255, 255, 255, 255, 255, 255, 255],
        ),
        (
            "-18446744073709551616",
            vec![0x3b, 255, 255, 255, 255, 255, 255, 255, 255],
        ),
        (
            "18446744073709551616",
            vec![0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
        (
            "-18446744073709551617",
            vec![0xc3, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
    ] {
        assert_eq!(write(&integer(text)), bytes, "{text}");
        assert_eq!(read(&bytes), Ok(integer(text)), "{text}");
    }
    let decimal = |text: &str| text.parse::<BigDecimal>().unwrap();
    assert_eq!(
        write(&decimal("273.15")),
        [0xc4, 0x82, 0x21, 0x19, 0x6a, 0xb3]
    );
    assert_eq!(
        read(&[0xc4, 0x82, 0x21, 0x19, 0x6a, 0xb3]),
        Ok(decimal("273.15"))
    );
    assert_eq!(read(&[0x18, 0x2a]), Ok(decimal("42")));
    assert_eq!(
        read(&[0xc4, 0x9f, 0x21, 0x19, 0x6a, 0xb3, 0xff]),
        Ok(decimal("273.15"))
    );
    assert!(read::<BigDecimal>(&[0xc4, 0x81, 0x21]).is_err());
    assert!(read::<BigInteger>(&[0xc4, 0x82, 0x21, 0x01]).is_err());
}

#[test]
fn hostile_bytes_neither_hang_nor_overflow() {
    for byte in [0x81, 0x9f, 0xbf, 0xa1, 0xc1, 0xd8, 0x7f] {
        let _ = read::<Document>(&vec![byte; 100_000]);
        let _ = read::<Inner>(&vec![byte; 100_000]);
    }
    let mut next = Vec::new();
    for _ in 0..100_000 {
        next.extend([0xa1, 0x64, b'n', b'e', b'x', b't']);
    }
    assert!(read::<Inner>(&next).unwrap_err().contains("nested deeper"));
    // A list that claims to be long.
    assert!(read::<Vec<i64>>(&[0x9b, 255, 255, 255, 255, 255, 255, 255, 255, 1]).is_err());
    // A bignum that is long.
    let long = encoded(|to| drop(to.tag(Tag::new(2)).unwrap().bytes(&vec![255; 1 << 20])));
    assert!(read::<BigInteger>(&long).is_err());
    assert_eq!(
        read::<bool>(&[0xf5, 0x00]),
        Err("there is more behind the value".to_owned())
    );
    assert_eq!(
        read::<String>(&[0x62, b'a']),
        Err("the CBOR is cut short".to_owned())
    );
}

#[test]
fn what_is_cut_short_is_told_from_what_is_wrong() {
    let mut inner = Inner::zero();
    let mut is_incomplete = |bytes: &[u8]| {
        let read = super::read::read(bytes, inner.slot(), Mode::Correcting);
        read.unwrap_err().is_incomplete()
    };
    let whole = b"\xa2\x64name\x61a\x67numbers\xa1\x61b\x82\x01\x19\x01\x02";
    for end in 1..whole.len() {
        assert!(is_incomplete(&whole[..end]), "{end}");
    }
    assert!(!is_incomplete(b"\xa1\x64name\x01"));
    assert!(!is_incomplete(b"\xa0\x00"));
}

fn inner() -> impl Strategy<Value = Inner> {
    let numbers = prop::option::of(prop::collection::hash_map(
        any::<String>(),
        prop::collection::vec(any::<i64>(), 0..4),
        0..4,
    ));
    let leaf = (any::<String>(), numbers).prop_map(|(name, numbers)| Inner {
        name,
        next: None,
        numbers,
    });
    leaf.prop_recursive(8, 8, 1, |next| {
        (any::<String>(), next).prop_map(|(name, next)| Inner {
            name,
            next: Some(Box::new(next)),
            numbers: None,
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(inner in inner(), double: f64, secs in -(1_i64 << 33)..(1 << 33), micros in 0_u32..1_000_000) {
        prop_assert_eq!(read(&write(&inner)), Ok(inner));
        prop_assert_eq!(read::<f64>(&write(&double)).map(f64::to_bits), Ok(double.to_bits()));
        let moment = DateTime::from_secs_and_nanos(secs, micros * 1000);
        prop_assert_eq!(read(&write(&moment)), Ok(moment));
    }

    #[test]
    fn big_numbers_are_read_back(integer in "-?[1-9][0-9]{0,300}", decimal in r"-?[0-9]{1,30}(\.[0-9]{1,30})?(E[-+]?[0-9]{1,9})?") {
        let integer: BigInteger = integer.parse().unwrap();
        prop_assert_eq!(read(&write(&integer)), Ok(integer));
        let decimal: BigDecimal = decimal.parse().unwrap();
        prop_assert_eq!(read(&write(&decimal)), Ok(decimal));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = read::<Inner>(&bytes);
        let _ = read::<Choice>(&bytes);
        let _ = read::<Document>(&bytes);
        let _ = read::<BigDecimal>(&bytes);
        let _ = read::<DateTime>(&bytes);
    }
}
