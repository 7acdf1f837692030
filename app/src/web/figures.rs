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
    /// What a bar of full width is worth; where nothing is said, the greatest number.
    pub whole: Option<u64>,
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

/// How a number went over time, and the way that it was to go: from where it began to where it is to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// The finding, as a sentence.
    pub caption: String,
    /// What somebody who does not see the figure should know.
    pub alternative: String,
    /// What the line and the way are.
    pub lines_are: [String; 2],
    /// In the order of time.
    pub points: Vec<Point>,
    /// Where the way begins and where it ends, if it has an end.
    pub way: Option<[Point; 2]>,
    /// What the columns of the table are: when, and how much.
    pub columns: [String; 2],
    /// What opens the table.
    pub table_title: String,
}

/// A number at a time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// In days, from whichever day.
    pub day: i32,
    pub number: f64,
    /// When and how much, as the reader writes them.
    pub texts: [String; 2],
}

/// What was said with about the same probability beside how often it came; where both are the same, a mark lies on the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliability {
    /// The finding, as a sentence.
    pub caption: String,
    /// What somebody who does not see the figure should know.
    pub alternative: String,
    /// What lies across and what up.
    pub axes_are: [String; 2],
    /// What the marks are, and the line.
    pub marks_are: [String; 2],
    pub stood: Vec<Stood>,
    pub columns: [String; 4],
    /// What opens the table.
    pub table_title: String,
}

/// A group of forecasts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stood {
    /// What was said in the mean, and how often it came: from 0 to 1.
    pub across: f64,
    pub up: f64,
    /// How many forecasts it stands for; a mark of more is greater.
    pub weight: usize,
    /// The row of the table.
    pub texts: [String; 4],
}

const WIDTH: f64 = 340.0;
const LETTERS_A_LINE: usize = 40;
const HEAD: f64 = 26.0;
const ROW: f64 = 42.0;
/// Both are at least 3:1 against the page in both colour schemes. The second value is for a figure without its style sheet.
const INKS: [&str; 2] = ["var(--accent, #1d4f7c)", "var(--edge, #85837c)"];

/// Draws two horizontal bars for each row.
pub fn two_bars(figure: &TwoBars) -> String {
    let rows: Vec<Vec<&str>> = figure
        .bars
        .iter()
        .map(|bars| vec![bars.label.as_str(), bars.texts[0].as_str(), bars.texts[1].as_str()])
        .collect();
    let head = [figure.rows_are.as_str(), figure.bars_are[0].as_str(), figure.bars_are[1].as_str()];
    let drawing = svg(figure) + &not_all(figure);
    framed(&figure.caption, &drawing, &figure.table_title, (&head, &rows))
}

/// The drawing under what it says, and its data as a table: the first column names the rows, the others are numbers.
fn framed(caption: &str, drawing: &str, table_title: &str, (head, rows): (&[&str], &[Vec<&str>])) -> String {
    let class = |place: usize| if place == 0 { "" } else { " class=\"n\"" };
    let head: String = head
        .iter()
        .enumerate()
        .map(|(place, title)| ["<th scope=\"col\"", class(place), ">", &escaped(title), "</th>"].concat())
        .collect::<Vec<_>>()
        .concat();
    let cell = |(place, text): (usize, &&str)| match place {
        0 => format!("<th scope=\"row\">{}</th>", escaped(text)),
        _ => format!("<td class=\"n\">{}</td>", escaped(text)),
    };
    let rows: Vec<String> = rows
        .iter()
        .map(|row| ["<tr>", &row.iter().enumerate().map(cell).collect::<Vec<_>>().concat(), "</tr>"].concat())
        .collect();
    let rows = rows.concat();
    format!(
        "<figure><figcaption>{caption}</figcaption>{drawing}<details><summary>{title}</summary>\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><thead><tr>{head}</tr></thead>\
         <tbody>{rows}</tbody></table></div></details></figure>",
        caption = escaped(caption),
        title = escaped(table_title),
    )
}

fn not_all(figure: &TwoBars) -> String {
    if figure.drawn >= figure.bars.len() || figure.not_all.is_empty() {
        return String::new();
    }
    format!("<p class=\"quiet\">{}</p>", escaped(&figure.not_all))
}

fn svg(figure: &TwoBars) -> String {
    let shown = &figure.bars[..figure.drawn.min(figure.bars.len())];
    let greatest = shown.iter().flat_map(|bars| bars.numbers).chain(figure.whole).max().unwrap_or(0).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a bar's length is what an eye can tell")]
    let height = HEAD + ROW * shown.len() as f64;
    let mut scene = Scene::new(WIDTH, height);
    scene.background_color = None;
    scene.text_color = Some("currentColor".to_owned());
    legend(&mut scene, &figure.bars_are);
    let mut top = HEAD;
    for bars in shown {
        row(&mut scene, bars, top, greatest);
        top += ROW;
    }
    drawn(&scene, &figure.alternative, height)
}

