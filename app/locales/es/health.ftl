health-state-on-track = En marcha
health-state-quiet = Con poca actividad
health-state-silent = Sin noticias
health-state-stuck = Atascada
health-state-ended = Terminada
health-means-on-track = se han visto hace poco o tienen fecha para verse, y nada lleva mucho esperando.
health-means-quiet = hace más de cinco semanas que no se sabe nada, o pasó la fecha de la primera reunión.
health-means-silent = hace más de dos meses que no se sabe nada, o dos semanas desde que debían haberse visto por primera vez.
health-means-stuck = unas horas propuestas o una firma llevan más de dos semanas esperando, o se reúnen sin haber firmado su acuerdo.
health-shown = Mostrar
health-shown-attention = Por atender ({ $count })
health-shown-all = Todas ({ $count })
health-shown-on-track = En marcha ({ $count })
health-shown-quiet = Con poca actividad ({ $count })
health-shown-silent = Sin noticias ({ $count })
health-shown-stuck = Atascadas ({ $count })
health-list-empty = No hay mentorías en marcha
health-list-well = { $all ->
    [one] La mentoría no necesita a nadie
   *[other] Ninguna de las { $all } mentorías te necesita
 }
health-list-look = { $count ->
    [one] Una mentoría te necesita, de { $all }
   *[other] { $count } mentorías te necesitan, de { $all }
 }
health-empty-title = Todavía no hay a quién cuidar
health-empty = En cuanto publiques las mentorías verás aquí cómo va cada una y en qué se nota.
health-empty-button = Ver quién ha respondido
health-search = Nombre o correo de cualquiera de las dos personas
health-none-shown = Ninguna está así.
health-none-found = Nadie coincide con la búsqueda.
health-see-all = Verlas todas
health-with = con { $name }
health-own = Es una mentoría tuya: la cuida otra persona que coordina.
health-do-for = Por la mentoría de { $name }
health-how = Qué significa cada estado
health-seen = Fechas y cifras; nada de lo que escriben. Lo que cada persona responde a «¿os visteis?» no lo ve nadie: solo cuenta para el estado, sin que se sepa de quién es.
health-mentee = Mentorizado o mentorizada
health-mentee-address = Correo de quien aprende
health-mentor = Mentor o mentora
health-mentor-address = Correo de quien orienta
health-since = Desde
health-since-day = desde el { $day }
health-state = Estado
health-late-with = Con retraso
health-late = Con retraso: { $what } (plazo: { $day }).
health-evidence = En qué se nota
health-taken = Qué se ha hecho
health-sheet = Salud de las mentorías
health-back = Cómo van las mentorías
health-one-on-track = La mentoría de { $mentee } con { $mentor } está en marcha
health-one-quiet = La mentoría de { $mentee } con { $mentor } tiene poca actividad
health-one-silent = La mentoría de { $mentee } con { $mentor } está sin noticias
health-one-stuck = La mentoría de { $mentee } con { $mentor } está atascada
health-one-ended = La mentoría de { $mentee } con { $mentor } terminó
health-nudge-title = Recuérdaselo a quien puede hacer algo
health-nudge-text = Un aviso a quien tiene que responder, firmar o proponer una hora; a las dos personas si puede cualquiera.
health-nudge-button = Enviar el recordatorio
health-nudge-done = El recordatorio está enviado.
health-ask-title = Pregunta a cada persona por separado
health-ask-text = Cada una recibe la pregunta «¿os visteis?» con un enlace propio. Nadie ve la respuesta, tú tampoco: solo cuenta para el estado.
health-ask-button = Preguntar a las dos
health-ask-done = La pregunta está enviada a las dos personas.
health-help-title = Ofrece ayuda
health-help-text = Las dos personas reciben las mismas palabras: que pueden escribirte y que dejarlo no es culpa de nadie.
health-help-button = Ofrecer ayuda a las dos
health-help-done = La oferta de ayuda está enviada a las dos personas.
health-taken-nudge = Recordatorio el { $day }.
health-taken-ask = Preguntado el { $day }.
health-taken-help = Ayuda ofrecida el { $day }.
health-nothing-title = No hace falta hacer nada
health-late-title = Va bien, con algo por hacer
health-late-text = Se ve que la mentoría avanza. Abajo está lo que pasó de su plazo; si hace falta, recuérdaselo a quien puede hacerlo.
health-nothing = La mentoría va bien. Si algo te preocupa, más abajo está lo que puedes hacer.
health-wait-title = Dale unos días
health-wait = Lo último que se hizo todavía puede dar fruto. Pasados cinco días laborables verás aquí el paso siguiente.
health-others = También puedes
health-again = Se acaba de hacer; se puede repetir a partir del { $day }.
health-ended = Esta mentoría ya terminó.
health-ended-title = Terminó el { $day }
health-ended-text = No queda más que el seguimiento. Si no llega, pregunta por él en persona.
health-write-title = Escribe tú
health-write = Escribir un correo a las dos personas
health-free-title = Libera la plaza
health-free = Solo quien coordina puede terminar una mentoría en nombre de otra persona. No es culpa de nadie, y la plaza vuelve a estar libre.
health-free-link = Ir a la mentoría para terminarla
health-side-mentee = quien aprende
health-side-mentor = quien orienta
health-met = { $count ->
    [one] Una reunión, el { $day }.
   *[other] { $count } reuniones, la última el { $day }.
 }
