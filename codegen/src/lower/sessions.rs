//! Sessions: credentials for a part of the service, which one of its operations creates.

use serde_json::Value;

use crate::fixups::SESSIONS;
use crate::ir::{Crate, RustType, Sessions, Structure};
use crate::model::Closure;

/// Lowers the sessions of a service, if a fix-up says that it has them and the operation that creates them is as it says. Otherwise, calls
/// that need one are errors when they are made.
pub fn sessions(closure: &Closure<'_>, ir: &Crate) -> Option<Sessions> {
    let said = closure.service().traits.get(SESSIONS)?;
    let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
    let (name, parameter) = (text("operation")?, text("parameter")?);
    let mut operations = ir.operations.iter();
    let operation = operations.find(|operation| operation.shape.name() == name)?;
    let request = ir.request(operation)?;
    let subject = request.member(&parameter)?;
    let is_needed = |member: &&crate::ir::Member| member.required && member.name != subject.name;
    if subject.ty != RustType::String || request.members.iter().any(|it| is_needed(&it)) {
        return None;
    }
    let credentials = ir.response(operation)?.member("Credentials")?;
    let RustType::Structure(structure) = &credentials.ty else {
        return None;
    };
    let structure = ir.structure(&structure.shape)?;
    let text_of = |name| field(structure, name, &RustType::String);
    Some(Sessions {
        scheme: text("scheme")?,
        parameter,
        token_header: text("tokenHeader")?,
        token_query: text("tokenQuery")?,
        operation: operation.shape.clone(),
        subject: subject.field.clone(),
        credentials: (!credentials.optional).then(|| credentials.field.clone())?,
        id: text_of("AccessKeyId")?,
        secret: text_of("SecretAccessKey")?,
        token: text_of("SessionToken")?,
        end: structure
            .member("Expiration")
            .filter(|it| matches!(it.ty, RustType::DateTime(_)) && !it.optional)
            .map(|it| it.field.clone())?,
    })
}

/// The field of a member of this type that is always there.
fn field(structure: &Structure, name: &str, ty: &RustType) -> Option<String> {
    let member = structure.member(name)?;
    (member.ty == *ty && !member.optional).then(|| member.field.clone())
}
