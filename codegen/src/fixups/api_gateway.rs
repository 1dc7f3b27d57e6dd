//! API Gateway.

use serde_json::json;

use super::headers;
use crate::model::Model;

pub const SERVICE: &str = "com.amazonaws.apigateway#BackplaneControlService";

/// Has all requests accept JSON.
///
/// Without that header, the service answers in HAL. So the case `ApiGatewayAccept` of Smithy's protocol tests wants it, and
/// <https://smithy.io/2.0/aws/customizations/apigateway-customizations.html>. A model has no way to say it, so this is always needed.
pub fn accepts_json(model: &mut Model) -> Result<(), String> {
    headers(model, SERVICE, json!({ "accept": "application/json" }))
}
