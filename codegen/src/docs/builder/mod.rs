//! Makes a tree of tags and text.
//!
//! The [`Builder`] takes tags in any order and any number, as they stand in documentation that nobody has checked: what it makes of
//! them is a tree all the same, of bounded depth, and no larger than what it was made from.

mod inline;

use std::rc::Rc;

use self::inline::{paragraphs, trim_colon};
use super::tree::{Block, List, Span, Style, flat, titled};

/// The deepest nesting of containers. Deeper ones are left out, and their content belongs to the innermost one that is not:
/// nobody writes such documentation, and every line repeats the markers of its containers.
const MAX_DEPTH: usize = 16;

/// The largest number of columns of a table. The content of further ones goes into the last.
const MAX_COLUMNS: usize = 32;

/// A container of blocks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Container {
    Quote,
    List,
    Item,
    Table,
    Row,
    Cell,
}

/// A container that is not complete.
struct Open {
    container: Container,
    /// The title of a quote.
    title: Option<String>,
    /// The number of a list's first item.
    start: Option<u64>,
    /// Of a quote, an item or a cell.
    blocks: Vec<Block>,
    /// Of a list.
    items: Vec<Vec<Block>>,
    /// Of a row.
    cells: Vec<Vec<Span>>,
    /// Of a table.
    rows: Vec<Vec<Vec<Span>>>,
}

impl Open {
    fn new(container: Container) -> Self {
        Self {
            container,
            title: None,
            start: None,
            blocks: Vec::new(),
            items: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
        }
    }
}

/// Builds a tree from tags and text.
#[derive(Default)]
pub(super) struct Builder {
    blocks: Vec<Block>,
    open: Vec<Open>,
    /// The numbers of open containers of each kind that were left out, since they are too deep.
    left_out: [usize; 6],
    /// The text of the paragraph or heading that is not complete.
    spans: Vec<Span>,
    bold: usize,
    italic: usize,
    code: usize,
    /// The style of the code span that is open.
    code_style: Style,
    link: Option<Rc<str>>,
    heading: Option<usize>,
    /// `true` if the text is the term of a definition list.
    is_term: bool,
}

