//! What the organisation keeps of attributes, as a pairing knows it.

use super::model::{Attribute, Shown};
use crate::people::StoredAttribute;
use crate::people::columns::Visibility;

pub(super) fn attribute(stored: StoredAttribute) -> (String, Attribute) {
    let shown = match stored.attribute.visibility {
        _ if stored.attribute.is_hidden() => Shown::Nothing,
        Visibility::All => Shown::Everything,
        Visibility::Coordinator => Shown::NameOnly,
        Visibility::Rules => Shown::Nothing,
    };
    (stored.attribute.key, Attribute { label: stored.label, shown })
}
