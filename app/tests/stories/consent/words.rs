//! One term for each idea, the field's own, in the Spanish of consent, mentorships and programmes; and phrases that fit a pair of women.

const TEXTS: [&str; 3] = [
    include_str!("../../../locales/es/consent.ftl"),
    include_str!("../../../locales/es/mentorships.ftl"),
    include_str!("../../../locales/es/programmes.ftl"),
];

/// What is not said, and what is said instead.
const NOT_SAID: [(&str, &str); 9] = [
    ("orientar", "mentorizar"),
    ("orienta", "mentoriza"),
    ("orientas", "mentorizas"),
    ("orientan", "mentorizan"),
    ("ejecución", "cálculo"),
    ("ejecutar", "calcular"),
    ("ejecuta", "calcula"),
    ("los dos", "ambas personas, ambas partes, la pareja"),
    ("cuenta como que", "cuenta como un"),
];

#[test]
fn one_term_for_each_idea() {
    for line in TEXTS.iter().flat_map(|text| text.lines()) {
        let words: Vec<String> = line
            .split(|letter: char| !letter.is_alphabetic())
            .map(str::to_lowercase)
            .filter(|word| !word.is_empty())
            .collect();
        let said = format!(" {} ", words.join(" "));
        for (wrong, right) in NOT_SAID {
            assert!(!said.contains(&format!(" {wrong} ")), "“{wrong}” is “{right}”: {line}");
        }
    }
}
