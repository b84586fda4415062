//! `bitim explain`: what a rule means.

use std::process::ExitCode;

use bitim::error::{Error, Result};
use bitim::validate::RULES;
use clap::Args;

use super::print;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The code of a rule, as in V201; without one, all are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let Some(code) = &self.code else {
            let lines: Vec<String> = RULES
                .iter()
                .map(|rule| {
                    format!(
                        "{}  {:<24} {}\n",
                        rule.code,
                        rule.name,
                        rule.severity.name()
                    )
                })
                .collect();
            return print(&lines.concat());
        };
        let rule = RULES
            .iter()
            .find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code)
            .ok_or_else(|| Error::UnknownName {
                kind: "rule",
                name: code.clone(),
                known: RULES.iter().map(|rule| rule.code.to_owned()).collect(),
            })?;
        print(&format!(
            "{} {} ({})\n\n{}\n",
            rule.code,
            rule.name,
            rule.severity.name(),
            rule.explain
        ))
    }
}
