//! Runs a command in a pseudo-terminal, and keeps what it shows.

use std::io::Read;
use std::num::NonZeroU16;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use vt100::{Parser, Screen};

/// The text that stood on the screen, and for how long the command had been showing something then.
pub struct Moment {
    /// The time since the command's first output.
    pub after: Duration,
    /// The screen.
    pub screen: Screen,
}

/// Every screen that a command has shown, in order.
pub struct Recording(Vec<Moment>);

impl Recording {
    /// Runs a command to its end. One that fails has no recording.
    pub fn of(command: &[String], rows: NonZeroU16, columns: NonZeroU16) -> Result<Self> {
        let pair = native_pty_system().openpty(PtySize {
            rows: rows.get(),
            cols: columns.get(),
            ..PtySize::default()
        })?;
        let mut child = pair.slave.spawn_command(builder(command)?)?;
        // As long as anybody holds the other end, reading does not end.
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader()?;

        let mut terminal = Parser::new(rows, columns, 0);
        terminal.process(prompt(command).as_bytes());
        let mut moments = Vec::new();
        let mut start = None;
        let mut chunk = [0; 4096];
        loop {
            let length = output.read(&mut chunk)?;
            if length == 0 {
                break;
            }
            terminal.process(&chunk[..length]);
            moments.push(Moment {
                after: start.get_or_insert_with(Instant::now).elapsed(),
                screen: terminal.screen().clone(),
            });
        }
        let status = child.wait()?;
        ensure!(
            status.success(),
            "{command:?} failed:\n{}",
            terminal.screen().contents()
        );
        Ok(Self(moments))
    }

    /// Returns what stood on the screen at a part of the time between the first output and the end.
    pub fn at(&self, part: f64) -> Result<Moment> {
        let last = self.0.last().context("the command shows nothing")?;
        let after = last.after.mul_f64(part);
        let mut latest_first = self.0.iter().rev();
        let shown = latest_first.find(|moment| moment.after <= after);
        let screen = shown.unwrap_or(last).screen.clone();
        Ok(Moment { after, screen })
    }
}

/// The line in which somebody has typed the command.
fn prompt(command: &[String]) -> String {
    format!("\x1b[2m$\x1b[m {}\r\n", shell_words::join(command))
}

fn builder(command: &[String]) -> Result<CommandBuilder> {
    let mut builder = CommandBuilder::from_argv(command.iter().map(Into::into).collect());
    builder.cwd(std::env::current_dir()?);
    builder.env("TERM", "xterm-256color");
    builder.env_remove("NO_COLOR");
    Ok(builder)
}
