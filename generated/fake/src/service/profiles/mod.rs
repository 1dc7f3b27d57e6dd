//! Transformation profiles: a draft that can be edited, and published versions that never change.

mod agent;
mod create;
mod edit;
mod list;
mod source;

use std::collections::HashMap;
use std::time::SystemTime;

use healthlake::{
    DateTime, GetDataTransformationProfileRequest, GetDataTransformationProfileResponse,
    ServiceError, SourceFormat, Tag, TargetFormat,
};

use self::agent::Conversation;
use super::Service;
use crate::refusal::{invalid, not_found};

/// The number of the draft; published versions are numbered from the next one on.
const DRAFT: i32 = 0;

#[derive(Debug)]
pub(super) struct Profile {
    number: u64,
    id: String,
    pub(super) arn: String,
    name: String,
    description: Option<String>,
    source_format: SourceFormat,
    pub(super) tags: Vec<Tag>,
    /// The draft, and the published versions after it: a version's number is its place.
    versions: Vec<Version>,
    conversations: Vec<Conversation>,
}

/// A version of a profile.
#[derive(Clone, Debug)]
struct Version {
    mapping: HashMap<String, String>,
    change_description: Option<String>,
    updated: SystemTime,
}

/// The rules that a job converts by: the latest version of a profile at the time at which the job was started.
#[derive(Clone, Debug)]
pub(super) struct Conversion {
    pub(super) profile_name: String,
    pub(super) version: i32,
    pub(super) source_format: SourceFormat,
}

impl Profile {
    /// The number of the latest version: that of the draft if nothing has been published.
    fn latest(&self) -> i32 {
        i32::try_from(self.versions.len()).unwrap_or(i32::MAX) - 1
    }

    fn latest_published(&self) -> Option<i32> {
        Some(self.latest()).filter(|latest| *latest != DRAFT)
    }

    fn version(&self, number: i32) -> Result<&Version, ServiceError> {
        let place = usize::try_from(number).ok();
        let version = place.and_then(|place| self.versions.get(place));
        version.ok_or_else(|| not_found(format!("Profile {} has no version {number}", self.id)))
    }

    /// The draft, which a profile always has.
    fn draft_mut(&mut self) -> &mut Version {
        &mut self.versions[0]
    }

    /// Returns the time of the latest change of any version.
    fn updated(&self) -> Option<DateTime> {
        let times = self.versions.iter().map(|version| version.updated);
        times.max().map(DateTime::from)
    }

    fn check_format(&self, format: &SourceFormat) -> Result<(), ServiceError> {
        if *format == self.source_format {
            return Ok(());
        }
        Err(invalid(format!(
            "Profile {} converts from {} and not from {format}",
            self.id, self.source_format
        )))
    }
}

impl Service {
    pub(in crate::service) fn get_profile(
        &mut self,
        request: GetDataTransformationProfileRequest,
    ) -> Result<GetDataTransformationProfileResponse, ServiceError> {
        let profile = self.profile(&request.profile_id)?;
        let number = request.profile_version.or(profile.latest_published());
        let number = number
            .ok_or_else(|| not_found(format!("Profile {} has no published version", profile.id)))?;
        let version = profile.version(number)?;
        Ok(GetDataTransformationProfileResponse::builder()
            .profile_id(&profile.id)
            .version(number)
            .source_format(profile.source_format.clone())
            .target_format(TargetFormat::FhirR4)
            .profile_mapping(version.mapping.clone())
            .profile_name(&profile.name)
            .maybe_profile_description(profile.description.clone())
            .maybe_change_description(version.change_description.clone())
            .last_updated_at(DateTime::from(version.updated))
            .build())
    }

    /// Returns what a job that is started now converts by, if its input is of this format.
    pub(super) fn conversion(
        &self,
        profile_id: &str,
        format: Option<&SourceFormat>,
    ) -> Result<Conversion, ServiceError> {
        let profile = self.profile(profile_id)?;
        if let Some(format) = format {
            profile.check_format(format)?;
        }
        let version = profile
            .latest_published()
            .ok_or_else(|| invalid(format!("Profile {profile_id} has no published version")))?;
        Ok(Conversion {
            profile_name: profile.name.clone(),
            version,
            source_format: profile.source_format.clone(),
        })
    }

    fn profile(&self, id: &str) -> Result<&Profile, ServiceError> {
        let found = self.profiles.iter().find(|profile| profile.id == id);
        found.ok_or_else(|| no_profile(id))
    }

    fn profile_mut(&mut self, id: &str) -> Result<&mut Profile, ServiceError> {
        let found = self.profiles.iter_mut().find(|profile| profile.id == id);
        found.ok_or_else(|| no_profile(id))
    }
}

fn no_profile(id: &str) -> ServiceError {
    not_found(format!("There is no profile {id}"))
}
