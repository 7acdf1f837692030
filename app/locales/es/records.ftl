records-sitting = Sesión { $number }
records-sitting-head = Sesión
records-item = Punto
records-items = Puntos
records-item-number = Punto { $item }
records-class = Clase
records-kind = Qué es
records-from = Desde
records-until = Hasta
records-day = Día
records-time = Hora ({ $zone })
records-times-in = Hora de { $zone }
records-observer = Quién observa
records-observers = Quiénes observan
records-nobody = Nadie observaba.
records-record = Registro
records-not-classified = sin clasificar
records-title-in = Punto { $item }: dentro, { $names }
records-title-out = Punto { $item }: nadie observa
records-title-between = Entre dos puntos: dentro, { $names }
records-title-empty = No hay ningún punto en curso y nadie observa
records-title-closed = El registro está cerrado
records-waiting-one = Sin conexión. Un apunte espera en este teléfono y se enviará solo.
records-waiting-many = Sin conexión. { $count } apuntes esperan en este teléfono, en su orden, y se enviarán solos.
records-lost = Sin conexión. Se puede seguir apuntando: se enviará cuando vuelva.
records-signed-out = La sesión ha caducado. Lo apuntado sigue en este teléfono: vuelve a entrar y se enviará.
records-no-items = La sesión no tiene puntos todavía. Hacen falta su número y su clase para llevar el registro.
records-no-observers = Nadie tiene plaza en esta sesión.
records-must-be-out = { $count ->
    [one] Antes tiene que salir: { $names }
   *[other] Antes tienen que salir: { $names }
 }
records-before = { $count ->
    [one] El punto { $item } ({ $class }): antes tiene que salir { $names }
   *[other] El punto { $item } ({ $class }): antes tienen que salir { $names }
 }
records-leave-and-begin = { $count ->
    [one] Sale y empieza el punto { $item }
   *[other] Salen y empieza el punto { $item }
 }
records-all-the-same = Empezar con quien observa dentro
records-begin = Empieza el punto { $item }
records-end = Termina el punto { $item }
records-leaves = Ha salido { $name }
records-comes = Entra { $name }
records-leave-now = Que salga ahora
records-told = con aviso de salir
records-exposed-now = dentro de lo que le está cerrado
records-has-not-come = no ha entrado
records-in-since = dentro desde las { $at }
records-out-since = fuera desde las { $at }
records-close-title = La sesión ha terminado
records-close-says = Termina el punto en curso, salen quienes sigan dentro y consta que la sesión se celebró. Lo que falte se pasa después desde la hoja.
records-close = Cerrar el registro
records-to-record = Registro de la sala
records-to-place = Dónde estar ahora
records-to-entries = Todo lo apuntado
records-to-sheet = Hoja para imprimir
records-to-annex = Anexo al acta
records-to-privilege = Asistencia bajo secreto profesional
records-to-file = Registro como archivo, para comprobarlo
records-to-register = Registro de la secretaría
records-to-insiders = Lista de iniciados
records-to-columns = Columnas de la lista
records-meanwhile = Alguien ha apuntado algo a la vez. La página dice ahora lo último; hay que volver a pulsar.
records-many = De una vez caben { $most } apuntes como mucho.
records-not-open = Esta sesión no está abierta: no hay nada que registrar.
records-time-wrong = Esa hora no puede ser: queda a más de un día de la sesión o aún no ha llegado.
records-time-missing = Falta la hora.
records-runs = El punto { $item } no ha terminado todavía.
records-does-not-run = Ese punto no está en curso.
records-is-in = Ya está dentro.
records-is-out = Ya está fuera.
records-closed = El registro está cerrado. Lo que falte se escribe en la hoja, con su hora.
records-no-such-entry = Ese apunte no se puede corregir.
records-place-over = La sesión ha terminado
records-place-over-says = El análisis posterior se escribe mejor antes de esta hora: { $at }.
records-place-leave-now = Hay que salir ahora
records-place-leave-now-says = Sin esperar a que termine la frase. Aquí se dirá cuándo se puede volver.
records-place-in = Puedes estar en la sala
records-place-in-says = Esta página avisa cuando haya que salir.
records-place-stay-out = Espera fuera
records-place-stay-out-says = Lo que se trata ahora está cerrado a quien observa. Aquí se dirá cuándo se puede volver.
records-place-may-come-in = Ya puedes entrar
records-place-may-come-in-says = El punto en curso está abierto para ti.
records-place-waiting = Espera a que empiece el punto siguiente
records-place-waiting-says = Aquí se dirá si puedes entrar.
records-place-lost = Sin conexión: esta página puede no estar al día. En la duda, fuera de la sala.
records-place-follows = La página se pone al día sola.
records-entries-title = Todo lo apuntado de la sesión { $sitting }
records-entries-lead = Nada se borra ni se cambia. Una corrección es otro apunte que dice cuál corrige.
records-entries-none = No hay ningún apunte. El registro empieza con el primer punto o con quien entra.
records-entries-more = Ver los siguientes
records-entries-count = { $count } apuntes
records-entry-number = Apunte { $number }
records-noted-late = recibido el { $at }
records-is-corrected = corregido
records-correct = Corregir
records-correct-time = Corregir la hora
records-corrected = La corrección está apuntada.
records-strike = No ocurrió
records-head = Huella del último apunte (SHA-256): { $digest }
records-did-item-begins = Empieza el punto { $item } ({ $class })
records-did-item-ends = Termina el punto { $item }
records-did-enters = Entra { $name }
records-did-leaves = Sale { $name }
records-did-told-to-leave = Se avisa a { $name } de que salga
records-did-returns = Vuelve { $name }
records-did-class-changed = El punto { $item } pasa a ser: { $class }
records-did-exposure = { $withdrawn ->
    [yes] No hubo exposición de { $name } en el punto { $item } ({ $class })
   *[no] Exposición de { $name } en el punto { $item } ({ $class })
 }
