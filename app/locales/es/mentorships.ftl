mentorships-list-title = { $count ->
    [0] No hay mentorías en marcha
    [one] Hay una mentoría en marcha
   *[other] Hay { $count } mentorías en marcha
}
mentorships-empty-title = Aún no hay mentorías
mentorships-empty = Una mentoría nace cuando las dos partes han aceptado y publicas el resultado.
mentorships-empty-button = Ver quién ha contestado
mentorships-search = Nombre o correo de cualquiera de las dos personas
mentorships-shown = Mostrar
mentorships-shown-running = En marcha ({ $count })
mentorships-shown-ended = Terminadas ({ $count })
mentorships-none-running = No hay mentorías en marcha. Las que terminaron siguen en la otra lista.
mentorships-none-ended = Ninguna mentoría ha terminado.
mentorships-none-found = Nadie coincide con la búsqueda.
mentorships-sheet = Mentorías
mentorships-mentee = Mentorizado o mentorizada
mentorships-mentee-address = Correo de quien recibe la mentoría
mentorships-mentor = Mentor o mentora
mentorships-mentor-address = Correo de quien mentoriza
mentorships-since = Desde
mentorships-since-day = desde el { $day }
mentorships-until = Hasta
mentorships-ending = Cómo terminó
mentorships-ending-exit = Alguien pidió dejarla, sin culpa de nadie
mentorships-ending-withdrawal = Alguien dejó la edición
mentorships-ending-closure = Llegó a su fin
mentorships-ending-missing = Elige cómo terminó
mentorships-another = Pide otra pareja
mentorships-yes = sí
mentorships-reason = Motivo
mentorships-reason-label = Motivo, si quieres darlo
mentorships-seen-parting = El motivo lo lee solo la coordinación. La otra persona no lo ve, ni sabe que se ha escrito.
mentorships-reason-long = El motivo pasa de { $letters } letras
mentorships-again-title = Busca otra pareja sin mover a nadie más
mentorships-again = Quien se quedó sin pareja entra en el siguiente cálculo. Las demás mentorías y propuestas aceptadas se quedan como están.
mentorships-again-button = Ir al tablero de emparejamiento
mentorships-mine-none = Aún no tienes ninguna mentoría
mentorships-mine-mentor = { $name } es tu mentor o mentora
mentorships-mine-mentees = { $count ->
    [one] Mentorizas a una persona
   *[other] Mentorizas a { $count } personas
}
mentorships-mine-both = { $count ->
    [one] { $name } te mentoriza, y tú mentorizas a una persona
   *[other] { $name } te mentoriza, y tú mentorizas a { $count } personas
}
mentorships-mine-empty = Cuando las dos partes hayan aceptado y la coordinación publique el resultado, la verás aquí.
mentorships-mine-proposals = Ver mis propuestas
mentorships-mine-editions = Ver en qué ediciones participo
mentorships-is-mentor = te mentoriza
mentorships-is-mentee = aprende contigo
mentorships-tag-running = en marcha
mentorships-tag-ended = terminada
mentorships-one-mentor = { $name } es tu mentor o mentora
mentorships-one-mentee = { $name } aprende contigo
mentorships-one-ended = Tu mentoría con { $name } ha terminado
mentorships-one-pair = { $mentor } mentoriza a { $mentee }
mentorships-one-pair-ended = La mentoría de { $mentee } con { $mentor } ha terminado
mentorships-contact = Contacto
mentorships-further = Además
mentorships-seen = Esta página la ven las dos personas de la mentoría y la coordinación.
mentorships-end = Dejar esta mentoría
mentorships-end-text = Puede pasar, y no es culpa de nadie. La coordinación lo sabrá enseguida; la otra persona recibirá un correo que no dice quién lo pidió ni por qué. Una mentoría terminada no se reabre, pero se puede buscar otra.
mentorships-end-manage = Terminar esta mentoría
mentorships-end-manage-text = La pareja recibirá el mismo correo, sin el motivo. Una mentoría terminada no se reabre.
mentorships-end-button = Terminar la mentoría
mentorships-another-label = Me gustaría tener otra pareja
mentorships-ended = La mentoría ha terminado. La pareja recibirá el mismo correo.
mentorships-changed-meanwhile = Mientras tanto cambió. Así está ahora; lo que escribiste no se ha guardado y sigue aquí.
mentorships-unsaved = Lo que escribiste, sin guardar
mentorships-ended-on = Terminó el { $day }
mentorships-ended-next = No es culpa de nadie. La coordinación se ocupa de lo que venga después.
mentorships-mail-end-subject = Una mentoría de «{ $edition }» ha terminado
mentorships-mail-end = Tu mentoría en «{ $edition }» ha terminado. No es culpa de nadie. La coordinación se ocupa de lo que venga después.
mentorships-mail-end-link = Ver la mentoría
mentorships-said-running = { $count ->
    [0] Nadie tiene todavía mentor o mentora.
    [one] Una persona tiene mentor o mentora.
   *[other] { $count } personas tienen mentor o mentora.
 }
