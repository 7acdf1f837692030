imports-title = Importar personas
imports-lead = Sirven las hojas que ya tienes: CSV, Excel u OpenDocument. Primero se ensaya; nada se guarda hasta que lo confirmes.
imports-file-mentors = Hoja de mentores y mentoras
imports-file-mentors-hint = Una fila por persona que ofrece mentoría.
imports-file-mentees = Hoja de mentorizados y mentorizadas
imports-file-mentees-hint = Una fila por persona que la recibe.
imports-file-people = O una sola hoja con todas las personas
imports-file-people-hint = Una columna dice quién es mentor o mentora, quién mentorizado o mentorizada, y quién ambas cosas.
imports-no-file = Elige al menos un archivo
imports-upload = Subir y ver las columnas
imports-before = Importaciones anteriores
imports-none = Todavía no hay ninguna.
imports-state-new = por revisar
imports-state-mapped = ensayada
imports-state-confirmed = en curso
imports-state-done = hecha
imports-state-dropped = descartada
imports-outcome = Altas: { $added }. Cambios: { $changed }. Sin cambios: { $unchanged }.
imports-rows = { $count ->
    [one] { $count } fila
   *[other] { $count } filas
}
imports-mapping-title = Qué significa cada columna
imports-mapping-lead = Lo que digas aquí se recuerda para el próximo archivo. Una columna desconocida queda fuera hasta que digas para qué sirve y quién la ve.
imports-special = Parece una categoría especial de datos: { $special }. Queda fuera.
imports-special-hint = Solo se admite con una base jurídica registrada (RGPD, artículo 9) y solo la usan las reglas: nadie la verá en páginas, motivos, informes ni correos.
imports-as-attribute = Admitir como atributo…
imports-attribute = Para qué sirve y quién lo ve
imports-attribute-key = Nombre del atributo
imports-purpose-pairing = emparejar
imports-attribute-purpose = Para qué sirve
imports-attribute-basis = Base jurídica
imports-attribute-seen = Quién lo ve
imports-mapping-button = Ensayar la importación
imports-drop = Descartar esta importación
imports-dropped = Importación descartada.
imports-dry-lead = Nada se ha guardado todavía.
imports-dry-ready = Todo está listo para importar
imports-dry-nothing = No hay nada que cambiar
imports-dry-errors = { $count ->
    [one] Hay un error que corregir
   *[other] Hay { $count } errores que corregir
}
imports-failed = No se pudo guardar, aunque se intentó varias veces, así que no se escribió nada. Puedes confirmarlo otra vez o descartarlo; si vuelve a fallar, avisa a quien se ocupa del sistema.
imports-overtaken = Los datos cambiaron después del ensayo, así que no se escribió nada. Este es el ensayo de nuevo.
imports-confirm-title = Confirma la importación
imports-confirm-text = Se guardará todo o nada. A nadie se le escribe todavía.
imports-confirm = { $people ->
    [one] Guardar { $people } persona
   *[other] Guardar { $people } personas
}
imports-mend-title = Corrige la hoja y vuelve a subirla
imports-mend-text = Cada hoja se descarga con una columna que dice qué le pasa a cada fila.
imports-again = Subir la hoja corregida
imports-problems = Qué le pasa a cada fila
imports-row = Fila
imports-heading = Trae a las personas desde tus hojas de cálculo
imports-problem = Problema
imports-error = error
imports-warning = aviso
imports-more-problems = { $count ->
    [one] Y { $count } más, en la hoja para descargar.
   *[other] Y { $count } más, en la hoja para descargar.
}
imports-attributes = Atributos que se admiten
imports-changed = Qué cambia
imports-added = Quién se añade
imports-more-people = { $count ->
    [one] Y { $count } persona más.
   *[other] Y { $count } personas más.
}
imports-change-mapping = Cambiar las columnas
imports-running-title = Se está guardando
imports-running-stage = { $done } de { $all } personas
imports-running-lead = Puedes cerrar esta página: el trabajo sigue y el resultado quedará en Importaciones.
imports-running-again = Mirar otra vez
imports-done-title = Las personas están guardadas
imports-dropped-title = Esta importación se descartó
imports-dropped-lead = No se guardó nada y las hojas se borraron.
imports-see-people = Ver las personas
imports-enrol-text = Elige la edición en la que participan: entran tal como han venido en las hojas, cada cual en su lado.
imports-enrol-button = Inscribir a estas personas en una edición
