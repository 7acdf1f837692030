# Listas y valores dentro de las frases
pairing-text = { $text }
pairing-list = { $list }, { $item }

# Cómo llaman las reglas a los campos de una persona
pairing-field-biography = biografía
pairing-field-languages = idiomas
pairing-field-place = lugar
pairing-field-post = puesto al que aspira
pairing-field-title = cargo
pairing-field-unit = unidad
pairing-field-zone = zona horaria

pairing-language-ar = árabe
pairing-language-ca = catalán
pairing-language-de = alemán
pairing-language-en = inglés
pairing-language-es = español
pairing-language-eu = euskera
pairing-language-fr = francés
pairing-language-gl = gallego
pairing-language-it = italiano
pairing-language-nl = neerlandés
pairing-language-pt = portugués
pairing-language-zh = chino

# Reglas que siempre se cumplen
pairing-must-same-person = Nadie es su propio mentor o mentora
pairing-must-capacity = Nadie atiende a más personas que plazas tiene
pairing-must-reporting-line = Nadie tiene como mentor o mentora a quien está por encima o por debajo en su línea de mando, a ninguna distancia
pairing-must-conflict = No se empareja a quienes declararon un conflicto, lo declarase quien lo declarase
pairing-must-former-mentor = Nadie repite mentor o mentora
pairing-must-language = Hablan algún idioma en común
pairing-must-equal = Coinciden en «{ $attribute }»
pairing-must-differ = No coinciden en «{ $attribute }»
pairing-must-above = { $levels ->
    [0] En «{ $attribute }», quien mentoriza no está por debajo de quien aprende
    [one] En «{ $attribute }», quien mentoriza está al menos { $levels } nivel por encima de quien aprende
   *[other] En «{ $attribute }», quien mentoriza está al menos { $levels } niveles por encima de quien aprende
}
pairing-must-reserved = Se cumple un criterio reservado a las reglas

# Preferencias
pairing-wish-competencies = Quien mentoriza tiene las competencias que la otra parte quiere aprender; el nivel cuenta
pairing-wish-mentee-ranking = Quien aprende eligió a su mentor o mentora, y en qué puesto de su lista
pairing-wish-mentor-ranking = Quien mentoriza eligió a la otra parte, y en qué puesto de su lista
pairing-wish-zone = { $hours ->
    [one] Sus relojes coinciden; con { $hours } hora de diferencia ya no suma
   *[other] Sus relojes coinciden; con { $hours } horas de diferencia ya no suma
}
pairing-wish-place = Están cerca
pairing-wish-gap = { $levels ->
    [0] En «{ $attribute }», quien mentoriza está al mismo nivel; más arriba suma menos, por debajo nada
    [one] En «{ $attribute }», quien mentoriza está { $levels } nivel por encima; más arriba suma menos, igual o por debajo nada
   *[other] En «{ $attribute }», quien mentoriza está { $levels } niveles por encima; más cerca o más arriba suma menos, igual o por debajo nada
}
pairing-wish-similar = Se parecen en «{ $attribute }»
pairing-wish-different = Se diferencian en «{ $attribute }»
pairing-wish-words = Comparten palabras «{ $mentee }» de quien aprende y «{ $mentor }» de quien mentoriza
pairing-wish-only-if = { $wish }; solo para quienes dicen que sí en «{ $attribute }»
pairing-wish-reserved = Criterios reservados a las reglas
pairing-wish-balance = La carga se reparte: cada persona más con el mismo mentor o mentora resta puntos

# Razones
pairing-reason-competency = { $name }: la busca y se ofrece
pairing-reason-competency-held = { $name }: la busca; se ofrece nivel { $held }
pairing-reason-competency-levels = { $name }: busca nivel { $wanted }, se ofrece { $held }
pairing-reason-ranked-by-mentee = Quien aprende puso a esta persona en el puesto { $place } de { $of }
pairing-reason-ranked-by-mentor = Quien mentoriza puso a esta persona en el puesto { $place } de { $of }
pairing-reason-zone-same = Misma hora
pairing-reason-zone-hours = { $hours ->
    [one] { $hours } hora de diferencia
   *[other] { $hours } horas de diferencia
}
pairing-reason-zone-minutes = { $hours } h { $minutes } min de diferencia
pairing-reason-place-same = Comparten lugar: { $place }
pairing-reason-place-near = Cerca: { $mentee } y { $mentor }
pairing-reason-gap = { $levels ->
    [0] Mismo nivel en «{ $attribute }»
    [one] { $levels } nivel por encima en «{ $attribute }»
   *[other] { $levels } niveles por encima en «{ $attribute }»
}
pairing-reason-gap-values = { $gap }: { $mentee } → { $mentor }
pairing-reason-similar = Se parecen en «{ $attribute }»
pairing-reason-similar-values = Coinciden en «{ $attribute }»: { $values }
pairing-reason-different = Se diferencian en «{ $attribute }»
pairing-reason-different-values = Se diferencian en «{ $attribute }»: { $mentee } y { $mentor }
pairing-reason-words = { $count ->
    [one] Sus textos comparten { $count } palabra
   *[other] Sus textos comparten { $count } palabras
}
pairing-reason-words-these = { $count ->
    [one] Sus textos comparten { $count } palabra: { $words }
   *[other] Sus textos comparten { $count } palabras: { $words }
}
pairing-reason-balance = Persona número { $seat } con el mismo mentor o mentora
pairing-reason-none = Las reglas lo permiten; ninguna preferencia habla a favor ni en contra

