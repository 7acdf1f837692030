//! Frameworks of competencies: what somebody learns here, and by which behaviours each level is seen. Which competencies a
//! person holds or wants is `people`'s; which framework an edition keeps is `programmes`'.

use crate::features::{Feature, Table};

crate::id!(/// A framework of an organisation.
    FrameworkId);
crate::id!(/// One version of a framework, which never changes.
    FrameworkVersionId);

pub const FEATURE: Feature = Feature {
    name: "frameworks",
    doors: Vec::new,
    jobs: &[],
    tables: &[
        Table::kept("frameworks", "a framework is nobody's personal data"),
        Table::kept("framework_versions", "a framework is nobody's personal data"),
    ],
};
