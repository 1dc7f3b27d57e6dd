//! Tags of data stores.

use healthlake::{
    ListTagsForResourceRequest, ListTagsForResourceResponse, ServiceError, TagResourceRequest,
    TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
};

use super::Service;
use crate::refusal::invalid;

/// The model's limit of a tag list, which holds for a resource too.
const MOST_TAGS: usize = 200;

impl Service {
    /// Adds tags; one with a key that is there already takes its place.
    pub(super) fn tag(
        &mut self,
        request: TagResourceRequest,
    ) -> Result<TagResourceResponse, ServiceError> {
        let datastore = self.datastore_of_arn(&request.resource_arn)?;
        let mut tags = datastore.tags.clone();
        for tag in request.tags {
            match tags.iter_mut().find(|known| known.key == tag.key) {
                Some(known) => *known = tag,
                None => tags.push(tag),
            }
        }
        if tags.len() > MOST_TAGS {
            return Err(invalid(format!("A resource has at most {MOST_TAGS} tags")));
        }
        datastore.tags = tags;
        Ok(TagResourceResponse::builder().build())
    }

    /// Removes the tags with these keys, as far as there are any.
    pub(super) fn untag(
        &mut self,
        request: UntagResourceRequest,
    ) -> Result<UntagResourceResponse, ServiceError> {
        let datastore = self.datastore_of_arn(&request.resource_arn)?;
        datastore
            .tags
            .retain(|tag| !request.tag_keys.contains(&tag.key));
        Ok(UntagResourceResponse::builder().build())
    }

    pub(super) fn list_tags(
        &mut self,
        request: ListTagsForResourceRequest,
    ) -> Result<ListTagsForResourceResponse, ServiceError> {
        let datastore = self.datastore_of_arn(&request.resource_arn)?;
        Ok(ListTagsForResourceResponse::builder()
            .tags(datastore.tags.clone())
            .build())
    }
}