records-did-correction = { $instead ->
    [yes] El apunte { $entry } ocurrió a otra hora
   *[no] El apunte { $entry } no ocurrió
 }
records-did-closed = Se cierra el registro
records-sheet-title = Hoja de la sesión { $sitting }
records-sheet-lead = Para apuntar a mano si no hay teléfono: la hora en que empieza y termina cada punto, y en que entra y sale cada persona que observa.
records-planned = Previsto
records-sheet-begin = Empieza
records-sheet-end = Termina
records-sheet-out = Tienen que estar fuera
records-sheet-in-at = Entra
records-sheet-out-at = Sale
records-sheet-type = Pasar la hoja
records-sheet-says = Una línea por cosa, con su hora, en el orden en que ocurrieron. Lo que se escriba aquí se da por ocurrido; si alguien estuvo dentro de lo que le estaba cerrado, queda como exposición.
records-sheet-what = Qué ocurrió ({ $number })
records-sheet-time = A qué hora
records-sheet-begins = Empieza el punto { $item }
records-sheet-ends = Termina el punto { $item }
records-sheet-comes = Entra { $name }
records-sheet-leaves = Sale { $name }
records-sheet-closed = Termina la sesión
records-sheet-empty = La hoja está vacía.
records-sheet-save = Pasar al registro
records-sheet-taken = La hoja está en el registro.
records-column-attended = Asistencia
records-column-in = dentro
records-column-exposed = dentro, estando cerrado
records-column-exposed-no-seat = dentro, sin plaza
records-column-in-from = Dentro desde
records-column-in-until = Dentro hasta
records-column-left = Salió
records-column-back = Volvió
records-column-text = Texto del compromiso
records-column-signed = Firmado
records-column-ends = Vincula hasta
records-column-digest = Huella de lo firmado
records-column-head = Huella del registro
records-column-others = Esperan a otras personas
records-column-entries = Apuntes
records-column-closed = Cerrado
records-ran = Horas
records-who = Quienes observaban
records-was-out = fuera
records-was-away = fuera, aunque podía estar
records-was-in = dentro, { $spans }
records-was-exposed = dentro, { $spans }, estando cerrado: exposición
records-annex-title = Anexo al acta de la sesión { $sitting }: quién observó
records-annex-lead = Personas que asistieron como observadoras, punto por punto. No dice de qué se trató.
records-annex-none = No hay nada registrado de esta sesión.
records-sign-secretary = Firma de la secretaría
records-sign-chair = Visto bueno de la presidencia
records-annex-exposures = { $count ->
    [one] Hubo una exposición accidental.
   *[other] Hubo { $count } exposiciones accidentales.
 }
