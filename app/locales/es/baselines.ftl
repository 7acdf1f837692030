baselines-lead = { $programme }, { $edition }
baselines-mine-none = Todavía no hay ninguna valoración inicial que dar
baselines-mine-done = Has entregado lo que se te pedía
baselines-mine-left = { $count ->
    [one] Queda una valoración inicial por entregar
   *[other] Quedan { $count } valoraciones iniciales por entregar
}
baselines-mine-empty = En cuanto haya una mentoría en la que participes, o alguien de tu equipo entre en esta edición, aparecerá aquí.
baselines-why = Dice en qué punto está cada persona antes de la primera reunión. Después ya no se puede reconstruir, y sin ella no se sabría qué ha cambiado.
baselines-of-self = La tuya
baselines-as-own = Cómo te ves
baselines-as-mentor = Como mentor o mentora
baselines-as-supervisor = Como responsable directo o directa
baselines-begun = borrador guardado
baselines-begin = Empezar
baselines-go-on = Seguir
baselines-read = Leer
baselines-form-own = ¿En qué nivel estás hoy?
baselines-form-other = ¿En qué nivel ves hoy a { $name }?
baselines-how-own = En cada competencia, elige el nivel cuyos comportamientos muestras ya de forma habitual. No es un examen ni una evaluación: sirve para ver después qué ha cambiado.
baselines-how-mentor = En cada competencia, elige el nivel cuyos comportamientos has visto de forma habitual. Es normal no poder decirlo todavía de todas: márcalo así.
baselines-how-supervisor = En cada competencia, elige el nivel cuyos comportamientos ves de forma habitual en su trabajo. No se usa para evaluar ni para decidir un ascenso.
baselines-seen-own = Hasta que la entregues, solo la ves tú. Después la lee tu mentor o mentora, cuando haya entregado la suya. Ni tu responsable ni coordinación ven los niveles; coordinación ve si está entregada.
baselines-seen-mentor = Hasta que la entregues, solo la ves tú. Después la lee la persona a la que acompañas, cuando haya entregado la suya. Coordinación ve si está entregada, no los niveles.
baselines-seen-supervisor = Hasta que la entregues, solo la ves tú. Después la lee la persona de tu equipo, cuando haya entregado la suya. Coordinación ve si está entregada, no los niveles.
baselines-cannot-own = No puedo decirlo
baselines-cannot-mentor = No puedo saberlo todavía
baselines-cannot-supervisor = No puedo saberlo
baselines-cannot-say = No puede decirlo
baselines-draft-at = Borrador guardado el { $at }
baselines-draft-saved = Borrador guardado. Solo lo ves tú.
baselines-saved-meanwhile = Se guardó o se entregó otra cosa en otra ventana mientras tanto. Lo que has elegido sigue aquí; vuelve a guardarlo o a entregarlo si es lo que vale.
baselines-save = Guardar el borrador
baselines-give-text = Una vez entregada, no se cambia ni se borra. Si hay un error, se puede añadir una corrección con su fecha.
baselines-give = Entregar la valoración inicial
baselines-give-correction = Entregar la corrección
baselines-correcting = Ya la entregaste. Lo que entregues ahora se añade como corrección, y lo anterior se conserva.
baselines-correct = Añadir una corrección
baselines-given = Valoración inicial entregada.
baselines-given-own = Tu valoración inicial está entregada
baselines-given-other = Tu valoración inicial de { $name } está entregada
baselines-others-later = Cuando tu mentor o mentora y tu responsable entreguen la suya, la leerás aquí, junto a la tuya.
baselines-same = { $same ->
    [one] Se coincide en 1 de { $all } competencias.
   *[other] Se coincide en { $same } de { $all } competencias.
}
baselines-widest = { $gap ->
    [one] La mayor diferencia, de un nivel, está en «{ $name }»: un buen tema para una reunión.
   *[other] La mayor diferencia, de { $gap } niveles, está en «{ $name }»: un buen tema para una reunión.
}
baselines-view-own = { $name }, sobre sí
baselines-view-mentor = { $name }, mentoría
baselines-view-supervisor = { $name }, responsable
baselines-given-at = entregada el { $at }
baselines-corrected-at = corregida el { $at }
baselines-column-competency = Competencia
baselines-column-mentee = Mentorizado o mentorizada
baselines-column-own = La propia
baselines-column-mentor = Del mentor o de la mentora
baselines-column-supervisor = De su responsable
baselines-missing = «{ $name }»: falta elegir un nivel, o decir que no se puede saber.
baselines-level-unknown = Hay que elegir uno de los niveles.
baselines-not-open = Ahora no se pueden dar valoraciones iniciales en esta edición.
baselines-closed = Ahora no se puede dar la valoración inicial
baselines-closed-setting-up = La edición todavía se está preparando. Se podrá en cuanto se abra.
baselines-closed-ended = La edición ha terminado.
baselines-closed-framework = La edición todavía no tiene marco de competencias. Quien coordina puede elegirlo en los ajustes de la edición.
baselines-to-progress = Ver quién la ha entregado
baselines-progress-nobody = Todavía no hay nadie en la edición de quien valorar el punto de partida
baselines-progress-done = Todas las valoraciones iniciales están entregadas
baselines-progress-left = { $count ->
    [one] Falta 1 de { $all } valoraciones iniciales
   *[other] Faltan { $count } de { $all } valoraciones iniciales
}
baselines-progress-seen = Aquí se ve si está entregada, nunca los niveles. Solo coordinación ve esta página
baselines-progress-empty = En cuanto haya personas inscritas para recibir mentoría, aparecerán aquí.
baselines-none-found = Nadie coincide con la búsqueda.
baselines-total = { $given } de { $all }
baselines-who = Quién ha entregado la valoración inicial
baselines-state-missing = falta
baselines-state-no-own = no se pide
baselines-state-no-mentor = aún sin mentoría
baselines-state-no-supervisor = sin responsable en los registros
baselines-competency-unknown = En este marco no hay ninguna competencia «{ $key }»
baselines-mail-subject = Empieza una mentoría en tu equipo ({ $edition })
baselines-mail-began = { $count ->
    [one] Ha empezado la mentoría de alguien de tu equipo en la edición «{ $edition }».
   *[other] En la edición «{ $edition }» ya son { $count } las personas de tu equipo que tienen mentoría.
}
baselines-mail-asks = { $count ->
    [one] Antes de su primera reunión hace falta tu valoración inicial: en qué nivel ves hoy sus competencias. Después ya no se puede reconstruir. Son diez minutos.
   *[other] Antes de su primera reunión hace falta tu valoración inicial de { $count } de ellas: en qué nivel ves hoy sus competencias. Después ya no se puede reconstruir. Son diez minutos por persona.
}
baselines-mail-content = De lo que hablen y escriban en la mentoría no verás nada: queda entre las dos personas.
baselines-mail-link = Dar mi valoración inicial
baselines-mail-link-lent = Ver quién de mi equipo participa
baselines-began-label = Mentorías que empiezan en tu equipo
baselines-began-mail = Empieza una mentoría en tu equipo
