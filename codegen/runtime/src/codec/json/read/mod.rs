//! Reading: from any self-describing format of serde's to [`Slot`]s.
//!
//! One visitor reads values of every kind; which kinds are right is up to the slot. It says in its errors what it found and
//! what belongs there, but shows nothing of what was read.

mod aggregates;
mod body;
mod number;
mod seed;
mod unknown;

use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, Error};

use self::seed::{Read, Seed};
use super::scalar::{OUT_OF_RANGE, Scalar};
use crate::codec::Mode;
use crate::codec::destination::Destination;
use crate::codec::path::{Path, Step};
use crate::schema::{Slot, Value};

pub(super) use self::body::read;

/// Reads a value in the service's own form, which has to hold all that is required, and if it is a request, nothing that the model
/// does not know. The macros make serde's `Deserialize` of it.
///
/// # Errors
/// If something is missing or of another kind than the model says. The error says where, but does not show what was found.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::zero();
    let mut reader = Reader {
        refuses_unknown: T::IS_REQUEST,
        ..Reader::new(Mode::Strict, number::is_json::<D::Error>())
    };
    match reader.read(value.slot(), deserializer) {
        Ok(()) => Ok(value),
        Err(error) => Err(reader.locate(error)),
    }
}

/// The state of a read, shared by all levels of the value.
struct Reader {
    /// `true` if what is missing or null stays zero, `false` if it is an error.
    corrects: bool,
    /// `true` if a member that the model does not know is an error.
    refuses_unknown: bool,
    /// `true` if numbers that may not be rounded are read as raw JSON, for which the deserializer has to be serde_json's.
    keeps_digits: bool,
    /// `true` if a number that may not be rounded may have been.
    lacks_digits: bool,
    /// The path of the error, if there is one: filled in on the way back up, so that it costs nothing where all is well.
    path: Path,
    /// `true` if the error is about the value that was read, not about the text that it was read from.
    refused: bool,
}

// One reader for all types: it is not generic over what is read, only over where it comes from, so that a crate with a thousand
// structures has no more of this code than a crate with one.
impl Reader {
    fn new(mode: Mode, keeps_digits: bool) -> Self {
        Self {
            corrects: mode == Mode::Correcting,
            refuses_unknown: false,
            keeps_digits,
            lacks_digits: false,
            path: Path::default(),
            refused: false,
        }
    }

    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        slot: Slot<'_>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let seed = Seed {
            destination: Destination::Slot(slot),
            allows_null: false,
            reader: self,
        };
        seed.deserialize(deserializer).map(drop)
    }

    /// Reads a text of JSON and nothing behind it.
    fn read_all(&mut self, body: &str, slot: Slot<'_>) -> Result<(), serde_json::Error> {
        let mut json = serde_json::Deserializer::from_str(body);
        self.read(slot, &mut json)?;
        json.end()
    }

    /// Returns an error about what was read.
    fn refuse<E>(&mut self, error: E) -> E {
        self.refused = true;
        error
    }

    /// Puts a scalar where it belongs.
    fn put<E: Error>(&mut self, scalar: Scalar<'_>, slot: Slot<'_>) -> Result<Read, E> {
        match scalar.put_into(slot) {
            Ok(()) => Ok(Read::Value),
            Err(text) => Err(self.refuse(E::custom(text))),
        }
    }

    /// Returns the error, with the path of the value that it is about. Errors of the deserializer itself stay as they are, since it may
    /// tell them apart: all but those about a number, which it is not always the one to find.
    #[cold]
    fn locate<E: Error>(&self, error: E) -> E {
        if (self.refused || is_out_of_range(&error)) && !self.path.is_empty() {
            E::custom(format_args!("{}: {error}", self.path))
        } else {
            error
        }
    }

    /// Notes where an error is.
    fn at<T, E>(&mut self, step: Step, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            self.path.push_front(step);
        }
        result
    }
}

/// Returns `true` if the error says that the deserializer could not hold a number.
fn is_out_of_range<E: Error>(error: &E) -> bool {
    error.to_string().starts_with(OUT_OF_RANGE)
}

fn unexpected<E: Error>(found: &str, expected: &str) -> E {
    E::custom(format_args!("found {found}, expected {expected}"))
}

#[cfg(test)]
#[allow(dead_code, reason = "the builders are not what is tested here")]
mod tests;
