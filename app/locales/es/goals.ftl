goals-kind-professional = Profesional
goals-kind-personal = Personal
goals-term-short = A corto plazo
goals-term-long = A largo plazo
goals-outcome-reached = Alcanzada
goals-outcome-let-go = Descartada
goals-crumb = Metas de { $name }
goals-title-none = Aún no hay ninguna meta
goals-title-settled = Todas las metas están cerradas
goals-title-open = { $count ->
    [one] Hay una meta en marcha
   *[other] Hay { $count } metas en marcha
}
goals-title-overdue = { $count ->
    [one] La meta en marcha ya pasó de su fecha
   *[other] { $overdue ->
        [one] De { $count } metas en marcha, una pasó de su fecha
       *[other] De { $count } metas en marcha, { $overdue } pasaron de su fecha
    }
}
goals-begin-title = Escribid la primera meta
goals-begin-text = Una basta para empezar: algo que dentro de unas semanas se pueda mirar y decir si está. Se puede cambiar siempre.
goals-begin-button = Escribir la primera meta
goals-look-title = Esta meta ya pasó de su fecha
goals-look-button = Decir cómo va
goals-objective = Objetivo profesional
goals-objective-none-own = Aún no has escrito tu objetivo profesional. Una línea basta: a dónde quieres llegar en tu puesto o en tu carrera.
goals-objective-none = { $name } aún no ha escrito su objetivo profesional.
goals-objective-write = Escribir mi objetivo profesional
goals-objective-change = Cambiar mi objetivo profesional
goals-objective-label = Mi objetivo profesional, en una línea
goals-objective-hint = Por ejemplo: «Dirigir una unidad de negocio antes de tres años». Las metas pueden llevar hacia él.
goals-objective-save = Guardar el objetivo
goals-objective-saved = Objetivo guardado.
goals-objective-missing = Falta el objetivo
goals-open = En marcha
goals-settled = Cerradas
goals-only-me = solo tuya
goals-due-by = para el { $day }
goals-no-date = sin fecha
goals-last-on = anotada el { $day }
goals-overdue = pasó de su fecha
goals-unmeasured = sin medir
goals-progress-of = Avance de «{ $goal }»
goals-new-button = Escribir otra meta
goals-to-review = Todas en una página, para revisarlas o imprimirlas
goals-coordinator-sees = La coordinación ve cuántas metas hay, cuántas se alcanzaron y cuándo se anotó algo; no lo que dicen. Las que son solo tuyas nadie más las ve ni las cuenta.
goals-figure-on-time = Ninguna de las { $all } metas con fecha va por detrás de su tiempo
goals-figure-behind = { $count ->
    [one] Una de { $all } metas va por detrás de su tiempo
   *[other] { $count } de { $all } metas van por detrás de su tiempo
}
goals-figure-alternative = { $finding }. Cada meta tiene dos barras: el camino hecho y el tiempo pasado, en tantos por ciento.
goals-figure-rows = Meta
goals-figure-way = camino hecho
goals-figure-time = tiempo pasado
goals-figure-not-all = Se dibujan las primeras; la tabla las tiene todas.
goals-figure-table = Los datos
goals-course-both = { $way } % del camino en el { $time } % del tiempo
goals-course-way = { $way } % del camino
goals-course-last = El último valor es { $value }
goals-course-alternative = { $finding }. De { $first } a { $last }.
goals-course-line = cómo va
goals-course-planned = camino previsto
goals-on = Día
goals-value = Valor
goals-value-of = ¿En cuánto está? ({ $measure })
goals-line = Una línea, si quieres
goals-on-label = Día al que se refiere
goals-check-in-title = ¿Cómo va?
goals-check-in-button = Anotar cómo va
goals-check-ins = Cómo ha ido
goals-check-ins-none = Nadie ha anotado nada todavía.
goals-checked-in = Anotado.
goals-check-in-empty = Falta un valor o una línea
goals-on-future = Ese día aún no ha llegado
goals-whole-title = Parece alcanzada
goals-whole-text = El camino está hecho entero. Si es así, ciérrala; si no, cambia lo que falte.
goals-reach = Darla por alcanzada
goals-let-go = Descartarla
goals-settle = Cerrar la meta
goals-settle-text = Queda en la lista de cerradas y se puede retomar.
goals-reason = Por qué se cierra
goals-shelf-goal = Meta
goals-shelf-step = Paso de una meta
goals-shelf-settled = Qué fue de una meta
goals-shelf-check-in = Cómo va una meta
goals-reason-hint = Para descartarla hace falta: dentro de un año ayuda a entenderlo.
goals-reason-missing = Falta decir por qué se descarta
goals-settled-reached = Meta alcanzada. Enhorabuena.
goals-settled-let-go = Meta cerrada. Se puede retomar cuando haga falta.
goals-reopen = Retomar la meta
goals-reopened = Meta retomada.
goals-settled-already = Esta meta está cerrada: retómala antes de cambiarla
goals-progress = Avance
goals-progress-none = Aún no se puede medir: le falta un valor que alcanzar, o pasos.
goals-way = Camino
goals-way-both = de { $from } a { $to }
goals-way-to = hasta { $to }
goals-done = hecho
goals-step-do = Hecho
goals-step-do-of = Marcar como hecho: { $step }
goals-step-undo = Deshacer
goals-step-undo-of = Quitar la marca: { $step }
goals-step-done = Paso hecho.
goals-step-open = El paso vuelve a estar pendiente.
goals-parts = Metas cortas que la forman
goals-add-part = Añadir una meta corta
goals-written = Lo escribió { $name } por última vez: { $at }.
goals-edit-button = Cambiar la meta
goals-edit-title = Cambia la meta
goals-new-title = Escribe una meta
goals-edit-lead = Solo hace falta la primera línea. Lo demás ayuda a saber si está alcanzada.
goals-saved = Meta guardada.
goals-added = Meta guardada. Si falta algo para poder comprobarla, aquí se dice.
goals-save = Guardar la meta
goals-stands-now = Cómo está ahora
goals-field-statement = Qué quieres alcanzar
goals-field-measure = Cómo se mide
goals-field-baseline = De dónde partes
goals-field-target = A dónde llegar
goals-field-due = Para cuándo
goals-field-tie = A qué lleva
goals-field-kind = De qué clase es
goals-field-term = A qué plazo
goals-field-parent = Forma parte de
goals-field-steps = Pasos
goals-statement-hint = En una frase, con algo que se pueda ver.
goals-statement-missing = Falta decir qué quieres alcanzar
goals-measure-hint = Lo que se cuenta, con su unidad: «reuniones que dirijo al mes», «minutos sin notas».
goals-tie-none = Nada en particular
goals-tie-objective = El objetivo profesional
goals-tie-competencies = Una competencia
goals-parent-none = Ninguna: va por su cuenta
goals-parent-of-long = Una meta a largo plazo no forma parte de otra
goals-parent-short = Solo una meta a largo plazo se forma de otras
goals-parent-hidden = La meta de la que forma parte es solo tuya: esta también tiene que serlo
goals-steps-hint = Uno por línea. Se marcan como hechos en la página de la meta.
goals-steps-many = Son demasiados pasos: caben { $most }
goals-step-long = Un paso es demasiado largo: caben { $most } caracteres
goals-visibility = Quién la ve
goals-visibility-unknown = Una meta es de la pareja o solo tuya
goals-visibility-back = La otra persona ya la ha leído: no puede volver a ser solo tuya
goals-target-is-baseline = Es lo mismo que el punto de partida
goals-number-wrong = Escribe un número, con dos decimales como mucho
goals-date-wrong = Escribe una fecha
goals-too-long = El texto es demasiado largo: caben { $most } caracteres
goals-competency-unknown = Esa competencia no está en el marco de la edición
goals-many = Ya hay { $most } metas; cabe añadir otra cuando se haya hecho sitio
goals-ended = La mentoría ha terminado: sus metas ya no se cambian.
goals-edited-meanwhile = Alguien la cambió mientras escribías. Lo tuyo sigue aquí; guarda otra vez si es lo que debe quedar.
goals-changed-meanwhile = La meta cambió mientras la leías. Así está ahora.
goals-good-title = Una meta que se puede comprobar
goals-good-text = Dice qué se verá, cuánto y para cuándo, y depende sobre todo de quien la escribe.
goals-good-instead = En vez de
goals-good-instead-text = «Mejorar mi forma de negociar»
goals-good-write = Mejor
goals-good-write-text = «Preparar por escrito mi alternativa y mi límite antes de cada negociación»: de 1 a 5 negociaciones, para el 30 de junio
goals-hints-title = Para poder comprobarla
goals-hint-number = No hay ningún número: ¿cuánto tendría que verse para darla por alcanzada?
goals-hint-date = No tiene fecha: ¿cuándo la miraréis?
goals-hint-baseline = Dice a dónde llegar, pero no de dónde partes.
goals-hint-vague = El verbo dice una intención: ¿qué vería una cámara si se cumple?
goals-hint-steps = No tiene pasos: ¿cuál es el primero, esta semana?
goals-hint-parts = Es a largo plazo: se alcanza antes con dos o tres metas cortas.
goals-hint-tie = No lleva a ninguna competencia ni al objetivo profesional.
goals-review-title = Las metas de { $name }, a { $day }
goals-review-none = Aún no hay ninguna meta que revisar.
goals-review-now = Ahora
goals-review-print = Para tenerla en papel o en PDF, imprime esta página desde el navegador.
goals-voice-title = Metas
goals-voice-none = Aún no hay ninguna
goals-voice-counts = { $open ->
    [0] Ninguna en marcha
    [one] Una en marcha
   *[other] { $open } en marcha
}, { $reached ->
    [0] ninguna alcanzada
    [one] una alcanzada
   *[other] { $reached } alcanzadas
}.
goals-voice-overdue = { $count ->
    [one] Una pasó de su fecha.
   *[other] { $count } pasaron de su fecha.
}
goals-voice-last = La última nota es del { $day }.
goals-voice-link = Ver las metas
goals-step-first-title = Escribe tu primera meta
goals-step-first-text = Algo que dentro de unas semanas se pueda mirar y decir si está. Cinco minutos bastan.
goals-step-first-button = Escribir la primera meta
goals-step-overdue-title = Una meta ya pasó de su fecha
goals-step-overdue-text = Mirad cómo está: cerrarla o darle otra fecha es cosa de un minuto.
goals-step-overdue-button = Mirar las metas
goals-step-quiet-title = Hace más de un mes que nadie anota cómo van las metas
goals-step-quiet-text = Un valor o una línea bastan.
goals-step-quiet-button = Anotar cómo van
goals-asked-label = Cómo van las metas
goals-asked-notice = ¿Cómo van las metas que tienes con { $name }?
goals-asked-mail = ¿Cómo van las metas?
goals-asked-mail-text = Hace unas semanas que nadie anota cómo van. Una línea basta, y no hace falta iniciar sesión.
goals-asked-mail-link = Anotar cómo van
goals-due-label = Una meta cuya fecha ha llegado
goals-due-notice = Ha llegado la fecha de una meta tuya: di si la alcanzaste, cámbiale la fecha o déjala ir
goals-due-mail = Ha llegado una fecha que te pusiste en Telémaco
goals-due-mail-link = Decir cómo va
goals-link-title = ¿Cómo va?
goals-link-title-text = Una línea basta: qué se movió, o qué lo frena.
goals-link-done = Anotado
goals-link-done-text = La línea está con la meta. Gracias.
goals-link-settled = Ya no hay metas abiertas
goals-link-settled-text = Las que había están cerradas.
goals-link-gone = Este enlace ya no sirve
goals-link-gone-text = Los enlaces sirven durante un mes y para una sola vez. Dentro de Telémaco puedes anotarlo cuando quieras.
goals-link-which = De qué meta
goals-link-goal = { $kind } · { $term }
goals-link-goal-due = { $kind } · { $term } · { $day }
goals-link-choose = Elige de qué meta hablas.
goals-link-line = Cómo va
goals-link-seen = Lo veréis las dos personas de la mentoría. Aquí no se muestra nada de lo escrito antes.
goals-link-save = Anotarlo
goals-link-sign-in = Ver las metas en Telémaco
goals-open-count = { $count ->
    [one] Una meta abierta, { $overdue } con retraso; { $last }
   *[other] { $count } metas abiertas, { $overdue } con retraso; { $last }
 }
goals-open-last = último seguimiento el { $day }
goals-open-never = sin seguimiento todavía
