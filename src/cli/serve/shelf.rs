//! What there is to show: the diagrams of a folder or of a project, and what is wrong with either.

use crate::cli::files;
use crate::cli::project::{FILE, Project};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use std::path::PathBuf;
use std::sync::Arc;

/// What is shown.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// One diagram.
    File(PathBuf),
    /// All diagrams of a folder.
    Folder(PathBuf),
    /// All diagrams of a project.
    Project(PathBuf),
}

impl Scope {
    /// The file by which changes begin to be followed; in a folder it need not exist.
    pub(super) fn start(&self) -> PathBuf {
        match self {
            Self::File(file) | Self::Project(file) => file.clone(),
            Self::Folder(folder) => folder.join(FILE),
        }
    }
}

/// The diagrams that there are.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// Their files.
    pub(super) sources: Vec<PathBuf>,
    /// The project that names them; while its file is broken, as it was before.
    pub(super) project: Option<Arc<Project>>,
    /// What is wrong with the project's file, or with the folder.
    pub(super) findings: Vec<Diagnostic>,
}

impl Shelf {
    /// Looks what there is now. `before` is what there was.
    pub(super) fn look(scope: &Scope, before: Option<&Self>) -> Self {
        let mut findings = Diagnostics::default();
        let mut project = None;
        let sources = match scope {
            Scope::File(file) => vec![file.clone()],
            // A folder without diagrams waits for the first one.
            Scope::Folder(folder) if folder.is_dir() => {
                files::expand(std::slice::from_ref(folder)).unwrap_or_else(|error| {
                    findings.0.extend(Some(error).filter(|e| e.code != "no-diagrams"));
                    Vec::new()
                })
            }
            Scope::Folder(folder) => {
                let message = format!("the folder {} is gone", folder.display());
                findings.push(Diagnostic::error("unreadable", message, None).help("it is shown again when it is back"));
                Vec::new()
            }
            Scope::Project(file) => {
                let now = Project::read(file, &mut findings).map(Arc::new);
                project = now.or_else(|| before.and_then(|before| before.project.clone()));
                project.as_ref().map(|p| p.sources(&mut findings)).unwrap_or_default()
            }
        };
        findings.sort();
        Self { sources, project, findings: findings.0 }
    }

    /// Theme files that the project names.
    pub(super) fn theme_files(&self) -> Vec<PathBuf> {
        self.project.as_ref().map(|p| p.theme_files()).unwrap_or_default()
    }

    /// What is wrong, as something that can be compared.
    pub(super) fn complaint(&self) -> Vec<(&str, Option<(usize, usize)>)> {
        self.findings.iter().map(|f| (f.message.as_str(), f.place.as_ref().map(Place::line_column))).collect()
    }
}
