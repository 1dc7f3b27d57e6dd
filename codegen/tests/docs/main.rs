//! Documentation, read from the other side: as rustdoc reads it.

mod conversion;
mod crates;
mod hostile;
mod rustdoc;
