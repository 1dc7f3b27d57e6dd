//! Expressions of the rules language with their types, and with what they are in Rust.

use super::call;
use crate::Diagnostic;
use crate::ir::endpoint::{Binding, Form, FormatPart, Kind, Parameter, Type, Value};
use crate::names::unique;
use crate::rules::{Expression, ParameterKind, Part, Place};
use std::cell::Cell;
use std::rc::Rc;

/// The names in scope at a place in the rules.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// All parameters.
    pub parameters: &'a [Parameter],
    /// The local variables, innermost last.
    pub bindings: Vec<Rc<Binding>>,
}

impl Binding {
    /// The argument of a function that is given this variable.
    pub fn passed(&self) -> Self {
        let (reference, name) = (self.reference.clone(), self.name.clone());
        Self {
            reference,
            name,
            ty: self.ty,
            form: Form::Borrowed,
            used: Cell::new(false),
        }
    }
}

impl Scope<'_> {
    /// The local variable for a name of the rules.
    pub fn binding(&self, reference: &str) -> Option<&Rc<Binding>> {
        self.bindings
            .iter()
            .rev()
            .find(|binding| binding.reference == reference)
    }

    /// This scope and one more local variable.
    pub fn with(&self, binding: &Rc<Binding>) -> Self {
        let mut scope = self.clone();
        scope.bindings.push(Rc::clone(binding));
        scope
    }

    /// A name for a new local variable.
    pub fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.bindings.iter().any(|binding| binding.name == name);
        unique(wanted, '_', |name| !taken(name))
    }

    /// Types an expression.
    pub fn value(&self, expression: &Expression, place: &Place) -> Result<Value, Diagnostic> {
        match expression {
            Expression::Boolean(value) => Ok(Value::borrowed(Kind::Boolean(*value), Type::Boolean)),
            Expression::Integer(value) => Ok(Value::borrowed(Kind::Integer(*value), Type::Integer)),
            Expression::Template(parts) => self.template(parts, place),
            Expression::Reference(name) => self.reference(name, place),
            Expression::Call(function, arguments) => {
                call::value(self, *function, arguments, &place.member("argv"))
            }
        }
    }

    /// Types an expression that has to give a string.
    pub fn string(&self, expression: &Expression, place: &Place) -> Result<Value, Diagnostic> {
        self.value(expression, place)?.expect(Type::String, place)
    }

    fn template(&self, parts: &[Part], place: &Place) -> Result<Value, Diagnostic> {
        match parts {
            [Part::Text(text)] => Ok(Value::borrowed(Kind::Text(text.clone()), Type::String)),
            [Part::Value(value)] => self.string(value, place),
            _ => {
                let part = |part: &Part| match part {
                    Part::Text(text) => Ok(FormatPart::Text(text.clone())),
                    Part::Value(value) => Ok(FormatPart::Value(self.string(value, place)?)),
                };
                let parts = parts.iter().map(part).collect::<Result<_, Diagnostic>>()?;
                Ok(Value {
                    kind: Kind::Format(parts),
                    ty: Type::String,
                    optional: false,
                    form: Form::Temporary,
                })
            }
        }
    }

    fn reference(&self, name: &str, place: &Place) -> Result<Value, Diagnostic> {
        if let Some(binding) = self.binding(name) {
            binding.used.set(true);
            let kind = Kind::Variable(binding.name.clone());
            return Ok(Value {
                kind,
                ty: binding.ty,
                optional: false,
                form: binding.form,
            });
        }
        let parameter = self
            .parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .ok_or_else(|| {
                Diagnostic::at(
                    place,
                    format!("there is no parameter {name}, and no condition assigned it"),
                )
            })?;
        let (ty, form) = match parameter.kind {
            ParameterKind::Boolean => (Type::Boolean, Form::Borrowed),
            ParameterKind::String => (Type::String, Form::Place),
            ParameterKind::StringArray => (Type::Strings, Form::Place),
        };
        let form = if parameter.optional {
            Form::Borrowed
        } else {
            form
        };
        Ok(Value {
            kind: Kind::Parameter(parameter.field.clone()),
            ty,
            optional: parameter.optional,
            form,
        })
    }
}

impl Value {
    /// A value that nobody has to own.
    pub fn borrowed(kind: Kind, ty: Type) -> Self {
        Self {
            kind,
            ty,
            optional: false,
            form: Form::Borrowed,
        }
    }

    /// `true` or `false`.
    pub fn boolean(value: bool) -> Self {
        Self::borrowed(Kind::Boolean(value), Type::Boolean)
    }

    pub(super) fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    pub(super) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// This value, if it is of that type and always there.
    pub(super) fn expect(self, ty: Type, place: &Place) -> Result<Self, Diagnostic> {
        let same = self.ty == ty;
        match (same, self.optional) {
            (true, false) => Ok(self),
            (true, true) => Err(Diagnostic::at(
                place,
                "this may be unset: test it with isSet, or assign it in a condition first",
            )),
            (false, _) => Err(Diagnostic::at(
                place,
                format!("expected a value of type {ty:?}, found {:?}", self.ty),
            )),
        }
    }

