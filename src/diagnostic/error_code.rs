//! The codes of errors that end a run, or would if they did not happen in a generated block or in one of several files.

macro_rules! error_codes {
    ($($name:ident, $code:literal, $meaning:literal;)*) => {
        /// The code of an error, in `rolebook.error/1`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $(#[doc = $meaning] $name,)*
        }

        impl ErrorCode {
            /// All codes, in the order of their names.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code's kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

error_codes! {
    AmbiguousRole, "ambiguous-role", "Several roles have the alias that you gave.";
    AmbiguousTable, "ambiguous-table", "`import` cannot tell what a table holds; a map can say so.";
    Exists, "exists", "The output file already exists.";
    ForbiddenCommand, "forbidden-command", "A generated block holds a command that is not allowed there.";
    ForbiddenDataset, "forbidden-dataset", "A generated block names a dataset outside the current folder.";
    ForbiddenOption, "forbidden-option", "A generated block holds an option that is not allowed there.";
    Git, "git", "git failed, is not installed, or has no repository here.";
    InvalidAnswer, "invalid-answer", "An answer is not the id of an option.";
    InvalidAnswers, "invalid-answers", "The answers to a quiz have errors, which `causes` lists.";
    InvalidDataset, "invalid-dataset", "The dataset has errors, which `causes` lists.";
    InvalidMap, "invalid-map", "The map for `import` has errors, which `causes` lists.";
    InvalidProfile, "invalid-profile", "A profile has errors, which `causes` lists.";
    InvalidTable, "invalid-table", "The table to import has errors, which `causes` lists.";
    Left, "left", "You cancelled at a prompt.";
    MissingAnswer, "missing-answer", "A question has no answer.";
    NoProfile, "no-profile", "There is no profile to assess.";
    NoQuiz, "no-quiz", "The dataset has no quiz.";
    NoSkills, "no-skills", "The dataset has no skills to assess.";
    NoTable, "no-table", "A generated block has `--bare`, but its command prints no table.";
    NoTerminal, "no-terminal", "A question needs an answer, but prompting is off or there is no terminal.";
    NotInRevision, "not-in-revision", "The git revision has no such file.";
    NotUtf8, "not-utf-8", "A file is not UTF-8 text.";
    OutOfDate, "out-of-date", "A file differs from what `import --check` would write.";
    Output, "output", "The result cannot be written.";
    Prompt, "prompt", "The terminal cannot show a question or read an answer.";
    RepeatedAnswer, "repeated-answer", "A question has two answers.";
    RepeatedName, "repeated-name", "Two profiles have the same name.";
    TooLarge, "too-large", "A file is too large to be read.";
    TwoDatasets, "two-datasets", "A folder has two datasets, and no option says which to use.";
    UnfitMap, "unfit-map", "The map for `import` does not fit the table.";
    UnknownCode, "unknown-code", "`check --explain` knows no such code.";
    UnknownCommand, "unknown-command", "There is no command with this name.";
    UnknownFamily, "unknown-family", "No family of the dataset has this name.";
    UnknownKind, "unknown-kind", "No skill of the dataset has this kind.";
    UnknownLevel, "unknown-level", "The skill has no level with this name.";
    UnknownName, "unknown-name", "No role, family or skill of the dataset has this name.";
    UnknownOption, "unknown-option", "A question, or the command in a generated block, has no such option.";
    UnknownQuestion, "unknown-question", "The quiz has no question with this id.";
    UnknownQuiz, "unknown-quiz", "No quiz of the dataset has this name.";
    UnknownRevision, "unknown-revision", "git has no such revision.";
    UnknownRole, "unknown-role", "No role of the dataset has this name.";
    UnknownSection, "unknown-section", "No section of the dataset has this name.";
    UnknownSheet, "unknown-sheet", "The workbook has no sheet with this name.";
    UnknownSkill, "unknown-skill", "No skill of the dataset has this name.";
    Unreadable, "unreadable", "A file that a command needs cannot be opened, or is damaged.";
    UnreadableCommand, "unreadable-command", "The command in a generated block ends inside quotation marks.";
    UnreadableFile, "unreadable-file", "In a report of `check` or `export`: this file or folder cannot be read.";
    UnusableCommand, "unusable-command", "The command in a generated block has invalid arguments.";
    UnwritableFile, "unwritable-file", "A file with generated blocks cannot be written.";
    Usage, "usage", "The arguments are invalid, or contradict each other.";
}

impl ErrorCode {
    /// The error code with this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
