loops-crumb = Observaciones
loops-title-none = Aún no hay ninguna observación
loops-title-ahead = { $count ->
    [one] Hay una observación por delante
   *[other] Hay { $count } observaciones por delante
}
loops-finding = { $observed ->
    [0] Todavía no ha sido ninguna observación
    [one] { $closed ->
        [0] Una observación, y su ciclo sigue abierto
       *[other] Una observación, con su ciclo cerrado
    }
   *[other] { $closed ->
        [0] { $observed } observaciones, y ningún ciclo cerrado todavía
        [one] { $observed } observaciones, y un ciclo cerrado
       *[other] { $observed } observaciones, y { $closed } ciclos cerrados
    }
}
loops-none-title = Busca una plaza de observación
loops-none-text = Cuando haya una plaza acordada, aquí se elige en qué fijarse y se escribe qué se espera, antes de entrar. Las observaciones previstas están en el plan.
loops-none-button = Ir al plan de actividades
loops-ahead = Por delante
loops-past = Ya han sido
loops-session = Sesión { $number }
loops-closed = ciclo cerrado
loops-now-predict = falta la predicción
loops-now-observe = lista para observar
loops-now-debrief = falta el análisis
loops-now-late = análisis fuera de plazo
loops-now-practise = falta practicarlo
loops-now-again = falta verlo otra vez
loops-figure-alternative = Observaciones y ciclos cerrados de cada competencia: { $rows }
loops-figure-observed = observaciones
loops-figure-closed = ciclos cerrados
loops-figure-table = Las cifras
loops-figure-not-all = Se dibujan las { $count } primeras; la tabla las tiene todas.
loops-figure-text = Un ciclo se cierra cuando se ha predicho, observado, analizado, practicado y observado otra vez. Lo que cuenta es el ciclo, no la visita.
loops-competency = Competencia
loops-no-competency = Sin competencia
loops-score-of = { $count ->
    [one] de puntuación de Brier, en una predicción.
   *[other] de puntuación de Brier media, en { $count } predicciones.
}
loops-score-text = Va de 0, lo mejor, a 1; quien dice siempre 50 % obtiene 0,25. Solo tú ves esta cifra.
loops-scored = Puntuación de Brier de lo que se predijo: { $score }. De 0, lo mejor, a 1.
loops-seen = Lo que se escribe aquí lo leen solo las dos personas de la mentoría, o solo quien lo escribe. Coordinación y tutoría académica ven cuántas observaciones hubo, sus horas y cuántos ciclos se cerraron.

loops-title-predict = Sesión { $number }: elige en qué fijarte y escribe qué esperas
loops-title-observe = Sesión { $number }: ahora toca observar
loops-title-debrief = Sesión { $number }: falta el análisis posterior
loops-title-practise = Sesión { $number }: ahora toca practicarlo
loops-title-again = Sesión { $number }: practicado; falta verlo otra vez
loops-title-closed = Sesión { $number }: ciclo cerrado
loops-title-destroyed = Sesión { $number }: sus notas ya no existen

loops-step-predict = Predecir
loops-step-observe = Observar
loops-step-debrief = Analizar
loops-step-practise = Practicar
loops-step-again = Observar otra vez
loops-step-next = lo siguiente
loops-step-predict-title = Prepara la sesión { $number }: en qué fijarte y qué esperas
loops-step-predict-text = De una a tres lentes y una predicción con su probabilidad, antes de que empiece. Después ya no se puede.
loops-step-predict-button = Preparar la observación
loops-step-debrief-title = Escribe el análisis posterior de la sesión { $number }
loops-step-debrief-text = Qué viste por cada lente, qué pasó con lo que esperabas y qué probarás. Mejor dentro de las 48 horas.
loops-step-debrief-button = Escribir el análisis

