//! Awaits one call of each operation, as configured by the environment.

use aws_config::BehaviorVersion;
use aws_sdk_healthlake::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    consumer::calls(Client::new(&config)).await
}
