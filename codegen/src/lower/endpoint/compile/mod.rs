//! Rules to functions.
//!
//! A list of rules becomes a block of `if … { return … }`, the conditions of a rule one chain of tests and `let`s. That has the
//! meaning of the rules: the first rule whose conditions hold decides, what a condition assigns is known to the
//! conditions after it and to its rule alone, and a tree of rules none of which decides is an error.
//!
//! Two things are done for the reader of the generated code. Where all that is left to do without a condition is to give up, the function gives up
//! first and goes on without nesting ([`flattened`]). And a tree becomes a function of its own where blocks would grow too
//! long or too deep, or where the same tree stands in several places.
//!
//! Blocks, rules and their conditions are here; `tree` makes functions of trees, and `outcome` the endpoints that rules end in.

mod outcome;
mod tree;

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use crate::Diagnostic;
use crate::rules::{Condition, Expression, Function, Outcome, Place, Rule, RuleSet};

use super::names;
use super::value::Scope;
use crate::ir::endpoint::Parameter;
use crate::ir::endpoint::{Binding, Form, Kind, Type, Value};
use crate::ir::endpoint::{Decision, Link, RulesFunction, Statement};

pub use self::outcome::plain_endpoint;

use self::tree::{Made, find_repeated};

/// A tree of at most so many lines never becomes a function.
const SMALL: usize = 25;
/// The maximum depth of blocks in one function.
const DEEP: usize = 4;

/// All functions of a rule set, `resolve` first.
pub fn functions(
    rule_set: &RuleSet,
    parameters: &[Parameter],
) -> Result<Vec<RulesFunction>, Diagnostic> {
    let mut compiler = Compiler {
        plain: vec![BTreeSet::new()],
        ..Compiler::default()
    };
    find_repeated(&rule_set.rules, &mut HashSet::new(), &mut compiler.repeated);
    let scope = Scope {
        parameters,
        bindings: Vec::new(),
    };
    let place = Place::root("endpointRuleSet").member("rules");
    let body = compiler.block(&rule_set.rules, &scope, 0, &place)?;
    let resolve = RulesFunction {
        name: "resolve".to_owned(),
        place: place.to_string(),
        arguments: Vec::new(),
        body,
    };
    let others = compiler
        .functions
        .into_iter()
        .filter_map(|function| function.made);
    Ok(std::iter::once(resolve).chain(others).collect())
}

#[derive(Default)]
struct Compiler<'a> {
    /// The functions so far, but for `resolve`, in the order in which they are first called.
    functions: Vec<Made<'a>>,
    /// The large trees that stand in several places.
    repeated: HashSet<&'a [Rule]>,
    /// The parameters that the functions which are being made take from `self`, innermost last.
    plain: Vec<BTreeSet<String>>,
}

/// The code where conditions hold, with what they have bound in scope.
type Then<'t, 'a> =
    dyn FnMut(&mut Compiler<'a>, &Scope<'_>) -> Result<Vec<Statement>, Diagnostic> + 't;

/// The cases in which a condition holds.
enum Test {
    Always,
    Never,
    Of(Value),
}

/// Returns when a condition holds that assigns nothing: if there is a value, and it is not `false`.
fn test(value: Value) -> Test {
    match (&value.kind, value.ty, value.optional) {
        (Kind::Boolean(false), ..) => Test::Never,
        (Kind::Boolean(true), ..) => Test::Always,
        (_, Type::Boolean, true) => {
            let values = vec![value, Value::boolean(false)];
            Test::Of(Value::borrowed(Kind::Coalesce(values), Type::Boolean))
        }
        (_, Type::Boolean, false) => Test::Of(value),
        (_, _, true) => Test::Of(value.into_is_some()),
        (_, _, false) => Test::Always,
    }
}

/// Statements for a rule, and whether they always return.
type Compiled = (Vec<Statement>, bool);

