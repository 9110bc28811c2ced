//! The codes of errors that end a run, or would if they did not happen in a generated block or in one of several files.

macro_rules! error_codes {
    ($($name:ident, $code:literal, $meaning:literal, $remedy:literal;)*) => {
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

            /// What to do about it.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)* }
            }
        }
    };
}

error_codes! {
    AmbiguousRole, "ambiguous-role", "Several roles have the alias that you gave.",
        "Name the role by its id; `rolebook roles` lists the ids.";
    AmbiguousTable, "ambiguous-table", "`import` cannot tell what a table holds; a map can say so.",
        "`--write-map FILE` saves the guess as a map: say in it what the columns hold, then import with `--map`.";
    Exists, "exists", "The output file already exists.",
        "Choose another file, or overwrite it with `--force`.";
    ForbiddenCommand, "forbidden-command", "A generated block holds a command that is not allowed there.",
        "Use `compare`, `skills`, `roles`, `show`, `export`, or `quiz` with all answers.";
    ForbiddenDataset, "forbidden-dataset", "A generated block names a dataset outside the current folder.",
        "Name a dataset in the current folder or below it, relative to the page.";
    ForbiddenOption, "forbidden-option", "A generated block holds an option that is not allowed there.",
        "Remove the option; a block can only print its result into the page.";
    Git, "git", "git failed, is not installed, or has no repository here.",
        "Install git and run the command in a repository, or name two files to compare them.";
    InvalidAnswer, "invalid-answer", "An answer is not the id of an option.",
        "Answer with the id of an option; `rolebook quiz --questions` lists them.";
    InvalidAnswers, "invalid-answers", "The answers to a quiz have errors, which `causes` lists.",
        "Correct the answers; `rolebook quiz --questions` lists the questions and their options.";
    InvalidDataset, "invalid-dataset", "The dataset has errors, which `causes` lists.",
        "Correct the dataset; `rolebook check FILE` reports all errors in it.";
    InvalidMap, "invalid-map", "The map for `import` has errors, which `causes` lists.",
        "Correct the map; `rolebook schema map` prints the keys that it can have.";
    InvalidProfile, "invalid-profile", "A profile has errors, which `causes` lists.",
        "Correct the profile; `rolebook assess --form` prints a blank one.";
    InvalidTable, "invalid-table", "The table to import has errors, which `causes` lists.",
        "Correct the table in the places listed, or leave these columns or rows out with a map.";
    Left, "left", "You cancelled at a prompt.",
        "Nothing is wrong. Run the command again to start over, or give the answers as options.";
    MissingAnswer, "missing-answer", "A question has no answer.",
        "Add an answer for the question; `rolebook quiz --questions` lists all of them.";
    NoProfile, "no-profile", "There is no profile to assess.",
        "Give a profile; `rolebook assess --form` prints a blank one.";
    NoQuiz, "no-quiz", "The dataset has no quiz.",
        "Add a quiz to the dataset under `quizzes`, or use another dataset with `-d`.";
    NoSkills, "no-skills", "The dataset has no skills to assess.",
        "Turn aspects into skills with the key `skill`, or use another dataset with `-d`.";
    NoTable, "no-table", "A generated block has `--bare`, but its command prints no table.",
        "Remove `--bare`, or use a command that prints a table.";
    NoTerminal, "no-terminal", "A question needs an answer, but prompting is off or there is no terminal.",
        "Give the answers with `--answer` or `--answers`, or run the command in a terminal.";
    NotInRevision, "not-in-revision", "The git revision has no such file.",
        "Check the path, which starts at the root of the repository, or name a revision that has the file.";
    NotUtf8, "not-utf-8", "A file is not UTF-8 text.",
        "Save the file as UTF-8.";
    OutOfDate, "out-of-date", "`import --check`: the dataset differs from what the table gives now.",
        "Run the same command with `--force` instead of `--check`, and commit the new file.";
    Output, "output", "The result cannot be written.",
        "The cause says why: make room, choose another place, or change the permissions.";
    Prompt, "prompt", "The terminal cannot show a question or read an answer.",
        "Use `--plain-prompts`, another terminal, or options instead of answers at a prompt.";
    RepeatedAnswer, "repeated-answer", "A question has two answers.",
        "Keep one of the answers.";
    RepeatedName, "repeated-name", "Two profiles have the same name.",
        "Give each person a name of their own, or leave one profile out.";
    TooLarge, "too-large", "A file is too large to be read.",
        "Split the file, or make sure that you named the right one.";
    TwoDatasets, "two-datasets", "A folder has two datasets, and no option says which to use.",
        "Name one of them with `-d`, or remove the other.";
    UnfitMap, "unfit-map", "The map for `import` does not fit the table.",
        "Correct the map or the table: they have to name the same columns, sheets and roles.";
    UnknownCode, "unknown-code", "`check` knows no such code.",
        "Use a code from the output of `check`, `import`, `export`, `diff` or an error message.";
    UnknownCommand, "unknown-command", "There is no command with this name.",
        "`rolebook --help` lists the commands.";
    UnknownFamily, "unknown-family", "No family of the dataset has this name.",
        "`rolebook roles` lists the families.";
    UnknownKind, "unknown-kind", "No skill of the dataset has this kind.",
        "`rolebook skills --matrix` lists all skills by kind.";
    UnknownLevel, "unknown-level", "The skill has no level with this name.",
        "Use a level of the skill’s scale; `rolebook show SKILL` lists them.";
    UnknownName, "unknown-name", "No role, family or skill of the dataset has this name.",
        "`rolebook roles` lists roles and families, and `rolebook skills --matrix` lists skills.";
    UnknownOption, "unknown-option", "A question, or the command in a generated block, has no such option.",
        "For a question, `rolebook quiz --questions` lists the options; for a command, `--help` does.";
    UnknownQuestion, "unknown-question", "The quiz has no question with this id.",
        "`rolebook quiz --questions` lists the questions.";
    UnknownQuiz, "unknown-quiz", "No quiz of the dataset has this name.",
        "Use the id of a quiz; the error message lists them.";
    UnknownRevision, "unknown-revision", "git has no such revision.",
        "Check the name with `git log`; a shallow clone has to fetch older revisions first.";
    UnknownRole, "unknown-role", "No role of the dataset has this name.",
        "`rolebook roles` lists the roles.";
    UnknownSection, "unknown-section", "No section of the dataset has this name.",
        "Use the id of a section; the error message lists them.";
    UnknownSheet, "unknown-sheet", "The workbook has no sheet with this name.",
        "Use the name of a sheet; the error message lists them.";
    UnknownSkill, "unknown-skill", "No skill of the dataset has this name.",
        "`rolebook skills --matrix` lists the skills.";
    Unreadable, "unreadable", "A file or folder that a command needs cannot be read, or is damaged.",
        "Check the path and the permissions, and that it is the kind of file that the command reads.";
    UnreadableCommand, "unreadable-command", "The command in a generated block ends inside quotation marks.",
        "Close the quotation marks in the marker of the block.";
    UnusableCommand, "unusable-command", "The command in a generated block has invalid arguments.",
        "Try the command in a shell, then correct it in the marker of the block.";
    UnwritableFile, "unwritable-file", "A file with generated blocks cannot be written.",
        "Make the file and its folder writable, then run the command again.";
    Usage, "usage", "The arguments are invalid, or contradict each other.",
        "The hint says what to change; `--help` after the command lists its options.";
}

impl ErrorCode {
    /// The error code with this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
