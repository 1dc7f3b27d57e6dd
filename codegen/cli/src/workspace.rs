//! The manifest of a workspace of generated crates: its list of members, in what may be somebody else's file.

use anyhow::{Context, Result};
use toml_edit::{Array, DocumentMut, Value};

/// Returns a manifest in which these are members, and those that are gone are not. All else stays as it is.
pub fn with_members(
    manifest: &str,
    names: &[&str],
    is_gone: impl Fn(&str) -> bool,
) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse()?;
    let is_new = !manifest.contains_key("workspace");
    let workspace = manifest.entry("workspace").or_insert_with(toml_edit::table);
    let workspace = workspace
        .as_table_like_mut()
        .context("`workspace` should be a table")?;
    if is_new {
        workspace.insert("resolver", toml_edit::value("3"));
    }
    let members = workspace
        .entry("members")
        .or_insert_with(|| toml_edit::value(Array::new()));
    let members = members
        .as_array_mut()
        .context("`workspace.members` should be a list")?;
    remove(members, |name| is_gone(name) && !names.contains(&name));
    for name in names {
        if !members.iter().any(|member| member.as_str() == Some(name)) {
            members.push_formatted(Value::from(*name).decorated("\n    ", ""));
            members.set_trailing("\n");
            members.set_trailing_comma(true);
        }
    }
    Ok(manifest.to_string())
}

fn remove(members: &mut Array, is_gone: impl Fn(&str) -> bool) {
    let first = members.get(0).map(|member| member.decor().clone());
    members.retain(|member| !member.as_str().is_some_and(&is_gone));
    // The first stands where the first stood.
    if let (Some(member), Some(prefix)) = (
        members.get_mut(0),
        first.as_ref().and_then(|it| it.prefix()),
    ) {
        member.decor_mut().set_prefix(prefix.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_added_to_a_workspace() {
        let table = [
            (
                "",
                "[workspace]\nresolver = \"3\"\nmembers = [\n    \"a\",\n    \"b\",\n]\n",
            ),
            (
                "[workspace] # mine\nmembers = [\"b\", \"a\"]\n",
                "[workspace] # mine\nmembers = [\"b\", \"a\"]\n",
            ),
            (
                "[workspace]\nmembers = [\"b\"]\n",
                "[workspace]\nmembers = [\"b\",\n    \"a\",\n]\n",
            ),
        ];
        let with_members = |manifest: &str| with_members(manifest, &["a", "b"], |_| false);
        for (old, new) in table {
            assert_eq!(with_members(old).unwrap(), new);
            assert_eq!(with_members(new).unwrap(), new);
        }
        let error = with_members("workspace = 1").unwrap_err();
        assert!(error.to_string().contains("`workspace`"), "{error}");
    }

    #[test]
    fn members_that_are_gone_are_removed_from_a_workspace() {
        let table = [
            (
                "[workspace]\nmembers = [\n    \"gone\", # of old\n    \"a\",\n    \"b\",\n]\n",
                "[workspace]\nmembers = [\n    \"a\",\n    \"b\",\n]\n",
            ),
            (
                "[workspace]\nmembers = [\"gone\", \"a\", \"lost\", \"b\"] # mine\n",
                "[workspace]\nmembers = [\"a\", \"b\"] # mine\n",
            ),
            (
                "[workspace]\nmembers = [\n    \"a\",\n    \"b\",\n    \"gone\",\n]\n",
                "[workspace]\nmembers = [\n    \"a\",\n    \"b\",\n]\n",
            ),
        ];
        let with_members = |manifest: &str, names: &[&str]| {
            with_members(manifest, names, |name| name != "b").unwrap()
        };
        for (old, new) in table {
            assert_eq!(with_members(old, &["a"]), new);
        }
        let none = "[workspace]\nmembers = [\"gone\"]\n";
        assert_eq!(with_members(none, &[]), "[workspace]\nmembers = []\n");
    }
}
