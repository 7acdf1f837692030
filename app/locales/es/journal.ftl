journal-crumb = Diario de decisiones
journal-title-none = Aún no hay ninguna decisión anotada
journal-title-resolved = De todas las decisiones se sabe ya qué pasó
journal-title-open = { $count ->
    [one] Falta ver qué sale de una decisión
   *[other] Falta ver qué sale de { $count } decisiones
}
journal-title-due = { $count ->
    [one] De una decisión ya se puede decir qué pasó
   *[other] De { $count } decisiones ya se puede decir qué pasó
}
journal-none = { $name } no ha abierto aquí ninguna decisión.
journal-begin-title = Anota una decisión que tengas delante
journal-begin-text = Qué puede pasar y con qué probabilidad. Cuando se sepa, lo comparas: así se aprende a juzgar mejor, y no de la memoria, que recuerda haberlo sabido.
journal-begin-button = Anotar la primera decisión
journal-due-title = Ya se puede saber qué pasó
journal-due-button = Decir qué pasó
journal-open = Pendientes
journal-resolved-ones = Ya se sabe
journal-only-me = solo tuya
journal-known-by = se sabrá el { $day }
journal-known-since = dicho el { $day }
journal-due = ya se puede decir
journal-unscored = sin puntuación
journal-score = Cómo aciertan tus pronósticos
journal-score-of = { $count ->
    [one] de puntuación de Brier, en un pronóstico
   *[other] de puntuación de Brier media, en { $count } pronósticos
}
journal-score-text = Va de 0, lo mejor, a 1. Quien dice siempre 50 % obtiene 0,25. Es la mitad de la suma de Brier (1950) sobre todo lo que podía pasar; con un solo pronóstico, el cuadrado de lo que faltó. Lo que ya no se puede saber no cuenta.
journal-figure-missing = { $count ->
    [one] Falta un pronóstico con resultado para dibujar si lo que dices con un 70 % pasa siete de cada diez veces.
   *[other] Faltan { $count } pronósticos con resultado para dibujar si lo que dices con un 70 % pasa siete de cada diez veces.
}
journal-figure-apt = Lo que dices pasa más o menos tantas veces como dices
journal-figure-too-sure = Lo que das por muy probable pasa menos veces de las que dices
journal-figure-too-careful = Podrías decirlo con más seguridad: pasa más veces de las que dices
journal-figure-alternative = { $finding }. Cada punto es un grupo de pronósticos con una probabilidad parecida; sobre la línea, lo dicho y lo ocurrido coinciden.
journal-figure-said = dicho
journal-figure-came = ocurrido
journal-figure-yours = tus pronósticos
journal-figure-line = si coincidieran
journal-figure-group = Probabilidad
journal-figure-many = cuántos
journal-figure-table = Los datos
journal-seen = Cada decisión dice quién la ve. La puntuación solo la ves tú.
journal-seen-mentor = Aquí están las decisiones que la otra persona ha abierto a la pareja.
journal-new-button = Anotar otra decisión
journal-scored = puntuación { $score }
journal-came-title = ¿Qué pasó?
journal-came-was = Qué pasó
journal-shelf-came = Qué fue de una decisión
journal-shelf-foreseen = Una de las cosas que esperaba
journal-came-again = Corregir qué pasó
journal-came-early = Ya se sabe qué pasó
journal-came-which = Qué pasó
journal-came-missing = Falta decir qué pasó
journal-came-not = No pasó
journal-came-none = Nada de eso
journal-came-unknown = Ya no se puede saber
journal-came-button = Guardar qué pasó
journal-held = se dijo { $percent } %
journal-lesson = Qué sacas de ello
journal-lesson-hint = ¿Salió así por lo que pensaste, o a pesar de ello? Una buena decisión puede salir mal.
journal-resolved = Guardado. Ya cuenta en la puntuación, si se puede saber.
journal-edit-button = Cambiar la decisión
journal-edit-title = Cambia la decisión
journal-new-title = Anota una decisión
journal-edit-lead = Se puede cambiar hasta el día en que se sepa.
journal-stands-now = Cómo está ahora
journal-field-question = La decisión
journal-field-alternatives = Alternativas
journal-field-choice = Qué decides
journal-field-expected = Qué esperas que pase
journal-field-why = Por qué lo esperas
journal-field-known-on = Cuándo se sabrá
journal-question-hint = En una frase: «¿Acepto dirigir el proyecto del norte?»
journal-question-missing = Falta decir cuál es la decisión
journal-alternatives-hint = Una por línea, también la de no hacer nada.
journal-expected-hint = Algo que se pueda comprobar, y su probabilidad. Si son varias cosas, que se excluyan entre sí: juntas suman 100 como mucho, y lo que falte es «nada de eso».
journal-expected-missing = Falta decir qué puede pasar
journal-expected-many = Caben { $most }
journal-what = Puede pasar que
journal-what-else = o que
journal-what-missing = Falta decir qué puede pasar
journal-percent = Probabilidad, en %
journal-percent-wrong = Escribe un número entero de 0 a 100
journal-sum = Juntas suman { $sum }: como mucho 100
journal-why-hint = Lo que sabes hoy. Dentro de unos meses costará recordarlo.
journal-known-on-hint = El día en que mirarás qué pasó.
journal-known-on-missing = Falta el día
journal-known-on-past = Tiene que ser un día que aún no haya llegado
journal-visibility = Quién la ve
journal-visibility-unknown = Una decisión es solo tuya o de la pareja
journal-visibility-back = La otra persona ya la ha leído: no puede volver a ser solo tuya
journal-too-long = El texto es demasiado largo: caben { $most } caracteres
journal-too-late = Ha llegado el día: lo que se esperaba ya no se cambia. Ahora toca decir qué pasó.
journal-many = Ya hay { $most } decisiones; caben esas
journal-ended = La mentoría ha terminado: su diario ya no se cambia.
journal-save = Guardar la decisión
journal-saved = Decisión guardada.
journal-added = Decisión guardada. El día que dijiste se preguntará qué pasó.
journal-edited-meanwhile = Se cambió en otra ventana mientras escribías. Lo tuyo sigue aquí; guarda otra vez si es lo que debe quedar.
journal-changed-meanwhile = La decisión cambió mientras la leías. Así está ahora.
journal-share = Abrirla también a { $name }
journal-share-text = Desde entonces la leéis las dos personas, con lo que pasó. No se puede volver atrás.
journal-share-button = Abrirla a { $name }
journal-shared = Ahora la leéis las dos personas.
journal-voice-title = Diario de decisiones
journal-voice-none = Aún no hay ninguna
journal-voice-counts = { $open ->
    [0] Ninguna pendiente
    [one] Una pendiente
   *[other] { $open } pendientes
}, { $resolved ->
    [0] ninguna resuelta
    [one] una resuelta
   *[other] { $resolved } resueltas
}.
journal-voice-link = Ver el diario
journal-step-due-title = Ya se puede saber qué pasó con una decisión
journal-step-due-text = Lo escribiste con su probabilidad. Decir qué pasó es un minuto.
journal-step-due-button = Decir qué pasó
journal-notice-due = Ya puede saberse en qué quedó una decisión tuya: di qué pasó
journal-notice-due-label = Una decisión tuya cuyo día ha llegado
journal-notice-due-mail = Hay algo que repasar en Telémaco
