//! Who may do what: the one table from which the guards, the actions and `docs/permissions.md` are derived.

use super::model::{Held, Part, Record, Scope, Viewer};
use crate::problems::Refusal;

/// Something that one may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Use one's own account: settings, sessions, tokens.
    UseAccount,
    /// Search the directory, which shows mentors only.
    ReadDirectory,
    /// Read the page of a person who is not in the directory.
    ReadPerson,
    /// Change what a profile says.
    EditProfile,
    /// See, add, invite and change everybody; give and take parts.
    ManagePeople,
    /// See who was nominated for which post.
    ReadNominations,
    /// Take people in from spreadsheets.
    ImportPeople,
    /// Read frameworks of competencies.
    ReadFrameworks,
    /// Write frameworks of competencies.
    ManageFrameworks,
    /// Set programmes and editions up, and enrol people.
    ManageProgrammes,
    /// See how an edition stands: counts and dates, no content.
    ReadEdition,
    /// See whom one lends to a programme as a line manager.
    ReadLent,
    /// Nominate one's own reports for an edition.
    NominateReports,
    /// Take part in an edition: one's own enrolment, preferences, answers.
    TakePart,
    /// Set rules, run the pairing, ask for consent, publish.
    Pair,
    /// See the mentorships of an edition, and end one.
    ManageMentorships,
    /// Open with somebody of another part what a pair wrote, for a serious matter and where its agreement allows it.
    BreakGlass,
    /// Open meetings and negotiations to observers.
    OpenSittings,
    /// Decide who may be in the room for which item: policy, classes, clearances, conflicts.
    KeepRoom,
    /// Search the audit trail.
    ReadAudit,
    /// See that the installation is well; no content.
    ReadSystem,
}

/// Why somebody may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Signed in to the organisation of the record.
    Everybody,
    /// The record is their own.
    Own,
    /// They hold the part in the organisation of the record.
    Holds(Part),
    /// They hold the part in the very edition or mentorship of the record.
    HoldsThere(Part),
}

/// The table. What is not in it, nobody may.
pub const WHO_MAY: &[(Act, &[Grant])] = &[
    (Act::UseAccount, &[Grant::Everybody]),
    (Act::ReadDirectory, &[Grant::Everybody]),
    (Act::ReadPerson, &[Grant::Own, Grant::Holds(Part::Coordinator), Grant::Holds(Part::Sponsor)]),
    (Act::EditProfile, &[Grant::Own, Grant::Holds(Part::Coordinator)]),
    (Act::ManagePeople, &[Grant::Holds(Part::Coordinator)]),
    (Act::ReadNominations, &[Grant::Holds(Part::Coordinator), Grant::Holds(Part::Sponsor)]),
    (Act::ImportPeople, &[Grant::Holds(Part::Coordinator)]),
    (Act::ReadFrameworks, &[Grant::Everybody]),
    (Act::ManageFrameworks, &[Grant::Holds(Part::Coordinator)]),
    (Act::ManageProgrammes, &[Grant::Holds(Part::Coordinator)]),
    (
        Act::ReadEdition,
        &[
            Grant::Holds(Part::Coordinator),
            Grant::Holds(Part::Sponsor),
            Grant::Holds(Part::Faculty),
            Grant::HoldsThere(Part::Sponsor),
            Grant::HoldsThere(Part::Faculty),
        ],
    ),
    (Act::ReadLent, &[Grant::Holds(Part::Supervisor)]),
    (Act::NominateReports, &[Grant::Holds(Part::Supervisor)]),
    (Act::TakePart, &[Grant::Everybody]),
    (Act::Pair, &[Grant::Holds(Part::Coordinator)]),
    (Act::ManageMentorships, &[Grant::Holds(Part::Coordinator)]),
    (
        Act::BreakGlass,
        &[
            Grant::Holds(Part::Coordinator),
            Grant::Holds(Part::Faculty),
            Grant::Holds(Part::Secretary),
            Grant::Holds(Part::Operator),
            Grant::HoldsThere(Part::Faculty),
        ],
    ),
    (
        Act::OpenSittings,
        &[
            Grant::Holds(Part::Coordinator),
            Grant::Holds(Part::Secretary),
            Grant::Holds(Part::Host),
            Grant::Holds(Part::Mentor),
            Grant::HoldsThere(Part::Mentor),
        ],
    ),
    (Act::KeepRoom, &[Grant::Holds(Part::Secretary)]),
    (Act::ReadAudit, &[Grant::Holds(Part::Coordinator)]),
    (Act::ReadSystem, &[Grant::Holds(Part::Operator)]),
];

fn grants(act: Act) -> &'static [Grant] {
    WHO_MAY.iter().find(|(known, _)| *known == act).map_or(&[], |(_, grants)| grants)
}

/// As what somebody who holds these parts may do it with a record that belongs there.
pub fn parts_for(act: Act, held: &[Held], there: Scope) -> Vec<Part> {
    let holds = |part, scope| held.contains(&Held { part, scope });
    let mut parts: Vec<Part> = grants(act)
        .iter()
        .filter_map(|grant| match grant {
            Grant::Holds(part) if holds(*part, Scope::Organisation) => Some(*part),
            Grant::HoldsThere(part) if holds(*part, there) => Some(*part),
            _ => None,
        })
        .collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The parts as which somebody may do it, and whether it is enough to hold each there.
pub fn parts_of(act: Act) -> impl Iterator<Item = (Part, bool)> {
    grants(act).iter().filter_map(|grant| match grant {
        Grant::Holds(part) => Some((*part, false)),
        Grant::HoldsThere(part) => Some((*part, true)),
        Grant::Everybody | Grant::Own => None,
    })
}

impl Viewer {
    /// Whether there is any record on which this person may do it: what the guard at a door can know.
    pub fn may_sometimes(&self, act: Act) -> bool {
        grants(act).iter().any(|grant| match grant {
            Grant::Everybody | Grant::Own => true,
            Grant::Holds(part) => self.holds(*part),
            Grant::HoldsThere(part) => self.parts.iter().any(|held| held.part == *part),
        })
    }

    /// Whether this person may do it with this record. What belongs to another organisation nobody may.
    pub fn may(&self, act: Act, record: &Record) -> bool {
        record.organisation == self.organisation
            && grants(act).iter().any(|grant| match grant {
                Grant::Everybody => true,
                Grant::Own => record.person == Some(self.person),
                Grant::Holds(part) => self.holds(*part),
                Grant::HoldsThere(part) => {
                    record.scope.is_some_and(|scope| self.parts.contains(&Held { part: *part, scope }))
                }
            })
    }

    /// The same of what is their organisation's, as an action asks it.
    pub fn must(&self, act: Act) -> Result<(), Refusal> {
        self.may(act, &self.record()).then_some(()).ok_or(Refusal::NotFound)
    }

    /// Whether they hold the part in the organisation itself.
    pub fn holds(&self, part: Part) -> bool {
        self.parts.contains(&Held { part, scope: Scope::Organisation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_stands_in_the_table_once() {
        for (act, grants) in WHO_MAY {
            assert_eq!(WHO_MAY.iter().filter(|(other, _)| other == act).count(), 1, "{act:?}");
            assert!(!grants.is_empty(), "{act:?}");
        }
    }
}
