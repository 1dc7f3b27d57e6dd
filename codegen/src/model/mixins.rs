//! Works mixins into the shapes that use them: members in order (those of mixins first, in the order of the mixins), and traits.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use super::ShapeId;
use super::raw::{RawMember, RawShape, RawShapes};
use crate::{Diagnostics, Error};

const MIXIN: &str = "smithy.api#mixin";

/// The largest number of steps that are shown of a cycle.
const SHOWN: usize = 10;

/// The largest number of bytes of names and traits that are copied from mixins, about. Where each of many mixins is used by many
/// shapes, what they bring multiplies; published models stay below a hundredth of this.
const MAX_COPIED: usize = 64 << 20;

/// Works all mixins in. Shapes with an impossible mixin are reported and stay without it.
pub(super) fn flatten(shapes: &mut RawShapes, diagnostics: &mut Diagnostics) {
    let order = in_order_of_use(shapes, diagnostics);
    let mut mixins = Mixins {
        users: HashMap::new(),
        flat: HashMap::new(),
        copied: 0,
    };
    for mixin in shapes.values().flat_map(|shape| &shape.mixins) {
        *mixins.users.entry(mixin.clone()).or_default() += 1;
    }
    for id in order {
        // Taken out, since the shape is changed while its mixins are read.
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
                    diagnostics.push(Error::at(&id, message));
                }
                Some(mixin) => {
                    let mixin = mixins.bring(&mixin_id, mixin);
                    report_conflicts(&id, &inherited, &mixin, diagnostics);
                    add(&mut inherited, mixin);
                }
                None => diagnostics.push(Error::at(
                    &id,
                    format!("uses the mixin {mixin_id}, which the model does not have"),
                )),
            }
        }
        if mixins.copied > MAX_COPIED {
            let limit = MAX_COPIED >> 20;
            diagnostics.push(Error::at(
                &id,
                format!(
                    "shapes get more than {limit} MiB from mixins by the time that this one gets its share: fewer shapes \
                     should use fewer or smaller mixins"
                ),
            ));
            // The rest would only copy more, and be reported for the same reason.
            shapes.insert(id, shape);
            return;
        }
        report_conflicts(&id, &inherited, &shape, diagnostics);
        let shape = mixins.keep(&id, inherited, shape);
        if let Some(place) = shapes.get_mut(&id) {
            *place = shape;
        }
    }
}

/// Mixins that use mixins themselves, worked in.
///
/// They are kept aside, and only until the last shape has used them, which gets them without copying. In the model, a mixin keeps what
/// it says itself: nothing but shapes that use it refers to it, and in a long chain of mixins, each has all members of those
/// before it.
struct Mixins {
    /// The number of shapes that are still to use a mixin.
    users: HashMap<ShapeId, usize>,
    flat: HashMap<ShapeId, RawShape>,
    /// The number of bytes that were copied, about.
    copied: usize,
}

impl Mixins {
    /// All that a mixin brings to a shape. `own` is what it says itself.
    fn bring(&mut self, id: &ShapeId, own: &RawShape) -> RawShape {
        let is_last = match self.users.get_mut(id) {
            Some(users) => {
                *users = users.saturating_sub(1);
                *users == 0
            }
            None => false,
        };
        if is_last && let Some(flat) = self.flat.remove(id) {
            return flat;
        }
        let mixin = self.flat.get(id).unwrap_or(own);
        self.copied = self.copied.saturating_add(size(mixin));
        copy(mixin)
    }

    /// Returns the shape that stands in the model for one that has inherited something.
    fn keep(&mut self, id: &ShapeId, inherited: RawShape, shape: RawShape) -> RawShape {
        let is_used = self.users.get(id).is_some_and(|users| *users > 0);
        if is_used && shape.traits.contains_key(MIXIN) {
            let mut own = copy(&shape);
            // Traits alone that it gives to members of its own mixins are no members.
            let is_own = |name: &str, member: &RawMember| {
                member.target.is_some() || !inherited.members.contains_key(name)
            };
            own.members.retain(|name, member| is_own(name, member));
            let flat = over(inherited, shape);
            if matches!(
                &*flat.kind,
                "list" | "set" | "map" | "enum" | "intEnum" | "union"
            ) {
                // They are nothing without members.
                self.copied = self.copied.saturating_add(size(&flat));
                own = copy(&flat);
            }
            self.flat.insert(id.clone(), flat);
            own
        } else {
            over(inherited, shape)
        }
    }
}

