use proptest::prelude::*;

use super::*;

fn known() -> Known {
    Known::new(
        ["Lucía Ibáñez", "Andrés Güell", "María del Mar Ríos", "Rosa Paz"],
        ["Negociación", "Persuasión oral y retórica", "Decision-making", "Driving results"],
    )
}

/// What is marked, as text and kind.
fn found(text: &str) -> Vec<(&str, &'static str)> {
    marks(text, &known()).into_iter().map(|mark| (&text[mark.start..mark.end], mark.kind.code())).collect()
}

#[test]
fn what_is_marked() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        // Figures.
        ("Bajaron 12 puestos", &[("12", "figure")]),
        ("Pidieron quince veces lo mismo", &[("quince", "figure")]),
        ("They asked for twenty-five seats", &[("twenty-five", "figure")]),
        ("Cedieron de 1.250,5 a 900", &[("1.250,5", "figure"), ("900", "figure")]),
        ("El proyecto X12 se aplaza", &[("X12", "figure")]),
        // Amounts.
        ("Ofrecieron 3 millones de euros", &[("3 millones de euros", "amount")]),
        ("Ofrecieron tres millones", &[("tres millones", "amount")]),
        ("The price fell to $4.5m and £200", &[("$4.5m", "amount"), ("£200", "amount")]),
        ("Cost 20 k € more", &[("20 k €", "amount")]),
        ("Bajó a 1.200 €", &[("1.200 €", "amount")]),
        ("Two hundred thousand dollars", &[("Two hundred thousand dollars", "amount")]),
        ("Pagarán ciento veinte mil", &[("ciento veinte mil", "amount")]),
        ("a 50k bonus", &[("50k", "amount")]),
        // Percentages.
        ("Un descuento del 12%", &[("12%", "percentage")]),
        ("Un descuento del 12 %", &[("12 %", "percentage")]),
        ("Subirá un tres por ciento", &[("tres por ciento", "percentage")]),
        ("It grew by 7 per cent", &[("7 per cent", "percentage")]),
        ("twelve percent of it", &[("twelve percent", "percentage")]),
        ("Cinco puntos porcentuales menos", &[("Cinco puntos porcentuales", "percentage")]),
        // Dates and hours.
        ("Firman el 3 de marzo de 2027", &[("3 de marzo de 2027", "date")]),
        ("Firman el tres de marzo", &[("tres de marzo", "date")]),
        ("They sign on 3 March, at 10:30", &[("3 March", "date"), ("10:30", "date")]),
        ("By March 15 at the latest, or Friday 12th", &[("15", "date"), ("12th", "date")]),
        ("Entrega el 14/3/2027 o el 2027-03-15", &[("14/3/2027", "date"), ("2027-03-15", "date")]),
        ("Not before Q3 of 2028", &[("Q3", "date"), ("2028", "date")]),
        ("Vence el 14.3.27", &[("14.3.27", "date")]),
        // Names.
        ("Luego habló Ramón Ríos de ello", &[("Ramón Ríos", "name")]),
        ("The offer of Acme was late", &[("Acme", "name")]),
        ("Cedió ante McKinsey y el Banco Norte", &[("McKinsey", "name"), ("Banco Norte", "name")]),
        ("Ríos cedió al final", &[("Ríos", "name")]),
        ("Andrés preguntó poco", &[("Andrés", "name")]),
        ("hablé con andrés güell al salir", &[("andrés güell", "name")]),
        ("El Sr. Prats calló. La Sra. Vidal, no.", &[("Prats", "name"), ("Vidal", "name")]),
        ("Sr. Prats calló", &[("Prats", "name")]),
        ("Mr Jones paused. Then Jones smiled.", &[("Jones", "name"), ("Jones", "name")]),
        ("Begoña Torres abrió", &[("Begoña Torres", "name")]),
        ("Calló primero. Otxoa no. Y luego habló Otxoa.", &[("Otxoa", "name"), ("Otxoa", "name")]),
        ("En Bilbao se decide todo", &[("Bilbao", "name")]),
        ("Fue idea de Ana/Luis", &[("Ana", "name"), ("Luis", "name")]),
        ("It was Maria's idea", &[("Maria's", "name")]),
        ("J. Prats abrió", &[("Prats", "name")]),
        ("Me lo dijo Lucía.", &[("Lucía", "name")]),
        ("Ask Lucía first", &[("Lucía", "name")]),
        // Addresses.
        ("Escribir a r.prats@acme.example mañana", &[("r.prats@acme.example", "address")]),
        (
            "See www.acme.example or https://acme.example/x",
            &[("www.acme.example", "address"), ("https://acme.example/x", "address")],
        ),
    ];
    for (text, marks) in cases {
        assert_eq!(found(text), *marks, "{text}");
    }
}

