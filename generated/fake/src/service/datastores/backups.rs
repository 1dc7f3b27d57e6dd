//! The backups of a data store. They can outlast it.

use std::time::{Duration, SystemTime};

use healthlake::{BackupConfiguration, BackupStatus, BackupType, DatastoreBackupStatus, DateTime};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The days for which backups are kept if nobody says.
const DEFAULT_RETENTION: i32 = 30;

#[derive(Debug)]
pub(super) struct Backups {
    configuration: BackupConfiguration,
    /// The last time at which they were switched on.
    since: Option<SystemTime>,
    /// The time at which they were switched off again.
    until: Option<SystemTime>,
}

impl Backups {
    pub(super) fn new(configuration: Option<BackupConfiguration>, now: SystemTime) -> Self {
        let off = BackupConfiguration::builder().status(BackupStatus::Disabled);
        let mut backups = Self {
            configuration: off.build(),
            since: None,
            until: None,
        };
        if let Some(configuration) = configuration {
            backups.change(configuration, now);
        }
        backups
    }

    /// Changes what is said; what is not said stays as it is.
    pub(super) fn change(&mut self, new: BackupConfiguration, now: SystemTime) {
        let was_on = self.are_on();
        let mine = &mut self.configuration;
        mine.status = new.status.or(mine.status.take());
        mine.backup_type = new.backup_type.or(mine.backup_type.take());
        let retention = &mut mine.retention_period_in_days;
        *retention = new.retention_period_in_days.or(*retention);
        mine.backup_tags_enabled = new.backup_tags_enabled;
        if self.are_on() && !was_on {
            self.configuration
                .backup_type
                .get_or_insert(BackupType::Continuous);
            let retention = &mut self.configuration.retention_period_in_days;
            retention.get_or_insert(DEFAULT_RETENTION);
            (self.since, self.until) = (Some(now), None);
        } else if was_on && !self.are_on() {
            self.until = Some(now);
        }
    }

    /// Makes no more backups: the data store is deleted.
    pub(super) fn end(&mut self, now: SystemTime) {
        if self.are_on() {
            self.configuration.status = Some(BackupStatus::Disabled);
            self.until = Some(now);
        }
    }

    /// Returns whether the tags of the data store are backed up, too.
    pub(super) fn hold_tags(&self) -> bool {
        self.configuration.backup_tags_enabled
    }

    /// The earliest and the latest point in time that can be restored, if there are any backups.
    pub(super) fn restore_window(&self, now: SystemTime) -> Option<(DateTime, DateTime)> {
        let since = self.since?;
        if self.removal().is_some_and(|removal| now >= removal) {
            return None;
        }
        let earliest = since.max(now - self.retention());
        let latest = self.until.unwrap_or(now);
        // Whole seconds, so that they are the same moments after their way over the wire.
        let second = |time: SystemTime| DateTime::from_secs(DateTime::from(time).secs());
        Some((second(earliest), second(latest)))
    }

    pub(super) fn status(&self, now: SystemTime) -> DatastoreBackupStatus {
        let (earliest, latest) = self.restore_window(now).unzip();
        let enabled_at = self.since.filter(|_| self.are_on());
        DatastoreBackupStatus::builder()
            .configuration(self.configuration.clone())
            .maybe_backup_enabled_at(enabled_at.map(DateTime::from))
            .maybe_earliest_restore_point(earliest)
            .maybe_latest_restore_point(latest)
            .maybe_scheduled_permanent_deletion_time(self.removal().map(DateTime::from))
            .build()
    }

    /// Returns the time at which the last backups are removed.
    fn removal(&self) -> Option<SystemTime> {
        Some(self.until? + self.retention())
    }

    fn retention(&self) -> Duration {
        let days = self.configuration.retention_period_in_days;
        DAY * u32::try_from(days.unwrap_or(DEFAULT_RETENTION)).unwrap_or_default()
    }

    fn are_on(&self) -> bool {
        self.configuration.status == Some(BackupStatus::Enabled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept_for(days: i32, status: BackupStatus) -> BackupConfiguration {
        BackupConfiguration::builder()
            .status(status)
            .retention_period_in_days(days)
            .build()
    }

    fn day(number: u32) -> SystemTime {
        SystemTime::UNIX_EPOCH + DAY * 10_000 + DAY * number
    }

    fn window(backups: &Backups, at: u32) -> Option<(SystemTime, SystemTime)> {
        let time = |time| SystemTime::try_from(time).unwrap();
        let (earliest, latest) = backups.restore_window(day(at))?;
        Some((time(earliest), time(latest)))
    }

    #[test]
    fn they_are_kept_for_their_days() {
        let mut backups = Backups::new(None, day(0));
        assert_eq!(window(&backups, 1), None);
        backups.change(kept_for(7, BackupStatus::Enabled), day(2));
        assert_eq!(window(&backups, 5), Some((day(2), day(5))));
        assert_eq!(window(&backups, 20), Some((day(13), day(20))));

        backups.change(kept_for(7, BackupStatus::Disabled), day(20));
        assert_eq!(window(&backups, 22), Some((day(15), day(20))));
        assert_eq!(backups.removal(), Some(day(27)));
        assert_eq!(window(&backups, 27), None);

        backups.change(kept_for(1, BackupStatus::Enabled), day(30));
        assert_eq!(window(&backups, 30), Some((day(30), day(30))));
        assert_eq!(backups.removal(), None);
        backups.end(day(31));
        assert_eq!(backups.removal(), Some(day(32)));
    }

    #[test]
    fn what_is_not_said_stays() {
        let mut backups = Backups::new(Some(kept_for(7, BackupStatus::Enabled)), day(0));
        let with_tags = BackupConfiguration::builder().backup_tags_enabled(true);
        backups.change(with_tags.build(), day(1));
        assert!(backups.are_on() && backups.hold_tags());
        assert_eq!(backups.retention(), 7 * DAY);
        assert_eq!(
            backups.configuration.backup_type,
            Some(BackupType::Continuous)
        );
    }
}