# Por qué alguien se queda sin pareja
pairing-why-no-mentors = No hay nadie en la lista de mentores y mentoras.
pairing-why-nobody = { $mentors ->
    [one] Las reglas no permiten a la única persona que mentoriza.
   *[other] Las reglas no permiten a ninguna de las { $mentors } personas que mentorizan.
}
pairing-why-no-seats = { $count ->
    [one] La única persona que las reglas permiten no tiene plazas.
   *[other] Las { $count } personas que las reglas permiten no tienen plazas.
}
pairing-why-full = { $count ->
    [one] La única persona que las reglas permiten ya no tiene plazas libres.
   *[other] Las { $count } personas que las reglas permiten ya no tienen plazas libres.
}
pairing-why-rule = { $count ->
    [one] { $barrier } descarta a { $count } persona que mentoriza.
   *[other] { $barrier } descarta a { $count } personas que mentorizan.
}
pairing-why-apart = { $count ->
    [one] Con { $count } mentor o mentora la pareja está prohibida, fue rechazada o terminó.
   *[other] Con { $count } mentores o mentoras la pareja está prohibida, fue rechazada o terminó.
}
pairing-why-oneself = Una de las personas que mentorizan es la misma.
pairing-barrier-reporting-line = La línea de mando
pairing-barrier-private = Una razón que no se hace pública
pairing-barrier-former-mentor = Haber tenido ya esa mentoría
pairing-barrier-language = No tener idioma en común
pairing-barrier-equal = No coincidir en «{ $attribute }»
pairing-barrier-differ = Coincidir en «{ $attribute }»
pairing-barrier-above = { $levels ->
    [0] Estar por debajo en «{ $attribute }»
    [one] Estar a menos de { $levels } nivel por encima en «{ $attribute }»
   *[other] Estar a menos de { $levels } niveles por encima en «{ $attribute }»
}
pairing-barrier-value = { $barrier } ({ $value })
pairing-barrier-unknown = { $barrier } (sin dato)

# Qué lo arreglaría
pairing-mend-seat = Bastaría una plaza más de { $mentor }; nadie más cambiaría.
pairing-mend-without = Sin la regla «{ $rule }» habría plaza con { $mentor }.
pairing-mend-without-moving = { $moves ->
    [one] Sin la regla «{ $rule }» habría plaza con { $mentor }, y { $moves } persona más cambiaría de mentor o mentora.
   *[other] Sin la regla «{ $rule }» habría plaza con { $mentor }, y { $moves } personas más cambiarían de mentor o mentora.
}
pairing-mend-several = No basta ningún cambio por sí solo. Lo más cercano es { $mentor }; contra la pareja está: { $rules }
pairing-mend-several-and-seat = No basta ningún cambio por sí solo. Lo más cercano es { $mentor }, sin plaza libre; contra la pareja está: { $rules }
pairing-mend-other-mentors = Solo ayudaría otro mentor u otra mentora.

# Sobre el conjunto
pairing-note-no-mentees = La lista de personas mentorizadas está vacía: no hay a quién emparejar.
pairing-note-no-mentors = { $mentees ->
    [one] La lista de mentores y mentoras está vacía: espera { $mentees } persona.
   *[other] La lista de mentores y mentoras está vacía: esperan { $mentees } personas.
}
pairing-note-nobody-allowed = Las reglas prohíben todas las parejas. Abajo figura, persona por persona, qué regla se interpone.
pairing-note-no-seats = Nadie tiene plazas: la capacidad es 0 en todas partes.
pairing-note-few-seats = { $seats ->
    [one] Hay { $seats } plaza para { $mentees } personas: no alcanza para todas, sean cuales sean las reglas.
   *[other] Hay { $seats } plazas para { $mentees } personas: no alcanzan para todas, sean cuales sean las reglas.
}
pairing-note-more-seats = { $seats ->
    [one] Con { $seats } plaza más tendrían pareja todas las personas a las que las reglas permiten alguna: { $list }.
   *[other] Con { $seats } plazas más tendrían pareja todas las personas a las que las reglas permiten alguna: { $list }.
}
pairing-note-more-seats-at = { $mentor } (+{ $seats })
pairing-note-more-seats-others = y más con otros { $mentors }
pairing-note-equal-scores = Todas las parejas permitidas puntúan igual: las reglas no las distinguen, muchas asignaciones son tan buenas como esta y ha decidido el orden de las filas.
pairing-note-reserved = Los criterios reservados a las reglas cuentan en esta asignación; sus puntos no se muestran de nadie.
pairing-note-dropped = { $rows ->
    [one] { $rows } fila de las hojas no dio persona alguna y no ha entrado. Figura abajo, con el porqué.
   *[other] { $rows } filas de las hojas no dieron persona alguna y no han entrado. Figuran abajo, con el porqué.
}

# rules.toml
pairing-fault = Línea { $line }: { $fault }
pairing-fault-toml = esto no es TOML: { $detail }
pairing-fault-unknown-key = nadie conoce la clave «{ $key }». Aquí se conocen: { $known }.
pairing-fault-missing = falta la clave «{ $key }».
pairing-fault-text = «{ $key }» pide un texto entre comillas.
pairing-fault-number = «{ $key }» pide un número.
pairing-fault-whole = «{ $key }» pide un número entero de { $least } a { $most }.
pairing-fault-choice = «{ $key }» pide uno de estos: { $known }.
pairing-fault-list = «{ $key }» pide una lista entre corchetes.
pairing-fault-table = «{ $key }» pide una tabla de claves y valores.
pairing-fault-too-many = hay más de { $most } reglas.
pairing-fault-penalties = las penalizaciones necesitan al menos un número, y ninguno puede ser menor que el anterior.
pairing-fault-order-empty = el orden «{ $order }» no tiene valores.
pairing-fault-order-twice = el valor «{ $value }» está dos veces en el orden.
pairing-fault-no-such-order = la regla necesita el orden «{ $order }», que no figura en [orders].
pairing-fault-no-such-attribute = ninguna columna da «{ $attribute }». Hay que decir en [columns] qué columna es.
pairing-fault-coordinates = «{ $place }» pide latitud (−90 a 90) y longitud (−180 a 180).

pairing-file-head =
    Telémaco: las reglas de un emparejamiento. Basta guardar este texto como rules.toml, cambiar lo que deba ser distinto y repetir con --rules rules.toml.
    Siempre, y sin regla que poner: nadie es su propio mentor o mentora, nadie atiende a más personas que plazas tiene, y que una persona
    más tenga pareja vale más que cualquier número de puntos.
