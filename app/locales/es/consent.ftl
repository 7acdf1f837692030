# Antes del cálculo: preferencias y conflictos
consent-wishes-mentee-title = Di a quién te gustaría tener como mentor o mentora
consent-wishes-mentor-title = Di a quién te gustaría mentorizar
consent-wishes-mentee-lead = Puedes ordenar hasta cinco personas de entre las que las reglas permiten, y decir con quién hay un conflicto. Nada de esto es obligatorio: las preferencias cuentan, pero no deciden solas.
consent-wishes-mentor-lead = Puedes ordenar hasta cinco personas de entre las que las reglas permiten, y decir con quién hay un conflicto. Nada de esto es obligatorio: las preferencias cuentan, pero no deciden solas.
consent-wishes-mentee-empty = Las reglas aún no permiten a nadie de quienes mentorizan. Vuelve cuando se hayan inscrito más personas.
consent-wishes-mentor-empty = Las reglas aún no permiten a nadie de quienes quieren aprender. Vuelve cuando se hayan inscrito más personas.
consent-wishes-mentee-competencies = Puede enseñar
consent-wishes-mentor-competencies = Quiere aprender
consent-wishes-mentee-conflicts = Con quién no quieres tener esta mentoría, un nombre o correo por línea
consent-wishes-mentor-conflicts = A quién no puedes mentorizar, un nombre o correo por línea
consent-wishes-seen = Esto lo ven solo tú y las reglas.
consent-rank-seen = Esto lo ven solo tú y las reglas. Si ayuda a formar una pareja, la coordinación lo lee entre las razones; la otra parte no lo sabrá nunca.
consent-wishes-hidden-title = Di a quién no puedes mentorizar
consent-wishes-hidden-lead = Si hay un conflicto con alguien, las reglas no os emparejarán. Nada de esto es obligatorio.
consent-wishes-as-mentor = En esta edición también mentorizas: di a quién te gustaría mentorizar
consent-wishes-as-mentee = En esta edición también recibes mentoría: di a quién te gustaría tener como mentor o mentora
consent-wishes-save = Guardar mis preferencias
consent-wishes-saved = Guardado. Cuenta a partir del próximo cálculo.
consent-wishes-stale-title = Ya habías guardado otra cosa en otra ventana
consent-wishes-stale = Lo que ves abajo aún no se ha guardado. Si lo guardas, sustituye a esto:
consent-wishes-stale-empty = No habías puesto a nadie.
consent-rank-title = Tus preferencias
consent-rank-lead = Elige el lugar de cada persona, del 1 para la preferida al 5. Al buscar no se pierde lo que hayas elegido.
consent-rank-hidden = En esta edición se guarda en reserva quién recibe mentoría, así que no hay lista de la que elegir. Cuando haya una propuesta para ti sabrás de quién se trata y decidirás.
consent-wishes-mentee-search = Nombre, cargo, unidad, lugar o competencia
consent-wishes-mentor-search = Nombre o competencia
consent-rank-none-found = Nadie coincide con la búsqueda.
consent-rank-name = Nombre
consent-rank-place = Lugar
consent-rank-of = Lugar de { $name }
consent-rank-nowhere = sin lugar
consent-rank-beyond = { $count ->
    [one] Hay una persona más: busca por su nombre.
   *[other] Hay { $count } personas más: busca por su nombre.
}
consent-rank-twice = Dos personas tienen el mismo lugar
consent-rank-person-twice = Hay alguien dos veces en la lista
consent-rank-many = Puedes ordenar hasta { $count } personas
consent-rank-unknown = Alguien de la lista ya no se puede elegir; vuelve a abrir la página
consent-conflicts-title = Conflictos
consent-conflicts-hint = Por ejemplo, una relación familiar o un asunto pendiente. No hace falta decir por qué.
consent-conflicts-unchecked = Escribe el nombre completo o el correo. No se comprueba aquí, para no revelar quién participa; las reglas lo tendrán en cuenta.
consent-conflicts-many = Puedes escribir hasta { $count } nombres, de hasta 200 letras cada uno
consent-conflicts-unknown = No encontramos a «{ $name }»; escribe el nombre completo o el correo

