//! bash splits words at `=` and `:`. `--answer people=team` arrives as five words, and a completion replaces only the
//! last of them. File names are left to bash itself, which quotes what it inserts.

use std::ffi::{OsStr, OsString};

use clap_complete::engine::CompletionCandidate;

use super::{FILES, INDEX};

/// The script. bash 3 does not split words. The word being typed ends at the cursor: that is `$2`, except at a
/// separator, where `$2` is empty. Without `compopt` (bash before 4), bash offers files wherever nothing else fits.
///
/// bash completes file names, and quotes what it inserts. Where only some extensions are wanted, the script picks from
/// what bash found; a name with a line break is divided there, so neither part is a file. Where nothing is left, bash
/// offers every file.
const SCRIPT: &str = r#"_rolebook_files() {
    local wanted="\.($1)$" file path
    if [[ -n $1 ]] && compopt -o filenames 2>/dev/null; then
        while IFS= read -r file; do
            path=${file/#~\//$HOME/}
            if [[ -d $path || -e $path && ${path,,} =~ $wanted ]]; then
                COMPREPLY+=("$file")
            fi
        done < <(compgen -f -- "$2")
    fi
    if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
        compopt -o default 2>/dev/null
    fi
}
_rolebook() {
    local words=("${COMP_WORDS[@]}") candidate
    if [[ ${BASH_VERSINFO[0]} -ge 4 && ${words[COMP_CWORD]} != [=:]* ]]; then
        words[COMP_CWORD]=$2
    fi
    COMPREPLY=()
    while IFS= read -r candidate; do
        if [[ $candidate == "FILES"* ]]; then
            _rolebook_files "${candidate#"FILES"}" "$2"
            return
        fi
        COMPREPLY+=("$candidate")
    done < <(COMPLETE=bash INDEX=$COMP_CWORD PROGRAM -- "${words[@]}" 2>/dev/null)
    if [[ ${COMPREPLY[0]-} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _rolebook rolebook 2>/dev/null ||
    complete -o bashdefault -o default -F _rolebook rolebook
"#;

/// The script that makes bash ask this program.
pub(super) fn script(program: &str) -> String {
    let quoted = shlex::try_quote(program).unwrap_or(program.into());
    SCRIPT.replace("FILES", FILES).replace("INDEX", INDEX).replace("PROGRAM", &quoted)
}

/// Puts the words together again as they were typed, up to the cursor, and says which one is being typed.
pub(super) fn joined(words: Vec<OsString>, index: usize) -> (Vec<OsString>, usize) {
    let mut joined: Vec<OsString> = Vec::new();
    let mut typed = 0;
    let mut goes_on = false;
    for (place, word) in words.into_iter().enumerate() {
        let is_break = !word.is_empty() && word.as_encoded_bytes().iter().all(|byte| b"=:".contains(byte));
        match joined.last_mut() {
            // What follows the cursor is not part of the word.
            Some(last) if is_break || goes_on => {
                if place <= index {
                    last.push(&word);
                }
            }
            _ => joined.push(word),
        }
        goes_on = is_break;
        if place == index {
            typed = joined.len() - 1;
        }
    }
    (joined, typed)
}

/// The completions, one per line: the part after the last separator, since bash replaces only that.
pub(super) fn lines(candidates: &[CompletionCandidate], word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let kept = word.rfind(['=', ':']).map_or(0, |place| place + 1);
    let values = candidates.iter().map(|candidate| candidate.get_value().to_string_lossy());
    // bash inserts a completion as it is. Nothing that it would read as more than a word may get there.
    let values = values.filter(|value| value.chars().all(is_plain));
    values.filter_map(|value| Some(format!("{}\n", value.get(kept..)?))).collect()
}

/// Whether a character means nothing special to bash.
fn is_plain(char: char) -> bool {
    char.is_alphanumeric() || "-_.+=:".contains(char)
}
