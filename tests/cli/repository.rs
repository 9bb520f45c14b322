//! A whole repository: drawn, checked, changed, embedded, made into a book; and the recipes for CI, run as they are written.

use super::{Folder, skipped, text};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the sample repository.
fn sample(name: &str) -> Folder {
    let f = Folder::new(name);
    copy(&root().join("tests/repository"), &f.0);
    f
}

/// A line of a shell, with our program on its path.
fn shell(f: &Folder, line: &str) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_skyplan")).parent().unwrap().display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let mut bash = Command::new("bash");
    bash.args(["-e", "-c", line]).current_dir(&f.0).env("PATH", path).env("GITHUB_ACTION_PATH", root());
    bash.output().unwrap()
}

#[test]
fn a_repository_is_drawn_checked_changed_and_drawn_again() {
    let f = sample("repository");
    let ok = |args: &[&str]| {
        let out = f.run(args);
        assert_eq!(out.status.code(), Some(0), "{args:?}: {}", text(&out.stderr));
        text(&out.stderr)
    };
    ok(&["check", "--deny-warnings"]);
    assert!(ok(&["render"]).contains("12 files written"));
    ok(&["render", "--check"]);
    assert!(ok(&["embed", "README.md"]).contains("wrote pictures/orders.svg"));
    ok(&["embed", "--check", "README.md"]);

    let diagram = f.0.join("diagrams/jobs.toml");
    let before = fs::read_to_string(&diagram).unwrap();
    fs::write(&diagram, before.replace("Every night", "Each night")).unwrap();
    let out = f.run(&["render", "--check"]);
    assert_eq!(out.status.code(), Some(1));
    let said = text(&out.stderr);
    assert!(said.contains("pictures/jobs-en.svg is not what its source gives now"), "{said}");
    assert!(!said.contains("jobs-ko") && !said.contains("web-"), "only what has changed is stale: {said}");
    assert!(ok(&["render"]).contains("6 files written, 2 pictures unchanged"));
    ok(&["render", "--check"]);

    let readme = f.0.join("README.md");
    let linked = fs::read_to_string(&readme).unwrap();
    fs::write(&readme, linked.replace("\"sqs\"", "\"sns\"")).unwrap();
    assert_eq!(f.run(&["embed", "--check", "README.md"]).status.code(), Some(1));
}

#[test]
fn its_book_is_built_with_pictures() {
    if Command::new("mdbook").arg("--version").output().is_err() {
        return skipped("its_book_is_built_with_pictures", "there is no mdbook on PATH");
    }
    let f = sample("repository-book");
    let out = shell(&f, "mdbook build handbook");
    assert!(out.status.success(), "{}", text(&out.stderr));
    let page = fs::read_to_string(f.0.join("handbook/book/operations.html")).unwrap();
    assert!(page.contains("alt=\"Alarms\"") && page.contains("<p>They wake up.</p>"), "the list goes on: {page}");
}

#[test]
fn the_hooks_before_a_commit_do_what_they_say() {
    let f = sample("hooks");
    f.run(&["render"]);
    f.run(&["embed", "README.md"]);
    let hooks = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entries: Vec<&str> = hooks.lines().filter_map(|l| l.trim().strip_prefix("entry: ")).collect();
    assert_eq!(entries.len(), 3);
    let page = fs::read_to_string(root().join("docs/src/ci.md")).unwrap();
    for id in hooks.lines().filter_map(|l| l.strip_prefix("- id: ")) {
        assert!(page.contains(&format!("- id: {id}\n")), "{id} is not in the docs");
    }
    let all = |f: &Folder| -> Vec<bool> {
        let file = |entry: &str| if entry.contains("embed") { "README.md" } else { "" };
        entries.iter().map(|e| shell(f, &format!("{e} {}", file(e))).status.success()).collect()
    };
    assert_eq!(all(&f), [true, true, true]);
    for file in ["diagrams/jobs.toml", "README.md"] {
        let old = fs::read_to_string(f.0.join(file)).unwrap();
        f.write(file, old.replace("kind = \"sqs\"", "kind = \"sns\"").replace("\"lambda\"", "\"batch\""));
    }
    assert_eq!(all(&f), [false, true, false]);
}

/// A block of YAML in the page about CI, behind a heading.
fn recipe(heading: &str) -> String {
    let page = fs::read_to_string(root().join("docs/src/ci.md")).unwrap();
    let behind = page.split(&format!("## {heading}\n")).nth(1).unwrap();
    behind.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap().to_owned()
}