# Propuestas, como las ve cada parte
consent-mine-none = No tienes ninguna propuesta
consent-mine-title = { $count ->
    [0] No tienes nada que contestar
    [one] Tienes una propuesta que contestar
   *[other] Tienes { $count } propuestas que contestar
}
consent-mine-empty = Cuando haya una para ti te llegará un correo, y la verás aquí.
consent-mine-editions = Ver en qué ediciones participo
consent-mine-changed = Una propuesta anterior
consent-mine-until = hasta el { $day }
consent-to-mine = Ver mis propuestas
consent-to-mentorships = Ver mis mentorías
consent-sign-in = Entrar en Telémaco
consent-tag-asked-mentor = por contestar
consent-tag-asked-mentee = por contestar
consent-tag-yes = aceptada
consent-tag-silent-yes = aceptada por silencio
consent-tag-no = has dicho que no
consent-tag-silent-no = sin respuesta a tiempo
consent-tag-changed = la coordinación cambió la propuesta
consent-tag-published = publicada
consent-title-asked-mentor = ¿Quieres mentorizar a { $name }?
consent-title-asked-mentee = { $name } puede ser tu mentor o mentora
consent-title-yes = Has aceptado
consent-title-silent-yes = Se acabó el plazo y cuenta como un sí
consent-title-no = Has dicho que no
consent-title-silent-no = Se acabó el plazo y cuenta como un no
consent-title-changed = La coordinación cambió la propuesta
consent-title-published = Esta propuesta es ya una mentoría
consent-lead-asked-mentor = Falta tu respuesta.
consent-lead-asked-mentee = Falta tu respuesta.
consent-lead-yes = Gracias. Te escribiremos cuando la coordinación publique el resultado. No tienes que hacer nada más.
consent-lead-silent-yes = Como no contestaste a tiempo, cuenta como aceptada. Te escribiremos cuando la coordinación publique el resultado.
consent-lead-no = Gracias por decirlo. A la otra persona nadie se lo dice: como mucho leerá que la coordinación cambió la propuesta. Si hay otra propuesta, te escribiremos.
consent-lead-silent-no = Como no contestaste a tiempo, cuenta como un no. La otra persona no lo sabrá. Si hay otra propuesta, te escribiremos.
consent-lead-changed = No tienes que hacer nada. Si hay otra propuesta, te escribiremos.
consent-lead-published = Ambas partes habéis aceptado y la coordinación la ha publicado.
consent-wants = Quiere aprender
consent-teaches = Puede enseñar
consent-why = Por qué
consent-why-plain = La coordinación la propone según los criterios de la edición.
consent-seen-mentor = Lo veis tú y la coordinación. Esa persona no sabe de esta propuesta, y no sabrá de ella si dices que no.
consent-seen-mentee = Lo veis tú y la coordinación. Esa persona no sabrá qué contestas hasta que se publique el resultado.
consent-your-answer = Tu respuesta
consent-until-mentor = Puedes contestar hasta el final del { $day } (hora de { $zone }). Si no contestas, cuenta como un no.
consent-until-mentee = Puedes contestar hasta el final del { $day } (hora de { $zone }). Si no contestas, cuenta como aceptada.
consent-until-mailed = Puedes contestar ya. Tu plazo empieza cuando te llegue el correo.
consent-accept = Aceptar esta propuesta
consent-decline-open = Decir que no
consent-decline = Decir que no a esta propuesta
consent-reason-label = Motivo, si quieres darlo
consent-reason-seen = Lo lee solo la coordinación. A la otra persona nadie le dice que dijiste que no: como mucho leerá que la coordinación cambió la propuesta.
consent-answer-missing = Elige si aceptas o dices que no
consent-expired-title = Este enlace ya no sirve
consent-expired = Los enlaces sirven mientras se puede contestar. Entra en Telémaco para ver cómo está tu propuesta.

