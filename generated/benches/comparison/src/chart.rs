//! The chart: a horizontal bar per ratio of a table, beside a line where both crates are equal. An SVG without scripts
//! that follows the reader's choice of light or dark.

use anyhow::{Context, Result};
use html_escape::encode_text;
use std::fmt::{self, Write};
use std::path::Path;

const WIDTH: f64 = 838.0;
const MARGIN: f64 = 20.0;
/// Above the first bar.
const HEAD: f64 = 86.0;
/// Below the last bar.
const FOOT: f64 = 44.0;
const ROW: f64 = 26.0;
const BAR: f64 = 16.0;
/// The left end of the bars; labels end before.
const BARS: f64 = 386.0;
/// Room for the number behind the longest bar.
const NUMBER: f64 = 52.0;

/// The colours are those of GitHub's pages, light and dark. The chart brings its own ground, so that it can be read on a
/// page that has chosen otherwise than the reader's system.
const STYLE: &str = "
  text { font: 13px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1f2328 }
  .ground { fill: #ffffff; stroke: #d1d9e0 }
  .title { font-size: 15px; font-weight: 600 }
  .label { text-anchor: end }
  .number { font-weight: 600; paint-order: stroke; stroke: #ffffff; stroke-width: 6px }
  .small { font-size: 12px; fill: #59636e }
  .centred { text-anchor: middle }
  .less { fill: #1a7f37 }
  .more { fill: #0969da }
  .equal { stroke: #59636e; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .ground { fill: #0d1117; stroke: #3d444d }
    .number { stroke: #0d1117 }
    .small { fill: #9198a1 }
    .less { fill: #3fb950 }
    .more { fill: #58a6ff }
    .equal { stroke: #9198a1 }
  }
";

/// The ratios of a table.
#[derive(Debug)]
pub struct Chart {
    /// The machine and the date that they are of.
    pub caption: String,
    /// In the order of the table.
    pub bars: Vec<Bar>,
}

/// A row of the table.
#[derive(Debug)]
pub struct Bar {
    /// The thing that was measured.
    pub label: String,
    /// Ours divided by AWS's.
    pub ratio: f64,
    /// The side of equality that is better.
    pub better: Better,
}

/// The side of equality that is the better one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Better {
    /// As with times and sizes.
    Less,
    /// As with rates.
    More,
}

impl Chart {
    /// Reads the first table of a Markdown file that has a column "ratio".
    pub fn read(file: &Path) -> Result<Self> {
        let name = file.display();
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
        Self::of_markdown(&text).with_context(|| format!("cannot draw the table of {name}"))
    }

    fn of_markdown(text: &str) -> Result<Self> {
        let mut lines = text.lines();
        let (caption, column) = lines
            .find_map(|line| {
                let head = cells(line)?;
                let column = head.iter().position(|cell| *cell == "ratio")?;
                Some((head[0].to_owned(), column))
            })
            .context("no table has a column \"ratio\"")?;
        let rows = lines.map_while(cells).skip(1); // the first is dashes
        let bars = rows.filter_map(|row| Bar::of_cells(&row, column).transpose());
        let bars = bars.collect::<Result<_>>()?;
        Ok(Self { caption, bars })
    }

    /// Returns the SVG.
    pub fn draw(&self) -> String {
        let mut svg = String::new();
        self.write(&mut svg).expect("a string takes everything");
        svg
    }

    fn write(&self, svg: &mut String) -> fmt::Result {
        let bottom = HEAD + ROW * self.bars.len() as f64;
        let height = bottom + FOOT;
        let caption = encode_text(&self.caption);
        let unit = self.unit();
        let equal = BARS + unit;
        writeln!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}">
<title>healthlake divided by aws-sdk-healthlake</title>
<desc>A bar for each ratio of the table: {caption}</desc>
<style>{STYLE}</style>
<rect class="ground" x="0.5" y="0.5" width="{}" height="{}" rx="8"/>
<text class="title" x="{MARGIN}" y="32">healthlake ÷ aws-sdk-healthlake</text>
<text class="small" x="{MARGIN}" y="52">{caption}</text>
<text class="small centred" x="{equal:.0}" y="{}">aws-sdk-healthlake = 1</text>
<path class="equal" d="M{equal:.1} {:.0}V{bottom:.0}"/>"#,
            WIDTH - 1.0,
            height - 1.0,
            HEAD - 12.0,
            HEAD - 6.0,
        )?;
        for (bar, row) in self.bars.iter().zip(0u8..) {
            bar.write(svg, HEAD + ROW * f64::from(row), unit)?;
        }
        write_legend(svg, bottom + FOOT / 2.0)?;
        writeln!(svg, "</svg>")
    }

    /// The length of a bar of ratio 1.
    fn unit(&self) -> f64 {
        let ratios = self.bars.iter().map(|bar| bar.ratio);
        (WIDTH - MARGIN - NUMBER - BARS) / ratios.fold(1.0, f64::max)
    }
}

impl Bar {
    /// Reads a row, if it has a ratio.
    fn of_cells(row: &[&str], column: usize) -> Result<Option<Self>> {
        let (Some((label, values)), Some(ratio)) = (row.split_first(), row.get(column)) else {
            return Ok(None);
        };
        if ratio.is_empty() {
            return Ok(None);
        }
        let is_rate = values.iter().any(|value| value.ends_with("/s"));
        Ok(Some(Self {
            label: (*label).to_owned(),
            ratio: ratio
                .parse()
                .with_context(|| format!("{label}: the ratio {ratio:?} is not a number"))?,
            better: if is_rate { Better::More } else { Better::Less },
        }))
    }

    fn write(&self, svg: &mut String, top: f64, unit: f64) -> fmt::Result {
        let class = match self.better {
            Better::Less => "less",
            Better::More => "more",
        };
        let length = self.ratio * unit;
        let baseline = top + BAR / 2.0 + 5.0;
        writeln!(
            svg,
            r#"<text class="label" x="{}" y="{baseline:.0}">{}</text>
<rect class="{class}" x="{BARS}" y="{top:.0}" width="{length:.1}" height="{BAR}" rx="2"/>
<text class="number" x="{:.1}" y="{baseline:.0}">{:.2}</text>"#,
            BARS - 12.0,
            encode_text(&self.label),
            BARS + length + 8.0,
            self.ratio,
        )
    }
}

/// Says what the colours mean.
fn write_legend(svg: &mut String, middle: f64) -> fmt::Result {
    let legend = [("less", "shorter is better"), ("more", "longer is better")];
    for ((class, meaning), x) in legend.into_iter().zip([BARS, BARS + 150.0]) {
        writeln!(
            svg,
            r#"<rect class="{class}" x="{x}" y="{:.0}" width="12" height="12" rx="2"/>
<text class="small" x="{}" y="{:.0}">{meaning}</text>"#,
            middle - 6.0,
            x + 18.0,
            middle + 4.0,
        )?;
    }
    Ok(())
}

/// The cells of a line that is a row of a table.
fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(row.split('|').map(str::trim).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "
| folder | what it is |
|---|---|
| `xtask/` | the command |

| yesterday, this machine | healthlake | aws-sdk-healthlake | ratio |
|---|--:|--:|--:|
| compile <it> | 1.68 s | 3.08 s | 0.54 |
| not compared | 53 s | | |
| read | 703 MB/s | 328 MB/s | 2.14 |

| later | ratio |
|---|--:|
| nothing | 1.00 |
";

    #[test]
    fn the_first_table_with_ratios_is_read() {
        let chart = Chart::of_markdown(README).unwrap();
        assert_eq!(chart.caption, "yesterday, this machine");
        let bars = chart.bars.iter();
        let bars: Vec<_> = bars
            .map(|bar| (&*bar.label, bar.ratio, bar.better))
            .collect();
        let expected = [
            ("compile <it>", 0.54, Better::Less),
            ("read", 2.14, Better::More),
        ];
        assert_eq!(bars, expected);
    }

    #[test]
    fn a_ratio_that_is_no_number_is_an_error() {
        let error = Chart::of_markdown(&README.replace("0.54", "half")).unwrap_err();
        let said = error.to_string();
        assert_eq!(said, "compile <it>: the ratio \"half\" is not a number");
        assert!(Chart::of_markdown("| a | b |").is_err());
    }

    #[test]
    fn the_longest_bar_fits_and_labels_are_text() {
        let svg = Chart::of_markdown(README).unwrap().draw();
        assert!(svg.contains(">compile &lt;it&gt;</text>"), "{svg}");
        let longest = WIDTH - MARGIN - NUMBER - BARS;
        assert!(svg.contains(&format!(r#"width="{longest:.1}""#)), "{svg}");
    }
}
