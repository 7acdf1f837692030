notices-title = { $count ->
    [0] No tienes avisos sin leer
    [one] Tienes un aviso sin leer
   *[other] Tienes { $count } avisos sin leer
}
notices-nav = Avisos
notices-empty = Aquí verás lo que otras personas hacen y te afecta: un acuerdo que leer, una mentoría que empieza. De momento no hay nada.
notices-new = Sin leer
notices-read-all = Marcar todo como leído
notices-read = { $count ->
    [one] Un aviso marcado como leído.
   *[other] { $count } avisos marcados como leídos.
}
notices-older = Ver anteriores
notices-settings = Elegir cómo recibir los avisos
notices-settings-title = Cómo quieres recibir los avisos
notices-settings-lead = Elige, para cada clase de aviso, si te llega por correo o solo lo ves aquí.
notices-settings-none = Todavía no hay avisos entre los que elegir.
notices-settings-hours = Los correos llegan entre las 7:30 y las 20:00 de tu zona horaria; los resúmenes, a las 8:00 de los días laborables de tus ediciones, o del primero a partir del lunes. Los que llegan siempre pueden llegar a cualquier hora. Los de reuniones dicen con quién te reúnes; los demás no llevan nombres, y ninguno lleva lo que escribís.
notices-settings-save = Guardar cómo recibo los avisos
notices-settings-saved = Guardado. Vale para los avisos que lleguen a partir de ahora.
notices-way-at-once = Por correo, en cuanto ocurre
notices-way-daily = Por correo, en un resumen diario
notices-way-weekly = Por correo, en un resumen semanal
notices-way-product = Solo aquí
notices-way-off = De ningún modo
notices-mail-open = Abrir el aviso
notices-digest-daily = Tus avisos de hoy
notices-digest-weekly = Tus avisos de la semana
notices-digest-opening = { $count ->
    [one] Tienes un aviso sin leer:
   *[other] Tienes { $count } avisos sin leer:
}
notices-digest-line = – { $line }
notices-digest-acts =
    { $line }
    { $words }:
    { $url }
notices-digest-more = { $count ->
    [one] Y otro más.
   *[other] Y otros { $count } más.
}
notices-digest-open = Ver los avisos
notices-unsubscribe-title = ¿Dejar de recibir estos correos?
notices-unsubscribe-lead = Ya no te llegarán por correo: { $kinds }. Los seguirás viendo en Telémaco.
notices-unsubscribe-button = Dejar de recibirlos por correo
notices-unsubscribe-done = Ya no te llegarán estos correos
notices-unsubscribe-done-lead = Los avisos te esperan en Telémaco. Puedes volver a pedirlos por correo cuando quieras.
notices-unsubscribe-settings = Elegir cómo recibir los avisos
notices-unsubscribe-expired = Este enlace ya no sirve
notices-unsubscribe-expired-lead = Los enlaces de los correos sirven durante dos meses. En tu cuenta puedes elegir qué avisos recibes.
notices-unsubscribe-between = { $before }; { $kind }
notices-hooks = Avisar también a un programa o a un canal (webhooks)
notices-link-gone = Este enlace ya no sirve
notices-link-gone-text = Los enlaces de los correos sirven durante un mes. Dentro de Telémaco puedes hacerlo cuando quieras.
notices-link-sign-in = Entrar en Telémaco