health-never-met = Todavía ninguna reunión.
health-next = La próxima es el { $day }.
health-times-wait = Las horas propuestas esperan desde el { $day } la respuesta de { $side }.
health-no-next = No hay ninguna prevista.
health-agreed = Acuerdo firmado el { $day }.
health-agreement-waits = El acuerdo espera una firma desde el { $day }.
health-not-agreed = Sin acuerdo firmado.
health-unread = Falta que { $side } lea la orientación.
health-unread-both = Nadie de la pareja ha leído la orientación.
health-goals = { $count ->
    [one] Una meta abierta, { $overdue } con retraso; { $last }.
   *[other] { $count } metas abiertas, { $overdue } con retraso; { $last }.
 }
health-goals-last = último seguimiento el { $day }
health-goals-never = sin seguimiento todavía
health-no-goals = Aún no tienen ninguna meta abierta que vean ambas personas.
health-promises = { $count ->
    [one] Un compromiso abierto, con la fecha pasada.
   *[other] { $count } compromisos abiertos; el primero, con la fecha pasada.
 }
health-debriefs = { $count ->
    [one] Falta un análisis posterior.
   *[other] Faltan { $count } análisis posteriores.
 }
health-notice-clock-label = Plazos de tus mentorías
health-notice-clock-mail = Un plazo de tu mentoría se acerca o ha pasado
health-notice-late-label = Mentorías con plazos sin cumplir
health-notice-late-mail = Hay mentorías con plazos sin cumplir
health-notice-nudged-label = Recordatorios de quien coordina
health-notice-nudged-mail = Quien coordina te recuerda algo de tu mentoría
health-notice-helped-label = Ofertas de ayuda de quien coordina
health-notice-helped-mail = Quien coordina te ofrece ayuda con tu mentoría
health-clock-orientation = leer la orientación
health-clock-first-meeting = la primera reunión
health-clock-agreement = firmar el acuerdo
health-clock-pulse = contar cómo van las metas
health-clock-midpoint = la revisión intermedia
health-clock-closure = el cierre
health-clock-follow-up = el seguimiento después del cierre
health-told-soon = Tu mentoría con { $name }: se acerca el plazo para { $what }
health-told-overdue = Tu mentoría con { $name }: pasó el plazo para { $what }
health-told-late = { $count ->
    [one] En { $edition }, una mentoría tiene un plazo sin cumplir
   *[other] En { $edition }, { $count } mentorías tienen plazos sin cumplir
 }
health-mailed-soon = Tu mentoría: se acerca el plazo para { $what }
health-mailed-overdue = Tu mentoría: pasó el plazo para { $what }
health-nudge-times = Quien coordina te recuerda que { $name } espera que elijas una hora
health-nudge-agreement = Quien coordina te recuerda que el acuerdo con { $name } está pendiente
health-nudge-meeting = Quien coordina te anima a proponer una hora a { $name }
health-nudge-mail-times = Quien coordina te recuerda que unas horas esperan tu respuesta
health-nudge-mail-agreement = Quien coordina te recuerda que hay un acuerdo pendiente
health-nudge-mail-meeting = Quien coordina te anima a proponer una reunión
health-help = { $name } coordina el programa y os ofrece ayuda: { $address }. Dejarlo no es culpa de nadie.
health-task-look-title = { $count ->
    [one] Mira qué le pasa a una mentoría
   *[other] Mira qué les pasa a { $count } mentorías
 }
health-task-look-text = { $all ->
    [one] Una en marcha: { $silent } sin noticias, { $stuck } atascada y { $quiet } con poca actividad.
   *[other] De { $all }: { $silent } sin noticias, { $stuck } atascadas, { $quiet } con poca actividad y { $well } que van bien.
 }
health-task-well-title = Cómo van las mentorías
health-task-well-text = { $all ->
    [one] Una en marcha, y no necesita a nadie.
   *[other] De { $all }: { $well } van bien y { $quiet } tienen poca actividad.
 }
health-said = { $all ->
    [one] Una mentoría: { $well } en marcha, { $quiet } con poca actividad, { $silent } sin noticias y { $stuck } atascada.
   *[other] De { $all } mentorías: { $well } en marcha, { $quiet } con poca actividad, { $silent } sin noticias y { $stuck } atascadas.
 }
health-waits = { $count ->
    [one] una mentoría que te necesita
   *[other] { $count } mentorías que te necesitan
 }
health-month-title = { $meetings ->
    [0] En { $month }: ninguna reunión todavía, { $people ->
        [one] una persona
       *[other] { $people } personas
     }
    [one] En { $month }: una reunión, { $people ->
        [one] una persona
       *[other] { $people } personas
     }
   *[other] En { $month }: { $meetings } reuniones, { $people ->
        [one] una persona
       *[other] { $people } personas
     }
 }
health-month-nobody = En { $month } no acompañas a nadie
health-month-empty = Aquí verás el mes de un vistazo cuando acompañes a alguien como mentor o mentora.
health-month-empty-button = Ver mis mentorías
health-month-due = Después
health-month-free-title = Nada te espera
health-month-free = No hay nada pendiente de tu parte. Lo que viene está más abajo.
health-month-no-meeting = Ninguna reunión este mes.
health-month-propose = Proponer horas
health-month-minutes = { $minutes } minutos
health-month-held = celebrada
health-month-seen = Solo tú ves esta página. Lo que hay detrás de cada enlace lo ve quien dice su página.
