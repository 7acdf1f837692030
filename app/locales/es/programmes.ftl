# Palabras
programmes-track-promotion = Promoción en una empresa
programmes-track-promotion-text = Se nomina a personas para un puesto y cada una recibe un mentor o una mentora de fuera de su línea de mando durante un año.
programmes-track-degree = Asignatura o titulación
programmes-track-degree-text = La mentoría cuenta para una titulación: tiene curso, créditos y fechas, y nadie queda sin mentor o mentora o sin tutor académico o tutora académica que responda.
programmes-tracks = Tipo de programa
programmes-phase-setting-up = en preparación
programmes-phase-open = abierta
programmes-phase-closed = cerrada
programmes-side-mentee = Mentorizado o mentorizada
programmes-side-mentor = Mentor o mentora
programmes-standing-asked = pendiente de responder
programmes-standing-applied = solicitud por responder
programmes-standing-waiting = en lista de espera
programmes-standing-enrolled = participa
programmes-standing-declined = dijo que no
programmes-standing-refused = no se admitió
programmes-standing-withdrawn = ya no participa
programmes-way-nomination = Nominación
programmes-way-invitation = Invitación
programmes-way-import = Desde las fichas
programmes-way-application = Solicitud propia
programmes-credit-ects = Créditos ECTS
programmes-credit-us-semester = Créditos semestrales de Estados Unidos
programmes-external-no = No, es parte de la asignatura
programmes-external-yes = Sí, con su convenio y sus papeles
programmes-yes = Sí
programmes-monday = lunes
programmes-tuesday = martes
programmes-wednesday = miércoles
programmes-thursday = jueves
programmes-friday = viernes
programmes-saturday = sábado
programmes-sunday = domingo

# Lo que se propone
programmes-proposed-promotion = Mentoría para la promoción
programmes-proposed-degree = Mentoría ejecutiva
programmes-proposed-edition = Edición { $year }
programmes-proposed-term = Curso { $year }
programmes-proposed-course = Mentoría ejecutiva

# La lista
programmes-list-title = Programas y ediciones
programmes-list-lead = Cada edición es una vuelta del programa, con sus fechas y su gente.
programmes-list-empty = Todavía no hay ningún programa.
programmes-list-first = Crea el primero
programmes-list-first-text = Un solo formulario, con respuestas sensatas ya escritas, hace el programa y su primera edición.
programmes-new = Crear un programa
programmes-no-edition = Sin ediciones todavía
programmes-column-edition = Edición
programmes-column-programme = Programa
programmes-column-dates = Fechas
programmes-column-phase = Fase
programmes-column-side = Participa como
programmes-column-standing = Situación
programmes-column-way = Cómo llegó
programmes-column-since = Desde
programmes-column-nominated-by = Quién nomina
programmes-all = Todos los programas
programmes-any = Cualquiera

# Crear
programmes-new-title = Crea un programa y su primera edición
programmes-new-lead = Las respuestas ya escritas sirven tal cual; cambia lo que haga falta.
programmes-new-button = Crear el programa
programmes-new-rest = Calendario, plazos y marco de competencias quedan puestos con valores habituales, y todo se puede cambiar después.
programmes-first-edition = Su primera edición
programmes-course-title = La asignatura
programmes-added = Programa creado, con su primera edición. Queda abrirla.
programmes-edition-added = Edición creada con la configuración de la anterior.
programmes-editions = Ediciones
programmes-editions-none = Todavía no tiene ninguna.
programmes-follow = La siguiente edición
programmes-follow-text = Empieza con la configuración de la última: calendario, plazos, marco y ventanas de respuesta.
programmes-follow-button = Crear la edición

