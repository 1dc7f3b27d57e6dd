//! Calls of the language's functions.

use super::value::Scope;
use crate::Diagnostic;
use crate::ir::endpoint::{Form, Kind, Type, Value};
use crate::rules::{Expression, Function, Place};

/// The type of a call's result.
pub(super) fn value(
    scope: &Scope<'_>,
    function: Function,
    arguments: &[Expression],
    place: &Place,
) -> Result<Value, Diagnostic> {
    let call = Call {
        scope,
        function,
        arguments,
        place,
    };
    match function {
        Function::IsSet => call.is_set(),
        Function::Not => Ok(call.boolean(0)?.negated()),
        Function::BooleanEquals => Ok(call.boolean(0)?.equals(call.boolean(1)?)),
        Function::StringEquals => Ok(call.string(0)?.equals(call.string(1)?)),
        Function::GetAttr => call.get_attr(),
        Function::Coalesce => call.coalesce(),
        Function::Ite => call.ite(),
        _ => call.of_runtime(),
    }
}

/// A call that is being typed.
struct Call<'a> {
    scope: &'a Scope<'a>,
    function: Function,
    arguments: &'a [Expression],
    place: &'a Place,
}

impl Call<'_> {
    /// A call of a function of the runtime.
    fn of_runtime(&self) -> Result<Value, Diagnostic> {
        let call = |name, arguments, ty| Value::borrowed(Kind::Call(name, arguments), ty);
        Ok(match self.function {
            Function::Substring => {
                let arguments = vec![
                    self.kept_string(0)?,
                    self.number(1)?,
                    self.number(2)?,
                    self.boolean(3)?,
                ];
                call("substring", arguments, Type::String).optional()
            }
            Function::Split => {
                let arguments = vec![self.kept_string(0)?, self.string(1)?, self.number(2)?];
                call("split", arguments, Type::Parts).form(Form::Temporary)
            }
            Function::ParseUrl => call("parse_url", vec![self.kept_string(0)?], Type::Url)
                .form(Form::Temporary)
                .optional(),
            Function::ParseArn => call("parse_arn", vec![self.kept_string(0)?], Type::Arn)
                .form(Form::Temporary)
                .optional(),
            Function::UriEncode => {
                call("uri_encode", vec![self.string(0)?], Type::String).form(Form::Temporary)
            }
            Function::Partition => call("partition", vec![self.string(0)?], Type::Partition),
            Function::IsValidHostLabel => call(
                "is_valid_host_label",
                vec![self.string(0)?, self.boolean(1)?],
                Type::Boolean,
            ),
            Function::IsVirtualHostableS3Bucket => call(
                "is_virtual_hostable_s3_bucket",
                vec![self.string(0)?, self.boolean(1)?],
                Type::Boolean,
            ),
            other => {
                return Err(Diagnostic::at(
                    self.place,
                    format!("{} is not supported here", other.name()),
                ));
            }
        })
    }

    fn is_set(&self) -> Result<Value, Diagnostic> {
        match self.arguments.first() {
            // A local variable always has a value, and to ask is no use of it.
            Some(Expression::Reference(name)) if self.scope.binding(name).is_some() => {
                Ok(Value::boolean(true))
            }
            _ => Ok(self.argument(0)?.0.into_is_some()),
        }
    }

    fn get_attr(&self) -> Result<Value, Diagnostic> {
        let (value, place) = self.argument(0)?;
        let path = self.arguments.get(1).and_then(Expression::as_text);
        value.attribute(path.unwrap_or_default(), &place)
    }

    /// The first of several that is there. What comes after one that always is can never be it.
    fn coalesce(&self) -> Result<Value, Diagnostic> {
        let values = (0..self.arguments.len()).map(|index| Ok(self.argument(index)?.0));
        let mut values = values.collect::<Result<Vec<_>, Diagnostic>>()?;
        if let Some(at) = values.iter().position(|value| !value.optional) {
            values.truncate(at + 1);
        }
        let (ty, form) = self.common(&values)?;
        let optional = values.iter().all(|value| value.optional);
        match values.pop() {
            Some(only) if values.is_empty() => Ok(only),
            last => {
                values.extend(last);
                Ok(Value {
                    kind: Kind::Coalesce(values),
                    ty,
                    optional,
                    form,
                })
            }
        }
    }

    /// One of two.
    fn ite(&self) -> Result<Value, Diagnostic> {
        let condition = Box::new(self.boolean(0)?);
        let values = [self.argument(1)?.0, self.argument(2)?.0];
        let (ty, form) = self.common(&values)?;
        let [then, otherwise] = values;
        let optional = then.optional || otherwise.optional;
        let kind = Kind::Ite(condition, Box::new(then), Box::new(otherwise));
        Ok(Value {
            kind,
            ty,
            optional,
            form,
        })
    }

    /// The type of several values, and what they can be brought to: `&str`, unless one has to be a `String`.
    fn common(&self, values: &[Value]) -> Result<(Type, Form), Diagnostic> {
        let error = |message: String| Diagnostic::at(self.place, message);
        let ty = values.first().map(|value| value.ty);
        let ty = ty.ok_or_else(|| error(format!("{} has no arguments", self.function.name())))?;
        if let Some(other) = values.iter().find(|value| value.ty != ty) {
            return Err(error(format!(
                "expected values of one type, found {ty:?} and {:?}",
                other.ty
            )));
        }
        let temporary = values.iter().any(|value| value.form == Form::Temporary);
        match (ty, temporary) {
            (Type::Boolean | Type::Integer | Type::Partition, _) | (Type::String, false) => {
                Ok((ty, Form::Borrowed))
            }
            (Type::String, true) => Ok((ty, Form::Temporary)),
            _ => Err(error(format!(
                "a choice between values of type {ty:?} is not supported"
            ))),
        }
    }

    fn argument(&self, index: usize) -> Result<(Value, Place), Diagnostic> {
        let place = self.place.item(index);
        let few = || {
            format!(
                "{} has too few arguments: {}",
                self.function.name(),
                self.arguments.len()
            )
        };
        let expression = self
            .arguments
            .get(index)
            .ok_or_else(|| Diagnostic::at(&place, few()))?;
        Ok((self.scope.value(expression, &place)?, place))
    }

    fn of_type(&self, index: usize, ty: Type) -> Result<Value, Diagnostic> {
        let (value, place) = self.argument(index)?;
        value.expect(ty, &place)
    }

    fn string(&self, index: usize) -> Result<Value, Diagnostic> {
        self.of_type(index, Type::String)
    }

    /// A string that the value of the call refers to.
    fn kept_string(&self, index: usize) -> Result<Value, Diagnostic> {
        self.string(index)?.kept(&self.place.item(index))
    }

    fn boolean(&self, index: usize) -> Result<Value, Diagnostic> {
        self.of_type(index, Type::Boolean)
    }

    fn number(&self, index: usize) -> Result<Value, Diagnostic> {
        let number = self.of_type(index, Type::Integer)?;
        match number.kind {
            Kind::Integer(..0) => Err(Diagnostic::at(
                self.place.item(index),
                "expected a number from 0 on",
            )),
            _ => Ok(number),
        }
    }
}
