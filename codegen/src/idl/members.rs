//! Members that get their targets from elsewhere, and those that a mixin has as well.

use std::collections::HashSet;

use super::assembly::Assembly;
use super::report::Report;
use crate::model::ShapeId;
use crate::model::raw::RawShapes;

/// The largest number of shapes that are looked at for members of mixins, in all. It bounds the time for chains of mixins that use
/// each other.
const MOST_STEPS: usize = 5_000_000;

/// Gives targets to members that have none. What a mixin has is left to it: only the traits of such a member stay.
///
/// `order` has all shapes, each after the mixins that it uses.
pub fn settle(assembly: &mut Assembly, order: &[ShapeId], report: &mut Report<'_>) {
    let mut steps = 0;
    for id in order {
        let Some(shape) = assembly.shapes.get(id) else {
            continue;
        };
        if !is_for_resource(assembly, id, report) {
            continue;
        }
        let mut settled = Vec::new();
        for (name, member) in &shape.members {
            let inherited = inherited(&assembly.shapes, id, name, &mut steps);
            let target = match &member.target {
                Some(target) => Some(target.clone()),
                None => of_resource(assembly, id, name),
            };
            settled.push((name.clone(), target, inherited));
        }
        if steps > MOST_STEPS {
            report.wrong(
                assembly.place(id.as_str()),
                Some(id),
                "there are too many mixins of mixins to look for members in",
            );
            return;
        }
        for (name, target, inherited) in settled {
            settle_member(assembly, id, &name, target, inherited, report);
        }
    }
}

/// What a shape is `for` must be a resource.
fn is_for_resource(assembly: &Assembly, id: &ShapeId, report: &mut Report<'_>) -> bool {
    let details = assembly.details.get(id);
    let Some((resource, place)) = details.and_then(|details| details.resource.as_ref()) else {
        return true;
    };
    let kind = assembly.shapes.get(resource);
    let kind = kind.map_or("shape of Smithy's own", |shape| shape.kind.as_str());
    if kind != "resource" {
        let message = format!("`for` takes a resource, but {resource} is a {kind}");
        report.wrong(Some(place), Some(id), message);
    }
    kind == "resource"
}

fn settle_member(
    assembly: &mut Assembly,
    id: &ShapeId,
    name: &str,
    target: Option<ShapeId>,
    inherited: Option<ShapeId>,
    report: &mut Report<'_>,
) {
    let member_id = id.member(name);
    let details = assembly.details.get(id);
    let is_elided = details.is_some_and(|details| details.elided.contains(name));
    let place = assembly.place(member_id.as_str());
    match (&target, &inherited) {
        (Some(target), Some(inherited)) if target != inherited => {
            let message = format!(
                "targets {target}, but a mixin has this member with the target {inherited}"
            );
            report.wrong(place, Some(&member_id), message);
        }
        (None, None) if is_elided => {
            let message = "has no target, and neither a mixin nor the resource has a member, an identifier or a property of this name";
            report.wrong(place, Some(&member_id), message);
        }
        _ => {}
    }
    let Some(shape) = assembly.shapes.get_mut(id) else {
        return;
    };
    if let Some(member) = shape.members.get_mut(name) {
        member.target = target.filter(|_| inherited.is_none());
        if inherited.is_some() && member.traits.is_empty() {
            shape.members.shift_remove(name);
        }
    }
}

/// The target of a member in the mixins of a shape. The first one that has it counts.
fn inherited(shapes: &RawShapes, id: &ShapeId, name: &str, steps: &mut usize) -> Option<ShapeId> {
    let mut seen = HashSet::new();
    let mut next: Vec<&ShapeId> = shapes.get(id)?.mixins.iter().rev().collect();
    while let Some(mixin) = next.pop() {
        *steps += 1;
        if !seen.insert(mixin) || *steps > MOST_STEPS {
            continue;
        }
        let Some(shape) = shapes.get(mixin) else {
            continue;
        };
        let target = shape.members.get(name).and_then(|it| it.target.clone());
        if target.is_some() {
            return target;
        }
        next.extend(shape.mixins.iter().rev());
    }
    None
}

/// The target of an elided member in the resource that the shape is for.
fn of_resource(assembly: &Assembly, id: &ShapeId, name: &str) -> Option<ShapeId> {
    let details = assembly.details.get(id)?;
    let (resource, _) = details.resource.as_ref()?;
    if !details.elided.contains(name) {
        return None;
    }
    let resource = assembly.shapes.get(resource)?;
    let of = |key: &str| resource.rest.get(key)?.get(name)?.get("target")?.as_str();
    let target = of("properties").or_else(|| of("identifiers"));
    target.map(ShapeId::known)
}