# Campos
programmes-field-programme = Nombre del programa
programmes-field-name = Nombre de la edición
programmes-name-hint = Así la verán quienes participen.
programmes-field-starts-on = Empieza el
programmes-field-ends-on = Termina el
programmes-field-weekdays = Días laborables
programmes-field-holidays = Festivos
programmes-holidays-hint = Una fecha por línea, como 12/10/2027. En festivo no corre ningún plazo de respuesta, ni vence ningún otro.
programmes-field-places = Plazas para recibir mentoría
programmes-places-hint = Vacío si no hay límite. Quien acepte cuando estén llenas pasa a la lista de espera.
programmes-field-applications = Cualquier persona de la organización puede solicitar participar
programmes-field-framework = Marco de competencias
programmes-framework-hint = La edición conserva la versión con la que empieza.
programmes-framework-kept = La edición ya está abierta y conserva el marco con el que empezó.
programmes-framework-later = Elegir más adelante
programmes-framework-version = { $name }, versión { $number }
programmes-frameworks = Ver los marcos
programmes-field-course = Asignatura
programmes-field-credit = Clase de créditos
programmes-field-credits = Créditos
programmes-credits-hint = Con un decimal como mucho: 6 o 4,5
programmes-field-hours-per-credit = Horas por crédito
programmes-hours-hint = De 25 a 30 en créditos ECTS; vacío para lo habitual.
programmes-field-external = ¿Son prácticas externas, con convenio y papeles propios?
programmes-field-counted = Qué días cuentan los plazos
programmes-counted-working-days = Los días laborables de este calendario
programmes-counted-days = Todos los días; si el último no se trabaja, vale el siguiente laborable
programmes-counted-missing = Elige qué días cuentan los plazos
programmes-field-assigned-within = Días para asignar mentor o mentora desde que se acepta
programmes-field-reads-first = La orientación se lee antes de la primera reunión
programmes-field-first-meeting-within = Días hasta la primera reunión
programmes-field-first-pulse-after = Días hasta que se pregunta por primera vez cómo van las metas
programmes-field-pulse-every = Días entre una pregunta por las metas y la siguiente
programmes-field-midpoint-after = Días naturales desde el comienzo hasta la revisión intermedia
programmes-field-closure-before-end = Días naturales antes del final en que empieza el cierre
programmes-field-follow-up-after-months = Meses hasta el seguimiento, tras el final
programmes-field-mentor-days = Días laborables para que responda el mentor o la mentora
programmes-field-mentee-days = Días laborables para que responda el mentorizado o la mentorizada
programmes-field-mentors-see = Quien mentoriza puede ver, antes de emparejar, quién va a recibir mentoría y qué quiere aprender
programmes-consent-text = Quien mentoriza responde primero. Su silencio cuenta como un no; el de quien recibe la mentoría, como un sí.
programmes-field-person = Persona
programmes-person-hint = Su dirección de correo, o su nombre
programmes-field-side = Para participar como
programmes-field-people = Personas
programmes-people-hint = Una por línea: su dirección de correo, o su nombre si nadie más se llama igual
programmes-field-post = Puesto para el que se nomina
programmes-post-hint = Si se escribe, es una nominación; vacío, una invitación.
programmes-post-seen = El puesto lo ven la propia persona, coordinación y quien patrocina; no va en ningún correo
programmes-field-nominated-by = Quién nomina
programmes-nominated-by-hint = Su dirección de correo o su nombre; vacío si es quien coordina.
programmes-field-capacity = A cuántas personas mentoriza en esta edición
programmes-capacity-hint = Vacío para lo que diga su ficha.
programmes-field-fallback = Tutor académico o tutora académica que responde
programmes-field-reason = Motivo