pairing-file-capacity = Plazas de quien mentoriza y no dice cuántas tiene.
pairing-file-must =
    Lo que debe cumplirse. Sin ello la pareja no se permite. Lo que no deba regir se borra.
    rule: reporting-line, conflict, former-mentor, language, equal, differ (con attribute), above (con attribute, levels y un orden).
    unknown = "allow" deja pasar a quien no tiene el dato; "forbid", no.
pairing-file-prefer =
    Lo que mejora una pareja. weight es lo más que la regla puede dar; los puntos de una pareja son la suma.
    rule: competencies, mentee-ranking, mentor-ranking, zone (hours), place (kilometres), gap (attribute, levels y un orden), similar y
    different (attribute), words (mentee_text, mentor_text, enough). Con only_if = "atributo" cuenta para quienes allí dicen que sí.
pairing-file-balance = Lo que cuesta la primera, segunda, tercera … persona con el mismo mentor o mentora. Nunca baja; más allá del final sigue subiendo lo mismo.
pairing-file-orders = Valores del nivel más bajo al más alto. Los que van entre otros corchetes valen igual.
pairing-file-places = Lugares en el mapa por latitud y longitud, si deben contar los kilómetros. Bajo [places]: "Bilbao" = [43.26, -2.93]
pairing-file-columns =
    Qué significa cada columna, por su encabezado. Las conocidas no necesitan línea. Las demás se quedan fuera hasta que se diga para qué son
    (purpose) y quién las ve (seen_by): "all"; "coordinator" (ninguna razón dice un valor); "rules" (ningún resultado nombra la columna).
    "Encabezado" = {"{"} attribute = "nombre", seen_by = "all", purpose = "para qué" {"}"}
    "Encabezado" = {"{"} field = "unit" {"}"}   o   "Encabezado" = {"{"} left_out = "yes" {"}"}

# Contar el resultado
pairing-number = { $number }
pairing-rule-list = { $list }; { $item }
pairing-weight = { $weight }
pairing-title-nobody = No hay a quién emparejar
pairing-title-none = { $all ->
    [one] La única persona mentorizada no tiene mentor ni mentora
   *[other] Ninguna de las { $all } personas tiene mentor o mentora
}
pairing-title-all = { $all ->
    [one] La única persona mentorizada tiene mentor o mentora
   *[other] Las { $all } personas tienen mentor o mentora
}
pairing-title = { $paired ->
    [one] { $paired } de { $all } personas tiene mentor o mentora
   *[other] { $paired } de { $all } personas tienen mentor o mentora
}
pairing-proof = Con estas reglas, ninguna asignación da mentor o mentora a más personas, y ninguna que llegue a tantas suma más que estos { $points } puntos. Lo ha comprobado, contra una solución dual, un código que no comparte nada con el que la buscó; no dice que las reglas sean sabias ni que este óptimo sea el único.
pairing-proof-reserved = Con estas reglas, ninguna asignación da mentor o mentora a más personas, y ninguna que llegue a tantas suma más puntos, contando los de los criterios reservados. Lo ha comprobado, contra una solución dual, un código que no comparte nada con el que la buscó; no dice que las reglas sean sabias ni que este óptimo sea el único.
pairing-left-out = Sin mentor o mentora
pairing-dropped = Filas que no han entrado
pairing-dropped-mentees = Hoja de personas mentorizadas, fila { $row }: { $why }
pairing-dropped-mentors = Hoja de mentores y mentoras, fila { $row }: { $why }
pairing-load = Carga de cada mentor o mentora
pairing-proof-title = Prueba
pairing-pairs = Parejas
pairing-heading-mentee = Persona mentorizada
pairing-heading-mentee-name = Su nombre
pairing-heading-mentor = Mentor o mentora
pairing-heading-mentor-name = Nombre del mentor o mentora
pairing-heading-score = Puntos
pairing-heading-why = Por qué
pairing-heading-seats = Plazas
pairing-heading-load = Personas

# El informe
pairing-report = Emparejamiento
pairing-notes = Lo primero que conviene saber
pairing-needs = Qué se pide y qué se ofrece
pairing-rules = Las reglas
pairing-rules-how = «Siempre» ha de cumplirse, o la pareja no se permite. Un número es lo más que una preferencia puede dar; los puntos de una pareja son la suma. Que una persona más tenga pareja vale más que cualquier número de puntos.
pairing-always = siempre
pairing-lead = { $mentees ->
    [one] { $mentees } persona mentorizada
   *[other] { $mentees } personas mentorizadas
}, { $mentors ->
    [one] { $mentors } mentor o mentora
   *[other] { $mentors } mentores y mentoras
}, { $seats ->
    [one] { $seats } plaza
   *[other] { $seats } plazas
}.
pairing-seats-taken = { $capacity ->
    [one] { $load } de { $capacity } plaza
   *[other] { $load } de { $capacity } plazas
}
pairing-figure-data = Los datos en una tabla
pairing-figure-drawn = Se dibujan { $drawn } de { $rows }; la tabla los tiene todos.
pairing-figure-competency = Competencia
pairing-figure-competency-asked = Personas que la buscan
pairing-figure-competency-offered = Plazas que la ofrecen
pairing-figure-competency-told = { $name }: { $asked }, { $offered }
pairing-figure-competency-enough = Hay plazas para todas las competencias que se buscan
pairing-figure-competency-scarce = { $others ->
    [0] { $name }: { $asked } y { $offered }; lo demás alcanza
    [one] { $name }: { $asked } y { $offered }; { $others } competencia más escasea
   *[other] { $name }: { $asked } y { $offered }; { $others } competencias más escasean
}
pairing-figure-attribute = { $attribute }
pairing-figure-attribute-asked = Personas
pairing-figure-attribute-offered = Plazas
pairing-figure-attribute-told = { $name }: { $asked }, { $offered }
pairing-figure-attribute-enough = En «{ $attribute }» hay plazas para las personas de todos los grupos
pairing-figure-attribute-scarce = { $others ->
    [0] En «{ $attribute }», { $name } tiene { $asked } y { $offered }; lo demás alcanza
    [one] En «{ $attribute }», { $name } tiene { $asked } y { $offered }; { $others } grupo más anda escaso
   *[other] En «{ $attribute }», { $name } tiene { $asked } y { $offered }; { $others } grupos más andan escasos
}
pairing-figure-load = { $most ->
    [0] Nadie tiene a quién mentorizar
    [one] Nadie atiende a más de { $most } persona; quedan { $free }
   *[other] Nadie atiende a más de { $most } personas; quedan { $free }
}
pairing-figure-load-told = { $name }: { $load } de { $capacity }

