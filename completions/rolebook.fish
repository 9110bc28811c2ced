# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_rolebook_global_optspecs
    string join \n d/dataset= builtin f/format= json color= width= q/quiet no-input message-format= h/help V/version
end

function __fish_rolebook_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_rolebook_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_rolebook_using_subcommand
    set -l cmd (__fish_rolebook_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c rolebook -n "__fish_rolebook_needs_command" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_needs_command" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_needs_command" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_needs_command" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_needs_command" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_needs_command" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_needs_command" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_needs_command" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_needs_command" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_needs_command" -s V -l version -d 'Print version'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "compare" -d 'Put roles side by side, aspect by aspect'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "skills" -d 'List which role needs which skill, or what a move from one role to another asks'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "quiz" -d 'Ask a few questions, recommend a role and say why'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "export" -d 'Write everything as one document: roles, comparison, skills, questions, sources'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "roles" -d 'List the roles of the dataset, by family and rank'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "show" -d 'Show one role\'s whole profile'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "check" -d 'Find everything that is wrong with datasets, and what is likely to be'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "schema" -d 'Print the JSON Schema of a dataset, or of a document that is written for programs'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "init" -d 'Write a small commented dataset to start from'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c rolebook -n "__fish_rolebook_needs_command" -f -a "man" -d 'Print the manual page of rolebook, or of one of its commands'
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l family -d 'Only the roles of this family' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l section -d 'Only this section, by id or title' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l only -d 'Only aspects that stand so (can be repeated)' -r -f -a "shared\t'All roles speak and agree'
different\t'All roles speak and some disagree'
partial\t'Some roles say nothing'"
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l cite -d 'Add sources and voices, which JSON always has'
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand compare" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l family -d 'Only the roles of this family' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l kind -d 'Only skills of this kind, such as `soft`' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l only -d 'Only aspects that stand so (can be repeated)' -r -f -a "shared\t'All roles speak and agree'
different\t'All roles speak and some disagree'
partial\t'Some roles say nothing'"
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l from -d 'The role that somebody leaves' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l to -d 'The role that somebody moves to' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l cite -d 'Add sources and voices, which JSON always has'
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand skills" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l answer -d 'Answer a question by ids; `QUESTION=` skips it (can be repeated)' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l answers -d 'Read answers from a file, or from standard input (`-`): a JSON object of the same, `null` skips' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l questions -d 'Print the questions instead of asking them'
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l plain-prompts -d 'Ask in plain numbered lines, as `ACCESSIBLE=1` and `TERM=dumb` do'
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand quiz" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l family -d 'Only the roles of this family' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -s o -l output -d 'Write to this file instead of standard output, which is `-`' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l into -d 'Fill the generated blocks in these files, and in the files of these folders' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l check -d 'Tell whether the generated blocks in these files and folders are fresh; change nothing' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l force -d 'Overwrite the file if it exists; with `--into`, the blocks that were edited by hand'
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l cite -d 'Add sources and voices, which JSON always has'
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -l family -d 'Only the roles of this family' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand roles" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -l cite -d 'Add sources and voices, which JSON always has'
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l deny -d 'What else is to count as wrong' -r -f -a "warnings\t'Likely mistakes too'"
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l explain -d 'Explain a rule by its code, with an example of wrong and right' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -s d -l dataset -d 'The dataset to answer from, a JSON or YAML file; `-` is standard input' -r -F
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -s f -l format -d 'How the result is written' -r -f -a "table\t'For eyes: tables that fit the terminal'
json\t'For programs: a versioned document'
jsonl\t'For line-wise tools: flat records, one JSON object a line'
csv\t'For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text that begins with `=`, `+`, `-` or `@` as a formula'
markdown\t'For docs: GitHub-flavoured Markdown'
html\t'For browsers: one page that needs nothing else'
github\t'For GitHub workflows: mistakes as annotations'
sarif\t'For code scanners: mistakes as a SARIF log'"
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -l color -d 'When to write colour' -r -f -a "auto\t'Where a terminal shows them, and the environment does not forbid it'
always\t'Everywhere'
never\t'Nowhere'"
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -l width -d 'Columns of a page, 20 or more; those of the terminal, or 80, unless given' -r
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -l message-format -d 'How errors are written' -r -f -a "human\t'For people'
json\t'For programs: a `rolebook.error/1` document'"
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -l builtin -d 'Answer from the dataset that is built in, whatever else there is'
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -l json -d 'Write JSON, the same as `--format json`'
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -s q -l quiet -d 'Say nothing beside the result'
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -l no-input -d 'Never ask: fail where a question would have to be answered'
complete -c rolebook -n "__fish_rolebook_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
