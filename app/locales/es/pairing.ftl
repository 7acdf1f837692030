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
    [0] En «{ $attribute }», quien orienta no está por debajo de quien aprende
    [one] En «{ $attribute }», quien orienta está al menos { $levels } nivel por encima de quien aprende
   *[other] En «{ $attribute }», quien orienta está al menos { $levels } niveles por encima de quien aprende
}
pairing-must-reserved = Se cumple un criterio reservado a las reglas

# Preferencias
pairing-wish-competencies = Quien orienta tiene las competencias que la otra parte quiere aprender; el nivel cuenta
pairing-wish-mentee-ranking = Quien aprende eligió a su mentor o mentora, y en qué puesto de su lista
pairing-wish-mentor-ranking = Quien orienta eligió a la otra parte, y en qué puesto de su lista
pairing-wish-zone = { $hours ->
    [one] Sus relojes coinciden; con { $hours } hora de diferencia ya no suma
   *[other] Sus relojes coinciden; con { $hours } horas de diferencia ya no suma
}
pairing-wish-place = Están cerca
pairing-wish-gap = { $levels ->
    [0] En «{ $attribute }», quien orienta está al mismo nivel; más arriba suma menos, por debajo nada
    [one] En «{ $attribute }», quien orienta está { $levels } nivel por encima; más arriba suma menos, igual o por debajo nada
   *[other] En «{ $attribute }», quien orienta está { $levels } niveles por encima; más cerca o más arriba suma menos, igual o por debajo nada
}
pairing-wish-similar = Se parecen en «{ $attribute }»
pairing-wish-different = Se diferencian en «{ $attribute }»
pairing-wish-words = Comparten palabras «{ $mentee }» de quien aprende y «{ $mentor }» de quien orienta
pairing-wish-only-if = { $wish }; solo para quienes dicen que sí en «{ $attribute }»
pairing-wish-reserved = Criterios reservados a las reglas
pairing-wish-balance = La carga se reparte: cada persona más con el mismo mentor o mentora resta puntos

# Razones
pairing-reason-competency = { $name }: la busca y se ofrece
pairing-reason-competency-held = { $name }: la busca; se ofrece nivel { $held }
pairing-reason-competency-levels = { $name }: busca nivel { $wanted }, se ofrece { $held }
pairing-reason-ranked-by-mentee = Quien aprende puso a esta persona en el puesto { $place } de { $of }
pairing-reason-ranked-by-mentor = Quien orienta puso a esta persona en el puesto { $place } de { $of }
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
    [one] Las reglas no permiten a la única persona que orienta.
   *[other] Las reglas no permiten a ninguna de las { $mentors } personas que orientan.
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
    [one] { $barrier } descarta a { $count } persona que orienta.
   *[other] { $barrier } descarta a { $count } personas que orientan.
}
pairing-why-oneself = Una de las personas que orientan es la misma.
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
pairing-file-capacity = Plazas de quien orienta y no dice cuántas tiene.
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
    [0] Nadie tiene a quién orientar
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
pairing-remark-taken-mentors = Se toman, de quienes orientan: { $list }.
pairing-remark-left-mentees = Se quedan fuera, de quienes aprenden: { $list }.
pairing-remark-left-mentors = Se quedan fuera, de quienes orientan: { $list }.
pairing-remark-special-mentees = { $count ->
    [one] De quienes aprenden, la columna { $list } parece de categoría especial (RGPD, art. 9) y se queda fuera, sin nombrarla aquí.
   *[other] De quienes aprenden, las columnas { $list } parecen de categoría especial (RGPD, art. 9) y se quedan fuera, sin nombrarlas aquí.
} Entra solo para las reglas con su encabezado abajo, seen_by = "rules", un propósito y legal_basis = "…" (la base del art. 9.2).
pairing-remark-special-mentors = { $count ->
    [one] De quienes orientan, la columna { $list } parece de categoría especial (RGPD, art. 9) y se queda fuera, sin nombrarla aquí.
   *[other] De quienes orientan, las columnas { $list } parecen de categoría especial (RGPD, art. 9) y se quedan fuera, sin nombrarlas aquí.
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
pairing-page-title = Las reglas del emparejamiento
pairing-page-lead = Hay { $mentees } { $mentees ->
    [one] persona que recibe mentoría
   *[other] personas que reciben mentoría
} y { $mentors } { $mentors ->
    [one] que la ofrece
   *[other] que la ofrecen
}. Estas reglas se proponen según lo que se sabe de ellas.
pairing-page-rules = Reglas
pairing-page-hint = Cada regla lleva encima la frase que la dice. Borra la que no deba regir, cambia los pesos y calcula. Es el mismo archivo rules.toml de la orden «telemaco pair».
pairing-page-run = Calcular las parejas
pairing-page-files = Llevarse el resultado
pairing-page-report = Informe en una página
pairing-page-change = Cambiar las reglas y volver a calcular
pairing-too-large = Los pesos son demasiado grandes para tantas personas
