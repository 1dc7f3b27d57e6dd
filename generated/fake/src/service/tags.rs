//! Tags of data stores and transformation profiles.

use healthlake::{
    ListTagsForResourceRequest, ListTagsForResourceResponse, ServiceError, Tag, TagResourceRequest,
    TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
};

use super::Service;
use crate::refusal::{invalid, not_found};

/// The model's limits of the tags that resources are created with, which hold later, too.
const MOST_TAGS_OF_DATASTORE: usize = 200;
const MOST_TAGS_OF_PROFILE: usize = 50;

impl Service {
    /// The tags of a resource, and how many it may have.
    fn tags_of(&mut self, arn: &str) -> Result<(&mut Vec<Tag>, usize), ServiceError> {
        let profiles = self.profiles.iter_mut();
        let profiles = profiles.map(|one| (&one.arn, &mut one.tags, MOST_TAGS_OF_PROFILE));
        let datastores = self.datastores.iter_mut();
        let datastores = datastores.map(|one| (&one.arn, &mut one.tags, MOST_TAGS_OF_DATASTORE));
        let found = profiles.chain(datastores).find(|(known, ..)| *known == arn);
        let (_, tags, most) =
            found.ok_or_else(|| not_found(format!("There is no resource {arn}")))?;
        Ok((tags, most))
    }

    /// Adds tags; one with a key that is there already takes its place.
    pub(super) fn tag(
        &mut self,
        request: TagResourceRequest,
    ) -> Result<TagResourceResponse, ServiceError> {
        let (all, most) = self.tags_of(&request.resource_arn)?;
        let mut tags = all.clone();
        for tag in request.tags {
            match tags.iter_mut().find(|known| known.key == tag.key) {
                Some(known) => *known = tag,
                None => tags.push(tag),
            }
        }
        if tags.len() > most {
            return Err(invalid(format!("The resource has at most {most} tags")));
        }
        *all = tags;
        Ok(TagResourceResponse::builder().build())
    }

    /// Removes the tags with these keys, as far as there are any.
    pub(super) fn untag(
        &mut self,
        request: UntagResourceRequest,
    ) -> Result<UntagResourceResponse, ServiceError> {
        let (tags, _) = self.tags_of(&request.resource_arn)?;
        tags.retain(|tag| !request.tag_keys.contains(&tag.key));
        Ok(UntagResourceResponse::builder().build())
    }

    pub(super) fn list_tags(
        &mut self,
        request: ListTagsForResourceRequest,
    ) -> Result<ListTagsForResourceResponse, ServiceError> {
        let (tags, _) = self.tags_of(&request.resource_arn)?;
        Ok(ListTagsForResourceResponse::builder()
            .tags(tags.clone())
            .build())
    }
}
