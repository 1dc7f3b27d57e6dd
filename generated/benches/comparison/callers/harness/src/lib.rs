//! The common parts of the callers: configuration, repetition and the clock.
//!
//! A caller is run as `caller WORKLOAD ITERATIONS RESPONSE-FILE` and prints the nanoseconds of processor time, user and
//! system, that one iteration took.

#[path = "../../../../calls/in_memory.rs"]
mod in_memory;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use in_memory::InMemory;
use nix::time::{ClockId, clock_gettime};
use std::env;
use std::error::Error;
use std::hint::black_box;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// The work that a caller repeats.
#[derive(Clone, Copy, Debug)]
pub enum Workload {
    /// A `StartFHIRImportJob`, from the making of the request to the response.
    Call,
    /// A `ListFHIRImportJobs` with the response that the file holds.
    List,
    /// A client made from an `SdkConfig`.
    Client,
}

/// All that a caller needs to do its work.
#[derive(Debug)]
pub struct Harness {
    /// The work to repeat.
    pub workload: Workload,
    /// The configuration that `aws-config` loads, with static credentials and an HTTP client in memory.
    pub config: SdkConfig,
    iterations: u32,
    runtime: Runtime,
}

impl Harness {
    /// Reads the arguments and loads the configuration.
    pub fn from_args() -> Result<Self, Box<dyn Error>> {
        let args: Vec<String> = env::args().skip(1).collect();
        let [workload, iterations, response] = args.as_slice() else {
            return Err("usage: caller WORKLOAD ITERATIONS RESPONSE-FILE".into());
        };
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let config = runtime.block_on(load(InMemory::new(std::fs::read(response)?)));
        Ok(Self {
            workload: match workload.as_str() {
                "call" => Workload::Call,
                "list" => Workload::List,
                "client" => Workload::Client,
                other => return Err(format!("no workload {other}").into()),
            },
            config,
            iterations: iterations.parse()?,
            runtime,
        })
    }

    /// Repeats `work` and prints what one iteration took. A tenth of the iterations come before, to warm up.
    pub fn measure<T>(&self, mut work: impl AsyncFnMut() -> T) {
        self.runtime.block_on(async {
            for _ in 0..self.iterations / 10 {
                black_box(work().await);
            }
            let start = processor_time();
            for _ in 0..self.iterations {
                black_box(work().await);
            }
            let elapsed = processor_time().saturating_sub(start);
            println!("{}", elapsed.as_nanos() / u128::from(self.iterations));
        });
    }
}

async fn load(http_client: InMemory) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "static"))
        .http_client(http_client)
        .load()
        .await
}

fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)
        .expect("Linux and macOS have this clock")
        .into()
}
