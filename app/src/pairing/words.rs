//! The words of a free text that carry meaning, so that two texts can be compared.

use crate::i18n::fold;

/// Words of at least three letters, folded, without those that every text has; each once, in alphabetical order.
pub(super) fn telling_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3 && !word.chars().all(|letter| letter.is_ascii_digit()))
        .filter(|word| STOP_WORDS.binary_search(word).is_err())
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Spanish and English words that say nothing about a person, folded and sorted. Articles, pronouns, prepositions,
/// conjunctions, auxiliary verbs, and what every biography says (`my name is`, `trabajo en`).
const STOP_WORDS: &[&str] = &[
    "about", "actual", "actualmente", "after", "again", "ahora", "algo", "algun", "alguna", "algunas", "alguno",
    "algunos", "all", "also", "always", "ambos", "among", "and", "ano", "anos", "another", "ante", "antes", "any",
    "apellidos", "are", "around", "asi", "aun", "aunque", "been", "before", "being", "between", "bien", "both",
    "but", "cada", "can", "career", "casi", "como", "con", "contra", "could", "cual", "cuando", "currently", "cuya",
    "cuyo", "dado", "dar", "day", "debe", "del", "departamento", "department", "desde", "despues", "did", "does",
    "donde", "dos", "durante", "during", "each", "ella", "ellas", "ellos", "empresa", "entre", "era", "eran", "eres",
    "esa", "esas", "ese", "eso", "esos", "esta", "estaba", "estado", "estamos", "estan", "estar", "estas", "este",
    "esto", "estos", "estoy", "etc", "ever", "every", "experience", "experiencia", "few", "for", "from", "fue",
    "fuera", "fui", "gente", "get", "gran", "hace", "hacer", "haces", "hacia", "had", "has", "hasta", "have",
    "having", "hay", "her", "here", "him", "his", "how", "hoy", "into", "its", "job", "las", "les", "like", "los",
    "made", "make", "many", "mas", "may", "mayor", "mejor", "mentee", "mentor", "mentora", "mientras", "mis",
    "misma", "mismo", "more", "most", "much", "mucha", "muchas", "mucho", "muchos", "must", "muy", "nada", "name",
    "never", "nombre", "nos", "nosotros", "not", "nuestra", "nuestro", "nunca", "off", "once", "one", "only", "otra",
    "otras", "otro", "otros", "our", "out", "over", "own", "para", "parte", "people", "pero", "person", "persona",
    "personas", "poco", "por", "porque", "profession", "puede", "puedo", "pues", "que", "quien", "quienes", "quiero",
    "role", "same", "sea", "ser", "she", "should", "sido", "siempre", "sin", "since", "sobre", "solo", "some",
    "somos", "son", "soy", "such", "sus", "suya", "suyo", "tal", "tambien", "tan", "tanto", "team", "tener", "tengo",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "tiempo",
    "tiene", "tienen", "toda", "todas", "todo", "todos", "too", "trabajo", "tras", "tres", "two", "una", "unas",
    "under", "unit", "uno", "unos", "until", "usted", "very", "vez", "was", "were", "what", "when", "where", "which",
    "while", "who", "whom", "why", "will", "with", "work", "worked", "working", "would", "year", "years", "yet",
    "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_text_has_is_no_likeness() {
        assert_eq!(
            telling_words("Me llamo Ana y trabajo en Negociación; la negociación, desde 2011."),
            ["ana", "llamo", "negociacion"]
        );
        assert_eq!(telling_words("My name is mentee 00. I am in the Department of Virtue"), ["virtue"]);
        assert!(telling_words("").is_empty());
    }

    #[test]
    fn stop_words_are_folded_and_sorted() {
        assert!(STOP_WORDS.iter().all(|word| fold(word) == **word));
    }

    #[test]
    fn stop_words_can_be_found() {
        for word in STOP_WORDS {
            assert!(STOP_WORDS.binary_search(word).is_ok(), "{word} stands in the wrong place");
        }
    }
}