# Lo que falla
programmes-track-missing = Elige el tipo de programa
programmes-name-missing = Falta el nombre del programa
programmes-edition-name-missing = Falta el nombre de la edición
programmes-name-long = Como mucho { $most } letras
programmes-date-wrong = { $field }: una fecha como 1/2/2027
programmes-ends-before = El final tiene que ser posterior al comienzo
programmes-ends-late = Una edición dura diez años como mucho
programmes-weekdays-none = Marca al menos un día laborable
programmes-holiday-wrong = «{ $line }» no es una fecha; vale 12/10/2027
programmes-framework-unknown = Elige un marco de la lista
programmes-course-missing = Falta el nombre de la asignatura
programmes-credit-missing = Elige la clase de créditos
programmes-credits-wrong = Escribe los créditos con un decimal como mucho, hasta 120
programmes-external-missing = Di si son prácticas externas
programmes-number-wrong = { $field }: un número entero de { $least } a { $most }
programmes-person-missing = Falta la persona
programmes-person-unknown = Nadie de la organización se llama «{ $text }» ni tiene esa dirección
programmes-person-several = «{ $text }» puede ser { $people }. Escribe la dirección de correo.
programmes-people-missing = Escribe al menos a una persona
programmes-people-many = Como mucho { $most } personas a la vez
programmes-side-missing = Elige cómo va a participar
programmes-post-missing = Falta el puesto
programmes-not-open = La edición todavía no está abierta. Ábrela desde su página.
programmes-closed = La edición está cerrada. Se puede volver a abrir desde su página.
programmes-no-room = No queda ninguna plaza libre. Amplía las plazas o espera a que alguien deje la suya.
programmes-group-nobody = No hay nadie que inscribir: marca a alguien que no esté ya en la lista
programmes-onlooker-part-missing = Elige como qué la verá
programmes-fallback-missing = Elige a una persona de la lista
programmes-fallback-nobody = Marca al menos a una persona
programmes-saved-meanwhile = Alguien guardó otros cambios mientras tanto. Lo que has escrito sigue aquí; guarda otra vez si es lo que debe quedar.
programmes-stepped-meanwhile = Mientras tanto cambió. Así está ahora.
programmes-applied-already = Ya estás en esa edición

# La edición
programmes-headline-setting-up = { $edition } está en preparación
programmes-headline-empty = { $edition } está abierta y todavía no participa nadie
programmes-headline-open = En { $edition } participan { $mentees ->
    [one] { $mentees } persona
   *[other] { $mentees } personas
} y { $mentors ->
    [one] { $mentors } mentor o mentora
   *[other] { $mentors } mentores y mentoras
}
programmes-headline-closed = { $edition } está cerrada
programmes-next-open-title = Abre la edición
programmes-next-open-text = Todo está puesto con respuestas sensatas; revisa lo que quieras en la lista. Al abrirla ya se puede preguntar e inscribir a personas.
programmes-next-open-button = Abrir la edición
programmes-next-closed-title = Crea la siguiente edición
programmes-next-closed-text = Empezará con la configuración de esta.
programmes-next-closed-button = Ir al programa
programmes-next-take-in-title = Inscribe a quienes ya tienen ficha
programmes-next-take-in-text = Según su ficha, { $mentees ->
    [one] { $mentees } persona recibe mentoría
   *[other] { $mentees } personas reciben mentoría
} y { $mentors ->
    [one] { $mentors } la ofrece
   *[other] { $mentors } la ofrecen
}. También se puede elegir, nominar o invitar una a una.
programmes-next-take-in-button = { $total ->
    [one] Inscribir a { $total } persona
   *[other] Inscribir a { $total } personas
}
programmes-next-nobody-title = Trae a las personas
programmes-next-nobody-text = Ninguna ficha dice todavía quién ofrece mentoría y quién la recibe. Importa las hojas que ya tienes.
programmes-next-nobody-button = Importar personas
programmes-next-admit-title = Hay una plaza libre y { $name } espera desde antes que nadie
programmes-next-admit-text = Al admitir a esta persona ocupa la plaza y recibe un correo.
programmes-next-admit-button = Admitir a { $name }
programmes-next-applied-title = { $mentees ->
    [one] Responde a { $mentees } solicitud
   *[other] Responde a { $mentees } solicitudes
}
programmes-next-applied-text = Cada persona sabrá la respuesta por correo.
programmes-next-applied-button = Ver las solicitudes
programmes-next-side-missing-title = Falta una de las partes
programmes-next-side-missing-text = Participan { $mentees } para recibir mentoría y { $mentors } para ofrecerla. Hace falta al menos una persona de cada parte.
programmes-next-side-missing-button = Nominar o invitar
programmes-next-seats-title = Faltan plazas para que nadie quede fuera
programmes-next-seats-text = Hay { $mentees } personas que reciben mentoría y { $mentors } plazas con quien la ofrece. Invita a más mentores y mentoras, o amplía sus plazas.
programmes-next-seats-button = Invitar a mentores y mentoras
programmes-next-pairing-title = Empareja a quienes participan
programmes-next-pairing-text = { $mentees } personas y { $mentors } plazas: ya se puede calcular quién mentoriza a quién, y ver por qué.
programmes-next-pairing-button = Ir al emparejamiento
programmes-next-running-title = Las mentorías están en marcha
programmes-next-running-text = Nada espera por ti. Abajo se ve quién ha leído la orientación y quién ha dado su punto de partida.
programmes-next-running-button = Ver las mentorías
programmes-waits-applied = { $count ->
    [one] una solicitud por responder
   *[other] { $count } solicitudes por responder
 }
