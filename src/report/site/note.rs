//! Notes and articles: Markdown to HTML, by a library; links lead to pages, names of claims, too.
//!
//! Mathematics in the notes is Unicode inside of code spans, which every browser shows as it is.

use super::Site;
use maud::{Markup, PreEscaped};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Where a text comes from and goes to.
pub(super) struct Place<'a> {
    /// What it is part of.
    pub site: &'a Site<'a>,
    /// Its path in the repository.
    pub from: &'a str,
    /// From its page to the first page: `../` once or more.
    pub root: &'a str,
    /// Whether its heading is left out, since the page has it, and the others are one lower.
    pub is_part: bool,
}

/// The text as HTML. What is HTML in it is shown, not obeyed.
pub(super) fn note(place: &Place<'_>, markdown: &str) -> Markup {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let mut out = Vec::new();
    let mut state = State::default();
    for event in parser {
        state.take(place, event, &mut out);
    }
    let mut text = String::new();
    html::push_html(&mut text, out.into_iter());
    PreEscaped(text)
}

#[derive(Default)]
struct State {
    /// Inside of a heading that is left out.
    skips: bool,
    /// For every open link whether it leads anywhere.
    links: Vec<bool>,
    /// Inside of a block of code: whether it is an example that tests run.
    code: Option<bool>,
}

impl State {
    fn take<'a>(&mut self, place: &Place<'_>, event: Event<'a>, out: &mut Vec<Event<'a>>) {
        let tag = |text: &'static str| Event::Html(text.into());
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if place.is_part => {
                self.skips = true;
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if place.is_part => self.skips = false,
            _ if self.skips => {}
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                let level = lower(level, place.is_part);
                out.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                out.push(Event::End(TagEnd::Heading(lower(level, place.is_part))));
            }
            Event::Start(Tag::Table(columns)) => {
                out.push(tag("<div class=\"scroll\" tabindex=\"0\">"));
                out.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => {
                out.push(Event::End(TagEnd::Table));
                out.push(tag("</div>"));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let is_example = matches!(&kind, CodeBlockKind::Fenced(words) if words.is_empty());
                self.code = Some(is_example);
                out.push(tag(if is_example { EXAMPLE } else { "<pre><code>" }));
            }
            Event::End(TagEnd::CodeBlock) => {
                let is_example = self.code.take() == Some(true);
                out.push(tag(if is_example { EXAMPLE_ENDS } else { "</code></pre>\n" }));
            }
            Event::Text(text) if self.code == Some(true) => {
                out.push(Event::Text(shown(&text).into()));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let to = place.target(&dest_url);
                self.links.push(to.is_some());
                if let Some(to) = to {
                    let link = maud::html! { a href=(to) { "" } }.into_string();
                    out.push(Event::InlineHtml(link.trim_end_matches("</a>").to_owned().into()));
                }
            }
            Event::End(TagEnd::Link) if self.links.pop() == Some(true) => {
                out.push(Event::InlineHtml("</a>".into()));
            }
            Event::End(TagEnd::Link) => {}
            Event::Code(text) if self.links.is_empty() && place.site.has(&text) => {
                let link = place.site.link(&text, place.root).into_string();
                out.push(Event::InlineHtml(link.into()));
            }
            // No picture of somebody else, and no markup.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            other => out.push(other),
        }
    }
}

const EXAMPLE: &str =
    "<details><summary>An example, which the tests compile and run</summary><pre><code>";
const EXAMPLE_ENDS: &str = "</code></pre></details>\n";

/// A heading of a part is one lower, since the part has one of its own.
fn lower(level: HeadingLevel, is_part: bool) -> HeadingLevel {
    let level = level as usize + usize::from(is_part);
    HeadingLevel::try_from(level.min(6)).unwrap_or(HeadingLevel::H6)
}

/// An example without the lines that documentation hides.
fn shown(code: &str) -> String {
    let is_shown = |line: &&str| line.trim_end() != "#" && !line.starts_with("# ");
    code.split_inclusive('\n').filter(is_shown).collect()
}

impl Place<'_> {
    /// Where a link leads: to a page of the site or to another site; `None` for a file.
    fn target(&self, link: &str) -> Option<String> {
        if link.starts_with("https://") || link.starts_with("http://") {
            return Some(link.to_owned());
        }
        let path = link.split('#').next().unwrap_or_default();
        let mut parts: Vec<_> = self.from.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                ".." => drop(parts.pop()),
                "." | "" => {}
                name => parts.push(name),
            }
        }
        let page = self.site.page_of(&parts.join("/"))?;
        Some(format!("{}{page}", self.root))
    }
}
