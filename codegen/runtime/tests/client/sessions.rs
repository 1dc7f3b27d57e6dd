//! Sessions: credentials that calls create which need them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_async::time::StaticTimeSource;
use smithy_rt::endpoint::{
    self, ContextParams, Endpoint, EndpointAuthScheme, EndpointError, EndpointSettings,
};
use smithy_rt::{
    Call, Client, ClientBuilder, DateTime, EncodeError, EncodedRequest, Failure, Operation,
    OperationSchema, Service, Session, SessionFuture, Sessions, Signing,
};

use crate::server::{Server, Step};
use crate::service::{
    self, PingError, PingResponse, StartJobError, StartJobRequest, StartJobResponse,
};
use crate::{REGION, assert_clean, settings};

static SESSIONS: Sessions = Sessions {
    scheme: "sigv4-shelf",
    parameter: "Shelf",
    operation: "OpenShelf",
    token_header: "x-shelf-token",
    token_query: "X-Shelf-Token",
    create,
};

static LIBRARY: Service = Service {
    signing: Signing::new().with_sessions(&SESSIONS),
    resolve_endpoint: resolve,
    endpoint_depends_on_call: true,
    ..service::SERVICE
};

/// Calls go to the URL of the settings; those to a shelf need a session, but for that which creates one.
fn resolve(
    settings: &EndpointSettings,
    context: &ContextParams,
) -> Result<Endpoint, EndpointError> {
    let url = settings.endpoint_url.clone().unwrap_or_default();
    let endpoint = endpoint::at(url)?;
    let scheme = match (context.string("Shelf"), context.boolean("Opens")) {
        (Some(_), None) => "sigv4-shelf",
        _ => "sigv4",
    };
    let scheme = EndpointAuthScheme::with_capacity(scheme, 1).put("signingName", "shelf");
    Ok(endpoint.into_builder().auth_scheme(scheme).build())
}

/// The end of the session that is created next, in seconds.
static END: AtomicU64 = AtomicU64::new(0);

fn create(client: Client, shelf: String) -> SessionFuture {
    Box::pin(async move {
        let call: Call<StartJobResponse, Failure<StartJobError>> =
            Call::of::<OpenShelf>(&client, StartJobRequest::of(&shelf));
        let opened = call.await?;
        let end = DateTime::from_secs(END.load(Ordering::Relaxed) as i64);
        let id = format!("SESSION-{shelf}");
        Ok(Session::new(
            id,
            "session secret".into(),
            opened.job_id,
            end,
        ))
    })
}

/// An operation on a shelf.
macro_rules! operation {
    ($name:ident -> $response:ident, $error:ident, $opens:expr) => {
        pub struct $name;

        impl Operation for $name {
            type Request = StartJobRequest;
            type Response = $response;
            type Error = $error;

            const SERVICE: &'static Service = &LIBRARY;
            const SCHEMA: OperationSchema = OperationSchema::new("Library", stringify!($name));

            fn encode(request: &StartJobRequest) -> Result<EncodedRequest, EncodeError> {
                let shelf = Some(request.input.as_str()).filter(|shelf| !shelf.is_empty());
                Ok(EncodedRequest::new::<Self>(request)?
                    .context("Shelf", shelf)
                    .context("Opens", $opens))
            }
        }
    };
}

operation!(OpenShelf -> StartJobResponse, StartJobError, Some(true));
operation!(TakeBook -> PingResponse, PingError, None::<bool>);

const NOW: Duration = Duration::from_secs(1_700_000_000);

fn client(server: &Server) -> service::Client {
    let now: SystemTime = UNIX_EPOCH + NOW;
    let config = settings()
        .region(REGION)
        .time_source(StaticTimeSource::new(now))
        .endpoint_url(server.url())
        .build();
    ClientBuilder::new(&config, &LIBRARY).build()
}

fn take(client: &service::Client, shelf: &str) -> Call<PingResponse, Failure<PingError>> {
    Call::of::<TakeBook>(&client.0, StartJobRequest::of(shelf))
}

fn opened(token: &str) -> Step {
    Step::ok(format!(r#"{{"JobId":"{token}","QueueLength":1}}"#))
}

/// The operations that the server has seen, with the ids of the credentials and the tokens.
fn seen(server: &Server) -> Vec<String> {
    let seen = server.seen().into_iter();
    seen.map(|seen| {
        let (_, operation) = seen
            .header("x-amz-target")
            .unwrap()
            .split_once('.')
            .unwrap();
        let authorization = seen.header("authorization").unwrap();
        let (_, credential) = authorization.split_once("Credential=").unwrap();
        let (id, scope) = credential.split_once('/').unwrap();
        assert!(scope.starts_with("20231114/eu-west-3/shelf/aws4_request"));
        assert_eq!(seen.header("x-amz-security-token"), None);
        let token = seen.header("x-shelf-token").unwrap_or("none");
        assert_eq!(token != "none", authorization.contains(";x-shelf-token"));
        format!("{operation} {id} {token}")
    })
    .collect()
}

// One test, since the end of sessions is the same for all.
#[tokio::test]
async fn a_session_is_created_once_for_each_part_of_the_service_and_again_when_it_ends() {
    let server = Server::start([
        opened("first"),
        Step::ok("{}"),
        Step::ok("{}"),
        opened("second"),
        Step::ok("{}"),
        Step::ok("{}"),
        opened("third"),
        Step::ok("{}"),
        opened("fourth"),
        Step::ok("{}"),
    ])
    .await;
    let client = client(&server);
    END.store(NOW.as_secs() + 300, Ordering::Relaxed);
    let (response, metadata) = take(&client, "a").with_metadata().await.unwrap();
    assert_eq!(response, PingResponse {});
    assert_eq!(metadata.attempts(), 1);
    take(&client, "a").await.unwrap();
    take(&client, "b").await.unwrap();
    // Without a part of the service, there is none.
    take(&client, "").await.unwrap();
    END.store(NOW.as_secs() + 5, Ordering::Relaxed);
    take(&client, "c").await.unwrap();
    take(&client, "c").await.unwrap();
    assert_eq!(
        seen(&server),
        [
            "OpenShelf AKIDEXAMPLE none",
            "TakeBook SESSION-a first",
            "TakeBook SESSION-a first",
            "OpenShelf AKIDEXAMPLE none",
            "TakeBook SESSION-b second",
            "TakeBook AKIDEXAMPLE none",
            "OpenShelf AKIDEXAMPLE none",
            "TakeBook SESSION-c third",
            "OpenShelf AKIDEXAMPLE none",
            "TakeBook SESSION-c fourth",
        ]
    );

    let presigned = take(&client, "a").presigned(Duration::from_secs(60)).await;
    let presigned = presigned.unwrap();
    assert!(presigned.url().contains("X-Shelf-Token=first"));
    assert!(!presigned.url().contains("Security-Token"));
}

#[tokio::test]
async fn a_session_that_is_refused_fails_the_call() {
    let refused = r#"{"__type":"ValidationException","message":"no such shelf"}"#;
    let server = Server::start([Step::error(400, refused)]).await;
    let error = take(&client(&server), "a").await.unwrap_err();
    assert_clean("session", &error);
    assert_eq!(
        error.to_string(),
        "TakeBook failed: no session: OpenShelf failed: ValidationException: no such shelf (request id request-1)"
    );
    assert_eq!(server.seen().len(), 1);
}
