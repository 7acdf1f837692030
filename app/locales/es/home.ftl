home-next = Lo siguiente
home-counts = Tu organización en cifras
home-count-mentees = mentorizados y mentorizadas
home-count-mentors = mentores y mentoras
home-count-seats = plazas ofrecidas
home-count-accounts = con cuenta
home-coordinator-empty-title = Empieza por inscribir a las personas
home-coordinator-empty-text = Sube las hojas de cálculo que ya tienes. Antes de guardar nada verás, fila por fila, qué cambiará.
home-coordinator-empty-button = Importar hojas de cálculo
home-coordinator-title = Las personas están; falta el programa
home-coordinator-text = Un formulario crea el programa y su primera edición, con respuestas sensatas ya puestas.
home-coordinator-button = Crear un programa
home-operator-title = La instalación, de un vistazo
home-operator-text = Base de datos, correo y tareas pendientes; nada de contenido.
home-operator-button = Ver el sistema
home-mentor-title = Cuenta qué puedes enseñar
home-mentor-text = Con las competencias que dominas y las plazas que ofreces, quien coordina podrá emparejarte bien.
home-mentor-button = Revisar mi perfil
home-mentee-title = Cuenta qué quieres aprender
home-mentee-text = Las competencias que buscas deciden en buena parte con quién aprenderás.
home-mentee-button = Revisar mi perfil
home-other-title = Te damos la bienvenida
home-other-text = En el directorio están las personas que ejercen de mentoras en tu organización.
home-other-button = Ver el directorio
home-editions = Ediciones en marcha
home-proposal-title = { $count ->
    [one] Una propuesta espera tu respuesta
   *[other] { $count } propuestas esperan tu respuesta
 }
home-proposal-text = Dice quién es la otra persona y por qué encajáis. Responder lleva un minuto.
home-proposal-button = Ver y responder
home-asked-title = Te proponen participar en un programa
home-asked-text = Puedes aceptar o decir que no; nadie te pedirá explicaciones.
home-asked-button = Ver y responder
home-orientation-title = Lee la orientación antes de la primera reunión
home-orientation-text = Qué se espera de cada parte, qué queda entre vosotros y cómo empezar. Son cinco minutos.
home-orientation-button = Leer la orientación
home-baseline-title = { $count ->
    [one] Falta tu punto de partida
   *[other] Faltan { $count } puntos de partida
 }
home-baseline-text = Antes de la primera reunión: cómo se ven hoy las competencias. Después nadie podrá reconstruirlo.
home-baseline-button = Dar el punto de partida
home-my-mentor-title = Tu mentoría está en marcha
home-my-mentor-text = Quién te acompaña, desde cuándo y cómo escribirle.
home-my-mentor-button = Ver mi mentoría
home-my-mentees-title = { $count ->
    [one] Acompañas a una persona
   *[other] Acompañas a { $count } personas
 }
home-my-mentees-text = A quién acompañas, desde cuándo y cómo escribirle.
home-my-mentees-button = Ver mis mentorías
home-taking-part-title = Participas en un programa
home-taking-part-text = En qué punto estás y qué viene después.
home-taking-part-button = Ver en qué punto estoy
home-onlooker-title = Cómo va el programa, de un vistazo
home-onlooker-text = Cifras y fechas de cada edición; nada de lo que escriben las parejas.
home-onlooker-button = Ver las ediciones
home-supervisor-title = A quién cedes tiempo
home-supervisor-text = Las personas de tu equipo que participan, y desde cuándo. Quien dirige a alguien nunca es su mentor o mentora.
home-supervisor-button = Ver mi equipo
home-system-well = La instalación está bien
home-system-look = Algo necesita atención
home-system-lead = Lo que hace falta saber para cuidarla; ningún contenido.
home-system-version = Versión
home-system-database = Base de datos
home-system-schema = Esquema aplicado y conocido
home-system-jobs = Tareas en espera
home-system-standing = De ellas, las que ya solo se intentan una vez al día
home-system-given-up = Tareas abandonadas
home-system-mail = Correo
home-system-answers = responde
home-system-silent = no responde
home-system-vault = Clave del contenido
home-system-opens = está
home-system-closed = falta: lo escrito en confianza no se abre hasta que vuelva
home-system-doctor = La orden «telemaco doctor» dice además qué hacer en cada caso.
home-demo-title = Elige como quién entrar
home-demo-lead = Cada persona ve lo que le corresponde.
home-demo-enter = Entrar
home-demo-enter-as = Entrar como { $name }
home-mail-title = Estos correos habrían salido
home-mail-empty = Todavía no hay ninguno. Invita a alguien desde su ficha.
home-mail-lead = En la demostración no sale nada: se guardan aquí, los más recientes primero.
home-month-title = Acompañas a { $count } personas
home-month-text = El mes en una página: lo que te espera, las reuniones y lo que queda abierto con cada una.
home-month-button = Ver el mes
home-concern-title = { $count ->
    [one] Alguien te ha contado un problema
   *[other] Te han contado { $count } problemas
 }
home-concern-text = Solo lo lees tú. Quien lo contó espera saber que lo has leído.
home-concern-button = Leerlo
home-concerns = Los problemas que te han contado
home-glass-title = { $count ->
    [one] Te piden abrir lo que escribió una pareja
   *[other] Te piden { $count } veces abrir lo que escribió una pareja
}
home-glass-text = Puede haber ocurrido algo grave. No se abre nada hasta que leas el motivo y decidas.
home-glass-button = Leer el motivo
home-register-title = { $count ->
    [one] Una sesión espera algo de la secretaría o de la presidencia
   *[other] { $count } sesiones esperan algo de la secretaría o de la presidencia
}
home-register-text = Puntos por clasificar, plazas por contestar y conflictos por resolver. Mientras falten, nadie está en la sala.
home-register-button = Ver qué esperan
home-sittings-title = { $count ->
    [one] Una sesión espera tu respuesta
   *[other] { $count } sesiones esperan tu respuesta
}
home-sittings-text = Alguien quiere venir a observar, hay que preguntar a la otra parte de una negociación, hay clases de puntos que confirmar o falta decir si una sesión se celebró. Lleva un minuto.
home-sittings-button = Ver las sesiones
home-secretary-title = En la sala nada espera respuesta
home-secretary-text = El registro tiene las sesiones que vienen, los compromisos que terminan y las exposiciones.
home-secretary-button = Ver el registro
home-host-title = Recibes a quienes vienen a aprender
home-host-text = Abre una reunión o una negociación a quien observa: basta con el día, la hora y las plazas.
home-host-button = Ver las sesiones