programmes-tasks = Lo que hay que preparar
programmes-state-done = hecho
programmes-state-to-do = por hacer
programmes-state-attention = por revisar
programmes-state-later = más adelante
programmes-state-optional = opcional
programmes-task-dates = Fechas y calendario
programmes-task-dates-text = Del { $from } al { $to } ({ $zone }); { $holidays ->
    [0] sin festivos
    [one] { $holidays } festivo
   *[other] { $holidays } festivos
}
programmes-task-course = Asignatura y créditos
programmes-task-course-text = { $course }: { $credits }, { $hours } horas
programmes-credits-ects = { $credits } créditos ECTS
programmes-credits-us-semester = { $credits } créditos semestrales
programmes-task-framework = Marco de competencias
programmes-task-framework-text = Elegido
programmes-task-framework-none = Sin elegir
programmes-task-clocks = Plazos
programmes-task-clocks-working-days = En días laborables: mentor o mentora en { $assigned }, primera reunión en { $meeting }, cómo van las metas a los { $pulse }
programmes-task-clocks-days = Mentor o mentora en { $assigned } días, primera reunión en { $meeting }, cómo van las metas a los { $pulse }
programmes-task-windows = Ventanas de respuesta
programmes-task-windows-text = { $mentor } días laborables para quien mentoriza y { $mentee } para quien recibe la mentoría
programmes-task-open = Abrir la edición
programmes-task-open-to-do = Hasta entonces solo la ve coordinación
programmes-task-open-done = Está abierta
programmes-task-open-closed = Estuvo abierta y se cerró
programmes-task-who = Quién participa
programmes-task-who-text = { $mentees ->
    [one] { $mentees } persona que recibe mentoría
   *[other] { $mentees } personas que reciben mentoría
}; { $mentors ->
    [one] { $mentors } que la ofrece
   *[other] { $mentors } que la ofrecen
}, con { $seats ->
    [one] { $seats } plaza
   *[other] { $seats } plazas
}
programmes-task-unassigned = Sin mentor o mentora a tiempo
programmes-task-unassigned-text = { $count ->
    [one] Pasó el plazo para asignar mentor o mentora a una persona
   *[other] Pasó el plazo para asignar mentor o mentora a { $count } personas
 }
programmes-notice-unassigned-label = Personas sin mentor o mentora a tiempo
programmes-notice-unassigned-mail = Pasó el plazo para asignar mentor o mentora a alguien
programmes-told-unassigned = { $count ->
    [one] En { $edition }, pasó el plazo para asignar mentor o mentora a una persona
   *[other] En { $edition }, pasó el plazo para asignar mentor o mentora a { $count } personas
 }
