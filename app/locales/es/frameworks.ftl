frameworks-title = Con qué competencias se trabaja aquí
frameworks-list-lead = Un marco dice qué se aprende y en qué comportamientos se nota cada nivel. Cada edición conserva la versión con la que empezó.
frameworks-empty-title = Hay un marco listo para usar
frameworks-empty-text = Doce competencias directivas con cinco niveles, en español e inglés. Al copiarlo, la organización lo hace suyo y puede cambiarlo.
frameworks-empty-reader = La organización todavía no tiene marcos propios. Abajo está el que viene con Telémaco.
frameworks-own = Marcos de la organización
frameworks-ready-made = Listo para usar
frameworks-ready-made-title = Este marco viene con Telémaco
frameworks-ready-made-text = Doce competencias directivas, cinco niveles, en español e inglés. Se puede usar tal cual, o copiarlo y adaptarlo.
frameworks-copy = Copiar este marco para adaptarlo
frameworks-copy-named = Copiar «{ $name }» para adaptarlo
frameworks-copy-of = { $name } (copia)
frameworks-copied = Marco copiado. Ya se puede adaptar; el original no cambia.
frameworks-most = La organización ya tiene { $most } marcos, que es el máximo.
frameworks-seen = Lo lee toda la organización; solo lo cambia quien coordina
frameworks-version = Versión { $number }, { $date }
frameworks-numbered = Versión { $number }
frameworks-versions = Todas las versiones
frameworks-lead = { $count ->
    [one] Una competencia, con cinco niveles. Cada nivel incluye lo de los anteriores.
   *[other] { $count } competencias, con cinco niveles. Cada nivel incluye lo de los anteriores.
}
frameworks-contents = Competencias de este marco
frameworks-earlier = Esta es la versión { $number }, { $date }
frameworks-earlier-text = Las ediciones que empezaron con ella la conservan.
frameworks-to-newest = Leer la versión { $number }, que es la vigente
frameworks-restore = Volver a la versión { $number }
frameworks-edit-button = Cambiar este marco
frameworks-edit-title = Cambiar «{ $name }»
frameworks-edit-lead = Cada cambio guardado es una versión nueva. Las anteriores se conservan, y con ellas las ediciones que ya empezaron.
frameworks-competencies = Competencias
frameworks-new-competency = Añadir una competencia
frameworks-up = Subir «{ $name }»
frameworks-down = Bajar «{ $name }»
frameworks-heading = Nombre, niveles y procedencia
frameworks-field-name = Nombre
frameworks-field-what = Qué es
frameworks-field-source = Procedencia
frameworks-source-hint = De dónde sale y con qué licencia. Se muestra al pie del marco.
frameworks-level = Cómo se llama el nivel { $number }
frameworks-in-es = En español
frameworks-in-en = En inglés
frameworks-save-heading = Guardar nombre, niveles y procedencia
frameworks-read-again = Leer el marco
frameworks-edit-competency = Cambiar «{ $name }»
frameworks-competency-lead = En el marco «{ $name }». Lo que falte en un idioma se muestra en el otro.
frameworks-behaviours = En qué se nota cada nivel
frameworks-behaviours-hint = Comportamientos que alguien pueda ver, uno por línea. Dos o tres por nivel bastan.
frameworks-save-competency = Guardar la competencia
frameworks-add-competency = Añadir la competencia
frameworks-saved = Guardado como versión nueva.
frameworks-removed = Competencia quitada. Sigue en las versiones anteriores.
frameworks-remove-summary = Quitar esta competencia del marco
frameworks-remove-text = Deja de figurar en las versiones nuevas. Las ediciones que ya empezaron la conservan, y se puede volver a una versión anterior.
frameworks-remove = Quitar «{ $name }»
frameworks-stands = Cómo está guardado ahora
frameworks-edited-meanwhile = Alguien guardó otra versión mientras tanto. Lo que has escrito sigue aquí; guarda otra vez si es lo que debe quedar.
frameworks-removed-meanwhile = Alguien quitó esta competencia mientras tanto. Lo que has escrito sigue aquí; si la guardas, se añade como competencia nueva.
frameworks-versions-title = Qué ha cambiado en «{ $name }»
frameworks-versions-lead = Ninguna versión se borra ni se cambia.
frameworks-column-version = Versión
frameworks-column-when = Cuándo
frameworks-column-change = Qué cambió
frameworks-change-begun = Empezó el marco
frameworks-change-heading = Nombre, niveles o procedencia
frameworks-change-added = Se añadió «{ $name }»
frameworks-change-edited = Cambió «{ $name }»
frameworks-change-removed = Se quitó «{ $name }»
frameworks-change-moved = Cambió el lugar de «{ $name }»
frameworks-change-written = Un programa escribió el marco entero
frameworks-change-restored = Se volvió a la versión { $number }

# Lo que falla
frameworks-words-missing = Falta el texto, al menos en un idioma.
frameworks-words-long = El texto es demasiado largo: caben { $most } letras.
frameworks-behaviour-missing = Falta al menos un comportamiento en este nivel.
frameworks-behaviours-many = Son demasiados comportamientos: caben { $most } por nivel.
frameworks-none-left = Un marco necesita al menos una competencia.
frameworks-too-many = Un marco admite { $most } competencias como máximo.
frameworks-key-wrong = «{ $key }» no puede ser la clave de una competencia, o figura dos veces.
frameworks-in-use = Hay ediciones o puntos de partida hechos con este marco: se queda, para que sigan diciendo lo que decían.
frameworks-delete = Borrar este marco
frameworks-delete-text = Se borran sus { $competencies } competencias y { $versions ->
    [one] su única versión
   *[other] sus { $versions } versiones
 }, y no se puede deshacer. Solo se borra lo que ninguna edición ha usado.
frameworks-delete-button = Borrar «{ $name }»
frameworks-deleted = El marco está borrado.
