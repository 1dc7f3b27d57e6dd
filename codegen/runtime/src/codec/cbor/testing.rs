//! Comparison of CBOR by what it means.

#![allow(clippy::panic, clippy::unwrap_used)] // In a test, to panic is to fail.

use minicbor::Decoder;
use minicbor::data::Type;
use serde_json::{Map, json};

use super::TIMESTAMP;
use super::read::more;
use crate::Document;

/// Describes the one item that these bytes are, so that two are equal if they mean the same: neither the order of entries nor the
/// width of a number counts, nor whether lengths are told. Tags and the difference between bytes, text, integers and floats do.
pub(crate) fn describe(cbor: &[u8]) -> Document {
    let mut decoder = Decoder::new(cbor);
    let described = item(&mut decoder);
    assert_eq!(decoder.position(), cbor.len(), "more behind the item");
    described
}

fn item(cbor: &mut Decoder<'_>) -> Document {
    match cbor.datatype().unwrap() {
        Type::Bool => cbor.bool().unwrap().into(),
        Type::Null => {
            cbor.null().unwrap();
            Document::Null
        }
        Type::F16 => float(cbor.f16().unwrap().into()),
        Type::F32 => float(cbor.f32().unwrap().into()),
        Type::F64 => float(cbor.f64().unwrap()),
        Type::String | Type::StringIndef => {
            let text: Result<String, _> = cbor.str_iter().unwrap().collect();
            text.unwrap().into()
        }
        Type::Bytes | Type::BytesIndef => {
            let pieces: Result<Vec<_>, _> = cbor.bytes_iter().unwrap().collect();
            json!({ "bytes": pieces.unwrap().concat() })
        }
        Type::Tag => match cbor.tag().unwrap().as_u64() {
            TIMESTAMP => json!({ "seconds": seconds(cbor) }),
            tag => json!({ "tag": tag, "item": item(cbor) }),
        },
        Type::Array | Type::ArrayIndef => {
            let mut left = cbor.array().unwrap();
            let mut items = Vec::new();
            while more(cbor, &mut left).unwrap() {
                items.push(item(cbor));
            }
            items.into()
        }
        Type::Map | Type::MapIndef => {
            let mut left = cbor.map().unwrap();
            let mut entries = Map::new();
            while more(cbor, &mut left).unwrap() {
                let key = cbor.str().unwrap().to_owned();
                assert!(!entries.contains_key(&key), "{key} twice");
                entries.insert(key, item(cbor));
            }
            json!({ "entries": entries })
        }
        _ => json!({ "integer": i128::from(cbor.int().unwrap()).to_string() }),
    }
}

/// Reads seconds, which may be an integer or a float, as long as it is the same moment.
fn seconds(cbor: &mut Decoder<'_>) -> f64 {
    match cbor.datatype().unwrap() {
        Type::F16 => cbor.f16().unwrap().into(),
        Type::F32 => cbor.f32().unwrap().into(),
        Type::F64 => cbor.f64().unwrap(),
        _ => i128::from(cbor.int().unwrap()) as f64,
    }
}

fn float(value: f64) -> Document {
    json!({ "float": value.to_string() })
}