loops-prepare-title = En qué fijarse
loops-competency-for = Competencia que se quiere ver
loops-lenses = Lentes
loops-lenses-hint = De una a tres. Con más se mira todo y no se ve nada.
loops-lenses-missing = Elige al menos una lente
loops-lenses-many = Caben { $most } lentes como mucho
loops-lens-unchosen = Solo se escribe de las lentes que se eligieron antes
loops-competency-unknown = El marco de la edición no tiene esa competencia
loops-prepare-button = Guardar en qué me fijaré
loops-prepared = Guardado: ya sabes en qué fijarte.
loops-watch = En qué fijarse
loops-prediction = Lo que espero
loops-prediction-hint = Qué cederán, qué se decidirá. Cada cosa con la probabilidad que le das. Se puede cambiar hasta que empiece la sesión; después, no.
loops-prediction-missing = Escribe al menos una cosa que esperes
loops-prediction-many = Caben { $most } predicciones como mucho
loops-prediction-none = Todavía no hay ninguna predicción.
loops-prediction-missed = No se escribió ninguna predicción antes de que empezara.
loops-prediction-hidden = Hay una predicción, y es solo de quien la escribió.
loops-prediction-below = Lo que se predijo está más abajo, para compararlo con lo que pasó.
loops-what = Qué espero
loops-what-else = Qué más espero
loops-what-missing = Falta decir qué se espera
loops-percent = Probabilidad (%)
loops-percent-wrong = Escribe un número de 0 a 100
loops-predict-button = Guardar la predicción
loops-predicted = Predicción guardada.
loops-predict-late = La sesión ya ha empezado: la predicción no se escribe ni se cambia
loops-too-late = La sesión ya ha empezado: en qué fijarse se elige antes
loops-too-early = La sesión no ha terminado todavía

loops-debrief = Análisis posterior
loops-debrief-due = Conviene escribirlo antes de { $at }: después se recuerda lo que se opina y no lo que se vio.
loops-debrief-was-due = Era para antes de { $at }. Aún vale la pena: escribe lo que recuerdes.
loops-debrief-change = Cambiar el análisis
loops-debrief-hint = Sin cifras y sin nombres: lo que sirve para aprender no los necesita. Lo que parezca una cifra o un nombre se señala antes de guardar. Es una ayuda, no una garantía.
loops-debrief-none = Todavía no hay nada escrito. Lo escribe quien observó.
loops-through = Lo que vi: { $name }
loops-seen-label = Lo que vi
loops-seen-else = Qué más vi
loops-held = le di un { $percent } %
loops-came-yes = pasó
loops-came-no = no pasó
loops-came-unknown = no se puede saber
loops-came-missing = Di qué pasó con esto
loops-against = Qué me enseña la diferencia entre lo que esperaba y lo que pasó
loops-try = Qué probaré la próxima vez
loops-debrief-button = Guardar el análisis
loops-debriefed = Análisis guardado.
loops-visibility = Quién lo lee
loops-visibility-unknown = Lo lee la pareja o solo quien lo escribe
loops-visibility-back = La otra persona ya puede leerlo: no puede volver a ser solo tuyo

loops-marked = { $count ->
    [one] Aquí hay algo que parece una cifra, una fecha o un nombre
   *[other] Aquí hay { $count } cosas que parecen cifras, fechas o nombres
}
loops-marked-text = No se ha guardado todavía. Las notas de una observación no llevan cifras ni nombres: mira lo que está señalado. La comprobación ayuda y no garantiza nada: puede pasar algo por alto o señalar lo que no hace falta. Decides tú.
loops-marked-change = Guardar lo cambiado
loops-marked-keep = Guardar tal como está
loops-mark-figure = cifra
loops-mark-amount = importe
loops-mark-percentage = porcentaje
loops-mark-date = fecha u hora
loops-mark-name = nombre
loops-mark-address = dirección

loops-together = Hablarlo
loops-line = Una línea tuya sobre este análisis
loops-line-hint = La lee la pareja. Una pregunta vale tanto como un consejo.
loops-line-again = Escribir otra línea
loops-practice = Lo que se va a practicar
loops-practice-hint = Una persona lo propone y la otra dice que sí; entonces entra en el plan con estas palabras, y ahí se quedan aunque se destruyan las notas.
loops-practice-kind-missing = Elige qué clase de práctica es
loops-practice-on-missing = Escribe un día que esté por venir
loops-practice-missing = Di qué se va a practicar
loops-practice-what = Qué exactamente
loops-practice-on = Qué día
loops-practice-planned = La práctica acordada está en el plan
loops-practice-waits = Falta que { $name } diga que sí.
loops-propose-other = Proponer otra práctica
loops-saying-missing = Escribe una línea o propón una práctica
loops-talk-button = Guardar
loops-talked = Guardado.
loops-agree-button = De acuerdo: ponerla en el plan
loops-agreed = Acordado: la práctica está en el plan.
loops-again-title = Dónde se puede ver otra vez
loops-again-none = De momento no hay abierta otra sesión que muestre esta competencia.
loops-from-sitting = En qué fijarse, predicción y análisis
loops-next-held = Sesión { $number } · { $kind } · { $at } · plaza concedida
loops-next-asked = Sesión { $number } · { $kind } · { $at } · plaza pedida
loops-next = Sesión { $number } · { $kind } · { $at }

