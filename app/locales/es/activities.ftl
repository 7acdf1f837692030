activities-kind-teaching = Enseñanza
activities-kind-meeting-observation = Asistencia como observador u observadora a una reunión
activities-kind-negotiation-observation = Asistencia como observador u observadora a una negociación
activities-kind-field-trip = Visita de campo
activities-kind-negotiation-practice = Práctica de negociación
activities-kind-speaking-practice = Práctica de oratoria
activities-kind-workshop = Taller
activities-kind-reading = Lectura
activities-way-taught = que se lo expliquen
activities-way-seen = verlo hacer
activities-way-practised = practicarlo
activities-state-planned = Prevista
activities-state-done = Hecha
activities-state-let-go = Descartada
activities-crumb = Plan de actividades
activities-title-none = Aún no hay plan de actividades
activities-title-next = Lo siguiente: { $kind }, { $day }
activities-title-owed = { $count ->
    [one] Falta el análisis posterior de una actividad
   *[other] Faltan { $count } análisis posteriores
}
activities-title-done = No queda nada previsto en el plan
activities-title-overdue = { $count ->
    [one] Hay una actividad cuya fecha ya pasó
   *[other] Hay { $count } actividades cuya fecha ya pasó
}
activities-begin-title-mentor = Escribe el plan en una sentada
activities-begin-title-mentee = El plan suele escribirlo quien orienta
activities-begin-text = Hay una propuesta hecha: qué enseñar, qué ver, a dónde ir y qué practicar, con fechas. Se cambia lo que haga falta y se guarda una vez.
activities-begin-button = Ver la propuesta y ajustarla
activities-begin-empty = Empezar con el plan vacío
activities-owed-title = Escribe el análisis posterior
activities-owed-button = Escribirlo
activities-overdue-title = Esta actividad ya tendría que haber sido
activities-overdue-button = Decir qué fue de ella
activities-planned = Previstas
activities-done = Hechas
activities-let-go = Descartadas
activities-overdue = pasó de su fecha
activities-debrief-owed = falta el análisis
activities-debrief-late = análisis fuera de plazo
activities-debrief-written = con análisis
activities-coordinator-sees = La coordinación ve cuántas actividades hay, de qué clase y cuándo; no lo que dicen ni lo que se escribe después.
activities-edit-button = Cambiar el plan
activities-to-standing = Ver competencia por competencia
activities-minutes-shown = { $count ->
    [one] un minuto
   *[other] { $count } minutos
}
activities-edit-title = El plan de actividades de { $name }
activities-edit-proposal = Esta es la propuesta. Nada queda guardado hasta que pulses el botón del final: cambia lo que no encaje y quita lo que sobre.
activities-edit-lead = Todo lo previsto, en una página. Lo que ya se hizo o se descartó no cambia aquí.
activities-row = Actividad { $number }
activities-what = Qué
activities-shelf-activity = Actividad
activities-shelf-let-go = Por qué se dejó una actividad
activities-kind = Clase
activities-competency = Competencia
activities-competency-none = Ninguna en particular
activities-on = Fecha
activities-month = Aún sin día: solo el mes
activities-watch = En qué fijarse
activities-drop = Quitarla del plan
activities-more-rows = ¿Hacen falta más filas? Guarda y vuelve a entrar: siempre hay tres vacías al final.
activities-save = Guardar el plan
activities-saved = Plan guardado. Lo veis las dos personas.
activities-stands-now = Cómo está ahora
activities-what-missing = Falta decir qué es
activities-date-missing = Falta la fecha
activities-too-long = El texto es demasiado largo: caben { $most } letras
activities-many = Un plan tiene { $most } actividades como mucho
activities-competency-unknown = Una de las competencias no está en el marco de la edición
activities-drop-debriefed = Ya hay un análisis posterior de una de las actividades que quitas: se hizo, y sigue en el plan.
activities-ended = La mentoría ha terminado: su plan ya no se cambia.
activities-edited-meanwhile = Alguien lo cambió mientras escribías. Lo tuyo sigue aquí; guarda otra vez si es lo que debe quedar.
activities-changed-meanwhile = El plan cambió mientras lo leías. Así está ahora.
activities-finish-title = ¿Ya ha sido?
activities-day = Terminó el
activities-time = A las (hora de { $zone })
activities-minutes = Minutos que llevó, si los sabes
activities-finish-button = Darla por hecha
activities-finished = Hecha. El análisis posterior se escribe en las 48 horas siguientes.
activities-ended-future = Ese momento aún no ha llegado
activities-ended-missing = Falta el día y la hora en que terminó
activities-minutes-wrong = Escribe los minutos con un número
activities-let-go-title = No va a ser
activities-let-go-button = Descartarla
activities-reason = Por qué se descarta
activities-reason-missing = Falta decir por qué se descarta
activities-let-go-debriefed = De esta actividad ya hay un análisis posterior: se hizo, y no se descarta.
activities-gone = Descartada. Se puede volver a prever.
activities-reopen = Volver a preverla
activities-reopened = Vuelve a estar prevista.
activities-debrief = Análisis posterior
activities-before = Antes de ir
activities-debrief-due = Conviene escribirlo antes de { $at }: después se recuerda lo que se opina y no lo que se vio.
activities-debrief-was-due = Era para antes de { $at }. Aún vale la pena: escribe lo que recuerdes.
activities-debrief-hint = Sin cifras y sin nombres de personas: lo que sirve para aprender no los necesita, y así la nota puede quedarse aquí.
activities-figures = En lo escrito hay cifras. Si no hacen falta para aprender, mejor quitarlas.
activities-expected = Qué esperabas de antemano
activities-seen = Qué viste
activities-practise = Qué vas a practicar
activities-visibility = Quién lo ve
activities-visibility-unknown = Un análisis es de la pareja o solo tuyo
activities-visibility-back = La otra persona ya lo ha leído: no puede volver a ser solo tuyo
activities-debrief-save = Guardar el análisis
activities-before-save = Guardar lo que espero
activities-debriefed = Guardado.
activities-debrief-none = Todavía no hay nada escrito. Lo escribe quien aprende.
activities-debrief-hidden = Está escrito, y es solo de quien lo escribió.
activities-debrief-let-go = Esta actividad se descartó: no hay nada que analizar
activities-debrief-elsewhere = El análisis de esta observación se escribe en su propia página, con lo que se predijo y las lentes.
activities-debrief-elsewhere-button = Ir a la observación
activities-debrief-closed = Las notas de esta actividad se destruyeron: ya no se escribe nada de ella
activities-seen-missing = Falta decir qué viste
activities-expected-missing = Falta decir qué esperas
activities-standing-no-framework = La edición no tiene marco de competencias
activities-standing-all = Cada competencia tiene ya algo hecho o previsto
activities-standing-left = { $count ->
    [one] A una de { $all } competencias no la toca el plan
   *[other] A { $count } de { $all } competencias no las toca el plan
}
activities-standing-lead = Dónde está { $name } en cada competencia, y qué le queda por ver
activities-standing-none = Sin marco, el plan no puede mirarse competencia por competencia. Lo elige la coordinación.
activities-levels = Punto de partida
activities-level = { $name }: { $level }
activities-missing = Queda por
activities-missing-nothing = nada: explicado, visto y practicado
activities-voice-title = Plan de actividades
activities-voice-none = Aún no hay plan
activities-voice-counts = { $done ->
    [0] Nada hecho todavía
    [one] Una actividad hecha
   *[other] { $done } actividades hechas
}, { $planned ->
    [0] nada previsto
    [one] una prevista
   *[other] { $planned } previstas
}.
activities-voice-next = La próxima, el { $day }.
activities-voice-owed = { $count ->
    [one] Falta un análisis posterior.
   *[other] Faltan { $count } análisis posteriores.
}
activities-voice-link = Ver el plan
activities-step-plan-title = Escribe el plan de actividades
activities-step-plan-text = Hay una propuesta hecha y con fechas: ajustarla lleva un cuarto de hora.
activities-step-plan-button = Ver la propuesta
activities-step-debrief-title = Escribe el análisis posterior de una actividad
activities-step-debrief-text = Tres líneas bastan: qué esperabas, qué viste y qué vas a practicar.
activities-step-debrief-button = Ir al plan
activities-calendar-title = Actividad de mentoría
activities-open-next = Lo siguiente del plan es el { $day }
activities-open-debriefs = { $count ->
    [one] Falta un análisis posterior.
   *[other] Faltan { $count } análisis posteriores.
 }
