//! bash, which takes words apart at `=` and `:`: what is typed as `--answer people=team` comes as five words, and a
//! completion stands for the last of them only.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap_complete::engine::complete;
use clap_complete::env::EnvCompleter;

/// The variable by which the script tells which word is being typed, from 0; the one that other shells' scripts have.
const INDEX: &str = "_CLAP_COMPLETE_INDEX";

/// The script. bash 3 does not take words apart. A word that is typed ends at the cursor, `$2`; where it is what
/// words are taken apart at, `$2` is empty.
const SCRIPT: &str = r#"_rolebook() {
    local words=("${COMP_WORDS[@]}") candidate
    if [[ ${BASH_VERSINFO[0]} -ge 4 && ${words[COMP_CWORD]} != [=:]* ]]; then
        words[COMP_CWORD]=$2
    fi
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("$candidate")
    done < <(COMPLETE=bash INDEX=$COMP_CWORD PROGRAM -- "${words[@]}" 2>/dev/null)
    if [[ ${COMPREPLY[0]-} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _rolebook rolebook 2>/dev/null || complete -o bashdefault -F _rolebook rolebook
"#;

/// Whether the shell is bash.
pub(super) fn is(shell: &dyn EnvCompleter) -> bool {
    shell.is("bash")
}

/// The script that has bash ask this program.
pub(super) fn script(program: &str) -> String {
    let quoted = shlex::try_quote(program).unwrap_or(program.into());
    SCRIPT.replace("INDEX", INDEX).replace("PROGRAM", &quoted)
}

/// Which word is being typed.
pub(super) fn index() -> Option<usize> {
    std::env::var(INDEX).ok()?.parse().ok()
}

/// The words as they were typed, and which of them is being typed: up to the cursor.
pub(super) fn joined(words: Vec<OsString>, index: usize) -> (Vec<OsString>, usize) {
    let mut joined: Vec<OsString> = Vec::new();
    let mut typed = 0;
    let mut goes_on = false;
    for (place, word) in words.into_iter().enumerate() {
        let is_break = !word.is_empty() && word.as_encoded_bytes().iter().all(|byte| b"=:".contains(byte));
        match joined.last_mut() {
            // What follows the cursor is no part of the word.
            Some(last) if is_break || goes_on => {
                if place <= index {
                    last.push(&word);
                }
            }
            _ => joined.push(word),
        }
        goes_on = is_break;
        if place == index {
            typed = joined.len().saturating_sub(1);
        }
    }
    (joined, typed)
}

/// The completions, a line each: of each what stands behind the part of the word that bash has taken apart.
pub(super) fn completions(
    command: &mut clap::Command,
    words: Vec<OsString>,
    index: usize,
    folder: Option<&Path>,
) -> Option<String> {
    let word = words.get(index).map_or(OsStr::new(""), OsString::as_os_str).to_string_lossy();
    let kept = word.rfind(['=', ':']).map_or(0, |place| place.saturating_add(1));
    let candidates = complete(command, words, index, folder).ok()?;
    let values = candidates.iter().map(|candidate| candidate.get_value().to_string_lossy());
    Some(values.filter_map(|value| Some(format!("{}\n", value.get(kept..)?))).collect())
}