loops-destroyed-on = Estas notas se destruirán el { $day }, como dice el compromiso de confidencialidad. Quedan las fechas y los recuentos.
loops-destroyed-note = Las notas de esta observación se destruyeron el día que decía el compromiso de confidencialidad. Quedan las fechas y los recuentos.
loops-destroyed = Las notas de esta observación se han destruido: ya no se escribe nada de ella
loops-ended = La mentoría ha terminado: ya no se escribe nada aquí
loops-changed-meanwhile = Se ha guardado otra cosa mientras tanto, en otra ventana o por la otra persona. Lo que has escrito sigue aquí: compáralo y guarda de nuevo.
loops-stands-now = Cómo está ahora
loops-too-long = Aquí caben { $most } letras como mucho
loops-activity = Observar la sesión { $number }

loops-voice-title = Ciclos de observación
loops-voice-link = Ver las observaciones y sus ciclos
loops-voice-ahead = Hay una observación por delante.
loops-voice-counts = { $observed ->
    [one] Una observación hecha
   *[other] { $observed } observaciones hechas
}, { $closed ->
    [0] ningún ciclo cerrado todavía.
    [one] un ciclo cerrado.
   *[other] { $closed } ciclos cerrados.
}
loops-said = { $observed ->
    [one] Una observación
   *[other] { $observed } observaciones
}, { $time }, { $closed ->
    [0] ningún ciclo cerrado todavía.
    [one] un ciclo cerrado.
   *[other] { $closed } ciclos cerrados.
}
loops-numbers-none = En esta edición no ha habido todavía ninguna observación
loops-numbers-empty = Cuando haya una, aquí se verá cuántas son, sus horas y cuántos ciclos se cierran en cada competencia.
loops-numbers-hours = Observaciones, horas y ciclos por competencia
loops-numbers-time = tiempo
loops-numbers-seen = Recuentos y horas de la edición entera. Lo que cada pareja escribe no está aquí, ni quién observó qué.

loops-notice-owed-label = Un análisis posterior que falta
loops-notice-owed-mail = Falta por escribir el análisis posterior de una observación.
loops-notice-said-label = Lo que la otra persona escribe de una observación
loops-notice-said-mail = Hay algo nuevo de una observación.
loops-notice-destroyed-label = Notas de una observación que se han destruido
loops-notice-destroyed-mail = Se han destruido las notas de una observación, como decía el compromiso de confidencialidad.
loops-told-ask = La sesión { $number } ha terminado: escribe el análisis posterior dentro de las 48 horas.
loops-told-soon = El análisis posterior de la sesión { $number } sigue sin escribir, y quedan pocas horas.
loops-told-late = El análisis posterior de la sesión { $number } está fuera de plazo. Aún vale la pena.
loops-told-debriefed = { $name } ha escrito el análisis de una observación.
loops-told-line = { $name } ha escrito una línea sobre un análisis.
loops-told-proposed = { $name } propone qué practicar después de una observación.
loops-told-agreed = { $name } está de acuerdo: la práctica está en el plan.
loops-told-destroyed = Las notas de la sesión { $number } se han destruido, como decía el compromiso de confidencialidad.
loops-missed = no consta asistencia
loops-title-missed = Sesión { $number }: no consta asistencia
loops-was-missed = No consta asistencia a esta sesión: no hay nada que analizar
loops-practice-do = Cuando esté hecha, dala por hecha en el plan: con eso se cierra este paso.
loops-practice-see = Ver la práctica
loops-numbers-title = Qué se ha observado en { $edition }
loops-running-title = Mientras dura la sesión, solo observar
loops-running-text = Cuando acabe, aquí se escribe el análisis: mejor dentro de las 48 horas.
loops-shut-out = Todavía no hay nada que analizar: nadie ha dicho que la sesión se celebrara, y por lo que consta no podías estar en ningún punto. Si estuviste, que lo apunte en el registro quien lo lleva.
loops-practice-destroyed = Práctica que siguió a la observación { $number }; lo que se escribió se destruyó
