outcomes-title = { $count ->
    [0] Aún no hay ningún resultado acordado
    [one] Un resultado acordado
   *[other] { $count } resultados acordados
}
outcomes-title-asked = { $count ->
    [one] Te proponen un resultado acordado
   *[other] Te proponen { $count } resultados acordados
}
outcomes-none = Un resultado acordado es una línea que los dos enseñáis a quien nombréis: «Lucía lleva ya su propio comité». Nada más sale de aquí.
outcomes-asked-title = { $name } propone enseñar esta línea
outcomes-release-to = A quién
outcomes-release-hint = La leerá solo quien hayáis nombrado los dos.
outcomes-release = Enseñarla
outcomes-released = Hecho. Quien habéis nombrado ya puede leerla.
outcomes-released-on = desde el { $day }
outcomes-is-released = se enseña
outcomes-proposed-on = propuesta el { $day }
outcomes-waits = espera a { $name }
outcomes-new = Proponer una línea
outcomes-nobody = Aún no hay a quién enseñarla: ni coordinación, ni patrocinio, ni responsable directo.
outcomes-line = La línea
outcomes-line-hint = Un hecho que los dos podáis sostener, sin nada de lo hablado.
outcomes-line-missing = Falta la línea
outcomes-too-long = El texto es demasiado largo: caben { $most } letras
outcomes-readers = A quién se enseña
outcomes-readers-missing = Falta decir a quién se enseña
outcomes-propose = Proponerla a { $name }
outcomes-proposed = Propuesta. No la ve nadie más hasta que la otra persona diga que sí.
outcomes-many = Ya hay { $most } líneas: retirad alguna antes
outcomes-withdraw = Retirarla
outcomes-withdraw-text = Desaparece para todo el mundo, también para quien ya la leyó.
outcomes-withdraw-button = Retirar la línea
outcomes-withdrawn = Línea retirada.
outcomes-meanwhile = Cambió mientras la leías. Así está ahora.
outcomes-notice-proposed = { $name } propone un resultado acordado
outcomes-notice-proposed-label = Un resultado acordado que espera por ti
outcomes-notice-proposed-mail = Hay algo que mirar en Telémaco
outcomes-notice-released = Hay un resultado acordado de la mentoría de { $name }
outcomes-notice-released-label = Resultados acordados que te enseñan
outcomes-notice-released-mail = Hay algo que leer en Telémaco
outcomes-voice-title = Resultados acordados
outcomes-voice-released = { $count ->
    [0] No se enseña ninguno.
    [one] Se enseña uno.
   *[other] Se enseñan { $count }.
}
outcomes-voice-proposed = { $count ->
    [one] Uno espera a la otra persona.
   *[other] { $count } esperan a la otra persona.
}
outcomes-voice-named = { $count ->
    [one] Han decidido enseñarte uno.
   *[other] Han decidido enseñarte { $count }.
}
outcomes-voice-link = Ver los resultados acordados
outcomes-voice-read = Leerlos
outcomes-step-title = Te proponen un resultado acordado
outcomes-step-text = Una línea que se enseñaría a quien nombréis. Sin tu sí no la ve nadie.
outcomes-step-button = Mirar la línea
