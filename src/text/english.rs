//! Words in English: numbers with their nouns, lists, articles.

/// A count with its noun in the right form: "1 role", "3 roles".
pub fn counted(count: usize, one: &str) -> String {
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {one}s"),
    }
}

/// Names in a sentence, with a conjunction before the last: "one", "one and two", "one, two and three".
pub fn listed(names: &[impl AsRef<str>], conjunction: &str) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} {conjunction} {last}", others.join(", ")),
        few => few.concat(),
    }
}

/// A noun in lower case with its article: "a role", "an aspect".
pub fn with_article(noun: &str) -> String {
    let noun = noun.to_lowercase();
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::{counted, listed};

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(listed(&["a"], "and"), "a");
        assert_eq!(listed(&["a", "b"], "and"), "a and b");
        assert_eq!(listed(&["a", "b", "c"], "and"), "a, b and c");
    }

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!(counted(1, "role"), "1 role");
        assert_eq!(counted(0, "family"), "0 families");
        assert_eq!(counted(2, "aspect"), "2 aspects");
    }
}
