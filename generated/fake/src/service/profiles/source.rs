//! The sources of the rules of a new transformation profile.

use std::collections::HashMap;

use healthlake::{
    CreateDataTransformationProfileSource, ExistingVersionedProfileSource, SampleDataSource,
    ServiceError, SourceFormat, StarterProfileSource,
};

use super::super::Service;
use super::super::operations::check;
use crate::constraints::shapes;
use crate::refusal::{invalid, not_found};

/// The only starter profile.
pub(super) const STARTER_KIT: &str = "ccda-starter-kit-v1";

/// Its rules: the path of each file, and its text.
const STARTER_RULES: [(&str, &str); 3] = [
    (
        "CCD.vm",
        "#parse(\"Resources/Patient.vm\")\n#parse(\"Resources/AllergyIntolerance.vm\")\n",
    ),
    (
        "Resources/AllergyIntolerance.vm",
        "{ \"resourceType\": \"AllergyIntolerance\", \"id\": \"$allergy.id\" }\n",
    ),
    (
        "Resources/Patient.vm",
        "{ \"resourceType\": \"Patient\", \"id\": \"$patient.id\" }\n",
    ),
];

type Rules = HashMap<String, String>;

impl Service {
    /// The rules of the draft of a new profile.
    pub(super) fn first_rules(
        &self,
        source: &CreateDataTransformationProfileSource,
        format: &SourceFormat,
    ) -> Result<Rules, ServiceError> {
        use CreateDataTransformationProfileSource as Source;
        match source {
            Source::StarterProfile(source) => starter_rules(source, format),
            Source::ExistingVersionedProfileId(source) => self.copied_rules(source, format),
            Source::ProfileMapping(source) => checked(&source.profile_mapping),
            Source::SampleData(source) => rules_to_be_made(source, format),
            _ => Err(invalid("Source is none that there is")),
        }
    }

    fn copied_rules(
        &self,
        source: &ExistingVersionedProfileSource,
        format: &SourceFormat,
    ) -> Result<Rules, ServiceError> {
        let profile = self.profile(&source.profile_id)?;
        profile.check_format(format)?;
        Ok(profile.version(source.version)?.mapping.clone())
    }
}

fn starter_rules(
    source: &StarterProfileSource,
    format: &SourceFormat,
) -> Result<Rules, ServiceError> {
    only_for(SourceFormat::Ccda, format, "StarterProfile")?;
    if source.starter_profile_name != STARTER_KIT {
        return Err(not_found(format!(
            "There is no starter profile {}; there is {STARTER_KIT}",
            source.starter_profile_name
        )));
    }
    let rules = STARTER_RULES.map(|(path, text)| (path.to_owned(), text.to_owned()));
    Ok(Rules::from(rules))
}

/// Rules of the user's own. The model bounds those of updates; what is created cannot be larger.
fn checked(rules: &Rules) -> Result<Rules, ServiceError> {
    let as_json = serde_json::to_value(rules).unwrap_or_default();
    check(&shapes::PROFILE_MAPPING, &as_json)?;
    Ok(rules.clone())
}

/// Nothing is made of samples at once: the draft notes where they are.
fn rules_to_be_made(
    source: &SampleDataSource,
    format: &SourceFormat,
) -> Result<Rules, ServiceError> {
    only_for(SourceFormat::Csv, format, "SampleData")?;
    let note = format!("# To be made from the samples at {}\n", source.s3_uri);
    Ok(Rules::from([("mapping.yaml".to_owned(), note)]))
}

fn only_for(only: SourceFormat, format: &SourceFormat, source: &str) -> Result<(), ServiceError> {
    if *format == only {
        return Ok(());
    }
    Err(invalid(format!(
        "{source} is only for the source format {only}, and not for {format}"
    )))
}
