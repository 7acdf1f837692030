copies-title = { $count ->
    [0] Aún no hay ninguna copia entregada
    [one] Una copia entregada
   *[other] { $count } copias entregadas
}
copies-lead = Lo que escribís queda entre las dos personas. Si quieres que la coordinación o quien os tutoriza en la facultad lea algo tuyo, entrega una copia: se queda como estaba ese día, hasta que la retires.
copies-of = De { $name }, en la mentoría con { $other }
copies-is-pair-and-coordinator = a la coordinación
copies-is-submitted = a la facultad
copies-new = Entregar una copia
copies-nobody = Aquí no hay a quién entregar una copia: ni coordinación ni facultad fuera de esta mentoría.
copies-nobody-coordination = No hay nadie más en la coordinación
copies-nobody-faculty = No hay nadie más en la facultad
copies-to = A quién
copies-to-coordination = A la coordinación
copies-to-faculty = A la facultad
copies-to-missing = Falta decir a quién
copies-field-title = Qué es
copies-field-title-hint = Por ejemplo «Ensayo final» o «Análisis de la visita a puerto».
copies-title-missing = Falta decir qué es
copies-field-note = Nota para quien lo lea
copies-field-note-hint = Puede ser el trabajo mismo, si lo escribes aquí.
copies-field-texts = Textos tuyos de esta mentoría
copies-field-texts-hint = Se copian tal como están ahora. Lo que es solo para ti no está en la lista.
copies-no-texts = Todavía no has escrito nada que compartáis.
copies-too-long = El texto es demasiado largo: caben { $most } caracteres
copies-changed = Alguno de los textos ha cambiado desde que abriste la página: míralo y márcalo otra vez
copies-empty = Marca algún texto o escribe una nota
copies-many-texts = Caben { $most } textos en una copia: haz dos
copies-many = Ya hay { $most } copias tuyas: retira una antes
copies-hand-over = Entregar la copia
copies-handed = Copia entregada. Quien la recibe ya tiene aviso.
copies-handed-title = Copias que te han entregado
copies-handed-lead = Lo que alguien ha decidido entregar de su mentoría. Lo demás sigue entre las dos personas.
copies-handed-none = Nadie ha entregado nada todavía.
copies-crumb = Copias entregadas
copies-take-back = Retirarla
copies-take-back-text = Dejará de verla todo el mundo, también quien ya la ha leído.
copies-take-back-button = Retirar la copia
copies-taken-back = Copia retirada.
copies-notice-handed = { $name } te entrega una copia de lo que ha escrito
copies-notice-handed-label = Copias que te entregan
copies-notice-handed-mail = Hay algo que leer en Telémaco
copies-voice-title = Copias entregadas
copies-voice-handed = { $count ->
    [0] Ninguna.
    [one] Una.
   *[other] { $count }.
}
copies-voice-link = Ver o entregar una copia
copies-voice-for-you = { $count ->
    [one] Te han entregado una.
   *[other] Te han entregado { $count }.
}
copies-voice-read = Leerlas