records-annex-corrections = { $count ->
    [one] El registro contiene una corrección.
   *[other] El registro contiene { $count } correcciones.
 }
records-annex-chain = El registro tiene { $entries ->
    [one] un apunte; su huella
   *[other] { $entries } apuntes; la huella del último
 } es { $digest }.
records-undertakings = Compromisos de confidencialidad
records-undertaking-number = texto { $number }, firmado
records-undertaking-none = sin firmar
records-privilege-title = Asistencia a los puntos bajo secreto profesional de la sesión { $sitting }
records-privilege-lead = Dónde estuvo cada persona que observaba mientras se trataban.
records-privilege-none = Ningún punto de la sesión estuvo bajo secreto profesional.
records-register-title = Registro de la secretaría
records-register-lead = Lo que viene, lo que espera respuesta, los compromisos que terminan y lo que se oyó estando cerrado.
records-register-nothing = Nada espera respuesta
records-register-waiting = { $count ->
    [one] Una sesión espera algo de la secretaría o de la presidencia
   *[other] { $count } sesiones esperan algo de la secretaría o de la presidencia
 }
records-register-answers = Esperan respuesta
records-register-exposed = Exposiciones
records-register-exposed-none = Nadie ha oído nada que le estuviera cerrado.
records-register-coming = Próximas sesiones
records-register-coming-none = No hay ninguna sesión abierta a quien observa. La abre quien recibe o la secretaría.
records-register-ending = Compromisos que terminan pronto
records-register-ending-none = Ninguno termina en los próximos sesenta días.
records-register-cut = No cabe todo: lo que falta está en los registros de las sesiones.
records-register-kept = Registros
records-register-more = Ver los siguientes
records-register-kept-none = No se ha llevado ningún registro todavía.
records-keep = Abrir
records-missing-asked = { $count ->
    [one] una plaza pedida
   *[other] { $count } plazas pedidas
 }
records-missing-class = { $count ->
    [one] un punto sin clasificar
   *[other] { $count } puntos sin clasificar
 }
records-missing-agreed = { $count ->
    [one] un punto sin la conformidad de la presidencia
   *[other] { $count } puntos sin la conformidad de la presidencia
 }
records-missing-conflicts = { $count ->
    [one] un conflicto de interés sin resolver
   *[other] { $count } conflictos de interés sin resolver
 }
records-missing-signed = { $count ->
    [one] un compromiso sin firmar
   *[other] { $count } compromisos sin firmar
 }
records-insiders-title = Lista de iniciados
records-insiders-nobody = No hay nadie en la lista de iniciados
records-insiders-count = { $count ->
    [one] Una exposición en la lista de iniciados
   *[other] { $count } exposiciones en la lista de iniciados
 }
records-insiders-lead = Solo por exposición accidental: quien observa nunca asiste a un punto de información privilegiada. Todas las horas están en UTC.
records-insiders-more = Ver las siguientes
records-insiders-law = Reglamento (UE) n.º 596/2014, artículo 18, y Reglamento de Ejecución (UE) 2022/1210, anexo I, plantilla 1. Se conserva al menos cinco años desde la última actualización.
records-insider-title = { $name } en la lista de iniciados
records-insider-lead = Las horas siguen al registro. El nombre, la organización y lo que se escriba quedan guardados con sus versiones. Las fechas se escriben como 2027-01-31, y con hora como 2027-01-31, 09:05 UTC.
records-insider-section = Sesión { $sitting }, punto { $item }
records-insider-reason = Observaba en el programa de mentoría; estuvo por error en la sala durante el punto { $item } de la sesión { $sitting }, de { $from } a { $until }
records-insider-lasts = todavía
records-insider-missing = { $count ->
    [one] Falta un dato.
   *[other] Faltan { $count } datos.
 }
