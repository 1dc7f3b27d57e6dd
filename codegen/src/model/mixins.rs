//! Works mixins into the shapes that use them: members in order (those of mixins first, in the order of the mixins), and traits.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::ShapeId;
use super::raw::{RawMember, RawShape, RawShapes};
use crate::{Error, Problems};

const MIXIN: &str = "smithy.api#mixin";

/// Works all mixins in. Shapes with an impossible mixin are reported and stay without it.
pub(super) fn flatten(shapes: &mut RawShapes, problems: &mut Problems) {
    for id in in_order_of_use(shapes, problems) {
        let Some(mut shape) = shapes.get_mut(&id).map(std::mem::take) else {
            continue;
        };
        let mut inherited = RawShape::default();
        for mixin_id in std::mem::take(&mut shape.mixins) {
            match shapes.get(&mixin_id) {
                // Reported as a cycle.
                Some(_) if mixin_id == id => {}
                Some(mixin) if mixin.kind != shape.kind => {
                    let message = format!(
                        "a {} cannot use {mixin_id}, a {}, as a mixin",
                        shape.kind, mixin.kind
                    );
                    problems.push(Error::at(&id, message));
                }
                Some(mixin) => add(&mut inherited, mixin, &local_traits(mixin)),
                None => problems.push(Error::at(
                    &id,
                    format!("uses the mixin {mixin_id}, which the model does not have"),
                )),
            }
        }
        let flat = over(inherited, shape);
        if let Some(place) = shapes.get_mut(&id) {
            *place = flat;
        }
    }
}

/// The shapes that use mixins, each after the mixins that it uses. Cycles are reported and cut.
fn in_order_of_use(shapes: &RawShapes, problems: &mut Problems) -> Vec<ShapeId> {
    let mut done: HashMap<&ShapeId, bool> = HashMap::new();
    let mut order = Vec::new();
    for start in shapes
        .iter()
        .filter(|(_, shape)| !shape.mixins.is_empty())
        .map(|(id, _)| id)
    {
        if done.contains_key(start) {
            continue;
        }
        // A path from shape to mixin to mixin's mixin, each with the number of mixins that were looked at.
        let mut path = vec![(start, 0)];
        done.insert(start, false);
        while let Some((id, next)) = path.last_mut() {
            let mixins = shapes.get(*id).map_or(&[][..], |shape| &shape.mixins);
            let Some(mixin) = mixins.get(*next) else {
                done.insert(*id, true);
                order.push((*id).clone());
                path.pop();
                continue;
            };
            *next += 1;
            match done.get(mixin) {
                Some(true) => {}
                Some(false) => problems.push(cycle(path.iter().map(|(id, _)| *id), mixin)),
                None => {
                    done.insert(mixin, false);
                    path.push((mixin, 0));
                }
            }
        }
    }
    order
}

fn cycle<'a>(path: impl Iterator<Item = &'a ShapeId>, again: &ShapeId) -> Error {
    let mut steps: Vec<_> = path
        .skip_while(|id| *id != again)
        .map(ShapeId::as_str)
        .collect();
    steps.push(again.as_str());
    Error::at(again, format!("is its own mixin: {}", steps.join(" -> ")))
}

/// The traits of a mixin that do not go to the shapes that use it.
fn local_traits(mixin: &RawShape) -> Vec<&str> {
    let named = mixin
        .traits
        .get(MIXIN)
        .and_then(|value| value.get("localTraits"))
        .and_then(Value::as_array);
    named
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .chain([MIXIN])
        .collect()
}

/// Adds what a mixin brings to what earlier mixins brought. The later mixin counts where both say something.
fn add(inherited: &mut RawShape, mixin: &RawShape, local: &[&str]) {
    let traits = mixin
        .traits
        .iter()
        .filter(|(name, _)| !local.contains(&name.as_str()));
    inherited
        .traits
        .extend(traits.map(|(name, value)| (name.clone(), value.clone())));
    merge_members(&mut inherited.members, mixin.members.clone());
    merge_properties(&mut inherited.rest, mixin.rest.clone());
}

/// What a shape says itself counts more than what it inherits.
fn over(mut inherited: RawShape, shape: RawShape) -> RawShape {
    inherited.kind = shape.kind;
    inherited.traits.extend(shape.traits);
    merge_members(&mut inherited.members, shape.members);
    merge_properties(&mut inherited.rest, shape.rest);
    inherited
}

fn merge_members(into: &mut IndexMap<String, RawMember>, members: IndexMap<String, RawMember>) {
    for (name, member) in members {
        let known = into.entry(name).or_default();
        known.target = member.target.or_else(|| known.target.take());
        known.traits.extend(member.traits);
    }
}

/// Joins arrays (operations, errors) and objects (rename); else the later value counts.
fn merge_properties(into: &mut Map<String, Value>, properties: Map<String, Value>) {
    for (name, value) in properties {
        match (into.get_mut(&name), value) {
            (Some(Value::Array(known)), Value::Array(more)) => {
                let new: Vec<_> = more
                    .into_iter()
                    .filter(|value| !known.contains(value))
                    .collect();
                known.extend(new);
            }
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            (_, value) => drop(into.insert(name, value)),
        }
    }
}
