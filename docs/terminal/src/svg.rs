//! Draws screens: text as text, each run of one style a `<text>` that is as wide as its cells in any font.
//!
//! The windows are dark on light and dark pages alike, as terminals are. Colours, bold and dim text are drawn; backgrounds are not.

use std::fmt::{Result, Write};

use anstyle::Ansi256Color;
use anstyle_lossy::palette::WIN10_CONSOLE;
use html_escape::encode_text;
use vt100::{Cell, Color, Screen};

use crate::recording::Moment;

const CELL: f64 = 8.4;
const LINE: f64 = 20.0;
const PADDING: f64 = 16.0;
/// The height of a window's title.
const TITLE: f64 = 30.0;
/// Between two windows.
const GAP: f64 = 12.0;

/// Fonts of the reader's system, whichever is there first.
const STYLE: &str = "
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #e6edf3; white-space: pre }
  .window { fill: #161b22; stroke: #444c56 }
  .title { font: 13px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #9198a1; text-anchor: middle }
  .bold { font-weight: bold }
  .dim { opacity: 0.6 }
";

/// Draws a command's screen while it runs, and at its end.
pub fn draw(command: &str, during: &Moment, end: &Moment) -> String {
    let mut svg = String::new();
    write(&mut svg, command, during, end).expect("a string takes everything");
    svg
}

fn write(svg: &mut String, command: &str, during: &Moment, end: &Moment) -> Result {
    let seconds = |moment: &Moment| format!("{:.1} s", moment.after.as_secs_f64());
    let windows = [
        (format!("after {}", seconds(during)), &during.screen),
        (format!("at the end, after {}", seconds(end)), &end.screen),
    ];
    let columns = f64::from(end.screen.size().1.get());
    let width = columns * CELL + 2.0 * PADDING;
    let heights = windows.each_ref().map(|(_, screen)| height(screen));
    let total = heights.iter().sum::<f64>() + GAP;
    writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="-1 -1 {:.0} {:.0}" width="{:.0}">"#,
        width + 2.0,
        total + 2.0,
        width + 2.0,
    )?;
    let [(first, _), (second, _)] = &windows;
    writeln!(svg, "<title>{} in a terminal</title>", encode_text(command))?;
    writeln!(svg, "<desc>The screen {first}, and {second}.</desc>")?;
    writeln!(svg, "<style>{STYLE}</style>")?;
    let mut top = 0.0;
    for ((title, screen), height) in windows.iter().zip(heights) {
        writeln!(svg, r#"<g transform="translate(0 {top:.0})">"#)?;
        writeln!(
            svg,
            r#"<rect class="window" width="{width:.0}" height="{height:.0}" rx="8"/>"#
        )?;
        writeln!(
            svg,
            r#"<text class="title" x="{:.0}" y="20">{title}</text>"#,
            width / 2.0
        )?;
        write_screen(svg, screen)?;
        writeln!(svg, "</g>")?;
        top += height + GAP;
    }
    writeln!(svg, "</svg>")
}

/// The height of a window with the rows of a screen, up to the last that has something in it.
fn height(screen: &Screen) -> f64 {
    let rows = screen.contents().trim_end().lines().count();
    TITLE + rows as f64 * LINE + PADDING
}

fn write_screen(svg: &mut String, screen: &Screen) -> Result {
    let (rows, columns) = screen.size();
    for row in 0..rows.get() {
        let y = TITLE + (f64::from(row) + 0.75) * LINE;
        let cells = (0..columns.get()).filter_map(|column| screen.cell(row, column));
        let mut x = PADDING;
        for run in runs(cells) {
            let width = f64::from(run.columns) * CELL;
            if !run.text.trim().is_empty() {
                writeln!(
                    svg,
                    r#"<text x="{x:.1}" y="{y:.0}" textLength="{width:.1}" lengthAdjust="spacingAndGlyphs"{}>{}</text>"#,
                    run.style,
                    encode_text(&run.text)
                )?;
            }
            x += width;
        }
    }
    Ok(())
}

/// Neighbours of one style.
struct Run {
    style: String,
    text: String,
    columns: u16,
}

/// Gathers the cells of a row, without the blanks at its end.
fn runs<'a>(cells: impl Iterator<Item = &'a Cell>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for cell in cells {
        let style = style(cell);
        let text = match cell.contents() {
            "" if cell.is_wide_continuation() => "",
            "" => " ",
            text => text,
        };
        match runs.last_mut() {
            Some(run) if run.style == style => {
                run.text.push_str(text);
                run.columns += 1;
            }
            _ => runs.push(Run {
                style,
                text: text.to_owned(),
                columns: 1,
            }),
        }
    }
    if let Some(run) = runs.last_mut() {
        let text = run.text.trim_end_matches(' ');
        run.columns -= (run.text.len() - text.len()) as u16;
        run.text.truncate(text.len());
    }
    runs
}

/// The attributes that make a cell's text look as it should.
fn style(cell: &Cell) -> String {
    let colour = match cell.fgcolor() {
        Color::Default => None,
        Color::Idx(index) => {
            let rgb = anstyle_lossy::xterm_to_rgb(Ansi256Color(index), WIN10_CONSOLE);
            Some((rgb.r(), rgb.g(), rgb.b()))
        }
        Color::Rgb(red, green, blue) => Some((red, green, blue)),
    };
    let mut style = String::new();
    if cell.bold() {
        style.push_str(r#" class="bold""#);
    } else if cell.dim() {
        style.push_str(r#" class="dim""#);
    }
    if let Some((red, green, blue)) = colour {
        style.push_str(&format!(
            r##" style="fill:#{red:02x}{green:02x}{blue:02x}""##
        ));
    }
    style
}