records-insider-complete = Completar
records-insider-edit = Cambiar
records-insider-own = Tu propia línea: la completa otra persona de la secretaría
records-insider-seen = Lo lee la secretaría, y la autoridad competente a la que se entregue.
records-insider-shut = Lo que se escribió antes no se puede abrir. Lo que se guarde ahora será otra versión.
records-insider-save = Guardar esta versión
records-insider-saved = La lista está guardada.
records-insider-meanwhile = La lista ha cambiado mientras tanto. Lo escrito sigue aquí; hay que guardarlo otra vez después de mirar la lista.
records-of-the-record = según el registro
records-columns-title = Columnas de la lista de iniciados
records-columns-lead = Las de la plantilla del reglamento, mientras nadie las cambie. Lo escrito en una columna que se quita se conserva.
records-columns-number = Entre una columna y { $most }.
records-columns-save = Guardar estas columnas
records-columns-saved = Las columnas están guardadas.
records-column = Columna { $number }
records-column-es = En español
records-column-en = En inglés
records-column-source = De dónde sale
records-column-place = Lugar
records-column-drop = Quitarla
records-column-missing = Falta el nombre de la columna en uno de los idiomas.
records-long = Aquí caben { $most } letras como mucho.
records-source-typed = lo escribe la secretaría
records-source-section = sesión y punto
records-source-created = cuándo se anotó, si no se escribe otra cosa
records-source-updated = cuándo cambió
records-source-first-names = nombre
records-source-surnames = apellidos
records-source-company = organización
records-source-reason = motivo, con las horas
records-source-obtained = cuándo empezó la exposición
records-source-left = cuándo salió de la sala
records-told-exposed = { $name } estuvo en la sala durante el punto { $item } de la sesión { $sitting }, que le estaba cerrado ({ $class }).
records-notice-exposed-label = Exposiciones accidentales en la sala
records-notice-exposed-mail = Se ha registrado una exposición accidental en una sesión
records-notice-exposed-needed = La secretaría tiene que saberlo en el momento: puede haber una lista de iniciados que completar.
records-fault-changed = El apunte { $number } no es el que se escribió.
records-fault-missing = Falta el apunte { $number }, o está en otro lugar.
records-fault-length = Hay { $is } apuntes y eran { $was }.
records-fault-head = El apunte { $number } no es aquel en que terminaba el registro.
records-fault-no-head = No consta dónde termina el registro.
records-fault-exposure = De lo apuntado se sigue una exposición que no está.
records-verify-right = El registro está entero: { $entries ->
    [one] un apunte
   *[other] { $entries } apuntes
 }, y la huella del último es { $digest }. Tiene que ser la del anexo al acta.
records-verify-wrong = { $path } no es el registro que se escribió.
records-verify-all = { $chains ->
    [one] Se ha comprobado un registro
   *[other] Se han comprobado { $chains } registros
 }, con { $entries ->
    [one] un apunte
   *[other] { $entries } apuntes
 }, y { $chains ->
    [one] está entero
   *[other] están enteros
 }. { $undertakings ->
    [0] No hay compromisos firmados.
    [one] El único compromiso está como se firmó.
   *[other] Los { $undertakings } compromisos están como se firmaron.
 }
records-verify-found = { $count ->
    [one] Hay algo que no es como se escribió.
   *[other] Hay { $count } cosas que no son como se escribieron.
 }
records-digest = SHA-256 { $digest }
records-is-kept = De este registro salen el anexo al acta, la asistencia bajo secreto profesional y las horas.
records-was-not-kept = Se celebró sin registro. Si hay una hoja rellena, se pasa aquí y lo que diga es lo que cuenta.
records-is-not-kept = Aún no hay nada apuntado. Se lleva con el teléfono, o con la hoja impresa si no lo hay; al cerrarlo, la sesión consta como celebrada.
records-by-link = por el enlace de un correo
records-not-yours = Este registro ya no lo llevas tú, o ya no está. Lo que se toque aquí no se apunta.
records-place-not-yours = Ya no tienes plaza en esta sesión. En la duda, fuera de la sala.
records-refused-title = No quedó apuntado
records-refused-says = Esto se tocó en este teléfono y no está en el registro. Si ocurrió, pásalo a la hoja con su hora.
records-refused-seen = Visto, quitar de aquí
records-time-old = Lo de hace más de { $hours } horas no se apunta con el teléfono: pásalo a la hoja con su hora.
records-why = Por qué
records-cause-wrong-time = la hora era otra
records-cause-mistaken = se apuntó por error
records-cause-somebody-else = era otra persona
records-cause-told-later = se vio con lo que se apuntó después
records-did-signs = Firma { $name } el compromiso
records-did-correction-why = { $instead ->
    [yes] El apunte { $entry } ocurrió a otra hora ({ $why })
   *[no] El apunte { $entry } no ocurrió ({ $why })
 }