/// kuva gives a size in pixels; with a view box beside it the style sheet can shrink the figure to a phone.
fn drawn(scene: &Scene, alternative: &str, height: f64) -> String {
    let drawing = SvgBackend::new().render_scene(scene);
    let opening = format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"inherit\"",
        escaped(alternative)
    );
    drawing.replacen("<svg", &opening, 1)
}

/// Where the drawing of a course begins below its legend, how high it is, and what stands under it.
const COURSE: [f64; 3] = [44.0, 110.0, 28.0];
/// Room for a mark on either side.
const MARGIN: f64 = 6.0;

/// Draws a line over time beside the way that it was to go.
pub fn course(figure: &Course) -> String {
    let rows: Vec<Vec<&str>> =
        figure.points.iter().map(|point| point.texts.iter().map(String::as_str).collect()).collect();
    let head = [figure.columns[0].as_str(), figure.columns[1].as_str()];
    framed(&figure.caption, &course_svg(figure), &figure.table_title, (&head, &rows))
}

fn course_svg(figure: &Course) -> String {
    let [top, tall, foot] = COURSE;
    let mut scene = Scene::new(WIDTH, top + tall + foot);
    scene.background_color = None;
    scene.text_color = Some("currentColor".to_owned());
    legend(&mut scene, &figure.lines_are);
    let way = figure.way.iter().flatten();
    let all: Vec<&Point> = figure.points.iter().chain(way).collect();
    let days = range(all.iter().map(|point| f64::from(point.day)));
    let numbers = range(all.iter().map(|point| point.number));
    let place = |point: &Point| {
        let across = part_of(f64::from(point.day), days);
        let up = part_of(point.number, numbers);
        (MARGIN + across * (WIDTH - 2.0 * MARGIN), top + (1.0 - up) * tall)
    };
    if let Some([start, end]) = &figure.way {
        let ((x1, y1), (x2, y2)) = (place(start), place(end));
        let stroke_dasharray = Some("5 4".to_owned());
        scene.elements.push(Primitive::Line {
            x1,
            y1,
            x2,
            y2,
            stroke: Color::from(INKS[1]),
            stroke_width: 2.0,
            stroke_dasharray,
        });
        scene.elements.push(text(x1, y1 - 8.0, &start.texts[1], TextAnchor::Start));
        scene.elements.push(text(x2, y2 - 8.0, &end.texts[1], TextAnchor::End));
    }
    for two in figure.points.windows(2) {
        let ((x1, y1), (x2, y2)) = (place(&two[0]), place(&two[1]));
        let stroke = Color::from(INKS[0]);
        scene.elements.push(Primitive::Line { x1, y1, x2, y2, stroke, stroke_width: 2.5, stroke_dasharray: None });
    }
    for point in &figure.points {
        let (cx, cy) = place(point);
        let fill = Color::from(INKS[0]);
        scene.elements.push(Primitive::Circle {
            cx,
            cy,
            r: 4.0,
            fill,
            fill_opacity: None,
            stroke: None,
            stroke_width: None,
        });
    }
    let first = all.iter().min_by_key(|point| point.day).map_or("", |point| point.texts[0].as_str());
    let last = all.iter().max_by_key(|point| point.day).map_or("", |point| point.texts[0].as_str());
    scene.elements.push(text(0.0, top + tall + foot - 6.0, first, TextAnchor::Start));
    scene.elements.push(text(WIDTH, top + tall + foot - 6.0, last, TextAnchor::End));
    drawn(&scene, &figure.alternative, top + tall + foot)
}

/// Draws what was said beside what came.
pub fn reliability(figure: &Reliability) -> String {
    let rows: Vec<Vec<&str>> =
        figure.stood.iter().map(|stood| stood.texts.iter().map(String::as_str).collect()).collect();
    let head: Vec<&str> = figure.columns.iter().map(String::as_str).collect();
    framed(&figure.caption, &reliability_svg(figure), &figure.table_title, (&head, &rows))
}

