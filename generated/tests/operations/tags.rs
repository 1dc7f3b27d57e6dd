//! The operations of tags.

use healthlake::*;
use serde_json::json;

use super::exchange::exchange;
use super::{ARN, tag, tag_json};

#[tokio::test]
async fn list_tags_for_resource() {
    let request = ListTagsForResourceRequest::builder()
        .resource_arn(ARN)
        .build();
    let answer = json!({ "Tags": [tag_json()] });
    let sent = json!({ "ResourceARN": ARN });
    let response = exchange("ListTagsForResource", sent, answer, |client| {
        client.list_tags_for_resource(request)
    })
    .await;
    assert_eq!(response.tags, Some(vec![tag()]));
}

#[tokio::test]
async fn tag_resource() {
    let tag = Tag::builder().key("team").value("").build();
    let request = TagResourceRequest::builder()
        .resource_arn(ARN)
        .tags(vec![tag])
        .build();
    let sent = json!({ "ResourceARN": ARN, "Tags": [{ "Key": "team", "Value": "" }] });
    let response = exchange("TagResource", sent, json!({}), |client| {
        client.tag_resource(request)
    })
    .await;
    assert_eq!(response, TagResourceResponse::builder().build());
}

#[tokio::test]
async fn untag_resource() {
    let keys = vec!["team".to_owned(), "cost".to_owned()];
    let request = UntagResourceRequest::builder()
        .resource_arn(ARN)
        .tag_keys(keys)
        .build();
    let sent = json!({ "ResourceARN": ARN, "TagKeys": ["team", "cost"] });
    let response = exchange("UntagResource", sent, json!({}), |client| {
        client.untag_resource(request)
    })
    .await;
    assert_eq!(response, UntagResourceResponse::builder().build());
}