# Lo que ve la coordinación
consent-overview-none = Aún no has enviado propuestas
consent-overview-waiting = { $count ->
    [one] Falta una respuesta
   *[other] Faltan { $count } respuestas
}
consent-overview-settled = { $count ->
    [one] Todo está contestado: una pareja ha aceptado
   *[other] Todo está contestado: { $count } parejas han aceptado
}
consent-overview-done = No queda nada por contestar ni por publicar
consent-next-run-title = Empareja y envía las propuestas
consent-next-run = Los mentores y mentoras contestan primero. Nadie ve puntuaciones ni la elección de otras personas.
consent-to-board = Ir al tablero de emparejamiento
consent-next-wait-title = Espera las respuestas, o recuérdalo
consent-next-wait-only-title = Espera las respuestas
consent-next-wait-only = A todas se les ha escrito hace menos de un día. Cuando pase un día podrás recordárselo aquí a quien falte.
consent-next-wait = La última respuesta que falta tiene plazo hasta el { $day }. El silencio de quien mentoriza cuenta como un no; el de quien recibe la mentoría, como un sí.
consent-next-unreached-title = { $count ->
    [one] A una persona no se le pudo entregar la pregunta
   *[other] A { $count } personas no se les pudo entregar la pregunta
}
consent-next-unreached = El correo no salió, así que su plazo no corre: su silencio no cuenta. Comprueba sus direcciones y pregunta otra vez. A quien lleve un día sin contestar se le recuerda a la vez.
consent-ask-again = { $count ->
    [one] Preguntar otra vez a una persona
   *[other] Preguntar otra vez a { $count } personas
}
consent-see-unreached = Ver a quiénes
consent-remind = { $count ->
    [one] Recordar a una persona
   *[other] Recordar a { $count } personas
}
consent-reminded = { $count ->
    [one] Se ha escrito a una persona.
   *[other] Se ha escrito a { $count } personas.
}
consent-reminded-none = No se ha enviado nada: a cada persona se le recuerda una vez al día como mucho, y no antes de un día desde la pregunta.
consent-next-publish-title = Publica lo que las dos partes han aceptado
consent-next-publish = Cada pareja recibirá un correo. Si alguien se ha quedado sin pareja, puedes calcular otra vez antes o después: las aceptadas se quedan como están.
consent-publish = { $count ->
    [one] Publicar una mentoría
   *[other] Publicar { $count } mentorías
}
consent-run-again = Calcular otra vez con lo que se ha dicho
consent-next-again-title = No hay ninguna propuesta en curso
consent-next-again = Lo aceptado está publicado. Si alguien sigue sin pareja, calcula otra vez: las mentorías en marcha no se tocan.
consent-see-mentorships = Ver las mentorías
consent-publish-waiting = { $count ->
    [one] Falta una respuesta. Espera a que llegue o a que acabe su plazo, o retira la propuesta.
   *[other] Faltan { $count } respuestas. Espera a que lleguen o a que acabe su plazo, o retira esas propuestas.
}
consent-publish-without = { $count ->
    [one] Una persona se quedaría sin mentor o mentora y sin tutor o tutora que responda por ella: { $names }. Calcula otra vez, o pon a alguien del profesorado en su inscripción.
   *[other] { $count } personas se quedarían sin mentor o mentora y sin tutor o tutora que responda por ellas: { $names }. Calcula otra vez, o pon a alguien del profesorado en sus inscripciones.
}
consent-under-way = { $count ->
    [one] Hay una propuesta en curso. Publícala o retírala, y después cierra la edición.
   *[other] Hay { $count } propuestas en curso. Publica las aceptadas, espera las respuestas que falten o retira esas propuestas, y después cierra la edición.
}
consent-published = { $count ->
    [one] Una mentoría publicada. La pareja recibirá un correo.
   *[other] { $count } mentorías publicadas. Todas las personas recibirán un correo.
}
consent-published-none = No había nada por publicar.
consent-sent = { $count ->
    [one] Una propuesta enviada.
   *[other] { $count } propuestas enviadas.
}
consent-sent-again = Propuestas nuevas: { $asked }. Se quedan como estaban: { $kept }. Cambian: { $changed }.
consent-sent-none = No había nada nuevo que enviar.
consent-sending-begun = Se están enviando las propuestas. Puedes dejar esta página: sigue sin ti.
consent-publishing-begun = Se están publicando las mentorías. Puedes dejar esta página: sigue sin ti.
consent-sending-title = Se están enviando las propuestas
consent-publishing-title = Se están publicando las mentorías
consent-progress = Van { $done } de { $all } parejas
consent-still-sending = Aún se están enviando propuestas: van { $done } de { $all } parejas. Espera a que termine.
consent-still-publishing = Aún se están publicando mentorías: van { $done } de { $all } parejas. Espera a que termine.
consent-still-sending-lead = Cada propuesta sale con su correo, y quien ya la tiene puede contestar. A nadie se le pregunta dos veces, aunque el servidor se reinicie.
consent-still-publishing-lead = Cada mentoría empieza con sus dos correos. Ninguna se publica dos veces, aunque el servidor se reinicie.
consent-look-again = Ver cuánto falta
consent-go-on-sending = Seguir enviando, si se ha parado
consent-go-on-publishing = Seguir publicando, si se ha parado
consent-count-mentor-asked = esperan a quien mentoriza
consent-count-mentee-asked = esperan a quien recibe la mentoría
consent-count-accepted = aceptadas por ambas partes
consent-count-declined = con un no
consent-count-published = publicadas
consent-search = Nombre o correo
consent-filter-waiting = Sin contestar
consent-filter-unreached = Sin poder entregar la pregunta
consent-filter-accepted = Aceptadas
consent-filter-declined = Con un no
consent-filter-published = Publicadas
consent-filter-taken-back = Retiradas o cambiadas
consent-filter-all = Todas
consent-none-found = Ninguna propuesta coincide con la búsqueda.
consent-sheet = Propuestas
consent-mentee = Mentorizado o mentorizada
consent-mentor = Mentor o mentora
consent-state = Cómo está
consent-until = Plazo
consent-reason = Motivo
consent-actions = Acciones
consent-state-mentor-asked = Espera a quien mentoriza
consent-state-mentee-asked = Espera a quien recibe la mentoría
consent-state-unreached-mentor = No se pudo escribir a quien mentoriza
consent-state-unreached-mentee = No se pudo escribir a quien recibe la mentoría
consent-state-accepted = Aceptada por ambas partes
consent-state-silent-yes = Aceptada; quien recibe la mentoría no contestó a tiempo
consent-state-published = Publicada
consent-state-declined-mentor = Quien mentoriza dijo que no
consent-state-declined-mentee = Quien recibe la mentoría dijo que no
consent-state-silent-no = Quien mentoriza no contestó a tiempo
consent-state-own = Es tuya: la lleva otra persona de la coordinación
consent-state-taken-back = Retirada o cambiada
consent-take-back = Retirar
consent-take-back-of = Retirar la propuesta de { $name }
consent-taken-back = Propuesta retirada. A quien la había visto se le dice que la coordinación la cambió.
consent-seen-coordinator = Quién dijo que no y por qué lo ve solo la coordinación. Las otras personas leen que la coordinación cambió la propuesta.