# La orden
pairing-proposed = No se dieron reglas: las de abajo se han propuesto a partir de las columnas, y con ellas se ha emparejado. Desde la línea siguiente hasta el final es un rules.toml para copiar, cambiar y devolver con --rules.
pairing-edges-reserved = Las puntuaciones de { $path } contienen criterios reservados a las reglas: quien las lea puede saber quién se parece en lo que se contó en confianza.
pairing-refused = { $count ->
    [one] { $count } celda no se puede leer tal como está, y sin ella no se podrían cumplir las reglas. No se ha emparejado a nadie. Hay que corregirla o dejar fuera su columna:
   *[other] { $count } celdas no se pueden leer tal como están, y sin ellas no se podrían cumplir las reglas. No se ha emparejado a nadie. Hay que corregirlas o dejar fuera sus columnas:
}
pairing-warnings = { $count ->
    [one] Hay { $count } observación sobre las hojas en la salida de errores.
   *[other] Hay { $count } observaciones sobre las hojas en la salida de errores.
}
pairing-out-unknown = { $path }: las parejas pueden escribirse como .xlsx, .csv o .json.
pairing-sheet-mentees = La hoja de personas mentorizadas
pairing-sheet-mentors = La hoja de mentores y mentoras
pairing-note-capacity = { $mentors ->
    [one] { $mentors } mentor o mentora no dice cuántas plazas tiene
   *[other] { $mentors } mentores y mentoras no dicen cuántas plazas tienen
}: { $seats ->
    [one] { $seats } plaza por cabeza
   *[other] { $seats } plazas por cabeza
}, lo menos que da sitio a todas las personas que pueden tenerlo.
pairing-remark-column = «{ $heading }» ({ $column })
pairing-remark-heading = «{ $heading }»
pairing-remark-taken-mentees = Se toman, de quienes aprenden: { $list }.
pairing-remark-taken-mentors = Se toman, de quienes mentorizan: { $list }.
pairing-remark-left-mentees = Se quedan fuera, de quienes aprenden: { $list }.
pairing-remark-left-mentors = Se quedan fuera, de quienes mentorizan: { $list }.
pairing-remark-special-mentees = { $count ->
    [one] De quienes aprenden, la columna { $list } parece de categoría especial (RGPD, art. 9) y se queda fuera, sin nombrarla aquí.
   *[other] De quienes aprenden, las columnas { $list } parecen de categoría especial (RGPD, art. 9) y se quedan fuera, sin nombrarlas aquí.
} Entra solo para las reglas con su encabezado abajo, seen_by = "rules", un propósito y legal_basis = "…" (la base del art. 9.2).
pairing-remark-special-mentors = { $count ->
    [one] De quienes mentorizan, la columna { $list } parece de categoría especial (RGPD, art. 9) y se queda fuera, sin nombrarla aquí.
   *[other] De quienes mentorizan, las columnas { $list } parecen de categoría especial (RGPD, art. 9) y se quedan fuera, sin nombrarlas aquí.
} Entra solo para las reglas con su encabezado abajo, seen_by = "rules", un propósito y legal_basis = "…" (la base del art. 9.2).
pairing-remark-absent-mentees = Las reglas hablan de columnas que la hoja de personas mentorizadas no tiene: { $list }.
pairing-remark-absent-mentors = Las reglas hablan de columnas que la hoja de mentores y mentoras no tiene: { $list }.

# Cantidades dentro de las frases
pairing-count-wanting = { $count ->
    [one] la busca { $count } persona
   *[other] la buscan { $count } personas
}
pairing-count-offering = { $count ->
    [one] la ofrece { $count } plaza
   *[other] la ofrecen { $count } plazas
}
pairing-count-people = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
}
pairing-count-seats = { $count ->
    [one] { $count } plaza
   *[other] { $count } plazas
}
pairing-count-free = { $count ->
    [0] cero plazas libres
    [one] { $count } plaza libre
   *[other] { $count } plazas libres
}

# Páginas
pairing-page-title = Con qué reglas se forman las parejas
pairing-page-rules = Reglas
pairing-page-hint = Cada regla lleva encima la frase que la dice. Borra la que no deba regir, cambia los pesos y calcula. Es el mismo archivo rules.toml de la orden «telemaco pair».
pairing-page-run = Calcular las parejas
pairing-page-files = Llevarse el resultado
pairing-page-report = Informe en una página
pairing-too-large = Los pesos son demasiado grandes para tantas personas

