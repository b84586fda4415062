//! The whole way, from files to files: load, validate, analyse, render, write.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::analyse::{self, Question};
use crate::error::Result;
use crate::load::{self, Store};
use crate::model::label::Language;
use crate::render::{self, Bundle};
use crate::validate::{self, codings::Coder};
use crate::write::{self, Destination, manifest::Manifest};

/// A report to be made.
#[derive(Clone, Debug)]
pub struct Report {
    /// The data set.
    pub store: Store,
    /// Whose codes the cases have, if not the record's: a coder's, of the `majority`, or those `agreed`.
    pub coder: Option<String>,
    /// What is asked of it.
    pub question: Question,
    /// The language of the report.
    pub language: Language,
    /// Are the figures written as PDF too?
    pub pdf: bool,
    /// The folder in which the folder of the report is made.
    pub folder: PathBuf,
    /// Are files that bitim did not write, or that were changed since, replaced?
    pub force: bool,
}

/// A report that was made.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its folder.
    pub folder: PathBuf,
    /// How many files were written, the manifests included.
    pub files: usize,
    /// What was written from what.
    pub manifest: Manifest,
    /// Had an earlier run been interrupted there, so that what it left was replaced?
    pub was_interrupted: bool,
}

impl Report {
    /// Makes the report; `step` hears the name of each stage as it begins.
    ///
    /// # Errors
    ///
    /// Those of the stages: data that hold errors, a view that the study does not have, a file in
    /// the way.
    pub fn run(&self, step: &mut dyn FnMut(&str)) -> Result<Written> {
        step("reading");
        let records = load::dataset(&self.store)?;
        step("checking");
        let mut cases = validate::check(records)?.accept()?;
        if let Some(coder) = &self.coder {
            cases = cases.coded_by(&Coder::named(coder))?;
        }
        step("computing");
        let selection = cases.select(&self.question)?;
        let tables = analyse::tables(&selection)?;
        step("drawing");
        let mut formats = render::FORMATS.to_vec();
        formats.extend(self.pdf.then_some("pdf"));
        let bundle = render::bundle(&selection, &tables, self.language, &formats)?;
        step("writing");
        let name = self.name(cases.name());
        let to = Destination {
            folder: &self.folder,
            inputs: &self.store.on_disk(cases.inputs()),
            force: self.force,
        };
        let manifest = self.manifest(&cases, &bundle);
        let written = write::bundle(&to, &name, &bundle.files, manifest)?;
        Ok(Written {
            folder: self.folder.join(name),
            files: bundle.files.len() + 2,
            manifest: written.manifest,
            was_interrupted: written.was_interrupted,
        })
    }

    /// The folder of the report: the data set, and whatever differs from its defaults, so that two
    /// reports on one data set do not overwrite each other.
    fn name(&self, dataset: &str) -> String {
        let Question {
            view,
            scheme,
            mediator,
            ..
        } = &self.question;
        let language = (self.language != Language::En).then_some(self.language.tag());
        let asked = [view, scheme, mediator, &self.coder];
        let asked = asked.into_iter().flatten().map(String::as_str);
        let parts: Vec<&str> = [dataset].into_iter().chain(asked).chain(language).collect();
        write::name::folder(&parts.join("-"))
    }

    fn manifest(&self, cases: &validate::Dataset, bundle: &Bundle) -> Manifest {
        let about = &cases.codebook().dataset;
        let text = |value: &str| value.to_owned();
        let study = cases.study();
        let first_view = study.views.first().map(|view| view.name.get_ref().clone());
        let first_scheme = study
            .schemes
            .first()
            .map(|scheme| scheme.name.get_ref().clone());
        let asked = [
            ("view", self.question.view.clone().or(first_view)),
            ("periods", self.question.scheme.clone().or(first_scheme)),
            (
                "mediator",
                self.question.mediator.clone().or(study
                    .mediator
                    .as_ref()
                    .map(|mediator| mediator.get_ref().clone())),
            ),
            ("coder", self.coder.clone()),
            ("language", Some(text(self.language.tag()))),
        ];
        Manifest {
            bitim: text(env!("CARGO_PKG_VERSION")),
            dataset: BTreeMap::from([
                (text("name"), about.name.clone()),
                (text("version"), about.version.clone()),
            ]),
            question: asked
                .into_iter()
                .filter_map(|(name, value)| Some((text(name), value?)))
                .collect(),
            input: cases.inputs().iter().map(Into::into).collect(),
            output: Vec::new(),
            skipped: bundle
                .skipped
                .iter()
                .map(|(name, reason)| write::manifest::Skipped {
                    name: name.clone(),
                    reason: reason.clone(),
                })
                .collect(),
        }
    }
}
