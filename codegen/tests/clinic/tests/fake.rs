//! A fake in the place of a service with HTTP bindings: it tells calls by method and path.

use clinic::*;
use smithy_rt::fake::Fake;

fn note(text: &str) -> Note {
    Note::builder()
        .text(text)
        .tags(vec!["a, b".to_owned()])
        .build()
}

#[tokio::test]
async fn calls_are_told_apart_by_their_paths() {
    let fake = Fake::new();
    fake.on::<ListNotes>(|request| {
        let notes = request.tags.into_iter().flatten();
        let notes = notes.map(|tag| note(&tag)).collect::<Vec<_>>();
        Ok(ListNotesOutput::builder().notes(notes).build())
    });
    fake.on::<GetNote>(|request| {
        let output = GetNoteOutput::builder().version("7");
        Ok(output.note(note(&request.note_id)).build())
    });
    let client: Client = fake.client();

    let request = GetNoteInput::builder()
        .patient_id("p/q")
        .note_id("ü 1")
        .build();
    let read = client.get_note(request.clone()).await.unwrap();
    assert_eq!((read.version.as_str(), read.note), ("7", note("ü 1")));
    assert_eq!(fake.requests::<GetNote>(), [request]);

    let tags = vec!["x y".to_owned(), "&".to_owned()];
    let request = ListNotesInput::builder().patient_id("p").tags(tags).build();
    let listed = client.list_notes(request.clone()).await.unwrap();
    assert_eq!(listed.notes, [note("x y"), note("&")]);
    assert_eq!(fake.requests::<ListNotes>(), [request]);
    assert_eq!(fake.calls(), ["GetNote", "ListNotes"]);
}

#[tokio::test]
async fn errors_have_their_members() {
    let fake = Fake::new();
    fake.on::<GetNote>(|request| {
        let error = NoSuchPatient::builder()
            .patient_id(request.patient_id)
            .message("gone");
        Err(error.build().into())
    });
    let client: Client = fake.client();
    let request = GetNoteInput::builder().patient_id("p").note_id("1").build();
    let error = client.get_note(request).await.unwrap_err();
    let Some(GetNoteError::NoSuchPatient(error)) = error.as_service_error() else {
        panic!("{error:?}");
    };
    assert_eq!(error.patient_id.as_deref(), Some("p"));
    assert_eq!(error.message.as_deref(), Some("gone"));
}

#[tokio::test]
async fn a_call_without_an_answer_is_named_by_its_path() {
    let fake = Fake::new();
    let client: Client = fake.client();
    let request = ListNotesInput::builder()
        .patient_id("p")
        .next_token("secret")
        .build();
    let error = client.list_notes(request).await.unwrap_err().to_string();
    assert!(
        error.contains("the fake has no answer to GET /patients/p/notes: "),
        "{error}"
    );
    assert_eq!(fake.calls(), ["GET /patients/p/notes"]);
}