    /// This value, if something else can refer to it for longer than a moment.
    pub(super) fn kept(self, place: &Place) -> Result<Self, Diagnostic> {
        if self.form == Form::Temporary {
            return Err(Diagnostic::at(
                place,
                "a value with parts has to be assigned in a condition before it is used here",
            ));
        }
        Ok(self)
    }

    /// Returns the test that there is a value.
    pub fn into_is_some(self) -> Self {
        if self.optional {
            Self::borrowed(Kind::IsSome(Box::new(self)), Type::Boolean)
        } else {
            Self::boolean(true)
        }
    }

    /// The opposite.
    pub fn negated(self) -> Self {
        match self.kind {
            Kind::Boolean(value) => Self::boolean(!value),
            Kind::Not(inner) => *inner,
            _ => Self::borrowed(Kind::Not(Box::new(self)), Type::Boolean),
        }
    }

    /// A comparison of two values.
    pub fn equals(self, other: Self) -> Self {
        match (&self.kind, &other.kind) {
            (Kind::Boolean(left), Kind::Boolean(right)) => Self::boolean(left == right),
            (_, Kind::Boolean(true)) => self,
            (Kind::Boolean(true), _) => other,
            (_, Kind::Boolean(false)) => self.negated(),
            (Kind::Boolean(false), _) => other.negated(),
            // A literal reads better on the right.
            (Kind::Text(_), _) => {
                Self::borrowed(Kind::Equal(Box::new(other), Box::new(self)), Type::Boolean)
            }
            _ => Self::borrowed(Kind::Equal(Box::new(self), Box::new(other)), Type::Boolean),
        }
    }

    /// `getAttr`: fields with dots between, items in brackets.
    pub(super) fn attribute(self, path: &str, place: &Place) -> Result<Self, Diagnostic> {
        let unknown = |ty: Type| {
            Diagnostic::at(
                place,
                format!("a value of type {ty:?} has no attribute {path:?}"),
            )
        };
        path.replace('[', ".[")
            .split('.')
            .filter(|step| !step.is_empty())
            .try_fold(self, |value, step| {
                let ty = value.ty;
                let value = value.expect(ty, place)?;
                match step
                    .strip_prefix('[')
                    .and_then(|step| step.strip_suffix(']'))
                {
                    Some(index) => value
                        .item(index.parse().map_err(|_| unknown(ty))?)
                        .ok_or_else(|| unknown(ty)),
                    None => value.field(step).ok_or_else(|| unknown(ty)),
                }
            })
    }

    fn field(self, name: &str) -> Option<Self> {
        let (field, ty, form) = match (self.ty, name) {
            (Type::Partition, "name") => ("name", Type::String, Form::Borrowed),
            (Type::Partition, "dnsSuffix") => ("dns_suffix", Type::String, Form::Borrowed),
            (Type::Partition, "dualStackDnsSuffix") => {
                ("dual_stack_dns_suffix", Type::String, Form::Borrowed)
            }
            (Type::Partition, "supportsFIPS") => ("supports_fips", Type::Boolean, Form::Borrowed),
            (Type::Partition, "supportsDualStack") => {
                ("supports_dual_stack", Type::Boolean, Form::Borrowed)
            }
            (Type::Partition, "implicitGlobalRegion") => {
                ("implicit_global_region", Type::String, Form::Borrowed)
            }
            (Type::Arn, "partition") => ("partition", Type::String, Form::Borrowed),
            (Type::Arn, "service") => ("service", Type::String, Form::Borrowed),
            (Type::Arn, "region") => ("region", Type::String, Form::Borrowed),
            (Type::Arn, "accountId") => ("account_id", Type::String, Form::Borrowed),
            (Type::Arn, "resourceId") => ("resource_id", Type::Parts, Form::Place),
            (Type::Url, "scheme") => ("scheme", Type::String, Form::Borrowed),
            (Type::Url, "authority") => ("authority", Type::String, Form::Borrowed),
            (Type::Url, "path") => ("path", Type::String, Form::Borrowed),
            (Type::Url, "normalizedPath") => ("normalized_path", Type::String, Form::Place),
            (Type::Url, "isIp") => ("is_ip", Type::Boolean, Form::Borrowed),
            _ => return None,
        };
        Some(Self {
            kind: Kind::Field(Box::new(self), field),
            ty,
            optional: false,
            form,
        })
    }

    fn item(self, index: i64) -> Option<Self> {
        let list = matches!(self.ty, Type::Strings | Type::Parts);
        list.then(|| Self::borrowed(Kind::Item(Box::new(self), index), Type::String).optional())
    }
}
