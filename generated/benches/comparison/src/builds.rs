//! Takes the time of builds: from nothing, and of what is the client's own once its dependencies are built.

use crate::cargo::{self, CONSUMER, Profile};
use crate::measure::{self, Time};
use crate::sides::{Side, SideId};
use crate::table::{Row, Samples, Table, Target, Unit};
use anyhow::Result;
use std::io::ErrorKind;

/// Takes all times in a profile.
pub fn measure(sides: &[Side], profile: Profile, rounds: u32, table: &mut Table) -> Result<()> {
    measure_clean_builds(sides, profile, rounds.div_ceil(3), table)?;
    measure_rebuilds(sides, profile, rounds, table)
}

/// The consumer with everything it depends on. What the last round builds is what the other parts start from.
fn measure_clean_builds(
    sides: &[Side],
    profile: Profile,
    rounds: u32,
    table: &mut Table,
) -> Result<()> {
    let mut times = Times::default();
    for round in 1..=rounds {
        for side in sides {
            eprintln!(
                "clean build of {}, {}, {round} of {rounds}",
                side.id.name(),
                profile.name()
            );
            match std::fs::remove_dir_all(side.target.join(profile.name())) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => times.push(side.id, measure::time(&mut cargo::build(side, profile))?),
            }
        }
    }
    let mut rows = times.rows(&format!("clean build, {}", profile.name()));
    if let (Profile::Debug, [_, processor]) = (profile, &mut rows) {
        let slim = Row::new("slim recipe: clean build, debug, processor", Unit::Seconds)
            .with(processor.samples.clone())
            .ratio(SideId::OursSlim, SideId::Ours)
            .target(Target::AtMost(0.6));
        table.push(slim);
    }
    table.extend(rows);
    Ok(())
}

/// The client with the consumer, the consumer alone, and the linking of it.
fn measure_rebuilds(
    sides: &[Side],
    profile: Profile,
    rounds: u32,
    table: &mut Table,
) -> Result<()> {
    let mut client = Times::default();
    let mut consumer = Times::default();
    let mut program = Times::default();
    let sides: Vec<_> = sides
        .iter()
        .filter(|side| side.id != SideId::OursSlim)
        .collect();
    for side in &sides {
        measure::time(&mut cargo::build(side, profile))?;
    }
    for round in 1..=rounds {
        eprintln!("rebuilds, {}, {round} of {rounds}", profile.name());
        for side in &sides {
            let mut own = side.crates.to_vec();
            own.push(CONSUMER);
            let library = || {
                let mut build = cargo::build(side, profile);
                build.arg("--lib");
                build
            };
            cargo::clean(side, profile, &own)?;
            client.push(side.id, measure::time(&mut library())?);
            cargo::clean(side, profile, &[CONSUMER])?;
            consumer.push(side.id, measure::time(&mut library())?);
            program.push(side.id, measure::time(&mut cargo::build(side, profile))?);
        }
    }
    let (together, alone) = match profile {
        Profile::Debug => (Target::AtMost(1.0 / 3.0), None),
        Profile::Release => (Target::AtMost(1.0 / 4.0), Some(Target::AtMost(1.0 / 5.0))),
    };
    let label = |what: &str| format!("{what}, {}", profile.name());
    let [wall, processor] = client.rows(&label("compile client and consumer"));
    table.extend([wall.target(together), processor]);
    let [wall, processor] = consumer.rows(&label("compile consumer alone"));
    table.extend([wall.target(alone), processor]);
    table.extend(program.rows(&label("compile and link its main")));
    Ok(())
}

/// Both kinds of time of every side.
#[derive(Default)]
struct Times {
    wall: Samples,
    processor: Samples,
}

impl Times {
    fn push(&mut self, side: SideId, time: Time) {
        self.wall.push(side, time.wall);
        self.processor.push(side, time.processor);
    }

    fn rows(self, label: &str) -> [Row; 2] {
        [("wall", self.wall), ("processor", self.processor)].map(|(kind, samples)| {
            Row::new(format!("{label}, {kind}"), Unit::Seconds)
                .with(samples)
                .ratio(SideId::Ours, SideId::AwsSame)
        })
    }
}
