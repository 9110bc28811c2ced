//! Semantic versioning: which revision a change needs.

use semver::{Prerelease, Version};

use super::Class;

/// The lowest revision allowed after changes of this class. Before 1.0.0, a major change needs a new minor version, and
/// any other change a new patch version.
pub(super) fn required(old: &Version, class: Option<Class>) -> Version {
    let Version { major, minor, patch, .. } = *old;
    match class {
        None => old.clone(),
        // A pre-release leads up to a release that may still change.
        Some(_) if !old.pre.is_empty() => Version::new(major, minor, patch),
        Some(Class::Major) if major > 0 => Version::new(major.saturating_add(1), 0, 0),
        Some(Class::Minor) if major > 0 => Version::new(major, minor.saturating_add(1), 0),
        Some(Class::Major) => Version::new(0, minor.saturating_add(1), 0),
        Some(_) => Version::new(major, minor, patch.saturating_add(1)),
    }
}

/// Whether a revision is high enough. Pre-releases of the required version count.
pub(super) fn fits(old: &Version, required: &Version, new: &Version) -> bool {
    let release = Version { pre: Prerelease::EMPTY, ..new.clone() };
    let rises = required <= old || new.cmp_precedence(old).is_gt();
    rises && release.cmp_precedence(required).is_ge()
}

#[cfg(test)]
mod tests {
    use super::{Class, Version, fits, required};

    #[test]
    fn the_lowest_revision_follows_semantic_versioning() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        for (old, class, expected) in [
            ("1.2.3", None, "1.2.3"),
            ("1.2.3", Some(Class::Patch), "1.2.4"),
            ("1.2.3", Some(Class::Minor), "1.3.0"),
            ("1.2.3", Some(Class::Major), "2.0.0"),
            ("0.2.3", Some(Class::Patch), "0.2.4"),
            ("0.2.3", Some(Class::Minor), "0.2.4"),
            ("0.2.3", Some(Class::Major), "0.3.0"),
            ("2.0.0-rc.1", Some(Class::Major), "2.0.0"),
        ] {
            assert_eq!(required(&version(old), class), version(expected), "{old} {class:?}");
        }
    }

    #[test]
    fn a_candidate_of_the_required_release_fits() {
        let judge = |old: &str, required: &str, new: &str| {
            let [old, required, new] = [old, required, new].map(|text| text.parse::<Version>().unwrap());
            fits(&old, &required, &new)
        };
        assert!(judge("1.2.3", "2.0.0", "2.0.0-rc.1"));
        assert!(judge("2.0.0-rc.1", "2.0.0", "2.0.0-rc.2"));
        assert!(!judge("2.0.0-rc.1", "2.0.0", "2.0.0-rc.1"));
        assert!(!judge("1.2.3", "2.0.0", "1.9.0"));
        assert!(judge("1.2.3", "1.2.3", "1.2.3"));
    }
}
