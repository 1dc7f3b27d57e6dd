//! New transformation profiles.

use std::collections::HashMap;

use healthlake::{
    CreateDataTransformationProfileRequest, CreateDataTransformationProfileResponse,
    CreateDataTransformationProfileSource, DateTime, ServiceError, SourceFormat,
    StarterProfileSource, Tag, TargetFormat,
};

use super::super::{Call, Service, arn};
use super::source::STARTER_KIT;
use super::{DRAFT, Profile, Version};
use crate::refusal::quota_exceeded;

/// The most profiles that the account may have.
const MOST_PROFILES: usize = 100;

impl Service {
    pub(in crate::service) fn create_profile(
        &mut self,
        call: &Call<'_>,
        request: CreateDataTransformationProfileRequest,
    ) -> Result<CreateDataTransformationProfileResponse, ServiceError> {
        let token = request.client_token.clone();
        let id = self.once(call.operation, token, request, |service, request| {
            service.add_profile(call.region, request)
        })?;
        let profile = self.profile(&id)?;
        let draft = profile.version(DRAFT)?;
        Ok(CreateDataTransformationProfileResponse::builder()
            .profile_id(&profile.id)
            .version(DRAFT)
            .source_format(profile.source_format.clone())
            .target_format(TargetFormat::FhirR4)
            .profile_name(&profile.name)
            .last_updated_at(DateTime::from(draft.updated))
            .build())
    }

    /// A profile for C-CDA with a published version: its id.
    pub(crate) fn add_published_profile(
        &mut self,
        region: &str,
        name: String,
    ) -> Result<String, ServiceError> {
        let starter = StarterProfileSource::builder().starter_profile_name(STARTER_KIT);
        let request = CreateDataTransformationProfileRequest::builder()
            .source_format(SourceFormat::Ccda)
            .source(CreateDataTransformationProfileSource::StarterProfile(
                starter.build(),
            ))
            .profile_name(name)
            .build();
        let id = self.add_profile(region, request)?;
        let now = self.clock.now();
        self.profile_mut(&id)?.publish(DRAFT, None, now)?;
        Ok(id)
    }

    fn add_profile(
        &mut self,
        region: &str,
        request: CreateDataTransformationProfileRequest,
    ) -> Result<String, ServiceError> {
        if self.profiles.len() >= MOST_PROFILES {
            return Err(quota_exceeded(format!(
                "The account has {MOST_PROFILES} profiles, and cannot have more"
            )));
        }
        let draft = Version {
            mapping: self.first_rules(&request.source, &request.source_format)?,
            change_description: None,
            updated: self.clock.now(),
        };
        let id = self.new_id();
        let profile = Profile {
            number: self.next_number(),
            arn: arn(region, &format!("dataTransformationProfile/{id}")),
            name: request.profile_name,
            description: request.profile_description,
            source_format: request.source_format,
            tags: tags(request.tags.unwrap_or_default()),
            versions: vec![draft],
            conversations: Vec::new(),
            id: id.clone(),
        };
        self.profiles.push(profile);
        Ok(id)
    }
}

/// Tags in the form that the tagging operations have.
fn tags(map: HashMap<String, String>) -> Vec<Tag> {
    let tags = map
        .into_iter()
        .map(|(key, value)| Tag::builder().key(key).value(value).build());
    let mut tags: Vec<_> = tags.collect();
    tags.sort_by(|one, other| one.key.cmp(&other.key));
    tags
}
