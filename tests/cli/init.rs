//! Tests `rolebook init`, which writes a dataset to start from.

use crate::support::rolebook;

#[test]
fn what_it_writes_is_clean_and_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &str| rolebook(arguments).folder(folder.path()).run();
    assert_eq!(run("init").stderr, "wrote rolebook.yaml; edit it, then run `rolebook check rolebook.yaml`\n");
    assert_eq!(run("check --deny warnings").answer(), "rolebook.yaml: no problems found\n");
    for command in ["roles", "compare", "skills", "show lead", "export", "quiz --answer morning=build"] {
        assert!(run(command).answer().contains("my-studio 0.1.0"), "{command}");
    }
    let held = std::fs::read_to_string(folder.path().join("rolebook.yaml")).expect("the file is text");
    assert_eq!(run("init -").answer(), held);
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.yaml");
    std::fs::write(&path, "mine").expect("a file");
    let run = rolebook("init mine.yaml").folder(folder.path()).run();
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`mine.yaml` already exists"), "{run}");
    assert_eq!(std::fs::read_to_string(path).expect("the file is text"), "mine");
    let run = rolebook("init none/mine.yaml").folder(folder.path()).run();
    assert_eq!(run.code, Some(2), "{run}");
}

/// With two datasets, a folder would have none.
#[test]
fn a_folder_has_one_dataset() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("rolebook.json"), "mine").expect("a file");
    insta::assert_snapshot!(rolebook("init").folder(folder.path()).run());
    assert_eq!(rolebook("init draft.yaml").folder(folder.path()).run().code, Some(0));
}

/// What it writes is YAML, which a file of this name is not read as.
#[test]
fn a_name_of_json_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = rolebook("init mine.json").folder(folder.path()).run();
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("`mine.yaml`"), "{run}");
    assert!(!folder.path().join("mine.json").exists());
}
