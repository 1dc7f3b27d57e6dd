//! Lists of transformation profiles and of their versions.

use healthlake::{
    DataTransformationProfileSummary, DataTransformationProfileVersionSummary, DateTime,
    ListDataTransformationProfileVersionsRequest, ListDataTransformationProfileVersionsResponse,
    ListDataTransformationProfilesRequest, ListDataTransformationProfilesResponse, ServiceError,
    TargetFormat,
};

use super::super::Service;
use super::super::page::Page;
use super::Profile;

impl Profile {
    fn summary(&self) -> DataTransformationProfileSummary {
        DataTransformationProfileSummary::builder()
            .profile_id(&self.id)
            .version(self.latest())
            .source_format(self.source_format.clone())
            .target_format(TargetFormat::FhirR4)
            .profile_name(&self.name)
            .maybe_profile_description(self.description.clone())
            .maybe_last_updated_at(self.updated())
            .build()
    }

    /// All versions, the draft first.
    fn version_summaries(&self) -> impl Iterator<Item = DataTransformationProfileVersionSummary> {
        (0..).zip(&self.versions).map(|(number, version)| {
            DataTransformationProfileVersionSummary::builder()
                .profile_id(&self.id)
                .version(number)
                .source_format(self.source_format.clone())
                .target_format(TargetFormat::FhirR4)
                .profile_name(&self.name)
                .maybe_change_description(version.change_description.clone())
                .last_updated_at(DateTime::from(version.updated))
                .build()
        })
    }
}

impl Service {
    pub(in crate::service) fn list_profiles(
        &mut self,
        mut request: ListDataTransformationProfilesRequest,
    ) -> Result<ListDataTransformationProfilesResponse, ServiceError> {
        let (token, size) = (request.next_token.take(), request.max_results.take());
        let page = Page::asked_for(&request, token.as_deref(), size)?;
        let all = self.profiles.iter();
        let found = all.filter(|profile| profile.source_format == request.source_format);
        let (items, next_token) = page.of(found.map(|profile| (profile.number, profile.summary())));
        Ok(ListDataTransformationProfilesResponse::builder()
            .items(items)
            .maybe_next_token(next_token)
            .build())
    }

    pub(in crate::service) fn list_profile_versions(
        &mut self,
        mut request: ListDataTransformationProfileVersionsRequest,
    ) -> Result<ListDataTransformationProfileVersionsResponse, ServiceError> {
        let (token, size) = (request.next_token.take(), request.max_results.take());
        let page = Page::asked_for(&request, token.as_deref(), size)?;
        let profile = self.profile(&request.profile_id)?;
        let (items, next_token) = page.of((1..).zip(profile.version_summaries()));
        Ok(ListDataTransformationProfileVersionsResponse::builder()
            .items(items)
            .maybe_next_token(next_token)
            .build())
    }
}
