//! Reading files that somebody else made: never a FIFO, which would be waited for, and never without saying what is wrong.

use std::ffi::OsStr;
use std::fs::{self, File, FileType};
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::output::{self, shown};

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// The largest size of a model. The longest that AWS publishes has 30 MB.
const LONGEST: u64 = 1 << 30;

/// Returns the text of a model, which may come from standard input.
pub fn read_model(path: &Path) -> Result<String> {
    let name = name_of_model(path);
    let mut bytes = Vec::new();
    if is_standard_input(path) {
        if io::stdin().is_terminal() {
            output::note("reading the model from standard input");
        }
        let read = io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes);
        read.with_context(|| name.clone())?;
    } else {
        let file = open_model(path)?;
        let read = file.take(LONGEST + 1).read_to_end(&mut bytes);
        read.with_context(|| name.clone())?;
    }
    ensure!(
        bytes.len() as u64 <= LONGEST,
        "{name}: has more than {LONGEST} bytes, which is no model"
    );
    text_of_model(bytes).with_context(|| name)
}

/// Returns `true` if a model's path stands for standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == OsStr::new(STANDARD_INPUT)
}

/// Returns what messages call a model.
pub fn name_of_model(path: &Path) -> String {
    if is_standard_input(path) {
        "standard input".to_owned()
    } else {
        shown(path)
    }
}

fn open_model(path: &Path) -> Result<File> {
    let found = fs::metadata(path).with_context(|| shown(path))?;
    let name = shown(path);
    if !found.is_file() {
        let kind = kind(found.file_type());
        bail!("{name}: is {kind}, not a file\nhint: `--model -` reads standard input");
    }
    File::open(path).with_context(|| name)
}

/// Returns the text that a model's bytes are, without a byte order mark.
fn text_of_model(bytes: Vec<u8>) -> Result<String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        bail!("is UTF-16\nhint: save it as UTF-8");
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        }),
        Err(error) => {
            let (valid, invalid) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
            let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
            let byte = invalid.first().copied().unwrap_or_default();
            bail!("is not UTF-8: line {line} has the byte {byte:#04x}\nhint: save it as UTF-8")
        }
    }
}

/// Returns the text of a file; `None`, if there is no such file.
pub fn read_if_exists(path: &Path) -> Result<Option<String>> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error).with_context(|| shown(path)),
    };
    if !found.is_file() {
        bail!(
            "{}: is {}, not a file",
            shown(path),
            kind(found.file_type())
        );
    }
    match fs::read_to_string(path) {
        Err(error) if is_absent(&error) => Ok(None),
        result => result.map(Some).with_context(|| shown(path)),
    }
}

/// Returns `true` if an error says that there is nothing at a path.
pub fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Returns `true` if a path leads to a folder, not by a link.
pub fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Returns `true` if a path leads to a file, not by a link.
pub fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Returns what people call something in a file system.
pub fn kind(found: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;

        if found.is_fifo() {
            return "a FIFO";
        } else if found.is_socket() {
            return "a socket";
        } else if found.is_block_device() || found.is_char_device() {
            return "a device";
        }
    }
    if found.is_symlink() {
        "a symbolic link"
    } else if found.is_dir() {
        "a folder"
    } else {
        "a file"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_utf_8() {
        let message = |bytes: &[u8]| text_of_model(bytes.to_vec()).unwrap_err().to_string();
        assert_eq!(text_of_model(b"\xef\xbb\xbf{}".to_vec()).unwrap(), "{}");
        assert_eq!(
            message(b"{\n\"\xe4\""),
            "is not UTF-8: line 2 has the byte 0xe4\nhint: save it as UTF-8"
        );
        for utf_16 in [b"\xff\xfe{\0", b"\xfe\xff\0{"] {
            assert_eq!(message(utf_16), "is UTF-16\nhint: save it as UTF-8");
        }
    }
}
