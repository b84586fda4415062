//! What coders have in common: unanimity, majorities, and what was agreed where they differ.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answers, Coded, Codings, Given, gathered};
use crate::model::missing::Reason;

/// One variable of one case with what each coder gave for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The case.
    pub case: String,
    /// The variable, with the role that it is about where it is about one.
    pub variable: String,
    /// Coder → values, for those who coded it.
    pub given: BTreeMap<String, Answers>,
    /// What the decisions say.
    pub decided: Option<Answers>,
    /// How many coders coded anything of this case.
    pub coders: usize,
}

/// How an agreed value came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Only one person coded the case.
    Single,
    /// All who coded it gave the same.
    Unanimous,
    /// They differ, and a decision says what holds.
    Decided,
    /// They differ, and nobody has decided.
    Open,
}

/// An agreed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What holds; nothing while it is open.
    pub answers: Answers,
    /// How it came about.
    pub standing: Standing,
}

impl Codings {
    /// Every variable of every case that anybody coded or decided, in the order of the cases and of
    /// the codebook.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let decided = gathered(self.decisions.iter());
        let mut given: BTreeMap<(String, String), BTreeMap<String, Answers>> = BTreeMap::new();
        let mut coders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for coding in &self.codings {
            let Some(coder) = coding.coder.as_deref() else {
                continue;
            };
            coders.entry(&coding.case).or_default().insert(coder);
            let item = given
                .entry((coding.case.clone(), coding.about()))
                .or_default();
            item.entry(coder.to_owned())
                .or_default()
                .insert(coding.given.clone());
        }
        for key in decided.keys() {
            given.entry(key.clone()).or_default();
        }
        let cases = self.cases();
        let place = |(case, variable): &(String, String)| {
            let name = variable.split(':').next().unwrap_or_default();
            (
                cases.iter().position(|known| known == case),
                self.variables.iter().position(|coded| coded.key == name),
                variable.clone(),
            )
        };
        let mut items: Vec<Item> = given
            .into_iter()
            .map(|(key, given)| Item {
                coders: coders.get(key.0.as_str()).map_or(0, BTreeSet::len),
                decided: decided.get(&key).cloned(),
                case: key.0,
                variable: key.1,
                given,
            })
            .collect();
        items.sort_by_key(|item| place(&(item.case.clone(), item.variable.clone())));
        items
    }

    /// The variable of that name, whatever the role it is about.
    #[must_use]
    pub fn variable(&self, about: &str) -> Option<&Coded> {
        let name = about.split(':').next()?;
        self.variables.iter().find(|coded| coded.key == name)
    }

    /// Case and variable → what is agreed. What describes a role that the case is agreed not to have
    /// is left out: there is nothing to agree on.
    #[must_use]
    pub fn agreed(&self) -> BTreeMap<(String, String), Answer> {
        let items = self.items();
        let key = |item: &Item| (item.case.clone(), item.variable.clone());
        let mut agreed: BTreeMap<(String, String), Answer> = items
            .iter()
            .filter(|item| !self.is_of_role(&item.variable))
            .map(|item| (key(item), item.agreed()))
            .collect();
        let roles = self.roles(&agreed);
        agreed.extend(
            items
                .iter()
                .filter(|item| self.is_of_role(&item.variable) && self.has_role(item, &roles))
                .map(|item| (key(item), item.agreed())),
        );
        agreed
    }

    /// Case and variable → what more than half of those who coded it gave; where no value has a
    /// majority, unknown. Of a set each value is voted on by itself.
    #[must_use]
    pub fn majority(&self) -> BTreeMap<(String, String), Answers> {
        self.items()
            .iter()
            .filter(|item| !item.given.is_empty())
            .map(|item| {
                let is_set = self.variable(&item.variable).is_some_and(|of| of.is_set);
                (
                    (item.case.clone(), item.variable.clone()),
                    item.majority(is_set),
                )
            })
            .collect()
    }

    /// What is open: the differences that no decision settles.
    #[must_use]
    pub fn open(&self) -> Vec<(String, String)> {
        let agreed = self.agreed().into_iter();
        agreed
            .filter(|(_, answer)| answer.standing == Standing::Open)
            .map(|(key, _)| key)
            .collect()
    }

    fn is_of_role(&self, about: &str) -> bool {
        self.variable(about).is_some_and(|coded| coded.of_role)
    }

    /// Does the case have the role that an item is about, as far as that is agreed?
    fn has_role(&self, item: &Item, roles: &BTreeMap<String, Option<BTreeSet<String>>>) -> bool {
        let Some((_, role)) = item.variable.split_once(':') else {
            return true;
        };
        match roles.get(&item.case) {
            Some(Some(roles)) => roles.contains(role),
            _ => self.variables.iter().any(|coded| {
                coded.is_set && !coded.of_role && coded.codes.iter().any(|code| code.code == role)
            }),
        }
    }

    /// Case → its agreed roles; a case whose roles are open has every role until they are decided.
    fn roles(
        &self,
        agreed: &BTreeMap<(String, String), Answer>,
    ) -> BTreeMap<String, Option<BTreeSet<String>>> {
        let is_roles = |about: &str| {
            self.variable(about)
                .is_some_and(|coded| coded.is_set && !coded.of_role)
        };
        agreed
            .iter()
            .filter(|((_, about), _)| is_roles(about))
            .map(|((case, _), answer)| {
                let known = answer.answers.iter().filter_map(|given| match given {
                    Given::Value(role) => Some(role.clone()),
                    Given::Missing(_) => None,
                });
                let roles = (answer.standing != Standing::Open).then(|| known.collect());
                (case.clone(), roles)
            })
            .collect()
    }
}

impl Item {
    /// Do those who coded it differ, or did only some of several code it at all?
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        let distinct: BTreeSet<&Answers> = self.given.values().collect();
        distinct.len() > 1 || (self.given.len() == 1 && self.coders > 1)
    }

    /// What holds: the decision if there is one, else what all gave.
    #[must_use]
    pub fn agreed(&self) -> Answer {
        let common = self.given.values().next().cloned().unwrap_or_default();
        let (answers, standing) = match (&self.decided, self.is_disputed()) {
            (Some(decided), _) => (decided.clone(), Standing::Decided),
            (None, true) => (Answers::new(), Standing::Open),
            (None, false) if self.coders > 1 => (common, Standing::Unanimous),
            (None, false) => (common, Standing::Single),
        };
        Answer { answers, standing }
    }

    fn majority(&self, is_set: bool) -> Answers {
        let all = self.given.len();
        let supporters = |given: &Given| {
            let theirs = self.given.values();
            theirs.filter(|answers| answers.contains(given)).count()
        };
        let unknown = || Answers::from([Given::Missing(Reason::Unknown)]);
        if is_set {
            let named: BTreeSet<&Given> = self.given.values().flatten().collect();
            let chosen: Answers = named
                .into_iter()
                .filter(|given| supporters(given) * 2 > all)
                .cloned()
                .collect();
            return if chosen.is_empty() { unknown() } else { chosen };
        }
        let mut counted: BTreeMap<&Answers, usize> = BTreeMap::new();
        for answers in self.given.values() {
            *counted.entry(answers).or_default() += 1;
        }
        let most = counted
            .into_iter()
            .find(|(_, votes)| votes * 2 > all)
            .map(|(answers, _)| answers.clone());
        most.unwrap_or_else(unknown)
    }
}
