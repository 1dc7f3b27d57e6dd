//! Members: `a.b` of a structure, a union, or a map.

use super::compare::misfit;
use super::compile::Compiler;
use crate::Diagnostic;
use crate::ir::query::{Kind, Query, Type};
use crate::ir::{self, RustType, TypeName};

type Result<T, E = Diagnostic> = std::result::Result<T, E>;

impl Compiler<'_> {
    pub(super) fn member(&self, of: &Query, name: &str) -> Result<Query> {
        match &of.ty {
            Type::Rust(RustType::Structure(structure)) => self.field(of, &structure.shape, name),
            Type::Rust(RustType::Union(union)) => self.variant(of, union, name),
            Type::Rust(RustType::Map { key, value, sparse }) => {
                let ty = Type::Rust((**value).clone());
                Ok(Query {
                    kind: Kind::Entry {
                        of: Box::new(self.copy(of)?),
                        key: name.to_owned(),
                        key_type: match &**key {
                            RustType::Enum(name) => Some(name.rust.clone()),
                            _ => None,
                        },
                        sparse: *sparse,
                    },
                    ty,
                    optional: true,
                })
            }
            Type::InputOutput(request, response) => input_or_output(name, request, response),
            _ => {
                let message = format!("selects the member `{name}` of a value that has no members");
                Err(misfit(of, message))
            }
        }
    }

    fn field(&self, of: &Query, structure: &crate::model::ShapeId, name: &str) -> Result<Query> {
        let member = self.ir.structure(structure).and_then(|it| it.member(name));
        let member = member.ok_or_else(|| lacking(structure, name))?;
        Ok(Query::field(self.copy(of)?, member))
    }

    fn variant(&self, of: &Query, union: &TypeName, name: &str) -> Result<Query> {
        let variants = match self.ir.type_of(&union.shape) {
            Some(ir::Type::Union(union)) => union.variants.as_slice(),
            _ => &[],
        };
        let variant = variants
            .iter()
            .find(|variant| variant.tag == name)
            .ok_or_else(|| lacking(&union.shape, name))?;
        Ok(Query {
            ty: variant.ty.clone().map_or(Type::Unit, Type::Rust),
            optional: true,
            kind: Kind::Variant {
                of: Box::new(self.copy(of)?),
                union: union.rust.clone(),
                variant: variant.name.clone(),
                boxed: variant.boxed,
            },
        })
    }
}

fn lacking(shape: &crate::model::ShapeId, name: &str) -> String {
    format!("selects the member `{name}`, which {shape} does not have")
}

/// `input`, `output`
fn input_or_output(name: &str, request: &TypeName, response: &TypeName) -> Result<Query> {
    let (variable, ty) = match name {
        "input" => ("request", request),
        "output" => ("response", response),
        _ => return Err(format!("selects `{name}`: there are only `input` and `output`").into()),
    };
    let ty = Type::Rust(RustType::Structure(ty.clone()));
    Ok(Query::always(Kind::Variable(variable), ty))
}