records-told-moved = Una corrección ha cambiado las horas de la exposición de { $name } al punto { $item } de la sesión { $sitting } ({ $class }).
records-told-withdrawn = Se ha retirado la exposición de { $name } al punto { $item } de la sesión { $sitting } ({ $class }): según el registro no la hubo.
records-notice-corrected-label = Exposiciones que se corrigen o se retiran
records-notice-corrected-mail = Una corrección ha cambiado o retirado una exposición
records-notice-corrected-needed = La secretaría responde de la lista de iniciados: tiene que saber qué ha cambiado en ella.
records-withdrawn = Retirada
records-insider-withdrawn = Retirada el { $at }: { $why }. La línea se conserva.
records-to-versions = Todas las versiones de esta línea
records-versions-title = { $name } en la lista de iniciados: versiones
records-versions-lead = Lo que ha dicho el registro y lo que se ha escrito, con su hora en UTC. Lo último va primero.
records-version-recorded = El registro: { $times }
records-version-withdrawn = El registro: no hubo exposición ({ $why })
records-version-shut = Lo que se escribió no se puede abrir, o se borró.
records-version-empty = Se guardó sin escribir nada.
records-columns-before = Columnas que ha tenido la lista
records-fault-undertaking = Un compromiso de confidencialidad no es el que se firmó.
records-fault-attendance = Los minutos que constan de alguien, o si el registro está empezado y cerrado, no son los que salen del registro.
records-insider-kept = Hay que conservarla al menos hasta el { $day }.
records-insider-past-keeping = Desde el { $day } ya no hay que conservarla.
records-insider-not-told = No consta que sepa a qué le obliga
records-insider-told = Tiene que leer a qué le obliga
records-insider-read = Leyó a qué le obliga: { $at }
records-insider-read-column = Leyó a qué le obliga
records-insider-tell = Decirle a qué le obliga
records-insider-now-told = Se le ha dicho: tiene un aviso y un correo.
records-insider-destroy = Borrar lo que se escribió de esta línea
records-insider-destroy-text = Desaparecen su nombre, sus datos y lo que leyó, también en las versiones. La línea sigue en el registro, sin ellos. No se puede deshacer.
records-insider-destroyed = Lo escrito de esa línea está borrado.
records-insider-was-destroyed = Sus datos se borraron el { $at }, cumplidos los cinco años.
records-version-destroyed = Se borró lo que se conservaba de esta línea.
records-version-proposed = Nombre y organización, tal como eran cuando se sacó la lista.
records-insider-no-day = Escribe la fecha como 1990-01-31.
records-fault-acknowledgement = Lo que alguien dijo haber leído no es lo que leyó.
records-register-unread = { $count ->
    [one] Una persona que oyó información privilegiada no ha confirmado que sabe a qué le obliga.
   *[other] { $count } personas que oyeron información privilegiada no han confirmado que saben a qué les obliga.
 }
records-register-past-keeping = { $count ->
    [one] Una línea de la lista de iniciados ha cumplido sus cinco años: se pueden borrar sus datos.
   *[other] { $count } líneas de la lista de iniciados han cumplido sus cinco años: se pueden borrar sus datos.
 }
records-insiders-taken = { $organisation }, a { $at }.
records-held = Registrado
records-other-side-until = { $from }, hasta { $until }
records-other-side = La otra parte aceptó
records-annex-provisional = Provisional: el registro no está cerrado y esto todavía puede cambiar.
records-annex-taken = Tal como estaba el { $at }.
records-undertaking-until = obliga hasta el { $day }
records-was-out-between = fuera; salió a las { $left }, volvió a las { $back }
records-was-out-since = fuera; salió a las { $left }
records-was-out-before = fuera; entró a las { $back }
records-missing-host = la respuesta de quien recibe
records-is-open = sin cerrar
records-since = desde las { $at }
records-closed-at = cerrado a las { $at }
records-out-names = Fuera: { $names }
records-out-why = Fuera, { $name }: { $why }
records-all-the-same-says = Queda registrado como exposición de { $names } al punto { $item } ({ $class }), y { $told ->
    [secretary] la secretaría lo sabe al momento
    [host] quien recibe lo sabe al momento
   *[keeper] quien lleva el registro tiene el aviso
 }. No se puede deshacer.
