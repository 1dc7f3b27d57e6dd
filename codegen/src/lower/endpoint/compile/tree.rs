//! Trees of rules as functions of their own: which trees are worth one, and which function can be called for which tree.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use crate::Diagnostic;
use crate::names::unique;
use crate::rules::{Expression, Outcome, Place, Rule};

use super::super::value::Scope;
use super::Compiler;
use crate::ir::endpoint::Binding;
use crate::ir::endpoint::{Decision, RulesFunction};

/// A tree of more rules is not written twice.
const MANY: usize = 4;

/// A function, with the conditions under which it can be called for the same rules elsewhere.
pub(super) struct Made<'a> {
    name: String,
    rules: &'a [Rule],
    /// The parameters that it takes from `self`: it means something else where one of them is a local variable.
    plain: BTreeSet<String>,
    /// The function, once it is made.
    pub(super) made: Option<RulesFunction>,
}

impl<'a> Compiler<'a> {
    /// The call of the function for a tree of rules, which is made if there is none yet.
    pub(super) fn call(
        &mut self,
        rules: &'a [Rule],
        name: &str,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<Decision, Diagnostic> {
        let known = self
            .functions
            .iter()
            .position(|function| function.rules == rules && function.fits(scope));
        let at = match known {
            Some(at) => at,
            None => self.function(rules, name, scope, place)?,
        };
        let Some(Made {
            plain,
            made: Some(function),
            ..
        }) = self.functions.get(at)
        else {
            return Err(Diagnostic::at(place, "these rules contain themselves"));
        };
        if let Some(outer) = self.plain.last_mut() {
            outer.extend(plain.iter().cloned());
        }
        let argument = |wanted: &Rc<Binding>| {
            scope.value(&Expression::Reference(wanted.reference.clone()), place)
        };
        let arguments = function
            .arguments
            .iter()
            .map(argument)
            .collect::<Result<_, _>>()?;
        Ok(Decision::Call(function.name.clone(), arguments))
    }

    fn function(
        &mut self,
        rules: &'a [Rule],
        name: &str,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<usize, Diagnostic> {
        let at = self.functions.len();
        let taken = |name: &str| self.functions.iter().any(|function| function.name == name);
        let name = unique(name, '_', |name| !taken(name));
        // Its place is taken before its body is compiled, so that functions stand in the order in which they are first called.
        self.functions.push(Made {
            name: name.clone(),
            rules,
            plain: BTreeSet::new(),
            made: None,
        });

        let bindings = scope
            .bindings
            .iter()
            .map(|outer| Rc::new(outer.passed()))
            .collect();
        let inner = Scope {
            parameters: scope.parameters,
            bindings,
        };
        self.plain.push(BTreeSet::new());
        let body = self.block(rules, &inner, 0, place)?;
        let plain = self.plain.pop().unwrap_or_default();
        let arguments = inner
            .bindings
            .into_iter()
            .filter(|binding| binding.used.get())
            .collect();
        if let Some(function) = self.functions.get_mut(at) {
            function.plain = plain;
            function.made = Some(RulesFunction {
                name,
                place: place.to_string(),
                arguments,
                body,
            });
        }
        Ok(at)
    }
}

impl Made<'_> {
    /// Returns `true` if the function can be called in a scope: it would mean the same there.
    fn fits(&self, scope: &Scope<'_>) -> bool {
        let has = |wanted: &Rc<Binding>| {
            scope
                .binding(&wanted.reference)
                .is_some_and(|found| found.ty == wanted.ty)
        };
        let arguments = self.made.as_ref().map(|function| &function.arguments);
        arguments.is_some_and(|arguments| arguments.iter().all(has))
            && self.plain.iter().all(|name| scope.binding(name).is_none())
    }
}

/// Finds the large trees that stand in several places, and returns the number of rules.
pub(super) fn find_repeated<'a>(
    rules: &'a [Rule],
    seen: &mut HashSet<&'a [Rule]>,
    repeated: &mut HashSet<&'a [Rule]>,
) -> usize {
    let mut count = rules.len();
    for rule in rules {
        if let Outcome::Tree(rules) = &rule.outcome {
            // Compared by content, for a model repeats a tree by spelling it out. Hashing costs a tree its size at every level.
            if seen.contains(rules.as_slice()) {
                repeated.insert(rules);
                continue;
            }
            let inner = find_repeated(rules, seen, repeated);
            if inner > MANY {
                seen.insert(rules);
            }
            count += inner;
        }
    }
    count
}
