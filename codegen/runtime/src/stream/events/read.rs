//! Events, read from messages.

use aws_smithy_types::event_stream::{HeaderValue, Message};

use super::message::header;
use crate::codec::{Codec, Mode};
use crate::schema::{Location, Member, Slot, Structure, Union};
use crate::{Blob, DecodeError, Document};

/// Reads an event of this name. One that the model does not name has as much of its payload as is of the codec's format.
pub(super) fn event(
    codec: &dyn Codec,
    message: &Message,
    name: &str,
    event: &mut dyn Union,
) -> Result<(), DecodeError> {
    let is_known = Member::named(event.members(), name).is_some();
    let payload = message.payload();
    let read = match event.set(name) {
        Slot::Document(document) if !is_known => {
            if self::payload(codec, payload, Slot::Document(document)).is_err() {
                *document = Document::Null;
            }
            Ok(())
        }
        Slot::Structure(structure) => members(codec, message, structure),
        Slot::Unit => Ok(()),
        slot => self::payload(codec, payload, slot),
    };
    read.map_err(|error| DecodeError::new(format!("the event {name}: {error}")))
}

/// Reads what is all of a payload. Of an empty one nothing is read.
pub(super) fn payload(
    codec: &dyn Codec,
    payload: &[u8],
    slot: Slot<'_>,
) -> Result<(), DecodeError> {
    match payload.is_empty() {
        true => Ok(()),
        false => codec.read(payload, slot, &Member::ROOT, Mode::Correcting),
    }
}

/// Reads the members of an event, wherever they are.
fn members(
    codec: &dyn Codec,
    message: &Message,
    event: &mut dyn Structure,
) -> Result<(), DecodeError> {
    let members = event.members();
    let is_payload = |member: &Member| member.location == Location::EventPayload;
    match members.iter().position(is_payload) {
        Some(index) => all_of_payload(codec, message.payload(), event, index)?,
        None if members
            .iter()
            .all(|member| member.location != Location::Body) => {}
        None => payload(codec, message.payload(), Slot::Structure(event))?,
    }
    for (index, member) in members.iter().enumerate() {
        if member.location == Location::EventHeader
            && let Some(value) = header(message, member.name)
        {
            of_header(value, event.member_slot(index))
                .map_err(|what| DecodeError::new(format!("{}: {what}", member.name)))?;
        }
    }
    Ok(())
}

/// Reads the member that is all of the payload.
fn all_of_payload(
    codec: &dyn Codec,
    bytes: &[u8],
    event: &mut dyn Structure,
    index: usize,
) -> Result<(), DecodeError> {
    let Some(member) = event.members().get(index).filter(|_| !bytes.is_empty()) else {
        return Ok(());
    };
    let text = || {
        let text = std::str::from_utf8(bytes);
        text.map_err(|_| DecodeError::new(format!("{}: found text that is not UTF-8", member.name)))
    };
    match event.member_slot(index).open() {
        Slot::Blob(blob) => *blob = Blob::new(bytes),
        Slot::String(string) => *string = text()?.to_owned(),
        Slot::Text(other) => other.set(text()?),
        slot => payload(codec, bytes, slot)?,
    }
    Ok(())
}

/// Sets a slot to the value of a header.
fn of_header(value: &HeaderValue, slot: Slot<'_>) -> Result<(), &'static str> {
    match (slot.open(), value) {
        (Slot::Boolean(boolean), HeaderValue::Bool(value)) => *boolean = *value,
        (Slot::Blob(blob), HeaderValue::ByteArray(bytes)) => *blob = Blob::new(bytes.as_ref()),
        (Slot::String(string), HeaderValue::String(value)) => value.as_str().clone_into(string),
        (Slot::Text(text), HeaderValue::String(value)) => text.set(value.as_str()),
        (Slot::Timestamp(at), HeaderValue::Timestamp(value)) => *at = *value,
        (slot, value) => return integer(value, slot),
    }
    Ok(())
}

/// Sets a slot to the integer of a header, which may be of any width as long as it fits.
fn integer(value: &HeaderValue, slot: Slot<'_>) -> Result<(), &'static str> {
    const TOO_LARGE: &str = "found an integer that does not fit";

    let integer = match value {
        HeaderValue::Byte(value) => i64::from(*value),
        HeaderValue::Int16(value) => i64::from(*value),
        HeaderValue::Int32(value) => i64::from(*value),
        HeaderValue::Int64(value) => *value,
        _ => return Err("found a header of another type"),
    };
    match slot {
        Slot::Byte(value) => *value = integer.try_into().map_err(|_| TOO_LARGE)?,
        Slot::Short(value) => *value = integer.try_into().map_err(|_| TOO_LARGE)?,
        Slot::Integer(value) => *value = integer.try_into().map_err(|_| TOO_LARGE)?,
        Slot::IntEnum(value) => value.set(integer.try_into().map_err(|_| TOO_LARGE)?),
        Slot::Long(value) => *value = integer,
        _ => return Err("found a header of another type"),
    }
    Ok(())
}