records-all-the-same-go = Empezar el punto { $item } y registrar la exposición
records-again = Se retoma el punto { $item }
records-place-before = Sal antes del punto { $item }
records-place-before-says = El punto que viene está cerrado para ti. Aquí se dirá cuándo puedes volver.
records-place-in-says-until = El punto { $item } está cerrado para ti: sal en cuanto acabe este. Esta página avisa.
records-item-over = Ya ha terminado.
records-ends-too-early = El punto acabaría antes de empezar.
records-sheet-else = Otra cosa que deba constar:
records-sheet-by = La llevó:
records-without-seat = Sin plaza
records-without-seat-says = Han pedido una plaza y no la tienen: tienen que estar fuera de todo. Si alguien de esta lista entra, apúntalo: queda como exposición.
records-early = Falta más de una hora para la sesión. Lo que haya ocurrido antes se pasa desde la hoja, con su hora.
records-did-sitting = Registro de la sesión { $sitting }: { $what }, con las horas de { $zone }{ $side ->
    [yes] ; consta que la otra parte acepta
   *[no] {""}
 }
records-did-inside = La secretaría hace constar que en el punto { $item } se trató algo cerrado ({ $class })
records-inside-open = Elige una clase cerrada: de una abierta o confidencial no hay nada que hacer constar.
records-inside-title = ¿Se trató algo cerrado en un punto?
records-inside-says = Información privilegiada, secreto profesional o supervisión, aunque el punto tuviera otra clase, o ninguna. Quien observaba entonces queda expuesto y, si era información privilegiada, pasa a la lista de iniciados. Se hace constar con un apunte; solo la secretaría puede retirarlo.
records-inside-save = Hacerlo constar
records-inside-noted = Consta en el registro. Si era información privilegiada, completa la lista de iniciados.
records-inside-not-been = Ese punto no se ha tratado.
records-fault-standing = Quién podía estar en un punto, o su clase, no se sigue de las clases, plazas, respuestas y normas de entonces.
records-fault-sitting = El número, la clase de sesión, la zona, las horas, quién lleva el registro o cuándo aceptó la otra parte no son lo que dice el registro.
records-notice-exposed-here-label = Exposiciones accidentales en las sesiones que recibes o registras, donde nadie lleva la secretaría
records-notice-exposed-here-needed = Quien responde de la sala tiene que saberlo en el momento: puede haber una lista de iniciados que completar.
records-insiders-no-secretary = Alguien oyó información privilegiada y nadie lleva la secretaría, que es quien completa la lista de iniciados: hay que dar ese papel a alguien.
records-place-over-absent = Según el registro, no estuviste en la sala.
records-missing-other-side = { $count ->
   *[other] la respuesta de la otra parte
 }
records-missing-host-answer = { $count ->
    [one] una plaza que espera a quien recibe
   *[other] { $count } plazas que esperan a quien recibe
 }
records-missing-declared = { $count ->
    [one] una respuesta sobre conflictos de interés
   *[other] { $count } respuestas sobre conflictos de interés
 }
records-was-exposed-no-seat = dentro, { $spans }, sin plaza: exposición
records-no-seat = sin plaza
records-place-over-no-seat = Estuviste en la sala sin plaza. Consta en el registro.
records-unseated-link = ¿Ha entrado alguien que nunca pidió plaza?
records-unseated-title = Alguien sin plaza estuvo en la sala
records-unseated-says = Di quién y de qué hora a qué hora. Todo le estaba cerrado: lo que se trató con esa persona dentro consta como exposición y la secretaría recibe aviso.
records-unseated-who = Quién
records-unseated-who-hint = Correo o nombre de alguien que aprende en la edición de la sesión.
records-unseated-from = Entró a las
records-unseated-until = Salió a las
records-unseated-until-hint = Déjalo en blanco si sigue dentro.
records-unseated-save = Apuntarlo
records-unseated-noted = Queda apuntado. Si sigue dentro, apunta aquí cuándo sale.
records-unseated-other = No es nadie que aprenda en la edición de esta sesión, o eres tú.
records-unseated-backwards = Habría salido antes de entrar.
records-unseated-name = { $name } (sin plaza)
records-did-stated = La secretaría hace constar que en el punto { $item } se trató algo cerrado ({ $class })
records-missing-held = por pasar la hoja o decir si se celebró
