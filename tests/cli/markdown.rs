//! Diagrams in Markdown files and in books.

use super::{Folder, GOOD, text};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn fence(info: &str, body: &str) -> String {
    format!("# Doc\n\n```{info}\n{body}```\n\nEnd.\n")
}

#[test]
fn embedding_draws_links_and_then_changes_nothing_more() {
    let f = Folder::new("embed");
    f.write("doc.md", fence("skyplan web", &format!("title = \"The web\"\n{GOOD}")));
    assert_eq!(f.run(&["embed", "doc.md", "--check"]).status.code(), Some(1));
    assert!(!f.0.join("web.svg").exists(), "a check writes nothing");
    let out = f.run(&["embed", "doc.md"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(fs::read_to_string(f.0.join("web.svg")).unwrap().starts_with("<svg"));
    let linked = fs::read_to_string(f.0.join("doc.md")).unwrap();
    assert!(linked.contains("```\n\n![The web](web.svg)<!-- skyplan -->\n\nEnd."), "{linked}");
    assert!(text(&f.run(&["embed", "doc.md"]).stderr).contains("0 files written, 2 unchanged"));
    assert_eq!(fs::read_to_string(f.0.join("doc.md")).unwrap(), linked);
    assert_eq!(f.run(&["embed", "doc.md", "--check"]).status.code(), Some(0));

    f.write("doc.md", linked.replace("The web", "Our web"));
    let out = f.run(&["embed", "doc.md", "--check", "--message-format", "github"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("::error file=web.svg,line=1,col=1::web.svg is not what its source gives now"));
}

#[test]
fn formats_languages_and_themes_are_said_behind_the_fence() {
    let f = Folder::new("embed-words");
    let titled = format!("title = {{ en = \"Web\", ko = \"웹\" }}\n{GOOD}");
    f.write("doc.md", fence("skyplan pictures/web lang=ko theme=dark format=png", &titled) + &fence("skyplan", GOOD));
    let out = f.run(&["embed", "doc.md"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(fs::read(f.0.join("pictures/web.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(f.0.join("doc-2.svg").exists(), "a fence without a name has its file's and a number");
    assert!(fs::read_to_string(f.0.join("doc.md")).unwrap().contains("![웹](pictures/web.png)"));
}

#[test]
fn a_fence_can_show_a_view() {
    let f = Folder::new("embed-view");
    let model = format!("{GOOD}[view.inside]\nonly = \"alb\"\n");
    f.write("doc.md", fence("skyplan web view=inside", &model));
    assert_eq!(f.run(&["embed", "doc.md"]).status.code(), Some(0));
    let svg = fs::read_to_string(f.0.join("web.svg")).unwrap();
    assert!(svg.contains("Load Balancer") && !svg.contains(">Users<"), "{svg}");
    let out = preprocess(&book("items", &fence("skyplan view=insid", &model)));
    let said = text(&out.stderr);
    assert!(out.status.code() == Some(1) && said.contains("two.md:3:4") && said.contains("`inside`"), "{said}");
}

#[test]
fn pictures_in_markdown_look_as_the_project_says() {
    let f = Folder::new("embed-project");
    let titled = format!("title = {{ en = \"Web\", ko = \"웹\" }}\n{GOOD}");
    f.write(
        "doc.md",
        fence("skyplan web", &titled) + &fence("skyplan other", &format!("title = {{ en = \"E\" }}\n{GOOD}")),
    );
    f.write("looks.toml", "base = \"dark\"\n");
    f.write(
        "skyplan.toml",
        "sources = \"diagrams\"\nlanguages = [\"ko\", \"en\"]\nthemes = \"looks.toml\"\ntext = \"outline\"\n",
    );
    let out = f.run(&["embed", "doc.md"]);
    let said = text(&out.stderr);
    assert!(out.status.success() && !said.contains("missing-language"), "no fence has to have Korean: {said}");
    let svg = |name: &str| fs::read_to_string(f.0.join(name)).unwrap();
    assert!(fs::read_to_string(f.0.join("doc.md")).unwrap().contains("![웹](web.svg)"));
    let (dark, light) = ("height=\"100%\" fill=\"#161d26\"", "height=\"100%\" fill=\"#fff");
    assert!(!svg("web.svg").contains("<text") && svg("web.svg").contains(dark), "outlines on a dark ground");
    // The command line has the last word, and another project can be named.
    assert!(f.run(&["embed", "doc.md", "--lang", "en", "--theme", "light"]).status.success());
    assert!(fs::read_to_string(f.0.join("doc.md")).unwrap().contains("![Web](web.svg)"));
    assert_eq!(f.run(&["embed", "doc.md", "--check"]).status.code(), Some(1));
    f.write("plain.toml", "sources = \"diagrams\"\n");
    assert!(f.run(&["embed", "doc.md", "--project", "plain.toml"]).status.success());
    assert!(svg("web.svg").contains("<text") && svg("web.svg").contains(light));
    f.write("plain.toml", "sources = \"diagrams\"\nicons = \"artists\"\n");
    let said = text(&f.run(&["embed", "doc.md", "--project", "plain.toml"]).stderr);
    assert!(said.contains("no icon pack is called `artists`"), "{said}");
}

#[test]
fn what_is_wrong_in_a_fence_is_told_at_its_place_and_nothing_is_touched() {
    let f = Folder::new("embed-wrong");
    let wrong = "> A quote.\n>\n> ```skyplan web\n> [service.usrs]\n> ```\n";
    f.write("doc.md", wrong);
    f.write("good.md", fence("skyplan", GOOD));
    let out = f.run(&["embed", "good.md", "doc.md", "--message-format", "github"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).starts_with("::error file=doc.md,line=4,col=12::"), "{}", text(&out.stderr));
    assert!(!f.0.join("good-1.svg").exists());
    let human = text(&f.run(&["embed", "doc.md"]).stderr);
    assert!(human.contains("doc.md:4:12") && human.contains("> [service.usrs]"), "{human}");
    for (info, code) in [
        ("skyplan ../web", "bad-name"),
        ("skyplan web size=3", "bad-fence"),
        ("skyplan web format=pdf", "unknown-value"),
        ("skyplan web theme=/etc/passwd", "outside"),
        ("skyplan web theme=drak", "unreadable"),
    ] {
        f.write("doc.md", fence(info, GOOD));
        let said = text(&f.run(&["embed", "doc.md"]).stderr);
        assert!(said.contains(&format!("error[{code}]")) && said.contains("doc.md:3:"), "{info}: {said}");
    }
    f.write("doc.md", fence("skyplan web", GOOD) + &fence("skyplan web", GOOD));
    assert!(text(&f.run(&["embed", "doc.md"]).stderr).contains("two diagrams are called `web`"));
}

#[test]
fn windows_files_keep_their_mark_and_line_ends() {
    let f = Folder::new("embed-crlf");
    f.write("doc.md", "\u{FEFF}".to_owned() + &fence("skyplan web", GOOD).replace('\n', "\r\n"));
    assert_eq!(f.run(&["embed", "doc.md"]).status.code(), Some(0));
    let linked = fs::read_to_string(f.0.join("doc.md")).unwrap();
    assert!(linked.starts_with("\u{FEFF}# Doc\r\n") && linked.contains("<!-- skyplan -->\r\n\r\nEnd."), "{linked:?}");
    assert_eq!(linked.matches('\n').count(), linked.matches("\r\n").count());
}

/// What mdBook sends, in the form of its version 0.5 or 0.4.
fn book(chapters: &str, content: &str) -> String {
    let chapter = serde_json::json!({"Chapter": {
        "name": "One", "content": "# One\n", "number": [1], "path": "one.md", "source_path": "one.md", "parent_names": [],
        "sub_items": [{"Chapter": {
            "name": "Two", "content": content, "number": [1, 1], "path": "deep/two.md", "source_path": "deep/two.md",
            "sub_items": [], "parent_names": ["One"],
        }}, "Separator"],
    }});
    let config = serde_json::json!({
        "book": {"src": "src", "language": "ko"}, "preprocessor": {"skyplan": {"theme": "dark"}},
    });
    serde_json::json!([
        {"root": "/the/book", "config": config, "renderer": "html", "mdbook_version": "0.5.4"},
        {chapters: [chapter], "__non_exhaustive": null},
    ])
    .to_string()
}

fn preprocess(input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_skyplan"))
        .arg("mdbook")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_books_fences_become_pictures_in_the_page() {
    let f = Folder::new("mdbook");
    assert_eq!(f.run(&["mdbook", "supports", "html"]).status.code(), Some(0));
    let titled = format!("title = {{ en = \"Web [1]\", ko = \"웹\" }}\n{GOOD}");
    for chapters in ["items", "sections"] {
        let out = preprocess(&book(chapters, &fence("skyplan", &titled)));
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        let given: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let one = &given[chapters][0]["Chapter"];
        let two = one["sub_items"][0]["Chapter"]["content"].as_str().unwrap();
        assert_eq!(one["content"], "# One\n");
        assert!(two.starts_with("# Doc\n\n![웹](data:image/svg+xml;base64,"), "{}", &two[..60]);
        assert!(two.ends_with(")\n\nEnd.\n") && !two.contains("```"));
    }
    // The book's language is a wish: a diagram that has only another one is drawn in that, and nobody is warned.
    let english = format!("title = {{ en = \"Web [1]\" }}\n{GOOD}");
    let out = preprocess(&book("items", &fence("skyplan", &english)));
    assert_eq!((out.status.code(), text(&out.stderr).as_str()), (Some(0), ""));
    assert!(text(&out.stdout).contains("Web \\\\[1\\\\]"));
}

#[test]
fn a_fence_that_does_not_parse_fails_the_book_at_its_place() {
    let out = preprocess(&book("items", &fence("skyplan", "[service.users\n")));
    assert_eq!(out.status.code(), Some(1));
    assert!(
        out.stdout.is_empty() && text(&out.stderr).contains("/the/book/src/deep/two.md:4:"),
        "{}",
        text(&out.stderr)
    );
    let out = preprocess("{}");
    assert!(out.status.code() == Some(1) && text(&out.stderr).contains("not a book"), "{}", text(&out.stderr));
}

#[test]
fn mdbook_itself_builds_a_book_with_pictures() {
    let Ok(version) = Command::new("mdbook").arg("--version").output() else {
        super::skipped("mdbook_itself_builds_a_book_with_pictures", "there is no mdbook on PATH");
        return;
    };
    let f = Folder::new("mdbook-build");
    fs::create_dir(f.0.join("src")).unwrap();
    f.write("src/SUMMARY.md", "- [One](one.md)\n");
    f.write("src/one.md", fence("skyplan", &format!("title = \"The web\"\n{GOOD}")));
    let command = format!("[preprocessor.skyplan]\ncommand = '{} mdbook'\n", env!("CARGO_BIN_EXE_skyplan"));
    f.write("book.toml", "[book]\ntitle = \"B\"\n".to_owned() + &command);
    let build = || Command::new("mdbook").arg("build").current_dir(&f.0).output().unwrap();
    let out = build();
    assert!(out.status.success(), "{}: {}", text(&version.stdout), text(&out.stderr));
    let page = fs::read_to_string(f.0.join("book/one.html")).unwrap();
    assert!(page.contains("<img src=\"data:image/svg+xml;base64,") && page.contains("alt=\"The web\""));
    f.write("src/one.md", fence("skyplan", "[service.usrs]\n"));
    let out = build();
    assert!(!out.status.success() && text(&out.stderr).contains("src/one.md:4:10"), "{}", text(&out.stderr));
}