programmes-task-fallback = Tutores académicos y tutoras académicas que responden
programmes-task-fallback-text = { $count ->
    [0] Nadie está sin nombrar
    [one] Falta para { $count } persona
   *[other] Falta para { $count } personas
}
programmes-task-onlookers = Quién la ve desde fuera
programmes-task-onlookers-text = { $count ->
    [0] Ni patrocinio ni profesorado todavía
    [one] { $count } persona
   *[other] { $count } personas
}
programmes-task-orientation = Orientación
programmes-task-orientation-text = { $count ->
    [0] Con los textos que vienen con el producto
    [one] Con { $count } texto propio
   *[other] Con { $count } textos propios
}
programmes-task-pairing = Emparejar
programmes-task-pairing-text = Se puede calcular
programmes-task-pairing-later = Antes hace falta gente en ambas partes
programmes-task-consent = Pedir consentimiento
programmes-task-consent-asked = Después de emparejar
programmes-task-publish = Publicar las mentorías
programmes-task-publish-text = Cuando ambas partes hayan aceptado
programmes-count-asked = sin responder
programmes-count-waiting = en lista de espera
programmes-count-places = plazas libres
programmes-count-seats = plazas que ofrecen
programmes-opened = La edición está abierta.
programmes-edition-closed = La edición está cerrada.
programmes-close = Cerrar la edición
programmes-close-text = Después de cerrarla nadie entra ni sale, ni se responde a nada. Antes, publica o retira las propuestas que sigan en curso. No se borra nada, y se puede volver a abrir.
programmes-close-button = Cerrar la edición
programmes-reopen = Volver a abrir la edición
programmes-glance = Verla como quien patrocina
programmes-back-edition = Volver a la edición

# Configuración
programmes-settings-title = Decide cómo funciona { $edition }
programmes-settings-lead = Todo tiene ya un valor habitual; cambia solo lo que en tu organización sea distinto.
programmes-settings-save = Guardar la configuración
programmes-saved = Configuración guardada.
programmes-stands = Cómo está guardada ahora

# Quién la ve desde fuera
programmes-onlookers-title = Quién ve { $edition } desde fuera
programmes-onlookers-lead = Quien patrocina y el profesorado ven cifras y fechas de esta edición, y de ninguna otra; nunca lo que se escribe en ella.
programmes-onlookers-none = Todavía nadie.
programmes-onlooker-add = Añadir a una persona
programmes-onlooker-part = Como qué la verá
programmes-onlooker-button = Dejar que la vea
programmes-onlooker-added = Ya puede verla.
programmes-onlooker-remove = Quitar
programmes-onlooker-remove-of = Quitar a { $name }
programmes-onlooker-removed = Ya no puede verla.