mentorships-comes-mentee = Aprendes con { $name }. Antes de la primera reunión, lee la orientación y di desde dónde empiezas.
mentorships-comes-mentee-button = Ver mi mentoría
mentorships-comes-mentor = { $count ->
    [one] Acompañas a { $name }. Antes de la primera reunión, lee la orientación y di cómo ves sus competencias.
   *[other] Acompañas a { $count } personas. Antes de la primera reunión con cada una, lee la orientación y di cómo ves sus competencias.
 }
mentorships-comes-mentor-button = { $count ->
    [one] Ver la mentoría
   *[other] Ver mis mentorías
 }
mentorships-comes-ended = Tu mentoría con { $name } terminó. Si buscas otra, coordinación lo tiene en cuenta en el próximo cálculo.
mentorships-comes-ended-button = Ver la mentoría
mentorships-another-hint = Sin esta marca no entrarás en otro emparejamiento de esta edición hasta que lo pidas.
mentorships-another-button = Pedir otra pareja
mentorships-another-asked = Anotado. El siguiente cálculo vuelve a contar con esta persona.
mentorships-asked = Has pedido otra pareja: el siguiente cálculo cuenta contigo, y nadie volverá a proponer esta misma.
mentorships-rests = No pediste otra pareja, así que nadie te la propondrá en esta edición. Si cambias de idea, dilo aquí.
mentorships-rests-managed = { $name } dejó esta mentoría y no pidió otra: no entra en el siguiente cálculo hasta que se pida aquí.
mentorships-calendar-end = Termina la mentoría
mentorships-agreed = Acuerdo firmado
mentorships-not-agreed = sin firmar
mentorships-agreement = Acuerdo
mentorships-agreement-none = Sin firmar todavía
mentorships-agreement-draft = Hay un borrador
mentorships-agreement-proposed = Espera una firma
mentorships-agreement-holds = Firmado por las dos partes el { $day }
mentorships-agreement-read = Ver el acuerdo
mentorships-asked-title = Lee el acuerdo que te proponen
mentorships-asked-text = Valdrá en cuanto lo firmes. Si algo no te encaja, puedes proponer cambios.
mentorships-asked-button = Leer el acuerdo
mentorships-seen-only-me = Solo lo ve quien lo escribe.
mentorships-seen-pair = Lo ven las dos personas de la mentoría; nadie más, salvo por un asunto grave si vuestro acuerdo lo permite.
mentorships-seen-pair-and-coordinator = Lo ven las dos personas de la mentoría y la coordinación.
mentorships-seen-submitted = Copia entregada: la ven quien la escribe y quien es tutor académico o tutora académica.
mentorships-seen-outcome = Resultado acordado: lo ven las dos personas de la mentoría y, cuando las dos lo dan por bueno, quienes figuran como lectores.
mentorships-notice-ended = Tu mentoría con { $name } ha terminado
mentorships-notice-ended-label = El final de una mentoría
mentorships-notice-ended-mail = Una mentoría tuya ha terminado
mentorships-notice-ended-needed = Llega siempre: nadie debe seguir esperando a quien ya no está.
mentorships-agree-title = Vuestra mentoría no tiene todavía acuerdo
mentorships-agree-text = Para qué, cada cuánto y qué queda entre vosotros. El texto ya está empezado: basta con ajustarlo y firmarlo las dos personas.
mentorships-agree-button = Preparar el acuerdo
mentorships-mail-close = Tu mentoría en «{ $edition }» ha llegado a su final. Todo lo escrito se puede seguir leyendo, y el seguimiento llegará a su tiempo.
mentorships-closed-next = Llegó a su final. Todo lo escrito se puede seguir leyendo.
mentorships-seen-reported = Lo leen quien lo escribe y la persona que recibe; la otra persona de la mentoría, la coordinación y quien dirige no saben que existe.
mentorships-seen-grounds = Lo leen quien lo pide, la persona a quien se lo pide y, si se abre y han recibido el aviso, las dos de la mentoría.
mentorships-hinder = { $count ->
    [one] Sigue una mentoría. Termínala antes, en la página de mentorías.
   *[other] Siguen { $count } mentorías. Termínalas antes, en la página de mentorías.
 }
mentorships-end-all-title = La edición termina
mentorships-end-all = Todas las mentorías que siguen llegan a su final, y cada persona recibe el mismo correo. Conservan lo que escribieron, y el cierre y el seguimiento quedan abiertos.
mentorships-end-all-button = { $count ->
    [one] Terminar la mentoría que sigue
   *[other] Terminar las { $count } mentorías que siguen
 }
mentorships-end-all-done = { $count ->
    [one] La mentoría termina ahora; sus dos personas reciben un correo.
   *[other] Las { $count } mentorías terminan una tras otra; cada persona recibe un correo.
 }
mentorships-keeps = { $count ->
    [one] Tiene una mentoría en marcha: termínala antes.
   *[other] Tiene { $count } mentorías en marcha: termínalas antes.
}
