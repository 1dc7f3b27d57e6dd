//! The client and a server in this process, over a connection: what `model.json` says, in axum's words.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_http_client::Builder;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use axum::{Json, Router};
use clinic::*;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The notes by patient and id, each with its version.
type Notes = Arc<Mutex<BTreeMap<(String, String), (u32, Value)>>>;

fn router() -> Router {
    Router::new()
        .route(
            "/patients/{patient}/notes/{note}",
            put(put_note).get(get_note),
        )
        .route("/patients/{patient}/notes", get(list_notes))
        .with_state(Notes::default())
}

async fn put_note(
    State(notes): State<Notes>,
    Path(key): Path<(String, String)>,
    headers: HeaderMap,
    Json(note): Json<Value>,
) -> Response {
    let mut notes = notes.lock().unwrap();
    let version = notes.get(&key).map_or(0, |(version, _)| *version);
    if let Some(wanted) = headers.get("if-match")
        && *wanted != version.to_string()
    {
        return (StatusCode::PRECONDITION_FAILED, "no such version").into_response();
    }
    notes.insert(key, (version + 1, note));
    (StatusCode::CREATED, [("etag", (version + 1).to_string())]).into_response()
}

async fn get_note(State(notes): State<Notes>, Path(key): Path<(String, String)>) -> Response {
    match notes.lock().unwrap().get(&key) {
        Some((version, note)) => ([("etag", version.to_string())], Json(note)).into_response(),
        None => no_such_patient(&key.0),
    }
}

async fn list_notes(
    State(notes): State<Notes>,
    Path(patient): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let wanted: Vec<_> = query
        .split('&')
        .filter_map(|it| it.strip_prefix("tag="))
        .collect();
    let start = query
        .split('&')
        .find_map(|it| it.strip_prefix("nextToken="));
    let start: usize = start.map_or(0, |start| start.parse().unwrap());
    let notes = notes.lock().unwrap();
    let mut found = notes
        .iter()
        .filter(|((of, _), _)| *of == patient)
        .peekable();
    if found.peek().is_none() {
        return no_such_patient(&patient);
    }
    let has = |note: &Value, tag: &str| {
        let mut tags = note["tags"].as_array().into_iter().flatten();
        tags.any(|it| it == tag)
    };
    let notes = found.map(|(_, (_, note))| note);
    let notes = notes.filter(|note| wanted.iter().all(|tag| has(note, tag)));
    // Pages of two.
    let mut rest = notes.skip(start);
    let page: Vec<_> = rest.by_ref().take(2).collect();
    let next = rest.next().map(|_| (start + 2).to_string());
    Json(json!({ "notes": page, "nextToken": next })).into_response()
}

fn no_such_patient(patient: &str) -> Response {
    let headers = [
        ("x-amzn-errortype", "NoSuchPatient"),
        ("x-patient-id", patient),
    ];
    let body = json!({ "message": "there are no notes about this patient" });
    (StatusCode::NOT_FOUND, headers, Json(body)).into_response()
}

/// A client of the server, which runs until the test is over.
async fn client() -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router()).await });
    let config = SdkConfig::builder()
        .endpoint_url(url)
        .http_client(Builder::new().build_http())
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .build();
    Client::new(&config)
}

fn note(patient: &str, id: &str, tags: &[&str]) -> PutNoteInput {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    let note = PutNoteInput::builder().patient_id(patient).note_id(id);
    let note = note.text(format!("all about {id}")).tags(tags);
    note.written_at(DateTime::from_secs(1_700_000_000)).build()
}

#[tokio::test]
async fn what_is_written_is_read_back() -> Result<(), Error> {
    let client = client().await;
    let written = client.put_note(note("a/b", "1 + 1 = ü?", &["x"])).await?;
    assert_eq!(written.version, "1");

    let request = GetNoteInput::builder()
        .patient_id("a/b")
        .note_id("1 + 1 = ü?");
    let read = client.get_note(request.build()).await?;
    assert_eq!(read.version, "1");
    assert_eq!(read.note.text, "all about 1 + 1 = ü?");
    assert_eq!(read.note.tags.as_deref(), Some(&["x".to_owned()][..]));
    assert_eq!(
        read.note.written_at,
        Some(DateTime::from_secs(1_700_000_000))
    );
    assert!(!format!("{read:?}").contains("all about"));
    Ok(())
}

#[tokio::test]
async fn pages_follow_the_token_in_the_query() -> Result<(), Error> {
    let client = client().await;
    for id in ["1", "2", "3", "4", "5"] {
        client.put_note(note("p", id, &["a", "b & c"])).await?;
    }
    client.put_note(note("p", "6", &["a"])).await?;
    let request = ListNotesInput::builder().patient_id("p");
    let mut notes = client.list_notes_pages(request.build()).items();
    let mut texts = Vec::new();
    while let Some(note) = notes.next().await {
        texts.push(note?.text);
    }
    assert_eq!(texts.len(), 6);

    let request = ListNotesInput::builder()
        .patient_id("p")
        .tags(vec!["a".to_owned()]);
    assert_eq!(client.list_notes(request.build()).await?.notes.len(), 2);
    Ok(())
}

#[tokio::test]
async fn errors_have_their_members_wherever_those_are() {
    let client = client().await;
    let request = GetNoteInput::builder().patient_id("p").note_id("1").build();
    let error = client.get_note(request).await.unwrap_err();
    let Some(GetNoteError::NoSuchPatient(error)) = error.as_service_error() else {
        panic!("{error:?}");
    };
    assert_eq!(error.patient_id.as_deref(), Some("p"));
    assert_eq!(
        error.message.as_deref(),
        Some("there are no notes about this patient")
    );

    let request = PutNoteInput::builder()
        .patient_id("p")
        .note_id("1")
        .text("t")
        .if_match("7");
    let error = client.put_note(request.build()).await.unwrap_err();
    assert!(error.to_string().contains("no such version"), "{error}");
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_error_before_anything_is() {
    let client = client().await;
    for (id, reason) in [
        (
            "",
            "`noteId` becomes a part of the path: it may not be empty or missing",
        ),
        (
            "..",
            "`noteId` becomes a part of the path: it may not be `.` or `..`",
        ),
    ] {
        let request = GetNoteInput::builder().patient_id("p").note_id(id).build();
        let error = client.get_note(request).await.unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
    }
    let request = PutNoteInput::builder()
        .patient_id("p")
        .note_id("1")
        .text("t");
    let error = client
        .put_note(request.if_match("a\r\nx: y").build())
        .await
        .unwrap_err();
    let reason = "`ifMatch` becomes a header: it may hold no line breaks";
    assert!(error.to_string().contains(reason), "{error}");
}
