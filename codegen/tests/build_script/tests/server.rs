//! The client of an own service talks to a server of that service.

use aws_config::{BehaviorVersion, SdkConfig};
use build_script::{Client, GetForecastInput, Sky};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Starts a server of `GetForecast`, and returns a client that calls it.
async fn client() -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(serve(connection));
        }
    });
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url)
        .build();
    Client::new(&config)
}

/// Answers one request after the other.
async fn serve(mut connection: TcpStream) {
    let mut read = Vec::new();
    while connection.read_buf(&mut read).await.unwrap_or_default() > 0 {
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if body.len() < length.map_or(0, |length| length.parse().unwrap()) {
            continue;
        }
        assert!(
            head.contains("\r\nx-amz-target: weather.getforecast"),
            "{head}"
        );
        assert!(
            head.contains("\r\ncontent-type: application/x-amz-json-1.1"),
            "{head}"
        );
        let (status, answer) = forecast(&serde_json::from_str(body).unwrap());
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        connection
            .write_all((head + &answer).as_bytes())
            .await
            .unwrap();
        read.clear();
    }
}

/// The service itself.
fn forecast(request: &Value) -> (u16, Value) {
    match request["city"].as_str() {
        Some("Oslo") => {
            let days = request["days"].as_f64().unwrap_or(1.0);
            let chance = 0.25 * days;
            (
                200,
                json!({"chanceOfRain": chance, "sky": "cloudy", "high": 21.5}),
            )
        }
        _ => (
            400,
            json!({"__type": "example.weather.types#NoSuchCity", "message": "no such city"}),
        ),
    }
}

#[tokio::test]
async fn a_forecast_comes_from_the_server() {
    let client = client().await;
    let request = GetForecastInput::builder().city("Oslo").days(2).build();
    let forecast = client.get_forecast(request).await.unwrap();
    assert_eq!(forecast.chance_of_rain, Some(0.5));
    assert_eq!(forecast.sky, Sky::Cloudy);
    assert_eq!(forecast.high, Some(21.5));
}

#[tokio::test]
async fn an_error_comes_from_the_server() {
    let request = GetForecastInput::builder().city("Atlantis").build();
    let error = client().await.get_forecast(request).await.unwrap_err();
    assert!(error.to_string().contains("no such city"), "{error}");
}