# El tablero de emparejamiento
pairing-board-begin-title = En esta edición todavía no se ha emparejado a nadie
pairing-board-begin-lead = { $mentees ->
    [one] Hay { $mentees } persona mentorizada
   *[other] Hay { $mentees } personas mentorizadas
} y { $mentors } que { $mentors ->
    [one] ejerce de mentor o mentora
   *[other] ejercen de mentor o mentora
}.
pairing-board-nobody-enrolled = Para emparejar hace falta al menos una persona en cada lado. Primero hay que inscribir a quien falta.
pairing-board-enrol = Ir a las inscripciones
pairing-board-begin-text = Las reglas de abajo se aplican a todas las personas inscritas. No se escribe a nadie, y cada cálculo se guarda.
pairing-board-name = Nombre del cálculo (si se quiere)
pairing-board-name-long = Un nombre tiene 100 caracteres como máximo
pairing-board-name-this = Poner nombre a este cálculo
pairing-board-name-save = Guardar el nombre
pairing-board-named = El cálculo ya tiene nombre
pairing-board-change-rules = Cambiar las reglas
pairing-board-running-title = Se están buscando las parejas
pairing-board-running-lead = Se puede dejar esta página: el cálculo sigue, aunque se reinicie el servidor.
pairing-board-running-again = Mirar otra vez
pairing-board-stage-scoring = Paso 1 de 4: puntuar cada pareja permitida
pairing-board-stage-solving = Paso 2 de 4: buscar el mejor emparejamiento
pairing-board-stage-explaining = Paso 3 de 4: explicarlo
pairing-board-stage-writing = Paso 4 de 4: guardarlo con su prueba
pairing-board-failed-title = No se han podido buscar las parejas
pairing-board-fault = Algo ha fallado por nuestra parte. Quien opera el sistema lo encuentra en el registro; las personas y las reglas siguen como estaban.
pairing-board-again-title = Calcular otra vez
pairing-board-again = Buscar las parejas otra vez
pairing-board-run = Cálculo { $number }
pairing-board-runs = Todos los cálculos
pairing-board-runs-title = Qué ha encontrado cada cálculo de esta edición
pairing-board-runs-none = Todavía no hay ningún cálculo.
pairing-board-runs-begin = Empezar el primero
pairing-board-newest = El cálculo más reciente
pairing-board-not-newest = Este es un cálculo anterior, tal como era entonces.
pairing-board-state-queued = espera su turno
pairing-board-state-running = en marcha
pairing-board-state-done = hecho
pairing-board-state-failed = no se pudo hacer
pairing-board-column-run = Cálculo
pairing-board-column-finding = Qué resultó
pairing-board-column-before = Antes
pairing-board-column-after = Después
pairing-board-column-cost = Le cuesta al conjunto al menos
pairing-board-column-mark = Marca
pairing-board-as-before = Comparar desde { $run }
pairing-board-as-after = Comparar con { $run }
pairing-board-compare = Comparar los dos cálculos
pairing-board-compare-title = { $people ->
    [0] Entre estos cálculos nadie cambia de mentor o mentora
    [one] Entre estos cálculos { $people } persona cambia de mentor o mentora
   *[other] Entre estos cálculos { $people } personas cambian de mentor o mentora
}
pairing-board-was-not-there = no tenía inscripción
pairing-board-nobody = nadie
pairing-board-since = Frente al cálculo { $number }, { $people ->
    [0] nadie cambia de mentor o mentora.
    [one] { $people } persona cambia de mentor o mentora.
   *[other] { $people } personas cambian de mentor o mentora.
}
pairing-board-what-changed = Ver qué cambió y para quién
pairing-board-next-title = Qué viene ahora
pairing-board-sent-title = Ya se ha preguntado por este cálculo
pairing-board-sent-text = Quién ha contestado, quién falta y qué se puede publicar está con el consentimiento. Si alguien se queda sin pareja, calcula otra vez.
pairing-board-sent-button = Ver las respuestas
pairing-board-ask-text = Primero se pregunta a quien mentoriza; la otra parte solo ve un nombre cuando esa persona ha aceptado. A las parejas ya preguntadas no se les pregunta otra vez.
pairing-board-ask = { $pairs ->
    [one] Pedir consentimiento para { $pairs } pareja
   *[other] Pedir consentimiento para { $pairs } parejas
}
pairing-board-search = Buscar por el nombre de cualquiera de las dos partes
pairing-board-none-found = Ninguna pareja coincide con la búsqueda.
pairing-board-no-pairs = De este cálculo no salió ninguna pareja. Arriba se dice por qué.
pairing-board-all-left-out = { $count ->
    [one] Ver a la única persona sin mentor o mentora
   *[other] Ver a las { $count } personas sin mentor o mentora
}
pairing-board-left-out-title = { $count ->
    [0] Nadie está sin mentor o mentora
    [one] { $count } persona está sin mentor o mentora
   *[other] { $count } personas están sin mentor o mentora
}
pairing-board-back = Volver al cálculo
pairing-board-kept-count = { $count ->
    [one] { $count } pareja ya estaba acordada y se mantiene.
   *[other] { $count } parejas ya estaban acordadas y se mantienen.
}
pairing-board-kept-mentorship = Su mentoría está en marcha: se mantiene
pairing-board-kept-proposed = Propuesta, y nadie ha dicho que no: se mantiene
pairing-board-kept-pinned = Fijada por coordinación
pairing-board-proof-text = Quien lo dude puede comprobarlo: el archivo contiene el problema en números, sin nombres, y «telemaco verify» lo comprueba en cualquier sitio.
pairing-board-proof-reserved = Aquí cuentan criterios reservados a las reglas. La prueba está guardada, pero no se descarga: sus números dirían de cada pareja quién coincide en lo que se contó en confianza.
pairing-board-proof-file = Descargar la prueba
pairing-board-digest = Cómo saber que un archivo es la prueba de este cálculo: su huella
pairing-board-seats-title = Dónde ayudaría más una plaza más
pairing-board-seats-text = Según los precios de la prueba: lo que añadiría exactamente una plaza más, con todo lo demás igual.
pairing-board-seats-competencies = Con quién, por competencia
pairing-board-seats-mentors = Con qué mentor o mentora, o alguien de perfil parecido
pairing-board-seat-points = { $name }: { $points ->
    [one] { $points } punto más
   *[other] { $points } puntos más
}
pairing-board-seat-covers = { $name }: una persona más tendría mentor o mentora
pairing-board-seats-cover = { $name }: con { $covers } de las { $mentors } personas que la dominan, una persona más tendría mentor o mentora
pairing-board-its-rules = Las reglas de este cálculo
pairing-board-pair-title = { $mentor } para { $mentee }
pairing-board-alone-title = { $mentee } está sin mentor o mentora
pairing-board-reasons-seen = Estas razones y puntos solo los ve coordinación.
pairing-board-pin = Fijar esta pareja
pairing-board-pin-with = Fijar con { $mentor }
pairing-board-forbid = Prohibir esta pareja
pairing-board-marks-hint = Las marcas cuentan a partir del siguiente cálculo.
pairing-board-marks = Parejas fijadas y prohibidas
pairing-board-marks-title = { $count ->
    [0] No hay parejas fijadas ni prohibidas
    [one] Hay { $count } pareja fijada o prohibida
   *[other] Hay { $count } parejas fijadas o prohibidas
}
pairing-board-marks-lead = Una pareja fijada se mantiene en todos los cálculos; una prohibida no se forma nunca. Una pareja se marca en su propia página, desde un cálculo. Esto solo lo ve coordinación.
pairing-board-marks-none-found = Ninguna marca coincide con la búsqueda.
pairing-board-mark-pin = fijada
pairing-board-mark-forbid = prohibida
pairing-board-marked-pin = La pareja está fijada; cuenta a partir del siguiente cálculo
pairing-board-marked-forbid = La pareja está prohibida; cuenta a partir del siguiente cálculo
pairing-board-marks-full = Hay ya { $most } parejas fijadas o prohibidas, y no caben más: primero hay que quitar alguna marca
pairing-board-unmark = Quitar la marca
pairing-board-unmarked = La marca ya no está
pairing-board-pin-never = No se puede fijar a { $mentee } con { $mentor }: la pareja está prohibida, fue rechazada, terminó, o son la misma persona
pairing-board-pin-against = No se puede fijar a { $mentee } con { $mentor }. Lo impide: { $rule }
pairing-board-pin-private = No se puede fijar a { $mentee } con { $mentor }: las reglas no permiten la pareja. Cuál lo impide no se dice de ninguna, porque algunas leen lo que se contó en confianza.
pairing-board-pins-dropped = { $pins ->
    [one] { $pins } pareja fijada no se ha podido mantener: las reglas no la permiten.
   *[other] { $pins } parejas fijadas no se han podido mantener: las reglas no las permiten.
}
pairing-board-pin-seats = { $mentor } tiene { $taken } parejas fijadas o acordadas y { $seats } plazas: hay que quitar una marca o dar más plazas
pairing-board-else-title = Qué más podría ser
pairing-board-else-text = La siguiente mejor opción para esta persona, y lo que costaría a las demás, se calcula con exactitud. Con miles de personas tarda unos segundos.
pairing-board-else-button = Calcularlo
pairing-board-else-kept = Esta pareja ya estaba acordada antes de preguntar a las reglas, así que el cálculo no la comparó con otras.
pairing-board-next = La siguiente mejor opción para { $mentee } sería { $mentor }, con { $score } puntos.
pairing-board-next-reserved = La siguiente mejor opción para { $mentee } sería { $mentor }.
pairing-board-next-none = Sin esta pareja, { $mentee } no tendría mentor o mentora.
pairing-board-cost = El conjunto perdería { $cost ->
    [one] { $cost } punto
   *[other] { $cost } puntos
}, { $moves ->
    [0] nadie más cambiaría de mentor o mentora
    [one] { $moves } persona más cambiaría de mentor o mentora
   *[other] { $moves } personas más cambiarían de mentor o mentora
}, y { $fewer ->
    [0] tendrían mentor o mentora tantas personas como ahora.
    [one] lo tendría { $fewer } persona menos.
   *[other] lo tendrían { $fewer } personas menos.
}
pairing-board-cost-reserved = { $moves ->
    [0] Nadie más cambiaría de mentor o mentora
    [one] { $moves } persona más cambiaría de mentor o mentora
   *[other] { $moves } personas más cambiarían de mentor o mentora
}, y { $fewer ->
    [0] tendrían mentor o mentora tantas personas como ahora.
    [one] lo tendría { $fewer } persona menos.
   *[other] lo tendrían { $fewer } personas menos.
}
pairing-board-others-reserved = Personas que las reglas permiten, por orden de nombre. Aquí cuentan criterios reservados a las reglas, así que no se dicen puntos ni costes.
pairing-board-other-cost = { $fewer ->
    [0] { $cost }
    [one] { $fewer } persona menos con mentor o mentora, y { $cost }
   *[other] { $fewer } personas menos con mentor o mentora, y { $cost }
}
pairing-board-others-text = Las personas que las reglas permiten. Fijar una de estas parejas le costaría al conjunto al menos tantos puntos, se mueva quien se mueva.
pairing-board-others-none = Las reglas no permiten a esta persona ningún otro mentor o mentora.
pairing-board-rules-proposed = Estas reglas se proponen a partir de lo que se sabe de las personas. Se guardan con la edición al guardarlas o al calcular.
pairing-board-rules-lead = Están guardadas con la edición y cuentan a partir del siguiente cálculo.
pairing-board-rules-saved = Las reglas están guardadas
pairing-board-rules-save = Guardar las reglas
pairing-board-rules-conflict = Entretanto otra persona ha guardado otras reglas. Arriba está lo que vale ahora; el texto de abajo es lo que se quería guardar. Hay que comparar los dos y guardar lo que deba valer.
pairing-board-musts = Lo que se tiene que cumplir
pairing-board-musts-hint = Una pareja que incumple una de estas reglas no está permitida. Se desmarca lo que no deba valer.
pairing-board-wishes = Lo que hace mejor una pareja
pairing-board-wishes-hint = El número son los puntos que la regla puede dar como máximo.
pairing-board-remove = Quitar
pairing-board-balance = Lo que cuesta la primera, segunda, tercera… persona de un mismo mentor o mentora
pairing-board-balance-hint = Puntos separados por espacios, por ejemplo 0 25 50. Vacío: la carga no cuenta.
pairing-board-balance-wrong = Los costes son números enteros separados por espacios, y ninguno menor que el anterior
pairing-board-capacity = Plazas de quien mentoriza y no dice cuántas
pairing-board-capacity-hint = Vacío: una plaza.
pairing-board-capacity-wrong = Las plazas son un número entero
pairing-board-weight-wrong = Los puntos son un número entero de 0 a { $most }
pairing-board-add = Añadir una regla
pairing-board-add-kind = Clase
pairing-board-add-none = Ninguna
pairing-board-add-attribute = Sobre
pairing-board-add-number = Número
pairing-board-add-number-hint = Niveles por encima, horas de diferencia o kilómetros, según la clase.
pairing-board-add-weight = Puntos
pairing-board-add-weight-hint = No hace falta en lo que se tiene que cumplir.
pairing-board-add-unknown = Lo que se tiene que cumplir también deja fuera a quien no lo indica en su perfil
pairing-board-attribute-missing = Falta decir sobre qué es la regla
pairing-board-number-wrong = La regla necesita un número entero de { $most } como máximo
pairing-board-order-missing = No se conoce el orden de sus valores. Se indica en el texto de abajo, en [orders].
pairing-board-kind-equal = Se tiene que cumplir: tienen lo mismo en
pairing-board-kind-differ = Se tiene que cumplir: no tienen lo mismo en
pairing-board-kind-above = Se tiene que cumplir: quien mentoriza está tantos niveles por encima
pairing-board-kind-competencies = Mejor: competencias deseadas y dominadas
pairing-board-kind-mentee-ranking = Mejor: el orden de preferencia de la persona mentorizada
pairing-board-kind-mentor-ranking = Mejor: el orden de preferencia de quien mentoriza
pairing-board-kind-similar = Mejor: se parecen en
pairing-board-kind-different = Mejor: se diferencian en
pairing-board-kind-gap = Mejor: quien mentoriza está tantos niveles por encima
pairing-board-kind-zone = Mejor: coinciden los horarios; a tantas horas no queda nada
pairing-board-kind-place = Mejor: están cerca; a tantos kilómetros no queda nada
pairing-board-kind-words = Mejor: palabras en común en los dos textos
pairing-board-text-title = Las reglas como texto, para personas expertas
pairing-board-text-lead = Las mismas reglas como rules.toml, para guardarlas, editarlas y traerlas de vuelta.
pairing-board-text-download = Descargar rules.toml
pairing-board-text-file = O traer un archivo
pairing-board-text-save = Guardar este texto
pairing-board-criteria = Criterios, para enseñarlos
pairing-board-criteria-title = Cómo se forman las parejas y quién decide
pairing-board-criteria-lead = Para el comité de empresa o la junta de facultad, a partir de las reglas de la edición { $edition }. Se imprime bien.
pairing-board-criteria-musts = Lo que se tiene que cumplir
pairing-board-criteria-wishes = Lo que hace mejor una pareja
pairing-board-criteria-no-wishes = Nada: todas las parejas permitidas cuentan igual.
pairing-board-criteria-data = Qué datos se leen
pairing-board-criteria-reserved = También cuentan criterios reservados a las reglas. Sus datos entraron con una base jurídica registrada, y ninguna página, razón, archivo ni correo los nombra.
pairing-board-criteria-who = Quién decide
pairing-board-criteria-who-text = Coordinación fija las reglas, lee cada pareja propuesta con sus razones y puede fijar o prohibir parejas. Después se pregunta a las personas: primero a quien mentoriza y luego a la otra parte. Ninguna pareja llega a ser mentoría sin las dos. Quien dice que no, no da razones en público ni tiene culpa.
pairing-board-criteria-method = El programa busca el emparejamiento que da mentor o mentora a más personas y, entre esos, el que suma más puntos. No usa el azar ni aprende de cálculos anteriores: las mismas personas y reglas dan las mismas parejas.
pairing-board-criteria-never = Lo que no se usa nunca
pairing-board-never-performance = Evaluaciones de desempeño, salarios, ausencias, mensajes ni comportamiento en el sistema
pairing-board-never-special = Categorías especiales de datos (RGPD, art. 9), salvo que hayan entrado con una base jurídica registrada y solo para las reglas
pairing-board-never-learning = Perfiles supuestos o aprendidos por una máquina
pairing-board-never-unused = Lo que estas reglas no leen, aunque conste: { $list }
pairing-board-criteria-check = Cómo se puede comprobar
pairing-board-criteria-check-text = Cada cálculo se guarda con sus reglas, sus razones y una prueba sin nombres. Cualquiera puede comprobar esa prueba con el programa libre: telemaco verify ARCHIVO. Si cuentan criterios reservados, la prueba se guarda y no se entrega.
pairing-board-data-seats = Cuántas plazas tiene cada mentor o mentora
pairing-board-data-line = Quién depende de quién
pairing-board-data-conflicts = Conflictos que las personas han declarado, en privado
pairing-board-data-former = Quién mentorizó antes a quién
pairing-board-data-competencies = Competencias dominadas y deseadas, con sus niveles
pairing-board-data-mentee-ranking = El orden de preferencia de las personas mentorizadas
pairing-board-data-mentor-ranking = El orden de preferencia de quienes mentorizan
pairing-board-data-attribute = «{ $attribute }»
pairing-verify-right = La prueba se sostiene: de { $mentees } personas mentorizadas y { $mentors } que mentorizan, { $paired } están emparejadas ({ $kept } de antemano); con estas reglas ningún emparejamiento cubre a más personas, y ninguno que cubra a tantas suma más puntos. Huella { $digest }
pairing-verify-wrong = { $path } no prueba nada
pairing-task-running-title = El emparejamiento se está calculando
pairing-task-running-text = Puede dejarse: el resultado espera aquí.
pairing-task-failed-title = El último cálculo no llegó a término
pairing-task-failed-text = La página del emparejamiento dice por qué y qué cambiar.
pairing-task-again-title = Volver a calcular con lo que se ha dicho
pairing-task-again-text = { $declined ->
    [one] Una propuesta no salió adelante. El próximo cálculo conserva las demás parejas.
   *[other] { $declined } propuestas no salieron adelante. El próximo cálculo conserva las demás parejas.
 }
