//! The life of a transformation profile: edited, published, deleted.

use std::time::SystemTime;

use healthlake::{
    DateTime, DeleteDataTransformationProfileRequest, DeleteDataTransformationProfileResponse,
    PublishDataTransformationProfileRequest, PublishDataTransformationProfileResponse,
    ServiceError, TargetFormat, UpdateDataTransformationProfileRequest,
    UpdateDataTransformationProfileResponse,
};

use super::super::Service;
use super::{DRAFT, Profile, Version};
use crate::refusal::{invalid, quota_exceeded};

/// The number of the last version that can be published.
const LAST_VERSION: i32 = 99;

impl Profile {
    /// Publishes the rules of a version under the next number, which this returns.
    pub(super) fn publish(
        &mut self,
        from: i32,
        change_description: Option<String>,
        now: SystemTime,
    ) -> Result<i32, ServiceError> {
        let mut version = self.version(from)?.clone();
        if self.latest() >= LAST_VERSION {
            return Err(quota_exceeded(format!(
                "Profile {} has {LAST_VERSION} published versions, and cannot have more",
                self.id
            )));
        }
        version.change_description = change_description.or(version.change_description);
        version.updated = now;
        self.versions.push(version);
        Ok(self.latest())
    }
}

impl Service {
    pub(in crate::service) fn update_profile(
        &mut self,
        request: UpdateDataTransformationProfileRequest,
    ) -> Result<UpdateDataTransformationProfileResponse, ServiceError> {
        let now = self.clock.now();
        let profile = self.profile_mut(&request.profile_id)?;
        *profile.draft_mut() = Version {
            mapping: request.profile_mapping,
            change_description: request.change_description,
            updated: now,
        };
        Ok(UpdateDataTransformationProfileResponse::builder()
            .profile_id(&profile.id)
            .source_format(profile.source_format.clone())
            .target_format(TargetFormat::FhirR4)
            .profile_name(&profile.name)
            .last_updated_at(DateTime::from(now))
            .build())
    }

    pub(in crate::service) fn publish_profile(
        &mut self,
        request: PublishDataTransformationProfileRequest,
    ) -> Result<PublishDataTransformationProfileResponse, ServiceError> {
        let now = self.clock.now();
        let profile = self.profile_mut(&request.profile_id)?;
        profile.check_format(&request.source_format)?;
        if request.from_existing_version == Some(DRAFT) {
            return Err(invalid(
                "FromExistingVersion is a published version; without it, the draft is published",
            ));
        }
        let from = request.from_existing_version.unwrap_or(DRAFT);
        let version = profile.publish(from, request.change_description, now)?;
        Ok(PublishDataTransformationProfileResponse::builder()
            .profile_id(&profile.id)
            .version(version)
            .source_format(profile.source_format.clone())
            .target_format(TargetFormat::FhirR4)
            .profile_name(&profile.name)
            .last_updated_at(DateTime::from(now))
            .build())
    }

    /// Jobs that convert by the profile go on: they have taken its rules when they were started.
    pub(in crate::service) fn delete_profile(
        &mut self,
        request: DeleteDataTransformationProfileRequest,
    ) -> Result<DeleteDataTransformationProfileResponse, ServiceError> {
        let name = self.profile(&request.profile_id)?.name.clone();
        self.profiles
            .retain(|profile| profile.id != request.profile_id);
        Ok(DeleteDataTransformationProfileResponse::builder()
            .profile_id(request.profile_id)
            .profile_name(name)
            .deletion_time(DateTime::from(self.clock.now()))
            .build())
    }
}
