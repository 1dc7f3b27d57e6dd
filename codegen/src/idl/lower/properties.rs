//! The properties of services, resources and operations.

use serde_json::{Map, Value};

use super::super::syntax::{
    Name, Node, Object, Property, PropertyValue, Spanned, Value as Written,
};
use super::{Lowering, target};
use crate::model::ShapeId;
use crate::names::nearest;

/// The operations that a resource names one by one.
const LIFECYCLE: [&str; 6] = ["put", "create", "read", "update", "delete", "list"];
/// Lists of shapes that services and resources have.
const SERVICE_LISTS: [&str; 3] = ["operations", "resources", "errors"];
const RESOURCE_LISTS: [&str; 3] = ["operations", "collectionOperations", "resources"];

impl Lowering<'_, '_> {
    pub(super) fn operation(&mut self, properties: &[Property<'_>]) -> Map<String, Value> {
        let mut rest = Map::new();
        for property in properties {
            let value = match &property.value {
                PropertyValue::Inline(name) => Some(target(&self.scope.defined(name))),
                PropertyValue::Target(name) => {
                    self.keep(self.scope.shape(name)).as_ref().map(target)
                }
                PropertyValue::Targets(names) => Some(self.targets(names)),
                PropertyValue::Node(_) => None,
            };
            rest.extend(value.map(|value| (property.name.value.clone(), value)));
        }
        rest
    }

    fn targets(&mut self, names: &[Name<'_>]) -> Value {
        let ids = names.iter().map(|name| self.scope.shape(name));
        let ids: Vec<_> = ids.collect();
        ids.into_iter()
            .filter_map(|id| self.keep(id).as_ref().map(target))
            .collect()
    }

    pub(super) fn service(&mut self, properties: &[Property<'_>]) -> Map<String, Value> {
        let mut rest = Map::new();
        for (key, node) in nodes(properties) {
            let value = match key.value.as_str() {
                "version" => self.text(key, node).map(Value::from),
                "rename" => self.rename(node),
                list if SERVICE_LISTS.contains(&list) => self.list(key, node),
                _ => {
                    let known = ["version", "rename"].into_iter().chain(SERVICE_LISTS);
                    self.unknown_property(key, "service", known);
                    None
                }
            };
            rest.extend(value.map(|value| (key.value.clone(), value)));
        }
        rest
    }

    fn rename(&mut self, node: &Node<'_>) -> Option<Value> {
        let object = self.object("rename", node)?;
        for (key, _) in object {
            if ShapeId::parse(&key.value).is_err() {
                self.wrong(
                    &key.span,
                    "`rename` takes whole ids, as in `\"com.example#Shape\": \"OtherName\"`",
                );
            }
        }
        Some(self.value(node))
    }

    pub(super) fn resource(&mut self, properties: &[Property<'_>]) -> Map<String, Value> {
        let mut rest = Map::new();
        for (key, node) in nodes(properties) {
            let value = match key.value.as_str() {
                "identifiers" | "properties" => self.named_targets(key, node),
                list if RESOURCE_LISTS.contains(&list) => self.list(key, node),
                one if LIFECYCLE.contains(&one) => self.reference(key, node),
                _ => {
                    let known = ["identifiers", "properties"].into_iter();
                    let known = known.chain(RESOURCE_LISTS).chain(LIFECYCLE);
                    self.unknown_property(key, "resource", known);
                    None
                }
            };
            rest.extend(value.map(|value| (key.value.clone(), value)));
        }
        rest
    }

    fn unknown_property(
        &mut self,
        key: &Spanned<String>,
        kind: &str,
        known: impl Iterator<Item = &'static str>,
    ) {
        let advice = nearest(&key.value, known);
        let advice = advice.map(|name| format!("; did you mean `{name}`?"));
        let message = format!(
            "a {kind} has no property `{}`{}",
            crate::format::one_line(&key.value),
            advice.unwrap_or_default()
        );
        self.wrong(&key.span, message);
    }

    /// An object of shapes by name.
    fn named_targets(&mut self, key: &Spanned<String>, node: &Node<'_>) -> Option<Value> {
        let mut targets = Map::new();
        for (name, node) in self.object(&key.value, node)? {
            let target = self.reference(name, node);
            targets.extend(target.map(|target| (name.value.clone(), target)));
        }
        Some(Value::Object(targets))
    }

    fn object<'n, 'a>(&mut self, key: &str, node: &'n Node<'a>) -> Option<&'n Object<'a>> {
        match &node.value {
            Written::Object(object) => Some(object),
            other => {
                let message = format!("`{key}` must be an object, not {}", other.in_words());
                self.wrong(&node.span, message);
                None
            }
        }
    }

    /// An array of shapes.
    fn list(&mut self, key: &Spanned<String>, node: &Node<'_>) -> Option<Value> {
        let Written::Array(nodes) = &node.value else {
            let found = node.value.in_words();
            let message = format!("`{}` must be an array of shapes, not {found}", key.value);
            self.wrong(&node.span, message);
            return None;
        };
        let targets = nodes.iter().filter_map(|node| self.reference(key, node));
        Some(targets.collect())
    }

    /// A shape, as a name or as text.
    fn reference(&mut self, key: &Spanned<String>, node: &Node<'_>) -> Option<Value> {
        let value = match &node.value {
            Written::Id(id) => *id,
            Written::String(text) => text.as_str(),
            other => {
                let found = other.in_words();
                let message = format!("`{}` must name a shape, not {found}", key.value);
                self.wrong(&node.span, message);
                return None;
            }
        };
        let name = Spanned {
            value,
            span: node.span.clone(),
        };
        self.keep(self.scope.shape(&name)).as_ref().map(target)
    }

    fn text(&mut self, key: &Spanned<String>, node: &Node<'_>) -> Option<String> {
        match &node.value {
            Written::String(text) => Some(text.clone()),
            other => {
                let found = other.in_words();
                let message = format!("`{}` must be a string, not {found}", key.value);
                self.wrong(&node.span, message);
                None
            }
        }
    }
}

fn nodes<'p, 'a>(
    properties: &'p [Property<'a>],
) -> impl Iterator<Item = (&'p Spanned<String>, &'p Node<'a>)> {
    properties
        .iter()
        .filter_map(|property| match &property.value {
            PropertyValue::Node(node) => Some((&property.name, node)),
            _ => None,
        })
}
