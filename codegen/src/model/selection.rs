//! The choice of a service among those of a model, and of operations among those of the service.

use super::{Model, Operation, Service, Shape, ShapeId, ShapeKind};
use crate::{Diagnostics, Error, names};

/// The service and the operations that a crate is to be generated for, by names (`StartJob`) or ids (`com.example#StartJob`).
#[derive(Clone, Copy, Debug, Default)]
pub struct Selection<'a> {
    /// The service. Without it, the only one of the model.
    pub service: Option<&'a str>,
    /// The operations. Without any, all of the service.
    pub operations: &'a [String],
}

/// The most names that a message lists.
const LISTED: usize = 10;

impl Selection<'_> {
    /// The service that is meant.
    pub(super) fn service<'m>(&self, model: &'m Model) -> Result<(&'m Shape, &'m Service), Error> {
        let services = model.shapes().filter_map(|shape| match &shape.kind {
            ShapeKind::Service(service) if !shape.traits.is_mixin() => Some((shape, service)),
            _ => None,
        });
        let services: Vec<_> = services.collect();
        let ids = services.iter().map(|(shape, _)| &shape.id);
        let Some(name) = self.service else {
            return match services[..] {
                [service] => Ok(service),
                [] => Err(Error::new(
                    "the model has no service; exactly one shape of type `service` is needed",
                )),
                _ => Err(Error::new(format!(
                    "the model has {} services: choose one of them by `service` (`--service`): {}",
                    services.len(),
                    listed(ids.map(ShapeId::as_str))
                ))),
            };
        };
        let meant: Vec<_> = services
            .iter()
            .filter(|(shape, _)| is_called(&shape.id, name))
            .collect();
        match meant[..] {
            [service] => Ok(*service),
            [] => Err(Error::new(format!(
                "the model has no service `{name}`{}",
                advice(name, ids)
            ))),
            _ => Err(Error::new(format!(
                "the model has {} services `{name}`: expected one of {}",
                meant.len(),
                listed(meant.iter().map(|(shape, _)| shape.id.as_str()))
            ))),
        }
    }

    /// Those of a service's operations that are meant, in their order.
    pub(super) fn operations<'m>(
        &self,
        service: &ShapeId,
        all: &[(&'m Shape, &'m Operation)],
    ) -> Result<Vec<(&'m Shape, &'m Operation)>, Error> {
        let mut diagnostics = Diagnostics::new();
        for name in self.operations {
            if !all.iter().any(|(shape, _)| is_called(&shape.id, name)) {
                let advice = advice(name, all.iter().map(|(shape, _)| &shape.id));
                diagnostics.push(Error::at(
                    service,
                    format!("the service has no operation `{name}`{advice}"),
                ));
            }
        }
        let is_meant = |shape: &Shape| {
            let mut names = self.operations.iter();
            self.operations.is_empty() || names.any(|name| is_called(&shape.id, name))
        };
        let meant = all.iter().filter(|(shape, _)| is_meant(shape));
        diagnostics.finish(meant.copied().collect())
    }
}

/// Returns `true` if this is the name or the id of a shape.
fn is_called(id: &ShapeId, name: &str) -> bool {
    id.as_str() == name || id.name() == name
}

/// Advice about a name that is not known: the one that may have been meant, or else those that are known.
fn advice<'a>(name: &str, known: impl Iterator<Item = &'a ShapeId> + Clone) -> String {
    let wanted = name.rsplit('#').next().unwrap_or(name);
    match names::nearest(wanted, known.clone().map(ShapeId::name)) {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None if known.clone().next().is_none() => String::new(),
        None => format!("; it has {}", listed(known.map(ShapeId::name))),
    }
}

/// The first of these names in a list, and how many more there are.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    match names.get(..LISTED) {
        Some(first) if names.len() > LISTED => {
            format!("{} and {} more", first.join(", "), names.len() - LISTED)
        }
        _ => names.join(", "),
    }
}