activities-owed = Un análisis posterior tuyo vence a los dos días de la actividad: bastan tres líneas
activities-owed-label = Un análisis posterior que vence
activities-owed-mail = Esperan unas líneas tuyas en Telémaco
activities-mail-link = Escribir el análisis
activities-link-done = El análisis está escrito
activities-link-done-text = En Telémaco puedes leerlo y cambiarlo.
activities-link-over = No hay nada que escribir
activities-link-over-text = De esta actividad no se espera ningún análisis tuyo.
activities-waits = Ya pasó el día de una actividad del plan: di si tuvo lugar, cámbiale la fecha o déjala ir
activities-waits-label = Una actividad cuyo día ha pasado
activities-waits-mail = Ya pasó el día de algo que teníais planeado: di en Telémaco si tuvo lugar
activities-waits-mail-link = Decir si tuvo lugar
activities-took-place-title = ¿Tuvo lugar?
activities-took-place-day = Qué día
activities-took-place-button = Sí, ese día
activities-took-place-seen = Lo veréis las dos personas de la mentoría. Para otra fecha por venir, cambia el plan en Telémaco.
activities-link-took-place = Anotado: tuvo lugar
activities-link-took-place-text = El análisis posterior es de quien aprende.
activities-link-gone = Anotado: no va a ser
activities-link-gone-text = Está descartada en el plan, con su porqué.
