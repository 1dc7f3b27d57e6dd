//! The endpoints of calls: settings of a client, and the outcome of the rules.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use smithy_rt::fake::Fake;
use waiting::endpoint::ClientContext;
use waiting::*;

/// Keeps where the last call went.
#[derive(Clone, Debug, Default)]
struct Uri(Arc<Mutex<String>>);

impl Intercept for Uri {
    fn name(&self) -> &'static str {
        "Uri"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        *self.0.lock().unwrap() = context.request().uri().to_owned();
        Ok(())
    }
}

/// Returns the place that a call goes to, or the error if it goes nowhere.
async fn place(context: Option<ClientContext>, one: Option<&str>) -> String {
    let (fake, uri) = (Fake::new(), Uri::default());
    fake.on::<Batch>(|_| Ok(BatchResponse::default()));
    let mut builder = Client::builder(&fake.config()).interceptor(uri.clone());
    if let Some(context) = context {
        builder = builder.client_context(context);
    }
    let request = BatchRequest::builder()
        .tables([].into())
        .maybe_one(one.map(|table| Get::builder().table(table).build()))
        .build();
    match builder.build().batch(request).await {
        Ok(_) => uri.0.lock().unwrap().clone(),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn what_becomes_a_part_of_the_host_is_checked() {
    let zone = |zone: &str| vec![zone.to_owned()];
    for (stage, zones, parameter) in [
        ("evil.example/", None, "Stage"),
        ("a@evil.example", None, "Stage"),
        ("", None, "Stage"),
        ("a#", Some(zone("a")), "Stage"),
        ("gamma", Some(zone("evil.example/")), "Zone"),
        ("gamma", Some(zone("a:80")), "Zone"),
    ] {
        let context = ClientContext::builder().stage(stage);
        let context = context.beta(zones.is_some()).maybe_zones(zones);
        let error = place(Some(context.build()), None).await;
        let message = format!(
            "Batch was not sent: no endpoint: the endpoint parameter {parameter} becomes a part of the host's"
        );
        assert!(error.starts_with(&message), "{error}");
    }
}

#[tokio::test]
async fn a_client_is_told_what_only_this_service_has() {
    let stage = || ClientContext::builder().stage("gamma");
    let zones = || vec!["a".to_owned(), "b".to_owned()];
    let beta = stage().beta(true).zones(zones()).build();
    assert_eq!(
        place(Some(beta), None).await,
        "https://a.gamma.beta.example.com/"
    );
    let not_beta = stage().beta(false).zones(zones()).build();
    assert_eq!(
        place(Some(not_beta), None).await,
        "https://gamma.example.com/"
    );
    assert_eq!(
        place(Some(stage().build()), None).await,
        "https://gamma.example.com/"
    );

    let elsewhere = place(Some(ClientContext::default()), None).await;
    assert_eq!(elsewhere, place(None, None).await);
    assert!(!elsewhere.contains("example.com"), "{elsewhere}");
}

#[tokio::test]
async fn a_call_that_cannot_be_signed_says_so() {
    let error = place(None, Some("global")).await;
    let expected = "the endpoint https://global.example.com wants calls signed with sigv4-s3express, and this client signs with sigv4 alone";
    assert!(error.contains(expected), "{error}");
}
