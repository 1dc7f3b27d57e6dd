//! Codecs: between bytes and the [`View`](crate::schema::View)s and [`Slot`](crate::schema::Slot)s of values.

pub(crate) mod json;

mod blob;
mod float;
mod timestamp;