impl<'a> Compiler<'a> {
    /// A block that returns what the rules decide.
    fn block(
        &mut self,
        rules: &'a [Rule],
        scope: &Scope<'_>,
        depth: usize,
        place: &Place,
    ) -> Result<Vec<Statement>, Diagnostic> {
        let crowded = rules.iter().filter(|rule| self.lines(rule) > SMALL).count() > 1;
        let mut block = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            // `flattened` takes such a rule out of its `if`, so that it adds no depth.
            let flat = rule.conditions.len() < 2 && index + 2 >= rules.len();
            let depth = if flat { depth } else { depth + 1 };
            // One large tree can follow the small rules in place; several would hide where each ends.
            let apart = self.lines(rule) > SMALL && (crowded || depth > DEEP);
            let (statements, always) = self.rule(rule, scope, depth, apart, &place.item(index))?;
            block.extend(statements);
            // The rules after one that always decides are never reached.
            if always {
                return Ok(flattened(block));
            }
        }
        block.push(Statement::Return(Decision::NoRule));
        Ok(flattened(block))
    }

    /// Returns the approximate number of lines of a rule.
    fn lines(&self, rule: &Rule) -> usize {
        match &rule.outcome {
            Outcome::Tree(rules) if self.repeated.contains(rules.as_slice()) => 3,
            Outcome::Tree(rules) => 2 + rules.iter().map(|rule| self.lines(rule)).sum::<usize>(),
            _ => 5,
        }
    }

    /// A rule; its tree, if it has one, is a function if it is to stand apart.
    fn rule(
        &mut self,
        rule: &'a Rule,
        scope: &Scope<'_>,
        depth: usize,
        apart: bool,
        place: &Place,
    ) -> Result<Compiled, Diagnostic> {
        self.conditions(
            &rule.conditions,
            0,
            scope,
            place,
            &mut |compiler, scope| match &rule.outcome {
                Outcome::Tree(rules) => {
                    let place = place.member("rules");
                    if apart || compiler.repeated.contains(rules.as_slice()) {
                        let call = compiler.call(rules, &names::function(rule), scope, &place)?;
                        return Ok(vec![Statement::Return(call)]);
                    }
                    compiler.block(rules, scope, depth, &place)
                }
                Outcome::Error(message) => {
                    let message = compiler.string(scope, message, &place.member("error"))?;
                    Ok(vec![Statement::Return(Decision::Error(message))])
                }
                Outcome::Endpoint(endpoint) => {
                    let endpoint = compiler.endpoint(endpoint, scope, &place.member("endpoint"))?;
                    Ok(vec![Statement::Return(Decision::Endpoint(endpoint))])
                }
            },
        )
    }

    /// The conditions from `index` on, with what follows if they hold.
    fn conditions(
        &mut self,
        conditions: &'a [Condition],
        index: usize,
        scope: &Scope<'_>,
        place: &Place,
        then: &mut Then<'_, 'a>,
    ) -> Result<Compiled, Diagnostic> {
        let Some(condition) = conditions.get(index) else {
            return Ok((then(self, scope)?, true));
        };
        let place_of_condition = place.member("conditions").item(index);
        let mut rest = |compiler: &mut Self, scope: &Scope<'_>| {
            compiler.conditions(conditions, index + 1, scope, place, then)
        };
        // The rest goes first: only then is it known if it uses the variable.
        if let Some((binding, value)) = self.narrowed(condition, scope) {
            let rest = rest(self, &scope.with(&binding))?;
            return Ok(chained(bound(binding, value), rest));
        }
        let value = self.value(scope, &condition.call, &place_of_condition)?;
        let Some(name) = &condition.assign else {
            return Ok(match test(value) {
                Test::Never => (Vec::new(), false),
                Test::Always => rest(self, scope)?,
                Test::Of(value) => chained(Link::Test(value), rest(self, scope)?),
            });
        };
        let binding = local(scope, name, &value);
        let inner = scope.with(&binding);
        let mut compiled = if value.ty == Type::Boolean {
            // What is assigned has to be true, too.
            let reference = Expression::Reference(name.clone());
            let assigned = self.value(&inner, &reference, &place_of_condition)?;
            chained(Link::Test(assigned), rest(self, &inner)?)
        } else {
            rest(self, &inner)?
        };
        if value.optional {
            compiled = chained(bound(binding, value), compiled);
        } else if binding.used.get() {
            compiled.0.insert(0, Statement::Let(binding, value));
        }
        Ok(compiled)
    }

    /// Returns the variable that `isSet` binds a parameter to which may be unset: `if let Some(region) = …`.
    fn narrowed(
        &mut self,
        condition: &Condition,
        scope: &Scope<'_>,
    ) -> Option<(Rc<Binding>, Value)> {
        let Expression::Call(Function::IsSet, arguments) = &condition.call else {
            return None;
        };
        let [argument @ Expression::Reference(name)] = arguments.as_slice() else {
            return None;
        };
        if condition.assign.is_some() || scope.binding(name).is_some() {
            return None;
        }
        let value = self
            .value(scope, argument, &Place::root(""))
            .ok()
            .filter(|value| value.optional)?;
        Some((local(scope, name, &value), value))
    }

    fn string(
        &mut self,
        scope: &Scope<'_>,
        expression: &Expression,
        place: &Place,
    ) -> Result<Value, Diagnostic> {
        self.note(scope, expression);
        scope.string(expression, place)
    }

    fn value(
        &mut self,
        scope: &Scope<'_>,
        expression: &Expression,
        place: &Place,
    ) -> Result<Value, Diagnostic> {
        self.note(scope, expression);
        scope.value(expression, place)
    }

    /// Notes the parameters that are not local variables here, which functions take from `self`.
    fn note(&mut self, scope: &Scope<'_>, expression: &Expression) {
        let Some(plain) = self.plain.last_mut() else {
            return;
        };
        expression.for_each_reference(&mut |name| {
            if scope.binding(name).is_none() {
                plain.insert(name.to_owned());
            }
        });
    }
}

