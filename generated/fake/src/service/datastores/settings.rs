//! The settings of a data store that can be changed, and their change.
//!
//! Switching analytics and language processing takes time, in which the data store is `UPDATING`. All else changes at once.

use std::time::SystemTime;

use healthlake::{
    AnalyticsConfiguration, AnalyticsStatus, AuthorizationStrategy, DatastoreStatus,
    IdentityProviderConfiguration, NlpConfiguration, NlpStatus, ProfileConfiguration, ServiceError,
    UpdateFhirDatastoreRequest, UpdateFhirDatastoreResponse,
};

use super::super::{Call, Service};
use super::{Datastore, FAILS};
use crate::Timing;
use crate::refusal::{conflict, invalid};

#[derive(Debug)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) identity_provider: IdentityProviderConfiguration,
    pub(super) fhir_profiles: Option<ProfileConfiguration>,
    switches: Switches,
}

/// The settings that take time to be switched.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Switches {
    analytics: AnalyticsStatus,
    nlp: NlpStatus,
}

impl Switches {
    /// The state of things before anybody has switched them on.
    const OFF: Self = Self {
        analytics: AnalyticsStatus::Disabled,
        nlp: NlpStatus::Disabled,
    };

    /// These with what a request wants.
    fn with(
        &self,
        analytics: Option<AnalyticsConfiguration>,
        nlp: Option<NlpConfiguration>,
    ) -> Result<Self, ServiceError> {
        let analytics = analytics.and_then(|wanted| wanted.status);
        let nlp = nlp.and_then(|wanted| wanted.status);
        let wanted = Self {
            analytics: analytics.unwrap_or_else(|| self.analytics.clone()),
            nlp: nlp.unwrap_or_else(|| self.nlp.clone()),
        };
        use AnalyticsStatus::{Disabled, Enabled, Paused};
        if ![Enabled, Disabled, Paused].contains(&wanted.analytics) {
            let status = wanted.analytics;
            return Err(invalid(format!("Analytics cannot be made {status}")));
        }
        if ![NlpStatus::Enabled, NlpStatus::Disabled].contains(&wanted.nlp) {
            let status = wanted.nlp;
            return Err(invalid(format!(
                "Language processing cannot be made {status}"
            )));
        }
        Ok(wanted)
    }

    pub(super) fn analytics(&self) -> AnalyticsConfiguration {
        let status = self.analytics.clone();
        AnalyticsConfiguration::builder().status(status).build()
    }

    pub(super) fn nlp(&self) -> NlpConfiguration {
        let status = self.nlp.clone();
        NlpConfiguration::builder().status(status).build()
    }

    /// Returns the states that are seen while these are switched to others.
    fn on_the_way_to(&self, wanted: &Self) -> Self {
        let analytics = match &wanted.analytics {
            same if *same == self.analytics => same.clone(),
            AnalyticsStatus::Enabled => AnalyticsStatus::Enabling,
            AnalyticsStatus::Disabled => AnalyticsStatus::Disabling,
            _ => AnalyticsStatus::Pausing,
        };
        let nlp = match &wanted.nlp {
            same if *same == self.nlp => same.clone(),
            NlpStatus::Enabled => NlpStatus::Enabling,
            _ => NlpStatus::Disabling,
        };
        Self { analytics, nlp }
    }
}

impl Settings {
    pub(super) fn new(
        name: Option<String>,
        identity_provider: Option<IdentityProviderConfiguration>,
        analytics: Option<AnalyticsConfiguration>,
        nlp: Option<NlpConfiguration>,
        fhir_profiles: Option<ProfileConfiguration>,
    ) -> Result<Self, ServiceError> {
        let by_aws = || {
            IdentityProviderConfiguration::builder()
                .authorization_strategy(AuthorizationStrategy::AwsAuth)
                .build()
        };
        Ok(Self {
            name,
            identity_provider: identity_provider.unwrap_or_else(by_aws),
            fhir_profiles,
            switches: Switches::OFF.with(analytics, nlp)?,
        })
    }
}

/// An update of a data store, the latest one.
#[derive(Debug)]
pub(super) struct Update {
    begun: SystemTime,
    fails: bool,
    wanted: Switches,
}

/// The phases of an update.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum UpdatePhase {
    UnderWay,
    Done,
    Failed,
}

impl Datastore {
    pub(super) fn update_phase(&self, now: SystemTime, timing: &Timing) -> Option<UpdatePhase> {
        let update = self.update.as_ref()?;
        Some(match update.fails {
            _ if now < update.begun + timing.updating => UpdatePhase::UnderWay,
            true => UpdatePhase::Failed,
            false => UpdatePhase::Done,
        })
    }

    pub(super) fn switches(&self, now: SystemTime, timing: &Timing) -> Switches {
        let settled = &self.settings.switches;
        if now < self.created + timing.creating {
            return Switches::OFF.on_the_way_to(settled);
        }
        match (&self.update, self.update_phase(now, timing)) {
            (Some(update), Some(UpdatePhase::UnderWay)) => settled.on_the_way_to(&update.wanted),
            (Some(update), Some(UpdatePhase::Done)) => update.wanted.clone(),
            _ => settled.clone(),
        }
    }

    /// Begins an update. One that fails changes nothing.
    fn update(
        &mut self,
        request: UpdateFhirDatastoreRequest,
        fails_later: bool,
        now: SystemTime,
        timing: &Timing,
    ) -> Result<(), ServiceError> {
        let settled = self.switches(now, timing);
        let wanted = settled.with(request.analytics_configuration, request.nlp_configuration)?;
        let name = request.datastore_name.as_deref();
        let fails = fails_later || name.is_some_and(|name| name.starts_with(FAILS));
        if !fails {
            self.settings.name = request.datastore_name.or(self.settings.name.take());
            if let Some(provider) = request.identity_provider_configuration {
                self.settings.identity_provider = provider;
            }
            if let Some(profiles) = request.profile_configuration {
                self.settings.fhir_profiles = Some(profiles);
            }
            if let Some(backup) = request.backup_configuration {
                self.backups.change(backup, now);
            }
        }
        let takes_time = fails || wanted != settled;
        self.settings.switches = settled;
        self.update = takes_time.then_some(Update {
            begun: now,
            fails,
            wanted,
        });
        Ok(())
    }
}

impl Service {
    pub(in crate::service) fn update_datastore(
        &mut self,
        call: &Call<'_>,
        request: UpdateFhirDatastoreRequest,
    ) -> Result<UpdateFhirDatastoreResponse, ServiceError> {
        let (now, timing) = (self.clock.now(), self.timing);
        let datastore = self.datastore_mut(&request.datastore_id)?;
        match datastore.status(now, &timing) {
            // After one update has failed, another one may be tried.
            DatastoreStatus::Active | DatastoreStatus::UpdateFailed => (),
            status => {
                let id = &datastore.id;
                return Err(conflict(format!("Datastore {id} is {status}")));
            }
        }
        datastore.update(request, call.fails_later, now, &timing)?;
        Ok(UpdateFhirDatastoreResponse::builder()
            .datastore_properties(datastore.properties(now, &timing))
            .build())
    }
}
