//! The handle of a fake: starting it, and looking at it and changing it from a test.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::SdkConfig;
use aws_types::region::Region;
use healthlake::{
    CreateFhirDatastoreRequest, ExportJobProperties, FhirVersion, ImportJobProperties,
    TransformationJobProperties,
};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use crate::loopback;
use crate::recorded::Record;
use crate::server::Server;
use crate::service::Service;
use crate::{Clock, FaultRule, Faults, Outcome, RecordedRequest, Timing};

/// The region of [`FakeHealthLake::sdk_config`].
pub const REGION: &str = "us-east-1";

/// A fake HealthLake that serves until it is dropped.
#[derive(Debug)]
pub struct FakeHealthLake {
    address: SocketAddr,
    server: Arc<Server>,
    serving: AbortHandle,
}

impl FakeHealthLake {
    /// Starts a fake on a free port of the loopback interface, within the Tokio runtime that this is called in.
    ///
    /// # Errors
    /// If no port can be opened.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A fake that is to be different.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the URL at which it serves: `http://localhost:PORT`.
    ///
    /// This is a name and no address, because clients put `datatransformation.` before it in the operations of profiles and
    /// transformation jobs. Where a system does not resolve that, use the client of [`sdk_config`](Self::sdk_config), or tell the
    /// client to put nothing before host names (`disable_host_prefix`): the fake serves all operations at this URL, too.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// The settings of a client of this fake: its URL, credentials that it accepts, a region, and an HTTP client without TLS that
    /// finds it under each of its names.
    ///
    /// AWS's default HTTP client is not used: it looks for the certificates of the system even where it only speaks `http://`, and
    /// panics in debug builds if there are none.
    pub fn sdk_config(&self) -> SdkConfig {
        let credentials = Credentials::new("AKIDFAKE", "secret", None, None, "fake-healthlake");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(self.url())
            .http_client(loopback::http_client())
            .region(Region::new(REGION))
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .build()
    }

    /// The clock by which jobs and data stores advance.
    pub fn clock(&self) -> &Clock {
        &self.server.clock
    }

    /// The faults in store.
    pub fn faults(&self) -> &Faults {
        &self.server.faults
    }

    /// The latest requests (up to 10,000), oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.record.all()
    }

    /// Adds a data store that is active at once, and returns its id.
    pub fn add_datastore(&self, name: impl Into<String>) -> String {
        let request = CreateFhirDatastoreRequest::builder()
            .datastore_name(name)
            .datastore_type_version(FhirVersion::R4)
            .build();
        let added = self.server.service().add_active_datastore(REGION, request);
        added.expect("a name is all that is asked for")
    }

    /// Adds a transformation profile for C-CDA with a published version, and returns its id.
    ///
    /// # Panics
    /// If the fake has as many profiles already as an account may have.
    pub fn add_profile(&self, name: impl Into<String>) -> String {
        let mut service = self.server.service();
        let added = service.add_published_profile(REGION, name.into());
        added.expect("there is room for another profile")
    }

    /// From now on, jobs of this name end like this, whatever the name says ([`Outcome`]).
    pub fn set_outcome(&self, job_name: impl Into<String>, outcome: Outcome) {
        self.server.service().set_outcome(job_name.into(), outcome);
    }

    /// Cancels a job, as somebody can in the console: the API has no operation for it.
    ///
    /// Returns `true` if there is such a job that had not ended or been canceled before. Transformation jobs cannot be canceled.
    pub fn cancel_job(&self, job_id: &str) -> bool {
        self.server.service().cancel_job(job_id)
    }

    /// All import jobs, oldest first.
    pub fn import_jobs(&self) -> Vec<ImportJobProperties> {
        self.server.service().import_jobs()
    }

    /// All export jobs, oldest first.
    pub fn export_jobs(&self) -> Vec<ExportJobProperties> {
        self.server.service().export_jobs()
    }

    /// All transformation jobs, oldest first.
    pub fn transformation_jobs(&self) -> Vec<TransformationJobProperties> {
        self.server.service().transformation_jobs()
    }
}

impl Drop for FakeHealthLake {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A builder of a fake.
#[derive(Clone, Debug, Default)]
#[must_use = "nothing is served until `start` is called"]
pub struct Builder {
    port: u16,
    clock: Clock,
    timing: Timing,
    step_per_describe: Duration,
    seed: u64,
    faults: Vec<FaultRule>,
}

impl Builder {
    /// Serves on this port instead of a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The clock by which jobs and data stores advance: without this, real time.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Lets things take this long on that clock.
    pub fn timing(mut self, timing: Timing) -> Self {
        self.timing = timing;
        self
    }

    /// Every `Describe…` moves the clock forward by this before it is answered: jobs advance by being looked at.
    pub fn step_per_describe(mut self, step: Duration) -> Self {
        self.step_per_describe = step;
        self
    }

    /// Seeds what is left to chance: the ids, the amounts of data, the faults that come with a probability. 0 if not said.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Adds a fault from the start on.
    pub fn fault(mut self, rule: FaultRule) -> Self {
        self.faults.push(rule);
        self
    }

    /// Starts the fake, within the Tokio runtime that this is called in.
    ///
    /// # Errors
    /// If the port cannot be opened.
    pub async fn start(self) -> io::Result<FakeHealthLake> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let service = Service::new(
            self.clock.clone(),
            self.timing,
            self.step_per_describe,
            self.seed,
        );
        let server = Arc::new(Server {
            clock: self.clock,
            faults: Faults::new(self.faults, self.seed),
            record: Record::default(),
            service: Mutex::new(service),
        });
        let serving = tokio::spawn(server.clone().serve(listener)).abort_handle();
        Ok(FakeHealthLake {
            address,
            server,
            serving,
        })
    }
}