pairing-task-done-title = Emparejamiento
pairing-task-done-text = Con el último cálculo, { $paired } de { $mentees } personas tienen mentor o mentora.
pairing-task-consent-later-title = Consentimiento
pairing-task-consent-later-text = Cuando haya un cálculo terminado.
pairing-task-consent-ask-title = Enviar las propuestas
pairing-task-consent-ask-text = Los mentores y las mentoras contestan primero; nadie verá puntuaciones ni la elección de otras personas.
pairing-task-consent-awaited-title = { $awaited ->
    [one] Falta una respuesta
   *[other] Faltan { $awaited } respuestas
 }
pairing-task-consent-awaited-text = Ahí se ve quién no ha contestado y hasta cuándo puede hacerlo.
pairing-task-consent-done-title = Consentimiento
pairing-task-consent-done-text = { $standing ->
    [one] Una pareja sigue adelante; nadie más tiene que contestar.
   *[other] { $standing } parejas siguen adelante; nadie más tiene que contestar.
 }
pairing-waits-accepted = { $count ->
    [one] una pareja por publicar
   *[other] { $count } parejas por publicar
 }
pairing-comes-proposal = { $count ->
    [one] Una propuesta espera tu respuesta. Dice quién es la otra persona y por qué encajáis.
   *[other] { $count } propuestas esperan tu respuesta. Dicen quién es la otra persona y por qué encajáis.
 }
