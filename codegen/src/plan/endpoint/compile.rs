//! Rules to functions.
//!
//! A list of rules becomes a block of `if … { return … }`, the conditions of a rule one chain of tests and `let`s. That has the
//! meaning of the rules: the first rule whose conditions hold decides, what a condition assigns is known to the
//! conditions after it and to its rule alone, and a tree of rules none of which decides is an error.
//!
//! Two things are done for the reader. Where all that is left to do without a condition is to give up, the function gives up
//! first and goes on without nesting ([`flattened`]). And a tree becomes a function of its own where blocks would grow too
//! long or too deep, or where the same tree stands in several places.

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use crate::rules::{
    Condition, EndpointRule, Expression, Function, Outcome, Place, Problem, Property, Rule, RuleSet,
};

use super::value::{Binding, Form, Kind, Scope, Type, Value};
use super::{Parameter, names};

/// A tree of at most so many lines never becomes a function.
const SMALL: usize = 25;
/// A tree of more rules is not written twice.
const MANY: usize = 4;
/// How deep blocks are nested in one function.
const DEEP: usize = 4;

/// A function made of rules.
#[derive(Debug)]
pub struct RulesFunction {
    /// Its name: `resolve` for the whole rule set.
    pub name: String,
    /// Where its rules stand.
    pub place: String,
    /// What it is told, besides the parameters.
    pub arguments: Vec<Rc<Binding>>,
    /// What it does; it ends with a return.
    pub body: Vec<Statement>,
}

/// A statement.
#[derive(Debug)]
pub enum Statement {
    /// `let name = value;`
    Let(Rc<Binding>, Value),
    /// `let Some(name) = value else { return …; };`
    LetElse(Rc<Binding>, Value, Decision),
    /// `if a && let Some(b) = c { … }`
    If(Vec<Link>, Vec<Statement>),
    /// `return …;`
    Return(Decision),
}

/// A link in the chain of conditions of an `if`.
#[derive(Debug)]
pub enum Link {
    /// A boolean.
    Test(Value),
    /// `let Some(name) = value`
    Bind(Rc<Binding>, Value),
}

/// What a function returns.
#[derive(Debug)]
pub enum Decision {
    /// No rule of a tree decided.
    NoRule,
    /// An error with a message.
    Error(Value),
    /// What another function returns.
    Call(String, Vec<Value>),
    /// An endpoint.
    Endpoint(EndpointPlan),
}

/// An endpoint to be built.
#[derive(Debug)]
pub struct EndpointPlan {
    /// Where it is.
    pub url: Value,
    /// Headers to send there.
    pub headers: Vec<(String, Value)>,
    /// Ways to sign, with their properties.
    pub auth_schemes: Vec<(String, Vec<(String, PropertyPlan)>)>,
    /// All other properties.
    pub properties: Vec<(String, PropertyPlan)>,
}

/// The value of a property.
#[derive(Debug)]
pub enum PropertyPlan {
    /// A single value.
    Value(Value),
    /// A list of values.
    Array(Vec<PropertyPlan>),
    /// Values with names.
    Object(Vec<(String, PropertyPlan)>),
}

