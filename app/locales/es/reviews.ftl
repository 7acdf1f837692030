reviews-kind-midpoint = Revisión intermedia
reviews-kind-closure = Cierre de la mentoría
reviews-kind-follow-up = Seguimiento
reviews-crumb = Revisiones
reviews-title = Las revisiones de la mentoría
reviews-title-closed = La mentoría está cerrada
reviews-title-midpoint = Toca la revisión intermedia
reviews-title-closure = Toca cerrar la mentoría
reviews-title-follow-up = Toca el seguimiento
reviews-due = Para el { $day }.
reviews-state-both = hecha por los dos
reviews-state-own = la tuya, hecha
reviews-state-other = falta la tuya
reviews-state-draft = en borrador
reviews-state-not = no se hizo
reviews-state-none = por hacer
reviews-list-text = Cada cual escribe lo suyo por separado. Se leen cuando las dos personas han entregado lo suyo, para que ninguna escriba según lo que dijo la otra.
reviews-coordinator-sees = La coordinación ve qué revisiones están hechas y cuándo, no lo que dicen.
reviews-ask-works = Qué está funcionando
reviews-ask-hard = Qué cuesta
reviews-ask-change = Qué cambiarías de aquí al final
reviews-ask-reached = Qué se alcanzó
reviews-ask-open = Qué queda abierto
reviews-ask-grew = Qué te llevas
reviews-ask-stays = Qué de aquello sigues usando
reviews-ask-since = Qué ha cambiado en tu trabajo desde entonces
reviews-ask-line = La línea de los dos
reviews-apart = Escribes por separado; { $name } lo lee cuando también haya entregado lo suyo.
reviews-other-gave = { $name } ya ha entregado lo suyo.
reviews-waits-title = Has entregado lo tuyo
reviews-waits-text = Se verá cuando { $name } entregue lo suyo. Hasta entonces puedes cambiarlo.
reviews-give = Entregar
reviews-save = Guardar en borrador
reviews-given = Entregado. Se leerá cuando las dos personas hayan entregado lo suyo.
reviews-saved = Guardado en borrador. Solo lo ves tú.
reviews-seen = En borrador solo lo ves tú. Entregado, lo leéis los dos cuando estén las dos partes; nadie más, salvo por un asunto grave si vuestro acuerdo lo permite.
reviews-empty = Contesta al menos a una pregunta
reviews-too-long = El texto es demasiado largo: caben { $most } letras
reviews-shown-already = Las dos personas la han leído ya: no se cambia
reviews-meanwhile = Cambió mientras escribías. Lo tuyo sigue aquí; envíalo otra vez si es lo que debe quedar.
reviews-stands-now = Cómo está ahora
reviews-ended = La mentoría ha terminado: esta revisión ya no se escribe.
reviews-parted = La mentoría terminó antes de su cierre: no hay seguimiento.
reviews-early = El seguimiento se abre el { $day }.
reviews-print = Para tenerla en papel o en PDF, imprime esta página desde el navegador.
reviews-contact = El contacto
reviews-contact-ask = ¿Mantener el contacto?
reviews-contact-hint = Se mantiene solo si las dos personas dicen que sí. No se dice quién dijo qué.
reviews-contact-yes = Sí, me gustaría
reviews-contact-no = No, aquí termina bien
reviews-contact-missing = Falta decir si quieres mantener el contacto
reviews-contact-kept = Las dos personas quieren mantener el contacto.
reviews-contact-not = La mentoría termina aquí, y el contacto con ella.
reviews-line-none = Aún no hay ninguna. Puede escribirla cualquiera de los dos.
reviews-line-write = Escribirla o cambiarla
reviews-line-label = Una línea con la que los dos estéis de acuerdo
reviews-line-button = Guardar la línea
reviews-line-saved = Línea guardada.
reviews-line-missing = Falta la línea
reviews-close-title = Las dos partes están: se puede cerrar
reviews-close-text = La mentoría queda cerrada. Todo lo escrito se sigue pudiendo leer, y el seguimiento llegará a su tiempo.
reviews-close-button = Cerrar la mentoría
reviews-close-early = Antes de cerrarla, cada cual entrega su parte
reviews-closed-already = La mentoría ya está cerrada.
reviews-closed = Mentoría cerrada. Enhorabuena a los dos.
reviews-thanks-link = Ver la página de agradecimiento
reviews-thanks-title = Gracias, { $name }
reviews-thanks-title-mentee = Lo que { $name } te ha dado
reviews-thanks-since = del { $from } al { $to }
reviews-thanks-text = Esto es lo que has dado a { $name }, contado; lo que valió lo sabéis los dos.
reviews-thanks-text-mentee = Esto es lo que { $name } te ha dado, contado; lo que valió lo sabéis los dos.
reviews-thanks-hours = { $count ->
    [one] Una hora
   *[other] { $count } horas
}
reviews-thanks-meetings = { $count ->
    [0] Ninguna reunión apuntada
    [one] Una reunión
   *[other] { $count } reuniones
}
reviews-thanks-doors = { $count ->
    [0] Ninguna puerta abierta
    [one] Una puerta abierta
   *[other] { $count } puertas abiertas
}
reviews-thanks-goals = { $count ->
    [0] Ninguna meta alcanzada aún
    [one] Una meta alcanzada
   *[other] { $count } metas alcanzadas
}
reviews-thanks-done = Lo que se vio y se practicó
reviews-thanks-seen = La ven las dos personas de la mentoría. No dice nada de lo que hablasteis.
reviews-letter = Tu carta
reviews-letter-about = Al empezar puedes escribirte una carta y cerrarla. Llega con el seguimiento; hasta entonces nadie la lee, tampoco tú.
reviews-letter-link = Ir a tu carta
reviews-letter-title-none = Escribe una carta a tu yo de después
reviews-letter-title-sealed = Tu carta está cerrada
reviews-letter-title-due = Tu carta ha llegado
reviews-letter-title-open = La carta que te escribiste
reviews-letter-text = Qué esperas de esta mentoría, qué te da miedo, quién quieres ser cuando acabe. Se abre el { $day } o después.
reviews-letter-label = La carta
reviews-letter-hint = Cuando la cierres, nadie la lee hasta ese día, tampoco tú. Puedes retirarla sin leerla.
reviews-letter-seen = Solo la leerás tú, y solo cuando llegue el día. Nadie más sabe que existe.
reviews-letter-button = Cerrar la carta
reviews-letter-missing = La carta está vacía
reviews-letter-sealed = Carta cerrada.
reviews-letter-ended = La mentoría ha terminado, y no hubo carta.
reviews-letter-due = Ya se puede abrir
reviews-letter-due-text = La cerraste el { $day }. Busca un rato tranquilo.
reviews-letter-open = Abrir la carta
reviews-letter-opened = Carta abierta.
reviews-letter-early = Aún no ha llegado el día
reviews-letter-waits = Se podrá abrir el { $day }.
reviews-letter-withdraw = Retirar la carta
reviews-letter-withdraw-text = Desaparece, y no hay manera de recuperarla.
reviews-letter-withdraw-button = Retirar la carta para siempre
reviews-letter-withdrawn = Carta retirada.
reviews-letter-meanwhile = Ya hay una carta, o ya no está. Así está ahora.
reviews-letter-unsaved = Lo que acabas de escribir, sin guardar
reviews-notice-label = Revisiones de la mentoría
reviews-notice-mail = Hay una revisión que mirar en Telémaco
reviews-notice-midpoint = { $name } ha entregado su parte de la revisión intermedia
reviews-notice-closure = { $name } ha entregado su parte del cierre
reviews-notice-follow-up = { $name } ha entregado su parte del seguimiento
reviews-voice-title = Revisiones
reviews-voice-none = No se hizo ninguna.
reviews-voice-link = Ver las revisiones
reviews-voice-midpoint = { $count ->
    [one] Revisión intermedia: una de las dos personas ha entregado la suya.
   *[other] Revisión intermedia: hecha.
}
reviews-voice-closure = { $count ->
    [one] Cierre: una de las dos personas ha entregado su parte.
   *[other] Cierre: hecho.
}
reviews-voice-follow-up = { $count ->
    [one] Seguimiento: una de las dos personas ha entregado su parte.
   *[other] Seguimiento: hecho.
}
reviews-voice-next-midpoint = La revisión intermedia es para el { $day }.
reviews-voice-next-closure = El cierre es para el { $day }.
reviews-voice-next-follow-up = El seguimiento es para el { $day }.
reviews-step-midpoint-title = Toca la revisión intermedia
reviews-step-midpoint-text = Qué funciona, qué cuesta y qué cambiar: tres preguntas, cada cual por separado.
reviews-step-midpoint-button = Escribir la revisión
reviews-step-closure-title = Toca cerrar la mentoría
reviews-step-closure-text = Qué se alcanzó, qué queda abierto y si mantenéis el contacto, cada cual por separado.
reviews-step-closure-button = Escribir el cierre
reviews-step-follow-up-title = ¿Qué queda de la mentoría?
reviews-step-follow-up-text = Dos preguntas, unos meses después.
reviews-step-follow-up-button = Contestar al seguimiento
reviews-step-close-title = La mentoría se puede cerrar
reviews-step-close-text = Las dos personas han entregado su parte. Leedlas, escribid la línea de los dos si queréis, y cerradla.
reviews-step-close-button = Leer el cierre
reviews-step-letter-open-title = Tu carta ha llegado
reviews-step-letter-open-text = La que te escribiste al empezar ya se puede abrir.
reviews-step-letter-open-button = Ir a la carta
reviews-step-letter-write-title = Escribe una carta a tu yo de después
reviews-step-letter-write-text = Se cierra y llega con el seguimiento; hasta entonces no la lee nadie, tampoco tú. Es voluntaria.
reviews-step-letter-write-button = Escribir la carta
reviews-come-label = La carta a tu yo de después
reviews-come-mail = Algo que guardaste te espera en Telémaco
reviews-come-notice = Tu carta ha llegado: ya puedes abrirla
reviews-mail-link = Escribir lo mío
reviews-link-seen = Lo leéis los dos cuando estén las dos partes; nadie más, salvo por un asunto grave si vuestro acuerdo lo permite.
reviews-link-given = Has entregado lo tuyo
reviews-link-given-text = Lo leéis cuando { $name } y tú lo hayáis entregado. Desde Telémaco puedes cambiarlo hasta entonces.
reviews-link-begun = Ya la has empezado
reviews-link-begun-text = Lo que llevas escrito no se muestra tras el enlace de un correo. Entra en Telémaco para terminarla y entregársela a { $name }.
reviews-link-not-now = Esta revisión no se escribe ahora
reviews-link-shown-text = { $name } también: ya podéis leerlo en Telémaco.