pairing-comes-proposal-button = Ver y responder
pairing-task-publish-ready-title = { $accepted ->
    [one] Publicar una mentoría
   *[other] Publicar { $accepted } mentorías
 }
pairing-task-publish-ready-text = Ambas partes han aceptado. Al publicar se escribe a cada una, una sola vez.
pairing-task-publish-done-title = Mentorías
pairing-task-publish-done-text = { $published ->
    [one] Una mentoría publicada.
   *[other] { $published } mentorías publicadas.
 }
pairing-task-publish-later-title = Publicación
pairing-task-publish-later-text = Cuando ambas partes hayan aceptado.
pairing-board-resting = { $count ->
    [one] { $count } persona dejó su mentoría y no ha pedido otra: esta ejecución no cuenta con ella.
   *[other] { $count } personas dejaron su mentoría y no han pedido otra: esta ejecución no cuenta con ellas.
}
pairing-task-few-title = Busca pareja a quien se ha quedado sin ella
pairing-task-few-text = { $waiting ->
    [one] { $waiting } persona espera pareja. Otra ejecución se la busca y no mueve a nadie más.
   *[other] { $waiting } personas esperan pareja. Otra ejecución se la busca y no mueve a nadie más.
}
pairing-number-follows = { $before } { $number }
pairing-board-compared = { $finding }, con { $points } puntos en total
pairing-board-score = { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}
pairing-board-what-if-ask = { $count ->
    [one] ¿Qué se ganaría si la pareja que se mantuvo estuviera libre?
   *[other] ¿Qué se ganaría si las { $count } parejas que se mantuvieron estuvieran libres?
}
pairing-board-what-if-text = Se calcula aparte, con las mismas reglas, y se compara con este cálculo: a cuántas personas alcanzaría, con cuántos puntos y quién cambiaría de pareja.
pairing-board-what-if-harmless = Preguntarlo no cambia nada, y de ese cálculo no se envía nada a nadie.
pairing-board-what-if-proposed = Calcularlo con lo propuesto y lo fijado libre
pairing-board-what-if-all = Calcularlo como si tampoco hubiera mentorías en marcha
pairing-board-what-if-tag = supuesto
pairing-board-what-if-title-people = { $count ->
    [one] Con las parejas libres, { $count } persona más tendría mentor o mentora
   *[other] Con las parejas libres, { $count } personas más tendrían mentor o mentora
}
pairing-board-what-if-title-fewer = { $count ->
    [one] Con las parejas libres, { $count } persona menos tendría mentor o mentora
   *[other] Con las parejas libres, { $count } personas menos tendrían mentor o mentora
}
pairing-board-what-if-title-points = Con las parejas libres nadie más tendría mentor o mentora, y el conjunto ganaría { $count ->
    [one] { $count } punto
   *[other] { $count } puntos
}
pairing-board-what-if-title-untold = Con las parejas libres nadie más tendría mentor o mentora, y { $people ->
    [0] nadie cambiaría de pareja
    [one] { $people } persona cambiaría de pareja
   *[other] { $people } personas cambiarían de pareja
}
pairing-board-what-if-title-nothing = Con las parejas libres no se ganaría nada
pairing-board-what-if-lead-proposed = Aquí no se mantuvo ninguna pareja propuesta, aceptada o fijada. Las mentorías en marcha siguen como están.
pairing-board-what-if-lead-all = Aquí no se mantuvo ninguna pareja: ni propuesta, ni aceptada, ni fijada, ni con la mentoría en marcha.
pairing-board-what-if-asked = Es un supuesto: preguntarlo no ha cambiado nada, y desde aquí no se puede enviar nada.
pairing-board-what-if-others = Desde el cálculo con el que se compara han cambiado las personas o las plazas: no toda la diferencia viene de las parejas libres.
pairing-board-what-if-next-proposed = Si compensa: retira las propuestas que cambiarían o quita esas parejas fijadas, y calcula otra vez. Quien ya había visto un nombre leerá que coordinación cambió la propuesta.
pairing-board-what-if-next-all = Si compensa: habla antes con quienes cambiarían. Una mentoría en marcha solo se termina en su propia página, y a quienes la terminan no se les vuelve a proponer la misma pareja.
pairing-board-what-if-keep = Las parejas que hay son ya lo mejor que permiten estas reglas: no hace falta mover a nadie.
pairing-board-what-if-proposals = Ver las propuestas
pairing-board-what-if-mentorships = Ver las mentorías
pairing-board-what-if-leave = Dejarlo como está
pairing-board-what-if-back = Volver al cálculo { $number }
pairing-run-keeps = Se está calculando un emparejamiento: inténtalo de nuevo cuando acabe.
