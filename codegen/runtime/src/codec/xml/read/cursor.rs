//! The place in a document: what comes next, one piece at a time.

use std::borrow::Cow;

use memchr::memchr2;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesDecl, BytesRef, Event};

use super::reason::Reason;
use crate::codec::xml::name;

/// The depth of elements that is read: that of 128 values, as in JSON, each of which is one or two elements.
pub(super) const MAX_DEPTH: usize = 256;

/// A place in a document.
// What functions return is small, and what they find lies here: to hand on the events of the parser, which are several times as large,
// costs as much as to parse them.
pub(super) struct Cursor<'b> {
    xml: Reader<&'b [u8]>,
    /// The names of the elements around the place.
    around: Vec<&'b [u8]>,
    /// `true` if the parser is between tags, and not inside of one or of a text.
    is_between: bool,
    /// `true` if the last tag opened an element and closed it again.
    is_empty: bool,
    /// `true` if the tag is read once more.
    is_put_back: bool,
    /// The last tag that opened an element.
    tag: Tag<'b>,
    /// The last text between tags.
    text: &'b str,
    /// The last text, where it is in several pieces.
    joined: String,
}

/// The tag that begins an element.
#[derive(Clone, Copy)]
pub(super) struct Tag<'b> {
    pub(super) name: &'b [u8],
    attributes: &'b [u8],
}

/// A piece of the content of an element. Comments and instructions are none.
#[derive(Clone, Copy)]
enum Piece {
    Start,
    End,
    Text,
    Reference(char),
    /// Between the root and the end of the document, or before the root.
    Eof,
}

impl<'b> Tag<'b> {
    #[inline]
    pub(super) fn is_named(self, wanted: &str) -> bool {
        name::is_named(self.name, wanted.as_bytes())
    }

    /// Returns the name. That it is text has been seen to.
    pub(super) fn name(self) -> &'b str {
        str::from_utf8(self.name).unwrap_or_default()
    }

    /// Returns `true` if there may be attributes.
    #[inline]
    pub(super) fn has_attributes(self) -> bool {
        !self.attributes.is_empty()
    }

    pub(super) fn attributes(self) -> Attributes<'b> {
        Attributes::new(str::from_utf8(self.attributes).unwrap_or_default(), 0)
    }
}