/// A new local variable.
fn local(scope: &Scope<'_>, reference: &str, value: &Value) -> Rc<Binding> {
    Rc::new(Binding {
        reference: reference.to_owned(),
        name: scope.free_name(&names::variable(reference)),
        ty: value.ty,
        form: if value.form == Form::Temporary {
            Form::Place
        } else {
            value.form
        },
        used: Cell::new(false),
    })
}

/// `let Some(name) = value`, or only a test that there is a value if nothing uses it. The rest has been compiled by now.
fn bound(binding: Rc<Binding>, value: Value) -> Link {
    if binding.used.get() {
        Link::Bind(binding, value)
    } else {
        Link::Test(value.into_is_some())
    }
}

/// Returns the rest under the condition that the link holds.
fn chained(link: Link, (mut rest, always): Compiled) -> Compiled {
    if rest.is_empty() {
        return (rest, false);
    }
    // A single `if` takes one more link, `if a && let Some(b) = …`, in place of one more level.
    if !always && let [Statement::If(links, _)] = rest.as_mut_slice() {
        links.insert(0, link);
        return (rest, false);
    }
    (vec![Statement::If(vec![link], rest)], false)
}

/// Turns `if a { …; return x; } return e;` into `if !a { return e; } …; return x;`, and likewise with `let … else`.
fn flattened(mut block: Vec<Statement>) -> Vec<Statement> {
    let gives_up = |statement: &Statement| {
        matches!(
            statement,
            Statement::Return(Decision::NoRule | Decision::Error(_))
        )
    };
    let nested = |statement: &Statement| matches!(statement, Statement::If(links, then) if links.len() == 1 && then.len() > 1);
    let [.., last_but_one, last] = block.as_slice() else {
        return block;
    };
    if !gives_up(last) || !nested(last_but_one) {
        return block;
    }
    let (Some(Statement::Return(decision)), Some(Statement::If(mut links, then))) =
        (block.pop(), block.pop())
    else {
        return block;
    };
    match links.pop() {
        Some(Link::Test(value)) => {
            let give_up = vec![Statement::Return(decision)];
            block.push(Statement::If(vec![Link::Test(value.negated())], give_up));
        }
        Some(Link::Bind(binding, value)) => {
            block.push(Statement::LetElse(binding, value, decision))
        }
        None => {}
    }
    block.extend(then);
    block
}
