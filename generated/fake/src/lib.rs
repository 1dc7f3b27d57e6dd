//! An AWS HealthLake on loopback, for tests and demonstrations.
//!
//! It is an HTTP server that speaks the service's protocol, checks requests against the model's constraints, keeps data stores,
//! transformation profiles, jobs and tags, and lets jobs advance by a clock of its own. It does wrong on demand: see [`Fault`].
//!
//! ```
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use fake_healthlake::{FakeHealthLake, Fault};
//! use healthlake::{Client, DescribeFhirDatastoreRequest};
//!
//! let fake = FakeHealthLake::start().await?;
//! let datastore_id = fake.add_datastore("patients");
//! fake.faults().add(Fault::Throttling.next(1));
//!
//! let client = Client::new(&fake.sdk_config());
//! let request = DescribeFhirDatastoreRequest::builder().datastore_id(datastore_id).build();
//! let described = client.describe_fhir_datastore(request).await?;
//! assert_eq!(described.datastore_properties.datastore_name.as_deref(), Some("patients"));
//! assert_eq!(fake.requests().len(), 2); // the client has tried again
//! # Ok(())
//! # }
//! ```
//!
//! Its parts: `server` speaks HTTP and meets faults; `auth` looks at signatures, `constraints` at requests; `service`
//! holds the state and carries out operations, with the types of the client for requests and responses.

mod answer;
mod auth;
mod clock;
mod constraints;
mod duration;
mod fake;
mod faults;
mod loopback;
mod recorded;
mod refusal;
mod server;
mod service;
mod timing;

pub use self::answer::{Answer, Body};
pub use self::clock::Clock;
pub use self::duration::{parse_duration, parse_speed};
pub use self::fake::{Builder, FakeHealthLake, REGION};
pub use self::faults::{Fault, FaultRule, Faults};
pub use self::recorded::RecordedRequest;
pub use self::service::Outcome;
pub use self::timing::Timing;
