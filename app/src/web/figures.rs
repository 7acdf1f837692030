//! Figures: the only place that knows kuva. Plain data in, an accessible `<figure>` out: a caption that says the finding, a text
//! alternative, the data as a table. Colours are the style sheet's, so that both colour schemes and paper work; nothing is wider
//! than a phone.

use kuva::backend::svg::SvgBackend;
use kuva::render::color::Color;
use kuva::render::render::{Primitive, Scene, TextAnchor};

/// Two numbers for each of several things, side by side: what is asked for and what is on offer, load and seats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TwoBars {
    /// The finding, as a sentence.
    pub caption: String,
    /// What somebody who does not see the figure should know.
    pub alternative: String,
    /// What the rows are.
    pub rows_are: String,
    /// What the first and the second number are.
    pub bars_are: [String; 2],
    pub bars: Vec<Bars>,
    /// What opens the table: "The figures".
    pub table_title: String,
    /// How many rows are drawn, from the top; the table has all.
    pub drawn: usize,
    /// What is said where not all are drawn.
    pub not_all: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    pub label: String,
    pub numbers: [u64; 2],
    /// The numbers as the reader writes them.
    pub texts: [String; 2],
}

const WIDTH: f64 = 340.0;
const LETTERS_A_LINE: usize = 40;
const HEAD: f64 = 26.0;
const ROW: f64 = 42.0;
/// Both are at least 3:1 against the page in both colour schemes. The second value is for a figure without its style sheet.
const INKS: [&str; 2] = ["var(--accent, #1d4f7c)", "var(--edge, #85837c)"];

/// Draws two horizontal bars for each row.
pub fn two_bars(figure: &TwoBars) -> String {
    let svg = svg(figure);
    let head: Vec<String> = [&figure.rows_are, &figure.bars_are[0], &figure.bars_are[1]]
        .iter()
        .zip(["", " class=\"n\"", " class=\"n\""])
        .map(|(title, class)| format!("<th scope=\"col\"{class}>{}</th>", escaped(title)))
        .collect();
    let rows: Vec<String> = figure
        .bars
        .iter()
        .map(|bars| {
            let [first, second] = bars.texts.each_ref().map(|text| escaped(text));
            let label = escaped(&bars.label);
            format!("<tr><th scope=\"row\">{label}</th><td class=\"n\">{first}</td><td class=\"n\">{second}</td></tr>")
        })
        .collect();
    format!(
        "<figure><figcaption>{caption}</figcaption>{svg}{not_all}<details><summary>{title}</summary>\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><thead><tr>{head}</tr></thead>\
         <tbody>{rows}</tbody></table></div></details></figure>",
        caption = escaped(&figure.caption),
        title = escaped(&figure.table_title),
        not_all = not_all(figure),
        head = head.concat(),
        rows = rows.concat(),
    )
}

fn not_all(figure: &TwoBars) -> String {
    if figure.drawn >= figure.bars.len() || figure.not_all.is_empty() {
        return String::new();
    }
    format!("<p class=\"quiet\">{}</p>", escaped(&figure.not_all))
}

fn svg(figure: &TwoBars) -> String {
    let drawn = &figure.bars[..figure.drawn.min(figure.bars.len())];
    let greatest = drawn.iter().flat_map(|bars| bars.numbers).max().unwrap_or(0).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a bar's length is what an eye can tell")]
    let height = HEAD + ROW * drawn.len() as f64;
    let mut scene = Scene::new(WIDTH, height);
    scene.background_color = None;
    scene.text_color = Some("currentColor".to_owned());
    legend(&mut scene, &figure.bars_are);
    let mut top = HEAD;
    for bars in drawn {
        row(&mut scene, bars, top, greatest);
        top += ROW;
    }
    // kuva gives a size in pixels; with a view box beside it the style sheet can shrink the figure to a phone.
    let drawing = SvgBackend::new().render_scene(&scene);
    let opening = format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"inherit\"",
        escaped(&figure.alternative)
    );
    drawing.replacen("<svg", &opening, 1)
}

fn legend(scene: &mut Scene, names: &[String; 2]) {
    let mut left = 0.0;
    for (name, ink) in names.iter().zip(INKS) {
        scene.elements.push(rectangle(left, 4.0, 10.0, 10.0, ink));
        scene.elements.push(text(left + 15.0, 13.0, name, TextAnchor::Start));
        left += WIDTH / 2.0;
    }
}

fn row(scene: &mut Scene, bars: &Bars, top: f64, greatest: u64) {
    let numbers = format!("{} / {}", bars.texts[0], bars.texts[1]);
    scene.elements.push(text(0.0, top + 13.0, &bars.label, TextAnchor::Start));
    scene.elements.push(text(WIDTH, top + 13.0, &numbers, TextAnchor::End));
    for ((number, ink), down) in bars.numbers.iter().zip(INKS).zip([18.0, 27.0]) {
        #[expect(clippy::cast_precision_loss, reason = "a bar's length is what an eye can tell")]
        let length = *number as f64 / greatest as f64 * WIDTH;
        if *number > 0 {
            scene.elements.push(rectangle(0.0, top + down, length, 7.0, ink));
        }
    }
}

fn rectangle(x: f64, y: f64, width: f64, height: f64, ink: &str) -> Primitive {
    Primitive::Rect { x, y, width, height, fill: Color::from(ink), stroke: None, stroke_width: None, opacity: None }
}

fn text(x: f64, y: f64, words: &str, anchor: TextAnchor) -> Primitive {
    Primitive::Text { x, y, content: shortened(words), size: 12, anchor, rotate: None, bold: false, color: None }
}

/// What fits beside the numbers. kuva would read what stands between two dollars as a formula.
fn shortened(words: &str) -> String {
    let mut letters = words.chars();
    let mut short: String = letters.by_ref().take(LETTERS_A_LINE).collect();
    if letters.next().is_some() {
        short.pop();
        short.push('…');
    }
    short.replace('$', "\\$")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(label: &str) -> TwoBars {
        TwoBars {
            caption: "Negotiation is short of seats".into(),
            alternative: "19 ask for negotiation, 12 seats offer it".into(),
            rows_are: "Competency".into(),
            bars_are: ["asked for".into(), "seats".into()],
            bars: vec![
                Bars { label: label.into(), numbers: [19, 12], texts: ["19".into(), "12".into()] },
                Bars { label: "Rhetoric".into(), numbers: [0, 3], texts: ["0".into(), "3".into()] },
            ],
            table_title: "The figures".into(),
            drawn: 1,
            not_all: "One is drawn".into(),
        }
    }

    #[test]
    fn a_figure_says_its_finding_and_holds_its_data() {
        insta::assert_snapshot!(two_bars(&figure("Negotiation")));
    }

    #[test]
    fn a_label_is_neither_markup_nor_a_formula() {
        let html = two_bars(&figure("<b onload=\"x\"> $a$ & a label that goes on and on beyond any width"));
        assert!(html.contains("&lt;b onload=&quot;x&quot;&gt; $a$ &amp; a label"), "{html}");
        assert!(!html.contains("<b ") && html.contains('…'));
    }
}
