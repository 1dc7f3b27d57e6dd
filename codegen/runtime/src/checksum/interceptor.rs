//! The part of checksums that is done in each attempt of a call.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use super::response::Validated;
use super::trailer::Trailing;

/// An interceptor that has checksums follow bodies, and compares those of responses.
#[derive(Debug)]
pub(crate) struct Checksums;

impl Intercept for Checksums {
    fn name(&self) -> &'static str {
        "Checksums"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match cfg.load::<Trailing>().copied() {
            Some(trailing) => trailing.announce(context.request_mut(), cfg),
            None => Ok(()),
        }
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match cfg.load::<Trailing>().copied() {
            Some(trailing) => trailing.encode(context.request_mut(), cfg),
            None => Ok(()),
        }
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(validated) = cfg.load::<Validated>().copied() {
            validated.wrap(context.response_mut());
        }
        Ok(())
    }
}
