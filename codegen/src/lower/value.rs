//! Values of shapes, such as the `params` of a protocol test, as values of Rust types.
//!
//! Smithy writes them as JSON, but not as they stand on any wire: a blob is plain text, a timestamp a number of seconds, and
//! the floats that JSON lacks are strings.

use super::default::describe;
use super::shapes::Shapes;
use crate::Diagnostic;
use crate::ir::{Crate, DefaultValue, StreamKind};
use crate::ir::{Member, RustType, Structure, Type, TypeName, Union, Value};
use serde_json::{Map, Value as Json};

/// The treatment of a required member that is absent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Absent {
    /// It is a mistake: a request cannot be built without it.
    Mistake,
    /// It gets the value of client error correction, as in a response.
    Corrected,
    /// It gets something that can be sent.
    Given,
}

/// Reads values with the types of a crate.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    ir: &'a Crate,
    shapes: Shapes<'a>,
    absent: Absent,
}

/// The synthesis of values that the JSON does not have.
#[derive(Clone, Copy)]
struct Zero {
    /// The maximum depth of structures.
    depth: usize,
    /// Every string.
    text: &'static str,
}

impl Zero {
    /// As client error correction does.
    const CORRECTED: Self = Self {
        depth: 32,
        text: "",
    };

    /// Something that can be sent: a string that can be part of a host's name.
    const GIVEN: Self = Self {
        depth: 32,
        text: "a",
    };

    fn inside(self) -> Option<Self> {
        Some(Self {
            depth: self.depth.checked_sub(1)?,
            ..self
        })
    }
}

impl<'a> Values<'a> {
    /// A reader for values of this crate's types, to which it is a mistake that a required member is absent.
    pub fn new(ir: &'a Crate, shapes: Shapes<'a>) -> Self {
        Self {
            ir,
            shapes,
            absent: Absent::Mistake,
        }
    }

    /// As this one, but required members that are absent get the values of client error correction.
    pub fn corrected(self) -> Self {
        Self {
            absent: Absent::Corrected,
            ..self
        }
    }

    /// As this one, but required members that are absent get something that can be sent.
    pub fn given(self) -> Self {
        Self {
            absent: Absent::Given,
            ..self
        }
    }

    /// Reads a structure.
    pub fn structure(&self, structure: &Structure, json: &Json) -> Result<Value, Diagnostic> {
        let members = json
            .as_object()
            .ok_or_else(|| Diagnostic::new("must be an object"))?;
        let is_known = |name: &str| structure.fields().any(|member| member.name == name);
        if let Some(stranger) = members.keys().find(|name| !is_known(name)) {
            return Err(Diagnostic::new(format!(
                "{} has no member `{stranger}`",
                structure.about.name.shape
            )));
        }
        let mut fields = Vec::new();
        for member in structure.fields() {
            if let Some(value) = self.member(member, members)? {
                fields.push((member.field.clone(), value));
            }
        }
        Ok(Value::Structure {
            name: structure.about.name.clone(),
            fields,
        })
    }

    fn member(
        &self,
        member: &Member,
        members: &Map<String, Json>,
    ) -> Result<Option<Value>, Diagnostic> {
        let name = &member.name;
        match members
            .get(name)
            .filter(|json| !json.is_null() || member.ty == RustType::Document)
        {
            Some(json) => self
                .value(&member.ty, json)
                .map(Some)
                .map_err(|mistake| mistake.within(name)),
            None if !is_needed(member) => Ok(None),
            // A stream may have no events.
            None if member.ty.stream() == Some(StreamKind::Events) => {
                self.zero(&member.ty, Zero::CORRECTED).map(Some)
            }
            None => match self.absent {
                Absent::Mistake => Err(Diagnostic::new(format!(
                    "lacks `{name}`, which is required"
                ))),
                Absent::Corrected => self.zero(&member.ty, Zero::CORRECTED).map(Some),
                Absent::Given => self.zero(&member.ty, Zero::GIVEN).map(Some),
            },
        }
    }