# Correos
consent-mail-ask-subject = Tienes una propuesta que contestar en «{ $edition }»
consent-mail-ask = Hay una propuesta de mentoría para ti en «{ $edition }».
consent-mail-ask-mentor = En la página verás de quién se trata y por qué. Puedes contestar hasta el final del { $day } (hora de { $zone }); si no contestas, cuenta como un no.
consent-mail-ask-mentee = En la página verás de quién se trata y por qué. Puedes contestar hasta el final del { $day } (hora de { $zone }); si no contestas, cuenta como aceptada.
consent-mail-ask-link = Ver la propuesta y contestar, sin contraseña
consent-mail-remind-subject = Aún puedes contestar a tu propuesta en «{ $edition }»
consent-mail-remind = Tu propuesta de mentoría en «{ $edition }» sigue sin respuesta.
consent-mail-remind-link = Ver la propuesta y contestar, sin contraseña
consent-mail-changed-subject = La coordinación cambió una propuesta de «{ $edition }»
consent-mail-changed = La coordinación cambió la propuesta que habías visto en «{ $edition }». No tienes que hacer nada; si hay otra, te escribiremos.
consent-mail-changed-link = Ver mis propuestas
consent-mail-published-subject = Tu mentoría de «{ $edition }» ha empezado
consent-mail-published = Ambas partes habéis aceptado y la coordinación ha publicado vuestra mentoría de «{ $edition }». En su página tenéis el contacto y qué viene ahora.
consent-mail-published-link = Ver la mentoría
consent-notice-published-label = El comienzo de una mentoría
consent-notice-published-mail = Una mentoría tuya ha empezado
consent-notice-published-needed = Llega siempre: la otra persona espera tus primeras noticias.
consent-keeps = { $count ->
    [one] Hay una propuesta de mentoría suya en curso: retírala antes.
   *[other] Hay { $count } propuestas de mentoría suyas en curso: retíralas antes.
}