fn reliability_svg(figure: &Reliability) -> String {
    let [left, top, side, foot] = [50.0, 48.0, 250.0, 40.0];
    let mut scene = Scene::new(WIDTH, top + side + foot);
    scene.background_color = None;
    scene.text_color = Some("currentColor".to_owned());
    legend(&mut scene, &figure.marks_are);
    let place = |across: f64, up: f64| (left + across * side, top + (1.0 - up) * side);
    let mut line = |from: (f64, f64), to: (f64, f64), dashes: Option<&str>| {
        scene.elements.push(Primitive::Line {
            x1: from.0,
            y1: from.1,
            x2: to.0,
            y2: to.1,
            stroke: Color::from(INKS[1]),
            stroke_width: if dashes.is_some() { 2.0 } else { 1.0 },
            stroke_dasharray: dashes.map(str::to_owned),
        });
    };
    line(place(0.0, 0.0), place(1.0, 0.0), None);
    line(place(0.0, 0.0), place(0.0, 1.0), None);
    line(place(0.0, 0.0), place(1.0, 1.0), Some("5 4"));
    for (part, name) in [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")] {
        let (x, y) = place(part, 0.0);
        scene.elements.push(text(x, y + 16.0, name, if part < 1.0 { TextAnchor::Middle } else { TextAnchor::End }));
        let (x, y) = place(0.0, part);
        scene.elements.push(text(x - 6.0, y + 4.0, name, TextAnchor::End));
    }
    scene.elements.push(text(0.0, top - 14.0, &figure.axes_are[1], TextAnchor::Start));
    scene.elements.push(text(WIDTH, top + side + 34.0, &figure.axes_are[0], TextAnchor::End));
    let most = figure.stood.iter().map(|stood| stood.weight).max().unwrap_or(1).max(1);
    for stood in &figure.stood {
        let (cx, cy) = place(stood.across, stood.up);
        #[expect(clippy::cast_precision_loss, reason = "a mark's size is what an eye can tell")]
        let r = 4.0 + 6.0 * (stood.weight as f64 / most as f64).sqrt();
        let fill = Color::from(INKS[0]);
        let (fill_opacity, stroke, stroke_width) = (None, None, None);
        scene.elements.push(Primitive::Circle { cx, cy, r, fill, fill_opacity, stroke, stroke_width });
    }
    drawn(&scene, &figure.alternative, top + side + foot)
}

fn range(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), number| (least.min(number), most.max(number)))
}

/// Where a number lies between the least and the most, from 0 to 1; where they are the same, in the middle.
fn part_of(number: f64, (least, most): (f64, f64)) -> f64 {
    if most > least { (number - least) / (most - least) } else { 0.5 }
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
            whole: None,
            table_title: "The figures".into(),
            drawn: 1,
            not_all: "One is drawn".into(),
        }
    }

    #[test]
    fn a_figure_says_its_finding_and_holds_its_data() {
        insta::assert_snapshot!(two_bars(&figure("Negotiation")));
    }

    fn course_of(numbers: &[(i32, f64)]) -> Course {
        let point = |day: i32, number: f64| Point { day, number, texts: [format!("day {day}"), format!("{number}")] };
        Course {
            caption: "Half of the way in a third of the time".into(),
            alternative: "From 0 to 2 in 20 days; the way leads to 4 in 60".into(),
            lines_are: ["as it went".into(), "the way".into()],
            points: numbers.iter().map(|(day, number)| point(*day, *number)).collect(),
            way: Some([point(0, 0.0), point(60, 4.0)]),
            columns: ["When".into(), "Meetings".into()],
            table_title: "The figures".into(),
        }
    }

    #[test]
    fn a_course_lies_beside_its_way() {
        insta::assert_snapshot!(course(&course_of(&[(5, 1.0), (20, 2.0)])));
        let still = Course { way: None, ..course_of(&[(5, 1.0)]) };
        assert!(!course(&still).contains("NaN"), "one point has no range");
    }

    #[test]
    fn what_was_said_lies_beside_what_came() {
        let stood = |across: f64, up: f64, weight: usize| Stood {
            across,
            up,
            weight,
            texts: [format!("{across}"), format!("{across}"), format!("{up}"), weight.to_string()],
        };
        insta::assert_snapshot!(reliability(&Reliability {
            caption: "What is said at 90 % comes less often".into(),
            alternative: "Said against come".into(),
            axes_are: ["said".into(), "came".into()],
            marks_are: ["yours".into(), "as said".into()],
            columns: ["group".into(), "said".into(), "came".into(), "how many".into()],
            table_title: "The figures".into(),
            stood: vec![stood(0.1, 0.2, 5), stood(0.9, 0.7, 20)],
        }));
    }

    #[test]
    fn a_label_is_neither_markup_nor_a_formula() {
        let html = two_bars(&figure("<b onload=\"x\"> $a$ & a label that goes on and on beyond any width"));
        assert!(html.contains("&lt;b onload=&quot;x&quot;&gt; $a$ &amp; a label"), "{html}");
        assert!(!html.contains("<b ") && html.contains('…'));
    }
}