    fn value(&self, ty: &RustType, json: &Json) -> Result<Value, Diagnostic> {
        match ty {
            RustType::Document => Ok(Value::Document(json.clone())),
            RustType::Structure(name) => self.structure(self.known_structure(name)?, json),
            RustType::Union(name) => self.union(name, json),
            RustType::List { element, sparse } => self.list(element, *sparse, json),
            RustType::Map { key, value, sparse } => self.map(key, value, *sparse, json),
            RustType::Blob | RustType::ByteStream => {
                let text = json
                    .as_str()
                    .ok_or_else(|| Diagnostic::new("must be a string, the blob's bytes as text"))?;
                Ok(scalar(DefaultValue::Blob(text.into()), ty))
            }
            _ => DefaultValue::new(json, ty, &|name, json| self.shapes.variant_of(name, json))
                .map(|value| scalar(value, ty))
                .ok_or_else(|| Diagnostic::new(format!("{json} is not {}", describe(ty)))),
        }
    }

    /// Reads the events of a stream, each of which is the value of a union, and the error that it may end with.
    pub fn events<'j>(
        &self,
        union: &TypeName,
        all: impl IntoIterator<Item = &'j Json>,
    ) -> Result<Value, Diagnostic> {
        let (mut events, mut error) = (Vec::new(), None);
        for json in all {
            match self.exception(union, json)? {
                Some((name, value)) => error = Some((name, Box::new(value))),
                None => events.push(self.union(union, json)?),
            }
        }
        Ok(Value::Events { events, error })
    }

    /// Reads the error that ends a stream, if that is what it is.
    fn exception(
        &self,
        union: &TypeName,
        json: &Json,
    ) -> Result<Option<(TypeName, Value)>, Diagnostic> {
        let exceptions = self.known_union(union)?.exceptions.iter().flatten();
        for exception in exceptions {
            if let Some(json) = json.get(&exception.member) {
                let structure = self.known_structure(&exception.error)?;
                let value = self.structure(structure, json);
                let value = value.map_err(|mistake| mistake.within(&exception.member))?;
                return Ok(Some((exception.error.clone(), value)));
            }
        }
        Ok(None)
    }

    fn known_union(&self, name: &TypeName) -> Result<&Union, Diagnostic> {
        match self.ir.type_of(&name.shape) {
            Some(Type::Union(union)) => Ok(union),
            _ => Err(Diagnostic::new(format!(
                "{} is not a union of this crate",
                name.shape
            ))),
        }
    }

    fn union(&self, name: &TypeName, json: &Json) -> Result<Value, Diagnostic> {
        let union = self.known_union(name)?;
        let members: Vec<_> = json
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, json)| !json.is_null())
            .collect();
        let [(tag, json)] = members.as_slice() else {
            return Err(Diagnostic::new(
                "must be an object with one member, since it is a union",
            ));
        };
        let variant = union.variants.iter().find(|variant| variant.tag == **tag);
        let variant = variant
            .ok_or_else(|| Diagnostic::new(format!("{} has no member `{tag}`", name.shape)))?;
        let value = match &variant.ty {
            Some(ty) => Some((
                Box::new(
                    self.value(ty, json)
                        .map_err(|mistake| mistake.within(*tag))?,
                ),
                variant.boxed,
            )),
            None => None,
        };
        Ok(Value::Union {
            name: name.clone(),
            variant: variant.name.clone(),
            value,
        })
    }

    fn list(&self, element: &RustType, sparse: bool, json: &Json) -> Result<Value, Diagnostic> {
        let elements = json
            .as_array()
            .ok_or_else(|| Diagnostic::new("must be an array"))?;
        let elements = elements.iter().enumerate().map(|(index, json)| {
            self.entry(element, sparse, json)
                .map_err(|mistake| mistake.within(format!("[{index}]")))
        });
        Ok(Value::List {
            elements: elements.collect::<Result<_, _>>()?,
            sparse,
        })
    }

    fn map(
        &self,
        key: &RustType,
        value: &RustType,
        sparse: bool,
        json: &Json,
    ) -> Result<Value, Diagnostic> {
        let entries = json
            .as_object()
            .ok_or_else(|| Diagnostic::new("must be an object"))?;
        let entries = entries.iter().map(|(name, json)| {
            let key = self.value(key, &Json::String(name.clone()))?;
            let value = self
                .entry(value, sparse, json)
                .map_err(|mistake| mistake.within(name))?;
            Ok((key, value))
        });
        Ok(Value::Map {
            entries: entries.collect::<Result<_, Diagnostic>>()?,
            sparse,
        })
    }

    fn entry(&self, ty: &RustType, sparse: bool, json: &Json) -> Result<Option<Value>, Diagnostic> {
        if sparse && json.is_null() {
            Ok(None)
        } else {
            self.value(ty, json).map(Some)
        }
    }
}