/// All functions of a rule set, `resolve` first.
pub fn functions(
    rule_set: &RuleSet,
    parameters: &[Parameter],
) -> Result<Vec<RulesFunction>, Problem> {
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

/// An endpoint in which all values are plain: what a test expects.
pub fn plain_endpoint(endpoint: &EndpointRule, place: &Place) -> Result<EndpointPlan, Problem> {
    Compiler::default().endpoint(
        endpoint,
        &Scope {
            parameters: &[],
            bindings: Vec::new(),
        },
        place,
    )
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

/// A function, with what one has to know to call it for the same rules elsewhere.
struct Made<'a> {
    name: String,
    rules: &'a [Rule],
    plain: BTreeSet<String>,
    /// The function, once it is made.
    made: Option<RulesFunction>,
}

/// What follows where conditions hold, with what they have bound in scope.
type Then<'t, 'a> =
    dyn FnMut(&mut Compiler<'a>, &Scope<'_>) -> Result<Vec<Statement>, Problem> + 't;

/// When a condition holds.
enum Test {
    Always,
    Never,
    Of(Value),
}

/// When a condition holds that assigns nothing: if there is a value, and it is not `false`.
fn test(value: Value) -> Test {
    match (&value.kind, value.ty, value.optional) {
        (Kind::Boolean(false), ..) => Test::Never,
        (Kind::Boolean(true), ..) => Test::Always,
        (_, Type::Boolean, true) => {
            let values = vec![value, Value::boolean(false)];
            Test::Of(Value::borrowed(Kind::Coalesce(values), Type::Boolean))
        }
        (_, Type::Boolean, false) => Test::Of(value),
        (_, _, true) => Test::Of(value.is_some()),
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
    ) -> Result<Vec<Statement>, Problem> {
        let crowded = rules.iter().filter(|rule| self.lines(rule) > SMALL).count() > 1;
        let mut block = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let flat = rule.conditions.len() < 2 && index + 2 >= rules.len();
            let depth = if flat { depth } else { depth + 1 };
            let apart = self.lines(rule) > SMALL && (crowded || depth > DEEP);
            let (statements, always) = self.rule(rule, scope, depth, apart, &place.item(index))?;
            block.extend(statements);
            if always {
                return Ok(flattened(block));
            }
        }
        block.push(Statement::Return(Decision::NoRule));
        Ok(flattened(block))
    }

    /// About how many lines a rule takes.
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
    ) -> Result<Compiled, Problem> {
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
    ) -> Result<Compiled, Problem> {
        let Some(condition) = conditions.get(index) else {
            return Ok((then(self, scope)?, true));
        };
        let place_of_condition = place.member("conditions").item(index);
        let mut rest = |compiler: &mut Self, scope: &Scope<'_>| {
            compiler.conditions(conditions, index + 1, scope, place, then)
        };
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

    /// The variable that `isSet` makes of a parameter which may be unset.
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

    /// The call of the function for a tree of rules, which is made if there is none yet.
    fn call(
        &mut self,
        rules: &'a [Rule],
        name: &str,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<Decision, Problem> {
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
            return Err(Problem::new(place, "these rules contain themselves"));
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
    ) -> Result<usize, Problem> {
        let at = self.functions.len();
        let taken = |name: &str| self.functions.iter().any(|function| function.name == name);
        let name = names::free(name, taken);
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

    fn endpoint(
        &mut self,
        endpoint: &EndpointRule,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<EndpointPlan, Problem> {
        let headers_place = place.member("headers");
        let mut headers = Vec::new();
        for (name, values) in &endpoint.headers {
            for (index, value) in values.iter().enumerate() {
                headers.push((
                    name.clone(),
                    self.string(scope, value, &headers_place.member(name).item(index))?,
                ));
            }
        }
        let properties_place = place.member("properties");
        let schemes_place = properties_place.member("authSchemes");
        let auth_schemes = endpoint
            .auth_schemes
            .iter()
            .enumerate()
            .map(|(index, scheme)| {
                Ok((
                    scheme.name.clone(),
                    self.properties(&scheme.properties, scope, &schemes_place.item(index))?,
                ))
            });
        Ok(EndpointPlan {
            auth_schemes: auth_schemes.collect::<Result<_, Problem>>()?,
            url: self.string(scope, &endpoint.url, &place.member("url"))?,
            headers,
            properties: self.properties(&endpoint.properties, scope, &properties_place)?,
        })
    }

    fn properties(
        &mut self,
        properties: &[(String, Property)],
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<Vec<(String, PropertyPlan)>, Problem> {
        properties
            .iter()
            .map(|(name, property)| {
                Ok((
                    name.clone(),
                    self.property(property, scope, &place.member(name))?,
                ))
            })
            .collect()
    }

    fn property(
        &mut self,
        property: &Property,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<PropertyPlan, Problem> {
        Ok(match property {
            Property::Object(members) => {
                PropertyPlan::Object(self.properties(members, scope, place)?)
            }
            Property::Array(items) => {
                let item = |(index, item)| self.property(item, scope, &place.item(index));
                PropertyPlan::Array(
                    items
                        .iter()
                        .enumerate()
                        .map(item)
                        .collect::<Result<_, _>>()?,
                )
            }
            Property::Value(expression) => {
                let value = self.value(scope, expression, place)?;
                let plain = matches!(value.ty, Type::Boolean | Type::Integer | Type::String)
                    && !value.optional;
                if !plain {
                    return Err(Problem::new(
                        place,
                        "expected a string, a boolean or a number that is always set",
                    ));
                }
                PropertyPlan::Value(value)
            }
        })
    }

    fn string(
        &mut self,
        scope: &Scope<'_>,
        expression: &Expression,
        place: &Place,
    ) -> Result<Value, Problem> {
        self.note(scope, expression);
        scope.string(expression, place)
    }

    fn value(
        &mut self,
        scope: &Scope<'_>,
        expression: &Expression,
        place: &Place,
    ) -> Result<Value, Problem> {
        self.note(scope, expression);
        scope.value(expression, place)
    }

    /// Keeps in mind which parameters are not local variables here.
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

impl Made<'_> {
    /// Whether the function can be called in a scope: it would mean the same there.
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

/// `let Some(name) = value`, or only the question whether there is a value if nothing uses it. What may use it is known by now.
fn bound(binding: Rc<Binding>, value: Value) -> Link {
    if binding.used.get() {
        Link::Bind(binding, value)
    } else {
        Link::Test(value.is_some())
    }
}

/// The rest, if the link holds.
fn chained(link: Link, (mut rest, always): Compiled) -> Compiled {
    if rest.is_empty() {
        return (rest, false);
    }
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

/// Finds the large trees that stand in several places, and tells how many rules there are.
fn find_repeated<'a>(
    rules: &'a [Rule],
    seen: &mut HashSet<&'a [Rule]>,
    repeated: &mut HashSet<&'a [Rule]>,
) -> usize {
    let mut count = rules.len();
    for rule in rules {
        if let Outcome::Tree(rules) = &rule.outcome {
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