#[test]
fn pre_commit_itself_runs_the_hooks() {
    if Command::new("pre-commit").arg("--version").output().is_err() {
        return skipped("pre_commit_itself_runs_the_hooks", "there is no pre-commit on PATH");
    }
    let git = "git -c init.defaultBranch=main -c user.name=a -c user.email=a@example.com";
    let commit = |f: &Folder| {
        shell(f, &format!("{git} init -q && {git} add -A && {git} commit -q -m all && {git} rev-parse HEAD"))
    };
    // The hooks as they are, but with the program that is here in place of one that is built from the repository.
    let hooks = Folder::new("pre-commit-hooks");
    let written = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    hooks.write(".pre-commit-hooks.yaml", written.replace("language: rust", "language: system"));
    let made = commit(&hooks);
    assert!(made.status.success(), "{}", text(&made.stderr));

    let f = sample("pre-commit");
    f.run(&["render"]);
    f.run(&["embed", "README.md"]);
    let config =
        recipe("Before a commit").replace("https://github.com/skyplan/skyplan", &hooks.0.display().to_string());
    f.write(".pre-commit-config.yaml", config.replace("rev: main", &format!("rev: {}", text(&made.stdout).trim())));
    assert!(commit(&f).status.success());
    let run = || shell(&f, "PRE_COMMIT_HOME=\"$PWD/.pre-commit\" pre-commit run --all-files --color never");
    let out = run();
    let said = text(&out.stdout);
    assert!(out.status.success() && said.matches("Passed").count() == 3, "{said}{}", text(&out.stderr));
    let diagram = fs::read_to_string(f.0.join("diagrams/jobs.toml")).unwrap();
    f.write("diagrams/jobs.toml", diagram.replace("Every night", "Each night"));
    let said = text(&run().stdout);
    assert!(said.contains("pictures/jobs-en.svg is not what its source gives now"), "{said}");
    assert!(said.matches("Passed").count() == 2 && said.matches("Failed").count() == 1, "{said}");
}

#[test]
fn recipes_follow_the_published_schemas() {
    if Command::new("check-jsonschema").arg("--version").output().is_err() {
        return skipped("recipes_follow_the_published_schemas", "there is no check-jsonschema on PATH");
    }
    let f = Folder::new("schemas");
    fs::copy(root().join("action.yml"), f.0.join("action.yml")).unwrap();
    f.write("workflow.yml", recipe("GitHub"));
    f.write("gitlab.yml", recipe("GitLab"));
    for arguments in [
        "--builtin-schema vendor.github-actions action.yml",
        "--builtin-schema vendor.github-workflows workflow.yml",
        "--builtin-schema vendor.gitlab-ci --data-transform gitlab-ci gitlab.yml",
    ] {
        let out = shell(&f, &format!("check-jsonschema {arguments}"));
        assert!(out.status.success(), "{arguments}: {}", text(&out.stdout));
    }
}

/// The scripts of `run: |` steps.
fn scripts(yaml: &str) -> Vec<String> {
    let mut scripts: Vec<String> = Vec::new();
    let mut indent = None;
    for line in yaml.lines() {
        let depth = line.len() - line.trim_start().len();
        match indent {
            Some(outer) if line.is_empty() || depth > outer => {
                scripts.last_mut().unwrap().push_str(&format!("{}\n", line.trim_start()));
            }
            _ if line.trim_start() == "run: |" => {
                indent = Some(depth);
                scripts.push(String::new());
            }
            _ => indent = None,
        }
    }
    scripts
}

#[test]
fn the_action_says_what_is_stale_at_its_file() {
    let f = sample("action");
    let scripts = scripts(&fs::read_to_string(root().join("action.yml")).unwrap());
    assert_eq!(scripts.len(), 2);
    let action = |command: &str| shell(&f, &format!("export SKYPLAN_COMMAND='{command}'\n{}", scripts.concat()));
    let out = action("render --check");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("::error file=pictures/web-ko.png,line=1,col=1::"), "{}", text(&out.stderr));
    f.run(&["render"]);
    assert!(action("render --check").status.success());
    let hostile = action("render --check; touch hacked");
    assert!(!hostile.status.success() && !f.0.join("hacked").exists());
}

#[test]
fn the_recipe_for_gitlab_runs_as_it_is_written() {
    let f = sample("gitlab");
    f.run(&["render"]);
    f.run(&["embed", "README.md"]);
    let recipe = recipe("GitLab");
    let lines: Vec<&str> = recipe.lines().filter_map(|l| l.trim().strip_prefix("- ")).collect();
    assert_eq!(lines.len(), 5);
    // The program is there already, as it is from the second run on.
    fs::create_dir_all(f.0.join(".skyplan-bin/bin")).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_skyplan"), f.0.join(".skyplan-bin/bin/skyplan")).unwrap();
    let script = lines.join("\n");
    let out = shell(&f, &script);
    assert!(out.status.success(), "{}", text(&out.stderr));
    fs::remove_file(f.0.join("pictures/web-en.svg")).unwrap();
    assert!(!shell(&f, &script).status.success());
}