# Inscripciones
programmes-enrolments-title = Inscripciones de { $edition }
programmes-enrolments-empty = Todavía no hay nadie en la lista.
programmes-enrolments-seen = Solo coordinación ve esta lista; cada persona ve su propia situación y su motivo
programmes-search = Nombre o correo
programmes-seats = { $count ->
    [one] { $count } plaza
   *[other] { $count } plazas
}
programmes-ask = Nominar o invitar
programmes-ask-title = Nomina o invita a personas para { $edition }
programmes-ask-lead = Cada persona recibe un correo y decide. Participa quien acepta.
programmes-ask-button = Enviar las preguntas
programmes-asked = { $asked ->
    [0] No se ha preguntado a nadie más.
    [one] Se ha preguntado a { $asked } persona; el correo va de camino.
   *[other] Se ha preguntado a { $asked } personas; los correos van de camino.
} { $known ->
    [0] { "" }
    [one] { $known } ya estaba en la lista.
   *[other] { $known } ya estaban en la lista.
}
programmes-group-mentees = Inscribir a mentorizados y mentorizadas
programmes-group-mentors = Inscribir a mentores y mentoras
programmes-group-mentees-title = { $count ->
    [one] { $count } persona más podría recibir mentoría
   *[other] { $count } personas más podrían recibir mentoría
}
programmes-group-mentors-title = { $count ->
    [one] { $count } persona más podría ofrecer mentoría
   *[other] { $count } personas más podrían ofrecer mentoría
}
programmes-group-lead = Lo dice su ficha, y no están en la lista de { $edition }.
programmes-group-choose = Elegir a quiénes
programmes-group-all = { $count ->
    [one] Inscribir a { $count } persona
   *[other] Inscribir a las { $count } personas
}
programmes-group-ticked = Inscribir solo a las marcadas
programmes-group-people = Quiénes
programmes-group-empty = Nadie más, según las fichas.
programmes-tells = Avisar a cada persona por correo
programmes-taken-in = { $added ->
    [one] Inscripción hecha: { $added } persona.
   *[other] Inscripción hecha: { $added } personas.
}
programmes-record = Ver su ficha
programmes-enrolment-asked = { $name } todavía no ha respondido
programmes-enrolment-applied = { $name } espera respuesta a su solicitud
programmes-enrolment-waiting = { $name } está en la lista de espera
programmes-enrolment-enrolled = { $name } participa
programmes-enrolment-declined = { $name } dijo que no
programmes-enrolment-refused = La solicitud de { $name } no se admitió
programmes-enrolment-withdrawn = { $name } ya no participa
programmes-steps = Qué se puede hacer
programmes-step-admit = Admitir
programmes-step-ask = Volver a preguntar
programmes-step-wait = Pasar a la lista de espera
programmes-step-refuse = No admitir
programmes-step-withdraw = Dar de baja, sin culpa de nadie
programmes-reason-hint = Si ayuda a entenderlo, en pocas palabras.
programmes-reason-seen = El motivo lo ven la propia persona y coordinación; no va en ningún correo
programmes-stepped-enrolled = Ya participa; un correo va de camino.
programmes-stepped-waiting = Está en la lista de espera; un correo va de camino.
programmes-stepped-asked = Se ha vuelto a preguntar; un correo va de camino.
programmes-stepped-refused = No se ha admitido; un correo va de camino.
programmes-stepped-withdrawn = Baja hecha; un correo va de camino.
programmes-details = Datos en esta edición
programmes-details-save = Guardar estos datos
programmes-details-saved = Datos guardados.
programmes-fallback-title = { $count ->
    [0] Todas las personas tienen quien responda
    [one] A { $count } persona le falta quien responda
   *[other] A { $count } personas les falta quien responda
}
programmes-fallback-lead = Si no se encuentra mentor o mentora para alguien, responde el tutor académico o la tutora académica que se nombre aquí. No se publica mientras alguien no tenga ni lo uno ni lo otro.
programmes-fallback-done = No falta nadie.
programmes-fallback-no-faculty = Antes, di quiénes son del profesorado
programmes-fallback-no-faculty-text = Ninguna persona tiene todavía esa función en la organización ni en esta edición.
programmes-fallback-none = Nadie todavía
programmes-fallback-all = { $count ->
    [one] Nombrar para { $count } persona
   *[other] Nombrar para las { $count } personas
}
programmes-fallback-ticked = Nombrar solo para las marcadas
programmes-fallback-students = Para quiénes
programmes-fallback-named = { $count ->
    [one] Nombramiento hecho para { $count } persona.
   *[other] Nombramiento hecho para { $count } personas.
}