#[test]
fn what_is_not() {
    let texts = [
        "",
        "Cedieron pronto. Después callaron. ¿Por qué? ¡Nadie preguntó!",
        "Abrió con una pregunta: Nadie la contestó.",
        "En marzo se verá. El lunes, quizá. Martes no.",
        "In March we shall see. On Monday, perhaps, or in May.",
        "I think I'd ask first, and I'm sure I'll wait.",
        "Practicar la Negociación y la Persuasión oral; después, Decision-making.",
        "Quien decide no es quien preside: decide quien calla.",
        "- Primero escuchar\n- Luego preguntar\n• Después proponer",
        "1. Escuchar\n2) Preguntar",
        "En el punto 3 salí; en la sesión 14 no. At item 2 I left.",
        "Las dos partes ganaron, una y otra vez; tres de ellos callaron.",
        "Both of them waited, one after the other, and once more.",
        "Ten en cuenta que once no es diez veces",
        "Dijo: «Nadie firma hoy». Luego, \"Quizá mañana\".",
        "The CEO asked HR; the CFO did not. El plan B. Luego nada.",
        "Habló en inglés; she answered in Spanish.",
        "Fue el 1º en hablar and the 2nd to leave",
        "La primera oferta fija el ancla. Medio minuto de silencio.",
        "Se callaron cada millón de veces que pudieron",
        "LA PRIMERA OFERTA SALIÓ TARDE Y NADIE DIJO NADA",
        "Una relación B2B, sin más",
        "El Consejo asintió; la Dirección General preguntó. El Comité de Dirección empezó tarde.",
        "The Finance lead looked at the Board. Practicaré: 1) preguntar; 2) callar.",
        "May be it was late; they may be tired. Two people left at the third round.",
    ];
    for text in texts {
        let found: Vec<_> = found(text).into_iter().filter(|(text, _)| *text != "diez").collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_text_is_shown_in_pieces() {
    let text = "Pidieron 12 y callaron";
    let shown = pieces(text, &marks(text, &known()));
    assert_eq!(shown, [("Pidieron ", None), ("12", Some(Kind::Figure)), (" y callaron", None)]);
    assert_eq!(pieces("", &[]), []);
}

proptest! {
    #[test]
    fn marks_are_places_of_the_text(text in "\\PC{0,80}") {
        let marks = marks(&text, &known());
        prop_assert!(marks.windows(2).all(|two| two[0].end <= two[1].start));
        let whole: String = pieces(&text, &marks).into_iter().map(|(piece, _)| piece).collect();
        prop_assert_eq!(whole, text);
    }
}

#[test]
fn what_organisations_are_called_is_known() {
    let known = known().with_organisations(["Cartones del Ebro", "Consejo Norte"]);
    let found = |text: &str| {
        let marks = marks(text, &known);
        marks.into_iter().map(|mark| text[mark.start..mark.end].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("Cartones cedió en el plazo."), ["Cartones"]);
    assert_eq!(found("Esperaron a que cediera Cartones."), ["Cartones"]);
    assert!(found("Consejo que esperaba.").is_empty(), "a word of a name that is nobody's");
    assert!(found("Usaron cartones de colores.").is_empty());
    assert_eq!(found("CARTONES CEDIÓ EN EL PLAZO Y LUCÍA CALLÓ"), ["CARTONES", "LUCÍA"]);
    assert!(found("CEDIERON EN EL PLAZO Y NO EN EL PRECIO").is_empty());
}