impl Builder {
    /// The tree.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_block();
        while !self.open.is_empty() {
            self.pop();
        }
        self.blocks
    }

    /// Ends the paragraph, and all styles with it: what nobody closed is a mistake.
    pub(super) fn end_block(&mut self) {
        self.flush();
        (self.bold, self.italic, self.code, self.link) = (0, 0, 0, None);
    }

    /// Ends the paragraph.
    pub(super) fn flush(&mut self) {
        let mut spans = std::mem::take(&mut self.spans);
        let (heading, is_term) = (self.heading.take(), std::mem::take(&mut self.is_term));
        if spans.iter().all(Span::is_blank) {
            return;
        }
        let level = heading.filter(|_| self.open.is_empty());
        if is_term {
            trim_colon(&mut spans);
        }
        if is_term || (heading.is_some() && level.is_none()) {
            for span in &mut spans {
                span.style.bold = true;
            }
        }
        match level {
            Some(level) => self.add(Block::Heading(level, spans)),
            None => paragraphs(spans).for_each(|spans| self.add(Block::Paragraph(spans))),
        }
    }

    /// Begins a heading, which ends with the next block. One in a container, where a heading would be out of place, is a
    /// paragraph in bold.
    pub(super) fn heading(&mut self, level: usize) {
        self.end_block();
        self.heading = Some(level);
    }

    /// Begins the term of a definition list, which ends with the next block.
    pub(super) fn term(&mut self) {
        self.item();
        self.is_term = true;
    }

    /// Begins what a definition list says about a term.
    pub(super) fn description(&mut self) {
        self.end_block();
        if self.innermost_list().is_none() {
            self.item();
        }
    }

    /// Adds a block of code.
    pub(super) fn code_block(&mut self, code: &str) {
        self.end_block();
        let code = code.trim_matches('\n').trim_end();
        if !code.is_empty() {
            self.add(Block::Code(code.to_owned()));
        }
    }

    /// Adds a rule. There is none in containers.
    pub(super) fn rule(&mut self) {
        self.end_block();
        if self.open.is_empty() {
            self.add(Block::Rule);
        }
    }

    /// Begins a quote.
    pub(super) fn quote(&mut self, title: Option<String>) {
        self.begin(Open {
            title,
            ..Open::new(Container::Quote)
        });
    }

    /// Begins a list.
    pub(super) fn list(&mut self, start: Option<u64>) {
        self.begin(Open {
            start,
            ..Open::new(Container::List)
        });
    }

    /// Begins an item of the innermost list; a list, too, if there is none.
    pub(super) fn item(&mut self) {
        self.end_block();
        match self.innermost_list() {
            Some(list) => self.pop_to(list + 1),
            None => self.list(None),
        }
        self.begin(Open::new(Container::Item));
    }

    /// Begins a table.
    pub(super) fn table(&mut self) {
        self.begin(Open::new(Container::Table));
    }

    /// Begins a row of the innermost table.
    pub(super) fn row(&mut self) {
        self.end_block();
        if let Some(table) = self.innermost(Container::Table) {
            self.pop_to(table + 1);
            self.begin(Open::new(Container::Row));
        }
    }

    /// Begins a cell of the innermost table; a row, too, if there is none.
    pub(super) fn cell(&mut self) {
        self.end_block();
        let Some(table) = self.innermost(Container::Table) else {
            return;
        };
        if self.open.len() == table + 1 {
            self.begin(Open::new(Container::Row));
        }
        self.pop_to(table + 2);
        if self.open.len() == table + 2 {
            self.begin(Open::new(Container::Cell));
        }
    }

    fn begin(&mut self, open: Open) {
        self.end_block();
        if self.open.len() >= MAX_DEPTH {
            if let Some(count) = self.left_out.get_mut(open.container as usize) {
                *count += 1;
            }
        } else {
            self.open.push(open);
        }
    }

    /// Ends the innermost container of a kind, and all that is in it. If there is none, nothing ends but the paragraph.
    pub(super) fn end(&mut self, container: Container) {
        self.end_block();
        if let Some(count) = self.left_out.get_mut(container as usize)
            && *count > 0
        {
            *count -= 1;
        } else if let Some(index) = self.innermost(container) {
            self.pop_to(index);
        }
    }

    /// The innermost container of a kind. A cell hides what it stands in but its table.
    fn innermost(&self, container: Container) -> Option<usize> {
        let is_of_table = matches!(
            container,
            Container::Table | Container::Row | Container::Cell
        );
        for (index, open) in self.open.iter().enumerate().rev() {
            if open.container == container {
                return Some(index);
            }
            if open.container == Container::Cell && !is_of_table {
                return None;
            }
        }
        None
    }

    /// The list that an item belongs to: none outside the innermost quote or cell.
    fn innermost_list(&self) -> Option<usize> {
        let is_end = |open: &Open| !matches!(open.container, Container::Item);
        let index = self.open.iter().rposition(is_end)?;
        let open = self.open.get(index)?;
        (open.container == Container::List).then_some(index)
    }

    fn pop_to(&mut self, length: usize) {
        while self.open.len() > length {
            self.pop();
        }
    }

    /// Completes the innermost container. An empty one is left out.
    fn pop(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        match open.container {
            Container::Item => match self.open.last_mut() {
                Some(list) if !open.blocks.is_empty() => list.items.push(open.blocks),
                _ => {}
            },
            Container::Cell => {
                if let Some(row) = self.open.last_mut() {
                    push_cell(&mut row.cells, flat(open.blocks));
                }
            }
            Container::Row => match self.open.last_mut() {
                Some(table) if !open.cells.is_empty() => table.rows.push(open.cells),
                _ => {}
            },
            Container::Quote if open.blocks.is_empty() => {}
            Container::Quote => {
                let title = open.title.map(|title| Span::bold(format!("{title}:")));
                self.add(Block::Quote(titled(title, open.blocks)));
            }
            Container::List if open.items.is_empty() => {}
            Container::List => self.add(Block::List(List {
                start: open.start,
                items: open.items,
            })),
            Container::Table => {
                let cells = open.rows.iter().flatten();
                if cells.flatten().any(|span| !span.is_blank()) {
                    self.add(Block::Table(open.rows));
                }
            }
        }
    }

    /// Adds a block to the innermost container. What is in a list or table, and in no part of it, gets a part of its own.
    fn add(&mut self, block: Block) {
        match self.open.last_mut() {
            None => push_block(&mut self.blocks, block),
            Some(open) => match open.container {
                Container::List => match open.items.last_mut() {
                    Some(item) => push_block(item, block),
                    None => open.items.push(vec![block]),
                },
                Container::Table => open.rows.push(vec![flat(vec![block])]),
                Container::Row => push_cell(&mut open.cells, flat(vec![block])),
                _ => push_block(&mut open.blocks, block),
            },
        }
    }
}

/// Adds a block. A list right after a list of its kind would be read as a part of it, so that it is one.
fn push_block(blocks: &mut Vec<Block>, block: Block) {
    match (blocks.last_mut(), block) {
        (Some(Block::List(last)), Block::List(list))
            if last.start.is_some() == list.start.is_some() =>
        {
            last.items.extend(list.items)
        }
        (_, block) => blocks.push(block),
    }
}

fn push_cell(cells: &mut Vec<Vec<Span>>, cell: Vec<Span>) {
    match cells.get_mut(MAX_COLUMNS - 1) {
        Some(last) => {
            last.push(Span::text(" "));
            last.extend(cell);
        }
        None => cells.push(cell),
    }
}
