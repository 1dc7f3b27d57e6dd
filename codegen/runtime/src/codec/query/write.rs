//! Writing: from a structure to parameters.

use percent_encoding::utf8_percent_encode;

use super::{Dialect, RESERVED};
use crate::Document;
use crate::codec::xml::{name, sorted};
use crate::codec::{EncodeError, text};
use crate::schema::{List, Map, Member, Structure, TimestampFormat, Union, View, Xml};

/// Appends the members of a structure to parameters that are there already.
///
/// # Errors
/// If a value has no form in a query.
pub(crate) fn write(
    dialect: Dialect,
    structure: &dyn Structure,
    query: &mut String,
) -> Result<(), EncodeError> {
    let mut writer = Writer {
        dialect,
        query,
        path: String::new(),
        timestamps: TimestampFormat::DateTime,
    };
    writer.members(structure)
}

struct Writer<'a> {
    dialect: Dialect,
    query: &'a mut String,
    /// The name of the value that is being written.
    path: String,
    /// The format of timestamps in the member that is being written.
    timestamps: TimestampFormat,
}

impl Writer<'_> {
    /// Writes what is a step further down.
    fn at(
        &mut self,
        push_step: impl FnOnce(&mut String),
        write: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        push_step(&mut self.path);
        let written = write(self);
        self.path.truncate(length);
        written
    }

    fn members(&mut self, structure: &dyn Structure) -> Result<(), EncodeError> {
        for (index, member) in structure.members().iter().enumerate() {
            let view = structure.member_view(index);
            if !matches!(view, View::Null) {
                self.member(member, view)?;
            }
        }
        Ok(())
    }

    fn member(&mut self, member: &Member, view: View<'_>) -> Result<(), EncodeError> {
        self.timestamps = member.timestamps;
        let dialect = self.dialect;
        let written = self.at(
            |path| dialect.push_name(member, path),
            |writer| writer.value(view, member.form()),
        );
        written.map_err(|error| error.within(member.name))
    }

    fn value(&mut self, view: View<'_>, xml: &Xml) -> Result<(), EncodeError> {
        match view {
            View::Structure(structure) => self.members(structure),
            View::Union(union) => self.union(union),
            View::List(list) => self.list(list, xml),
            View::Map(map) => self.map(map, xml),
            View::Document(document) => self.document(document),
            View::Unit => self.parameter(""),
            View::Null => Err(EncodeError::new("a query has no form for a null")),
            scalar => match text::write(scalar, self.timestamps)? {
                Some(text) => self.parameter(&text),
                None => Ok(()),
            },
        }
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), EncodeError> {
        let (tag, view) = union.member();
        match Member::named(union.members(), tag) {
            Some(member) => self.member(member, view),
            None => self.at(
                |path| path.push_str(tag),
                |writer| writer.value(view, &Xml::DEFAULT),
            ),
        }
    }

    fn list(&mut self, list: &dyn List, xml: &Xml) -> Result<(), EncodeError> {
        let is_flattened = xml.is_flattened || self.dialect == Dialect::Ec2;
        let of_elements = xml.of_elements();
        if list.count() == 0 {
            // Only so can a list be emptied, where it is left as it is without a parameter.
            return match self.dialect {
                Dialect::Aws => self.parameter(""),
                Dialect::Ec2 => Ok(()),
            };
        }
        for index in 0..list.count() {
            let push_step = |path: &mut String| {
                if !is_flattened {
                    path.push_str(of_elements.name.unwrap_or(name::ELEMENT));
                    path.push('.');
                }
                path.push_str(&(index + 1).to_string());
            };
            self.at(push_step, |writer| {
                writer.value(list.element_view(index), of_elements)
            })?;
        }
        Ok(())
    }

    fn map(&mut self, map: &dyn Map, xml: &Xml) -> Result<(), EncodeError> {
        if self.dialect == Dialect::Ec2 {
            return Err(EncodeError::new("queries of EC2 have no form for a map"));
        }
        let (keys, values) = (xml.of_keys(), xml.of_elements());
        for (index, (key, view)) in sorted(map).into_iter().enumerate() {
            let push_step = |path: &mut String| {
                if !xml.is_flattened {
                    path.push_str(name::ENTRY);
                    path.push('.');
                }
                path.push_str(&(index + 1).to_string());
            };
            self.at(push_step, |writer| {
                writer.at(
                    |path| path.push_str(keys.name.unwrap_or(name::KEY)),
                    |writer| writer.parameter(key),
                )?;
                writer.at(
                    |path| path.push_str(values.name.unwrap_or(name::VALUE)),
                    |writer| writer.value(view, values),
                )
            })?;
        }
        Ok(())
    }

    /// Writes what an unknown member of a union holds.
    fn document(&mut self, document: &Document) -> Result<(), EncodeError> {
        match document {
            Document::Null => self.parameter(""),
            Document::Bool(value) => self.value(View::Boolean(*value), &Xml::DEFAULT),
            Document::Number(number) => self.parameter(&number.to_string()),
            Document::String(text) => self.parameter(text),
            Document::Array(elements) => self.list(elements, &Xml::DEFAULT),
            Document::Object(entries) => {
                for (name, value) in entries {
                    self.at(|path| path.push_str(name), |writer| writer.document(value))?;
                }
                Ok(())
            }
        }
    }

    /// Writes a parameter with the name of the place.
    fn parameter(&mut self, value: &str) -> Result<(), EncodeError> {
        self.query.push('&');
        let name = utf8_percent_encode(&self.path, RESERVED);
        self.query.extend(name);
        self.query.push('=');
        self.query.extend(utf8_percent_encode(value, RESERVED));
        Ok(())
    }
}
