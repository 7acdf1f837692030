hooks-title = { $count ->
    [0] Ningún programa recibe tus avisos
    [one] Un programa recibe tus avisos
   *[other] { $count } programas reciben tus avisos
}
hooks-lead = Un webhook envía tus avisos a un programa tuyo o a un canal de tu equipo, en cuanto ocurren.
hooks-seen = Sale la frase del correo y un enlace a Telémaco. Nunca sale un nombre ni nada de lo que escribís.
hooks-new = Añadir un webhook
hooks-address = Dirección
hooks-address-hint = La que da Slack, Teams o tu programa; empieza por https://. Quien la conoce puede escribir ahí: después solo mostramos el servidor.
hooks-shape = Quién lo recibe
hooks-shape-standard = Un programa, con firma (Standard Webhooks)
hooks-shape-slack = Un canal de Slack
hooks-shape-teams = Un canal de Microsoft Teams
hooks-shape-missing = Elige quién lo recibe.
hooks-no-key = Esta instalación no tiene clave con la que firmar. Avisa a quien la opera.
hooks-kinds = Qué avisos
hooks-inside = Lo que nunca sale por webhook
hooks-inside-why = Que te llegue un aviso así ya dice algo, y un canal o el registro de un programa puede leerlos quien no lee tu correo. De esto te enteras por correo y aquí.
hooks-kinds-missing = Elige al menos una clase de aviso.
hooks-kinds-count = { $count ->
    [one] Recibe una clase de aviso
   *[other] Recibe { $count } clases de aviso
}
hooks-most = Puedes tener { $count } webhooks como mucho. Quita uno antes de añadir otro.
hooks-add = Añadir el webhook
hooks-added = Añadido. Pruébalo antes de contar con él.
hooks-change = Guardar los avisos
hooks-changed = Guardado.
hooks-test = Probar
hooks-test-of = Probar el webhook de { $host }
hooks-test-text = Esto es una prueba de Telémaco: tus avisos llegarán aquí.
hooks-tested = Ha llegado.
hooks-remove = Quitar
hooks-remove-of = Quitar el webhook de { $host }
hooks-removed = Quitado. Ya no se envía nada ahí.
hooks-secret = Secreto de firma
hooks-secret-hint = Con él comprueba tu programa que el aviso viene de aquí.
hooks-works = Funciona. Último envío: { $at }.
hooks-waits = Aún no se ha enviado nada.
hooks-fails = No llega: { $trouble }
hooks-stopped = Parado el { $at }: llevaba horas sin llegar. Una prueba que llegue lo pone en marcha.
hooks-stopped-label = Webhooks que dejan de funcionar
hooks-stopped-mail = Un webhook ha dejado de recibir tus avisos
hooks-stopped-notice = El webhook de { $host } ha dejado de recibir tus avisos
hooks-trouble-address = esa dirección no es válida.
hooks-trouble-insecure = la dirección tiene que empezar por https://.
hooks-trouble-private = está en una red privada, y quien opera la instalación no la ha permitido.
hooks-trouble-unknown = no se conoce ese servidor.
hooks-trouble-unreachable = el servidor no responde.
hooks-trouble-certificate = el certificado del servidor no vale.
hooks-trouble-slow = el servidor tarda demasiado.
hooks-trouble-too-large = el servidor responde demasiado.
hooks-trouble-redirected = el servidor envía a otra dirección.
hooks-trouble-gone = ahí ya no hay nada.
hooks-trouble-refused = el servidor no lo acepta.