# Quien participa
programmes-taking-part = Mis ediciones
programmes-taking-part-none = No participas en ninguna edición. Si esperabas una, pregunta a quien coordina.
programmes-answer = Responder
programmes-open-to = Ediciones que admiten solicitudes
programmes-open-to-text = Coordinación responde a cada solicitud, y lo sabrás por correo.
programmes-apply-mentee = Recibir mentoría
programmes-apply-mentor = Ofrecer mentoría
programmes-apply-mentee-to = Recibir mentoría: solicitar participar en { $edition }
programmes-apply-mentor-to = Ofrecer mentoría: solicitar participar en { $edition }
programmes-applied = Solicitud enviada.
programmes-own-asked = ¿Participas en { $edition }?
programmes-own-applied = Tu solicitud para { $edition } espera respuesta
programmes-own-waiting = Estás en la lista de espera de { $edition }
programmes-own-enrolled = Participas en { $edition }
programmes-own-declined = Dijiste que no a { $edition }
programmes-own-refused = Tu solicitud para { $edition } no se admitió
programmes-own-withdrawn = Ya no participas en { $edition }
programmes-own-seen = Tu situación la veis tú y coordinación; quien te dirige solo ve que participas y las fechas
programmes-own-accept = Sí, participo
programmes-own-decline = No, gracias
programmes-own-why = Añadir un motivo
programmes-own-reason-hint = No hace falta; nadie pide explicaciones.
programmes-own-leave = Dejar la edición
programmes-own-leave-text = Se puede dejar cuando haga falta, sin culpa de nadie. Tu plaza pasa a quien esté esperando.
programmes-own-withdraw = Dejar de participar
programmes-own-apply = Volver a solicitarlo
programmes-own-stepped-enrolled = Ya participas.
programmes-own-stepped-waiting = Gracias. Las plazas están llenas: quedas en la lista de espera.
programmes-own-stepped-declined = Respuesta guardada.
programmes-own-stepped-withdrawn = Ya no participas.
programmes-own-stepped-applied = Solicitud enviada.
programmes-wishes = Decir a quién preferirías
programmes-proposals = Mis propuestas
programmes-comes = Qué viene ahora
programmes-comes-asked = Di si participas. Nadie más lo decide por ti.
programmes-comes-applied = Coordinación responderá; lo sabrás por correo.
programmes-comes-waiting = Si queda una plaza libre, entra quien espera desde antes. Lo sabrás por correo.
programmes-comes-enrolled-mentee = Antes del emparejamiento puedes decir a quién preferirías y con quién hay un conflicto, en privado. Después te llegará una propuesta por correo, cuando quien vaya a mentorizarte ya haya aceptado.
programmes-comes-enrolled-mentor = Antes del emparejamiento puedes decir a quién preferirías y con quién hay un conflicto, en privado. Después te llegará una propuesta por correo: respondes antes que nadie.
programmes-comes-declined = Nada más. Si cambias de idea, díselo a coordinación.
programmes-comes-refused = Nada más por ahora. Coordinación puede explicarte el porqué.
programmes-comes-withdrawn = Nada más. Gracias por el tiempo que estuviste.
programmes-comes-closed = La edición ya se cerró.

# Responsables
programmes-lent-title = { $count ->
    [0] Nadie de tu equipo participa ahora
    [one] { $count } persona de tu equipo participa
   *[other] { $count } personas de tu equipo participan
}
programmes-lent-lead = Cedes su tiempo. Nunca serás su mentor o mentora: siempre es alguien de fuera de tu línea.
programmes-lent-seen = Ves quién participa y las fechas, nunca lo que hablan o escriben
programmes-lent-none = Ninguna ficha dice que alguien dependa de ti. Si no es así, díselo a coordinación.
programmes-lent-reports = Tu equipo
programmes-lent-not = no participa
programmes-lent-nominate = Nomina a alguien de tu equipo
programmes-lent-nominate-text = La persona recibe un correo y decide.
programmes-lent-no-edition = Ahora no hay ninguna edición abierta.
programmes-lent-person = A quién
programmes-lent-person-missing = Elige a una persona
programmes-lent-edition-missing = Elige una edición
programmes-lent-button = Nominar
programmes-lent-nominated = Nominación hecha. Si no estaba en la lista de esa edición, recibe un correo.
programmes-lent-known = Ya está en la lista de esa edición

# De un vistazo
programmes-overviews = { $count ->
    [0] Ninguna edición a la vista
    [one] { $count } edición a la vista
   *[other] { $count } ediciones a la vista
}
programmes-overviews-lead = Cifras y fechas; nunca lo que se escribe.
programmes-overviews-none = Coordinación dice quién ve cada edición.
programmes-overviews-all = Todas las ediciones
programmes-overview-title = En { $edition } participan { $mentees ->
    [one] { $mentees } persona
   *[other] { $mentees } personas
} y { $mentors ->
    [one] { $mentors } mentor o mentora
   *[other] { $mentors } mentores y mentoras
}
programmes-overview-standings = Cómo está cada parte
programmes-overview-seen = Son cifras; lo que cada persona escribe no se ve aquí

