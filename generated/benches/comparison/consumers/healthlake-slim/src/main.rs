//! Awaits one call of each operation, over an HTTPS client of our own choice.

use aws_config::BehaviorVersion;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use healthlake::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let https = Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(https)
        .load()
        .await;
    consumer::calls(Client::new(&config)).await
}
