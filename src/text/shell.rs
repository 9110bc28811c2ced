//! Commands as a user would type them.

/// A rolebook command, quoted for a shell.
pub fn command<'w>(arguments: impl IntoIterator<Item = &'w str>) -> String {
    command_line(std::iter::once("rolebook").chain(arguments))
}

/// A command, quoted for a shell.
pub fn command_line<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:@%+,".contains(c);
    let mut command = String::new();
    for word in words {
        if !command.is_empty() {
            command.push(' ');
        }
        if !word.is_empty() && word.chars().all(is_plain) {
            command.push_str(word);
        } else {
            command.extend(["'", &word.replace('\'', r"'\''"), "'"]);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn a_command_is_quoted_for_a_shell() {
        let arguments = ["-d", "a b/it's.yaml", "é=", "", "$x"];
        assert_eq!(command(arguments), r"rolebook -d 'a b/it'\''s.yaml' é= '' '$x'");
    }
}