# Correos
programmes-mail-asked-subject = ¿Participas en { $edition }?
programmes-mail-asked-mentee = Te proponen recibir mentoría en { $edition } ({ $programme }). Tú decides: puedes aceptar o decir que no.
programmes-mail-asked-mentor = Te proponen ofrecer mentoría en { $edition } ({ $programme }). Tú decides: puedes aceptar o decir que no.
programmes-mail-asked-link = Responder
programmes-mail-enrolled-subject = Participas en { $edition }
programmes-mail-enrolled-mentee = Tienes plaza para recibir mentoría en { $edition } ({ $programme }).
programmes-mail-enrolled-mentor = Vas a ofrecer mentoría en { $edition } ({ $programme }).
programmes-mail-enrolled-link = Ver qué viene ahora
programmes-mail-waiting-subject = Estás en la lista de espera de { $edition }
programmes-mail-waiting-mentee = Las plazas para recibir mentoría en { $edition } ({ $programme }) están llenas. Te avisaremos si queda una libre.
programmes-mail-waiting-mentor = Estás en la lista de espera para ofrecer mentoría en { $edition } ({ $programme }). Te avisaremos en cuanto cambie.
programmes-mail-waiting-link = Ver mi situación
programmes-mail-refused-subject = Sobre tu solicitud para { $edition }
programmes-mail-refused-mentee = Coordinación ha respondido a tu solicitud para recibir mentoría en { $edition } ({ $programme }): esta vez no ha podido ser.
programmes-mail-refused-mentor = Coordinación ha respondido a tu solicitud para ofrecer mentoría en { $edition } ({ $programme }): esta vez no ha podido ser.
programmes-mail-refused-link = Ver la respuesta
programmes-mail-withdrawn-subject = Ya no participas en { $edition }
programmes-mail-withdrawn-mentee = Coordinación te ha dado de baja en { $edition } ({ $programme }). No es culpa de nadie.
programmes-mail-withdrawn-mentor = Coordinación te ha dado de baja en { $edition } ({ $programme }). No es culpa de nadie.
programmes-mail-withdrawn-link = Ver mi situación
programmes-own-orientation = Leer la orientación
programmes-own-baseline = Dar la valoración inicial
programmes-orientation-readers = Quién ha leído la orientación
programmes-baselines = Quién ha dado su valoración inicial
programmes-rename = Cambiar el nombre del programa
programmes-rename-button = Guardar el nombre
programmes-renamed = El programa tiene otro nombre.
programmes-imported-title = { $mentors ->
    [0] { $mentees ->
        [one] Inscribe a la persona que acabas de importar
       *[other] Inscribe a las { $mentees } personas que acabas de importar
    }
   *[other] { $mentees ->
        [0] { $mentors ->
            [one] Inscribe a la persona que acabas de importar para mentorizar
           *[other] Inscribe a las { $mentors } personas que acabas de importar para mentorizar
        }
       *[other] Inscribe a quienes acabas de importar: { $mentees } para recibir mentoría y { $mentors } para mentorizar
    }
}
programmes-imported-lead = Cada cual entra en el lado que dice su ficha. Quien ya está en la edición se queda como está.
programmes-imported-edition = En qué edición
programmes-imported-choose = Elige una edición
programmes-imported-none-title = Antes, abre una edición
programmes-imported-none = No hay ninguna edición abierta. Crea un programa o abre una edición y vuelve aquí: la importación te espera.
programmes-imported-button = { $people ->
    [one] Inscribir a esta persona
   *[other] Inscribir a estas { $people } personas
}
programmes-taking-part-title = En qué ediciones participas
programmes-list-heading = Qué programas y ediciones hay
programmes-enrolments-heading = Quién está en la lista de { $edition }, y cómo
programmes-released = Resultados acordados
programmes-released-seen = Una línea que las dos personas de la mentoría han decidido enseñarte. Pueden retirarla.