impl Values<'_> {
    /// The least that can be given for a structure: a value for every member that must be given.
    pub fn least(&self, structure: &Structure) -> Result<Value, Diagnostic> {
        self.zero_structure(structure, Zero::GIVEN)
    }

    fn zero_structure(&self, structure: &Structure, zero: Zero) -> Result<Value, Diagnostic> {
        let zero = zero.inside().ok_or_else(|| {
            Diagnostic::new(format!("{} requires itself", structure.about.name.shape))
        })?;
        let needed = structure.fields().filter(|member| is_needed(member));
        let fields = needed.map(|member| Ok((member.field.clone(), self.zero(&member.ty, zero)?)));
        Ok(Value::Structure {
            name: structure.about.name.clone(),
            fields: fields.collect::<Result<_, Diagnostic>>()?,
        })
    }

    /// Returns the value that client error correction puts in place of a required one.
    fn zero(&self, ty: &RustType, zero: Zero) -> Result<Value, Diagnostic> {
        let value = match ty {
            RustType::Bool => DefaultValue::Bool(false),
            RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64 => {
                DefaultValue::Integer(0)
            }
            RustType::F32 | RustType::F64 => DefaultValue::Float(0.0),
            RustType::BigInteger => DefaultValue::BigInteger("0".to_owned()),
            RustType::BigDecimal => DefaultValue::BigDecimal("0".to_owned()),
            RustType::String => DefaultValue::String(zero.text.to_owned()),
            RustType::Blob | RustType::ByteStream => DefaultValue::Blob(Vec::new()),
            RustType::DateTime(_) => DefaultValue::DateTime {
                seconds: 0,
                nanos: 0,
            },
            RustType::Enum(name) => DefaultValue::Enum {
                name: name.clone(),
                variant: None,
                value: String::new(),
            },
            RustType::IntEnum(name) => {
                let variant = self.shapes.variant_of(name, &Json::from(0));
                DefaultValue::IntEnum {
                    name: name.clone(),
                    variant,
                    value: 0,
                }
            }
            RustType::Document => return Ok(Value::Document(Json::Null)),
            RustType::Structure(name) => {
                return self.zero_structure(self.known_structure(name)?, zero);
            }
            RustType::Union(name) => return Ok(Value::UnknownUnion(name.clone())),
            RustType::EventStream(_) => {
                return Ok(Value::Events {
                    events: Vec::new(),
                    error: None,
                });
            }
            RustType::List { sparse, .. } => {
                return Ok(Value::List {
                    elements: Vec::new(),
                    sparse: *sparse,
                });
            }
            RustType::Map { sparse, .. } => {
                return Ok(Value::Map {
                    entries: Vec::new(),
                    sparse: *sparse,
                });
            }
        };
        Ok(scalar(value, ty))
    }

    fn known_structure(&self, name: &TypeName) -> Result<&Structure, Diagnostic> {
        self.ir.structure(&name.shape).ok_or_else(|| {
            Diagnostic::new(format!("{} is not a structure of this crate", name.shape))
        })
    }
}

fn scalar(value: DefaultValue, ty: &RustType) -> Value {
    Value::Scalar {
        value,
        ty: ty.clone(),
    }
}

/// Returns `true` if the builder does not build without it.
fn is_needed(member: &Member) -> bool {
    !member.optional && member.default.is_none()
}
