//! What a CSV reader does not tell: the delimiter of a file, and the line of a record.

use std::path::Path;

/// The delimiters to try.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of a file to examine when detecting the delimiter.
const SAMPLE: usize = 64 * 1024;

/// Detects the delimiter: the one that most often appears the same number of times per line.
pub(crate) fn delimiter(file: &str, text: &str) -> u8 {
    let extension = Path::new(file).extension().unwrap_or_default().to_ascii_lowercase();
    if extension == "tsv" || extension == "tab" {
        return b'\t';
    }
    let end = (0..=SAMPLE.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let sample = text.get(..end).unwrap_or_default();
    let score = |delimiter: u8| {
        let mut counts: Vec<usize> = Vec::new();
        let (mut in_quotes, mut count) = (false, 0);
        for byte in sample.bytes() {
            match byte {
                b'"' => in_quotes = !in_quotes,
                b'\n' if !in_quotes => counts.push(std::mem::take(&mut count)),
                byte if byte == delimiter && !in_quotes => count += 1,
                _ => {}
            }
        }
        counts.push(count);
        // Find the longest run of lines with the same count.
        counts.retain(|count| *count > 0);
        let mut same: Vec<usize> = counts.clone();
        same.sort_unstable();
        let longest = same.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
        (longest, counts.iter().sum::<usize>())
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter));
    best.filter(|best| score(*best).0 > 0).unwrap_or(b',')
}

/// The line of a record. Its position may be that of empty lines before it.
pub(crate) fn line_of(text: &str, position: &csv::Position) -> u64 {
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..));
    let ends = rest.unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    ends.filter(|byte| **byte == b'\n').fold(position.line(), |line, _| line + 1)
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn the_delimiter_is_found() {
        for (text, found) in [
            ("a,b,c\nd,e,f\n", b','),
            ("a;b;c\n\"x;y\";1,5;2,5\n", b';'),
            ("a\tb\nc, d\te\n", b'\t'),
            ("a|b\nc|d\n", b'|'),
            ("alone\n", b','),
        ] {
            assert_eq!(char::from(delimiter("a.csv", text)), char::from(found), "{text}");
        }
        assert_eq!(delimiter("a.TSV", "a,b\n"), b'\t');
    }
}