fn copy(shape: &RawShape) -> RawShape {
    RawShape {
        kind: shape.kind.clone(),
        members: shape.members.clone(),
        traits: shape.traits.clone(),
        mixins: Vec::new(),
        rest: shape.rest.clone(),
    }
}

/// The size of a copy of a shape in bytes, about.
fn size(shape: &RawShape) -> usize {
    let members = shape.members.iter();
    let members = members.map(|(name, member)| {
        let target = member.target.as_ref().map_or(0, |id| id.as_str().len());
        size_of::<RawMember>() + name.len() + target + size_of_object(&member.traits)
    });
    members.sum::<usize>() + size_of_object(&shape.traits) + size_of_object(&shape.rest)
}

fn size_of_object(object: &Map<String, Value>) -> usize {
    let entries = object.iter();
    entries
        .map(|(name, value)| size_of::<String>() + name.len() + size_of_value(value))
        .sum()
}

fn size_of_value(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::String(text) => text.len(),
            Value::Array(values) => values.iter().map(size_of_value).sum(),
            Value::Object(object) => size_of_object(object),
            _ => 0,
        }
}

/// The shapes that use mixins, each after the mixins that it uses. Cycles are reported and cut.
pub(crate) fn in_order_of_use(shapes: &RawShapes, diagnostics: &mut Diagnostics) -> Vec<ShapeId> {
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
                Some(false) => diagnostics.push(cycle(path.iter().map(|(id, _)| *id), mixin)),
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
    if steps.len() > SHOWN {
        steps.truncate(SHOWN);
        steps.push("…");
    }
    steps.push(again.as_str());
    Error::at(again, format!("is its own mixin: {}", steps.join(" -> ")))
}

/// Takes the traits from a mixin that do not go to the shapes that use it.
fn remove_local_traits(mixin: &mut RawShape) {
    let Some(definition) = mixin.traits.swap_remove(MIXIN) else {
        return;
    };
    let local = definition.get("localTraits").and_then(Value::as_array);
    for name in local.into_iter().flatten().filter_map(Value::as_str) {
        mixin.traits.swap_remove(name);
    }
}

/// Reports members that have another target than what the shape inherits already.
fn report_conflicts(
    id: &ShapeId,
    inherited: &RawShape,
    shape: &RawShape,
    diagnostics: &mut Diagnostics,
) {
    if inherited.members.is_empty() {
        return;
    }
    for (name, member) in &shape.members {
        let known = inherited.members.get(name);
        if let (Some(target), Some(known)) =
            (&member.target, known.and_then(|it| it.target.as_ref()))
            && target != known
        {
            let message =
                format!("targets {target}, but a mixin has this member with the target {known}");
            diagnostics.push(Error::at(id.member(name), message));
        }
    }
}

/// Adds what a mixin brings to what earlier mixins brought. The later mixin counts where both say something.
fn add(inherited: &mut RawShape, mut mixin: RawShape) {
    remove_local_traits(&mut mixin);
    if inherited.members.is_empty() && inherited.traits.is_empty() && inherited.rest.is_empty() {
        *inherited = mixin;
        return;
    }
    inherited.traits.extend(mixin.traits);
    merge_members(&mut inherited.members, mixin.members);
    merge_properties(&mut inherited.rest, mixin.rest);
}

/// Merges a shape into what it inherits. Its own traits, members and properties take precedence.
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
                let all = std::mem::take(known).into_iter().chain(more);
                *known = all.collect::<IndexSet<_>>().into_iter().collect();
            }
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            (_, value) => drop(into.insert(name, value)),
        }
    }
}
