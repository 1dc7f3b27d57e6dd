//! The forms of members in XML: `smithy.api#xmlName` and the traits beside it.

use std::collections::HashMap;

use super::locations;
use super::shapes::Shapes;
use crate::Error;
use crate::ir::{Location, Member as Field, Xml, XmlInner, XmlNamespace};
use crate::model::{Member, Shape, ShapeId, ShapeKind, Traits};
use crate::protocol;

impl Shapes<'_> {
    /// The form of a member of a structure or union, if it is not the default.
    pub(super) fn xml(
        &self,
        member: &Member,
        location: &Location,
    ) -> Result<Option<Box<Xml>>, Error> {
        let xml = self.form(member, location)?;
        Ok((!xml.is_default()).then(|| Box::new(xml)))
    }

    fn form(&self, member: &Member, location: &Location) -> Result<Xml, Error> {
        let target = self.closure.target(member)?;
        if self.protocol.xml == protocol::Xml::None {
            return Ok(Xml::default());
        }
        if location.is_payload() {
            return self.xml_of_payload(member, target);
        }
        if *location != Location::Body {
            return Ok(Xml::default());
        }
        let traits = &member.traits;
        let query_name = match self.protocol.xml {
            protocol::Xml::Ec2 => traits.ec2_query_name()?,
            _ => None,
        };
        let is_aggregate = matches!(target.kind, ShapeKind::List(_) | ShapeKind::Map(_));
        let mut xml = Xml {
            query_name: query_name.map(str::to_owned),
            attribute: traits.is_xml_attribute(),
            flattened: traits.is_xml_flattened() && is_aggregate,
            ..self.element(member, &member.name)?
        };
        if let (true, XmlInner::List(element)) = (xml.flattened, &mut xml.inner) {
            // They have the name of the member.
            element.name = None;
        }
        Ok(xml)
    }

    /// The form of the root that a payload is: its name comes from the member, or else from the shape.
    fn xml_of_payload(&self, member: &Member, target: &Shape) -> Result<Xml, Error> {
        let is_text = !matches!(
            target.kind,
            ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::List(_) | ShapeKind::Map(_)
        );
        if is_text {
            return Ok(Xml::default());
        }
        let own = self.element(member, &member.name)?;
        let root = self.xml_of_root(target)?;
        let name = member.traits.xml_name()?.map(str::to_owned).or(root.name);
        Ok(Xml {
            name: name.filter(|name| *name != member.name),
            namespace: own.namespace.clone().or(root.namespace),
            ..own
        })
    }

    /// The form of the root that a shape is. It always has a name.
    fn xml_of_root(&self, shape: &Shape) -> Result<Xml, Error> {
        let name = shape.traits.xml_name()?.unwrap_or(shape.id.name());
        let own = self.namespace(&shape.traits)?;
        let of_service = self.namespace(&self.closure.service().traits)?;
        Ok(Xml {
            name: Some(name.to_owned()),
            namespace: own.or(of_service),
            ..Xml::default()
        })
    }

    /// The form of the root that the members of an input or output are in, if a protocol's bodies are XML and it has such members.
    pub(super) fn xml_of_message(&self, message: &ShapeId) -> Result<Option<Xml>, Error> {
        let shape = match self.protocol.xml {
            protocol::Xml::Bodies => self.closure.get(message),
            _ => None,
        };
        let Some(shape) = shape.filter(|shape| !shape.id.is_unit()) else {
            return Ok(None);
        };
        for member in shape.members() {
            let target = self.closure.target(member)?;
            let location = self.locations.location(&shape.id, member, target)?;
            if location == Location::Body {
                return self.xml_of_root(shape).map(Some);
            }
        }
        Ok(None)
    }

    /// The form of a member that has this name by default, and of what is in it.
    fn element(&self, member: &Member, default: &str) -> Result<Xml, Error> {
        let target = self.closure.target(member)?;
        let name = member.traits.xml_name()?.filter(|name| *name != default);
        let inner = match &target.kind {
            ShapeKind::List(element) => XmlInner::List(Box::new(self.element(element, "member")?)),
            ShapeKind::Map(map) => XmlInner::Map(Box::new((
                self.element(&map.key, "key")?,
                self.element(&map.value, "value")?,
            ))),
            _ => XmlInner::None,
        };
        Ok(Xml {
            name: name.map(str::to_owned),
            namespace: self.namespace(&member.traits)?,
            inner,
            ..Xml::default()
        })
    }

    /// The namespace of a trait, which counts where XML is written.
    fn namespace(&self, traits: &Traits) -> Result<Option<XmlNamespace>, Error> {
        let namespace = match self.protocol.xml {
            protocol::Xml::Bodies => traits.xml_namespace()?,
            _ => None,
        };
        Ok(namespace.map(|namespace| XmlNamespace {
            uri: namespace.uri.to_owned(),
            prefix: namespace.prefix.map(str::to_owned),
        }))
    }
}

/// Checks that no two elements of a structure have the same name, and no two attributes, and that these can be attributes.
pub fn check_names(shape: &Shape, members: &[Field]) -> Result<(), Error> {
    let mut names = HashMap::new();
    let in_body = members.iter().filter(|it| it.location == Location::Body);
    for member in in_body {
        let xml = member.xml.as_deref();
        let is_attribute = xml.is_some_and(|xml| xml.attribute);
        if is_attribute && !locations::is_scalar(&member.ty) {
            return Err(Error::at(
                shape.id.member(&member.name),
                "is not of a kind that can be an attribute in XML: a string, a number, a boolean or a timestamp",
            ));
        }
        let name = xml.and_then(|xml| xml.name.as_ref());
        let name = name.unwrap_or(&member.name);
        if let Some(other) = names.insert((name, is_attribute), &member.name) {
            let message = format!(
                "is called `{name}` in XML, as `{other}` is: each member needs a name of its own (smithy.api#xmlName)"
            );
            return Err(Error::at(shape.id.member(&member.name), message));
        }
    }
    Ok(())
}
