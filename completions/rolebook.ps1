
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'rolebook' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'rolebook'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'rolebook' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Put roles side by side, aspect by aspect')
            [CompletionResult]::new('skills', 'skills', [CompletionResultType]::ParameterValue, 'List which role needs which skill, or what a move from one role to another asks')
            [CompletionResult]::new('quiz', 'quiz', [CompletionResultType]::ParameterValue, 'Ask a few questions, recommend a role and say why')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write everything as one document: roles, comparison, skills, questions, sources')
            [CompletionResult]::new('roles', 'roles', [CompletionResultType]::ParameterValue, 'List the roles of the dataset, by family and rank')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one role''s whole profile')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Find everything that is wrong with datasets, and what is likely to be')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of a dataset, or of a document that is written for programs')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a small commented dataset to start from')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of rolebook, or of one of its commands')
            break
        }
        'rolebook;compare' {
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'Only the roles of this family')
            [CompletionResult]::new('--section', '--section', [CompletionResultType]::ParameterName, 'Only this section, by id or title')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only aspects that stand so (can be repeated)')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--cite', '--cite', [CompletionResultType]::ParameterName, 'Add sources and voices, which JSON always has')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;skills' {
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'Only the roles of this family')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Only skills of this kind, such as `soft`')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only aspects that stand so (can be repeated)')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The role that somebody leaves')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The role that somebody moves to')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--cite', '--cite', [CompletionResultType]::ParameterName, 'Add sources and voices, which JSON always has')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;quiz' {
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'Answer a question by ids; `QUESTION=` skips it (can be repeated)')
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read answers from a file, or from standard input (`-`): a JSON object of the same, `null` skips')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--questions', '--questions', [CompletionResultType]::ParameterName, 'Print the questions instead of asking them')
            [CompletionResult]::new('--plain-prompts', '--plain-prompts', [CompletionResultType]::ParameterName, 'Ask in plain numbered lines, as `ACCESSIBLE=1` and `TERM=dumb` do')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;export' {
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'Only the roles of this family')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output, which is `-`')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output, which is `-`')
            [CompletionResult]::new('--into', '--into', [CompletionResultType]::ParameterName, 'Fill the generated blocks in these files, and in the files of these folders')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Tell whether the generated blocks in these files and folders are fresh; change nothing')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Overwrite the file if it exists; with `--into`, the blocks that were edited by hand')
            [CompletionResult]::new('--cite', '--cite', [CompletionResultType]::ParameterName, 'Add sources and voices, which JSON always has')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;roles' {
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'Only the roles of this family')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;show' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--cite', '--cite', [CompletionResultType]::ParameterName, 'Add sources and voices, which JSON always has')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;check' {
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'What else is to count as wrong')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Explain a rule by its code, with an example of wrong and right')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;schema' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;init' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;completions' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'rolebook;man' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('--dataset', '--dataset', [CompletionResultType]::ParameterName, 'The dataset to answer from, a JSON or YAML file; `-` is standard input')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to write colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a page, 20 or more; those of the terminal, or 80, unless given')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'How errors are written')
            [CompletionResult]::new('--builtin', '--builtin', [CompletionResultType]::ParameterName, 'Answer from the dataset that is built in, whatever else there is')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write JSON, the same as `--format json`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the result')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail where a question would have to be answered')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
