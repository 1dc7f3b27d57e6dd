//! The kinds of values, each of which CBOR writes in several ways.

use minicbor::data::Type;

#[inline]
pub(super) fn is_text(found: Type) -> bool {
    matches!(found, Type::String | Type::StringIndef)
}

#[inline]
pub(super) fn is_bytes(found: Type) -> bool {
    matches!(found, Type::Bytes | Type::BytesIndef)
}

#[inline]
pub(super) fn is_float(found: Type) -> bool {
    matches!(found, Type::F16 | Type::F32 | Type::F64)
}

#[inline]
pub(super) fn is_integer(found: Type) -> bool {
    use Type::{I8, I16, I32, I64, U8, U16, U32, U64};
    matches!(
        found,
        U8 | U16 | U32 | U64 | I8 | I16 | I32 | I64 | Type::Int
    )
}