impl<'b> Cursor<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut xml = Reader::from_reader(bytes);
        // That each tag ends the right element is checked here, since the parser does not see all of them.
        xml.config_mut().check_end_names = false;
        xml.config_mut().allow_unmatched_ends = true;
        Self {
            xml,
            around: Vec::new(),
            is_between: false,
            is_empty: false,
            is_put_back: false,
            tag: Tag {
                name: &[],
                attributes: &[],
            },
            text: "",
            joined: String::new(),
        }
    }

    /// Returns the last tag that opened an element.
    #[inline]
    pub(super) fn tag(&self) -> Tag<'b> {
        self.tag
    }

    /// Reads the tag of the root.
    pub(super) fn root(&mut self) -> Result<Tag<'b>, Reason> {
        loop {
            match self.piece()? {
                Piece::Start => return Ok(self.tag),
                Piece::Text if is_blank(self.text) => {}
                Piece::Eof => return Err(Reason::cut()),
                _ => return Err(Reason::syntax("there is text before the root")),
            }
        }
    }

    /// Reads the end of the document, behind the root.
    pub(super) fn end(&mut self) -> Result<(), Reason> {
        loop {
            match self.piece()? {
                Piece::Eof => return Ok(()),
                Piece::Text if is_blank(self.text) => {}
                _ => return Err(Reason::syntax("there is more behind the root")),
            }
        }
    }

    /// Reads the [tag](Self::tag) of the next element inside the one here. Returns `false` if there is no other, whose end is read then.
    /// Text is passed over.
    #[inline]
    pub(super) fn child(&mut self) -> Result<bool, Reason> {
        if self.is_put_back {
            self.is_put_back = false;
            return Ok(true);
        }
        self.skip_blanks();
        loop {
            match self.piece()? {
                Piece::Start => return Ok(true),
                Piece::End => return Ok(false),
                Piece::Text | Piece::Reference(_) => {}
                Piece::Eof => return Err(Reason::cut()),
            }
        }
    }

    /// Passes over the blanks in front of a tag.
    #[inline]
    fn skip_blanks(&mut self) {
        if self.is_between
            && let rest @ [b'<', ..] = self.xml.get_ref().trim_ascii_start()
        {
            *self.xml.get_mut() = rest;
        }
    }

    /// Takes back the tag of an element, so that it is the next one again.
    pub(super) fn put_back(&mut self) {
        self.is_put_back = true;
    }

    /// Takes back the end of an element.
    pub(super) fn put_back_end(&mut self) {
        self.around.push(&[]);
        self.is_empty = true;
    }

    /// Reads the text in the element here, up to its end.
    #[inline]
    pub(super) fn text(&mut self) -> Result<&str, Reason> {
        match self.text_or_child()? {
            Some(text) => Ok(text),
            None => Err(Reason::expected("an element", "text")),
        }
    }

    /// Reads the text in the element here, up to its end; or else the [tag](Self::tag) of the first element in it.
    pub(super) fn text_or_child(&mut self) -> Result<Option<&str>, Reason> {
        match self.piece()? {
            Piece::End => return Ok(Some("")),
            Piece::Text if !self.text.contains('\r') => {}
            piece => return self.joined(piece),
        }
        let text = self.text;
        match self.piece()? {
            // Hardly any text is in several pieces.
            Piece::End => Ok(Some(text)),
            piece => {
                self.joined.clear();
                self.joined.push_str(text);
                self.join(piece)
            }
        }
    }

    /// Reads the text that begins with this piece.
    fn joined(&mut self, first: Piece) -> Result<Option<&str>, Reason> {
        self.joined.clear();
        self.join(first)
    }

    /// Reads the rest of a text, which goes on with this piece.
    fn join(&mut self, next: Piece) -> Result<Option<&str>, Reason> {
        let mut piece = next;
        loop {
            match piece {
                Piece::End => return Ok(Some(&self.joined)),
                Piece::Text => self.joined.push_str(&with_newlines(self.text)),
                Piece::Reference(character) => self.joined.push(character),
                Piece::Start => return Ok(None),
                Piece::Eof => return Err(Reason::cut()),
            }
            piece = self.piece()?;
        }
    }

    /// Passes over the rest of the element here.
    pub(super) fn skip(&mut self) -> Result<(), Reason> {
        let depth = self.around.len();
        while self.around.len() >= depth {
            if let Piece::Eof = self.piece()? {
                return Err(Reason::cut());
            }
        }
        Ok(())
    }

    fn piece(&mut self) -> Result<Piece, Reason> {
        if self.is_empty {
            self.is_empty = false;
            self.around.pop();
            return Ok(Piece::End);
        }
        if self.is_between
            && let Some(piece) = self.plain_piece()?
        {
            return Ok(piece);
        }
        self.parsed_piece()
    }

    /// Reads a piece that is written as most are: a tag without attributes, or text without references. The parser would take twice as
    /// long for it.
    #[inline]
    fn plain_piece(&mut self) -> Result<Option<Piece>, Reason> {
        let left = *self.xml.get_ref();
        let (piece, rest) = match left {
            [b'<', b'/', tag @ ..] => {
                let name = self.around.last().copied().unwrap_or_default();
                let Some([b'>', rest @ ..]) = tag.strip_prefix(name) else {
                    return Ok(None);
                };
                self.around.pop();
                (Piece::End, rest)
            }
            [b'<', tag @ ..] => {
                let length = tag.iter().position(|byte| !is_plain_in_name(*byte));
                let (name, rest) = tag.split_at(length.unwrap_or_default());
                let [b'>', rest @ ..] = rest else {
                    return Ok(None);
                };
                (self.open(name, &[])?, rest)
            }
            text => {
                let length = memchr2(b'<', b'&', text);
                let (text, rest) = text.split_at(length.unwrap_or_default());
                let [b'<', ..] = rest else {
                    return Ok(None);
                };
                let Ok(text) = str::from_utf8(text) else {
                    return Ok(None);
                };
                self.text = text;
                (Piece::Text, rest)
            }
        };
        *self.xml.get_mut() = rest;
        Ok(Some(piece))
    }

    /// Reads a piece of any kind.
    fn parsed_piece(&mut self) -> Result<Piece, Reason> {
        loop {
            let left = *self.xml.get_ref();
            self.is_between = true;
            // Matched as it lies: an event that is moved before has to wait until all of it has been written.
            return match self.xml.read_event() {
                Ok(Event::Start(start)) => {
                    let (tag, name) = (start.len(), start.name().as_ref().len());
                    self.open_at(left, tag, name)
                }
                Ok(Event::Empty(start)) => {
                    self.is_empty = true;
                    let (tag, name) = (start.len(), start.name().as_ref().len());
                    self.open_at(left, tag, name)
                }
                Ok(Event::End(end)) => match self.around.pop() {
                    Some(name) if name == end.as_bytes() => Ok(Piece::End),
                    _ => Err(Reason::syntax("it is not well-formed")),
                },
                Ok(Event::Text(text)) => {
                    self.is_between = false;
                    self.take(text.into_inner())
                }
                Ok(Event::CData(data)) if !self.around.is_empty() => self.take(data.into_inner()),
                Ok(Event::GeneralRef(reference)) => Ok(Piece::Reference(resolve(&reference)?)),
                Ok(Event::Comment(_) | Event::PI(_)) => continue,
                Ok(Event::Decl(declaration)) => {
                    check_declaration(&declaration)?;
                    continue;
                }
                Ok(Event::CData(_)) => Err(Reason::syntax("there is text outside of the root")),
                Ok(Event::DocType(_)) => {
                    Err(Reason::syntax("it has a document type, which is not read"))
                }
                Ok(Event::Eof) if !self.around.is_empty() => Err(Reason::cut()),
                Ok(Event::Eof) => Ok(Piece::Eof),
                Err(error) => Err(self.reason(error)),
            };
        }
    }

    /// Keeps a text, which borrows from the document as all that the parser reads.
    #[inline]
    fn take(&mut self, text: Cow<'b, str>) -> Result<Piece, Reason> {
        self.text = match text {
            Cow::Borrowed(text) => text,
            Cow::Owned(_) => "",
        };
        Ok(Piece::Text)
    }

    /// Keeps the tag that what was `left` begins with, by the lengths of what is between its brackets and of its name.
    fn open_at(&mut self, left: &'b [u8], tag: usize, name: usize) -> Result<Piece, Reason> {
        let tag = left.get(1..=tag).unwrap_or_default();
        let (name, attributes) = tag.split_at_checked(name).unwrap_or_default();
        self.open(name, attributes)?;
        if self.tag.has_attributes() {
            for attribute in self.tag.attributes() {
                attribute?;
            }
        }
        Ok(Piece::Start)
    }

    #[inline]
    fn open(&mut self, name: &'b [u8], attributes: &'b [u8]) -> Result<Piece, Reason> {
        if self.around.len() == MAX_DEPTH {
            return Err(Reason::too_deep());
        }
        check_name(name)?;
        self.around.push(name);
        self.tag = Tag { name, attributes };
        Ok(Piece::Start)
    }

    #[cold]
    fn reason(&self, error: Error) -> Reason {
        let left = self.xml.get_ref().len();
        match error {
            // The start of a comment or of character data.
            Error::Syntax(SyntaxError::InvalidBangMarkup) if left <= 2 => Reason::cut(),
            Error::Syntax(SyntaxError::InvalidBangMarkup) => Reason::from(error),
            Error::Syntax(_) => Reason::cut(),
            Error::IllFormed(IllFormedError::UnclosedReference) if left == 0 => Reason::cut(),
            error => Reason::from(error),
        }
    }
}

/// Returns text with the ends of lines that XML has in the place of others.
fn with_newlines(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    }
}

/// Returns the character that a reference stands for.
fn resolve(reference: &BytesRef<'_>) -> Result<char, Reason> {
    Ok(match &**reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => match reference.resolve_char_ref()? {
            Some(character) => character,
            None => return Err(Reason::syntax("it has an entity that XML does not define")),
        },
    })
}

fn check_declaration(declaration: &BytesDecl<'_>) -> Result<(), Reason> {
    declaration.version()?;
    match declaration.encoding().transpose()? {
        Some(encoding) if !encoding.eq_ignore_ascii_case("utf-8") => {
            Err(Reason::syntax("it is not in UTF-8"))
        }
        _ => Ok(()),
    }
}

/// Returns `true` for what stands in most names.
#[inline]
fn is_plain_in_name(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b':')
}

/// Checks the first character of a name, by which most of what is none can be told.
#[inline]
fn check_name(name: &[u8]) -> Result<(), Reason> {
    match name.first() {
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b':' | 0x80..) => Ok(()),
        _ => Err(Reason::syntax("a tag is wrong")),
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}
