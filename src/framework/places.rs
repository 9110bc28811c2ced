//! The place of each role in a selection of roles.

use super::{Role, RoleIndex};

/// The place of each selected role in the selection.
#[derive(Debug)]
pub(crate) struct Places(Vec<Option<usize>>);

impl Places {
    /// The places of these roles.
    pub(crate) fn of(roles: &[&Role<'_>]) -> Self {
        let last = roles.iter().map(|role| role.index.get()).max();
        let mut places = vec![None; last.map_or(0, |last| last + 1)];
        for (place, role) in roles.iter().enumerate() {
            if let Some(known) = places.get_mut(role.index.get()) {
                *known = Some(place);
            }
        }
        Self(places)
    }

    /// The place of a role; `None` if it is not selected.
    pub(crate) fn get(&self, role: RoleIndex) -> Option<usize> {
        self.0.get(role.get()).copied().flatten()
    }
}
