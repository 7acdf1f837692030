# Lo que significan las columnas
people-column-name = Nombre y apellidos
people-column-given-name = Nombre
people-column-family-name = Apellidos
people-column-address = Correo electrónico
people-column-title = Puesto
people-column-unit = Unidad
people-column-place = Lugar
people-column-languages = Idiomas
people-column-zone = Zona horaria
people-column-manager = Responsable directo o directa
people-column-external-id = Identificador externo
people-column-biography = Biografía
people-column-role = Participa como mentor o mentora, o como mentorizado o mentorizada
people-column-both = Mentoriza y recibe mentoría a la vez
people-column-capacity = Plazas que ofrece
people-column-held = Competencias que domina
people-column-wanted = Competencias que desea desarrollar
people-column-competencies = Competencias: las que domina quien mentoriza, las que desea quien recibe mentoría
people-column-preferences = Preferencias
people-column-conflicts = Conflictos de interés
people-column-former-mentors = Mentores y mentoras anteriores
people-column-post = Puesto para el que se propone
people-column-attribute = Atributo «{ $key }»
people-column-leave-out = Dejar fuera

people-visible-all = Todas las personas, en el directorio
people-visible-coordinator = Solo coordinación
people-visible-rules = Solo las reglas de emparejamiento

people-special-orientation = orientación sexual
people-special-gender-identity = identidad de género
people-special-health = salud o discapacidad
people-special-belief = religión o creencias
people-special-union = afiliación sindical
people-special-origin = origen racial o étnico
people-special-politics = opiniones políticas
people-special-identity = características protegidas

# Lo que falla en una correspondencia de columnas
people-mapping-no-address = Ninguna columna es el correo electrónico, que es lo que distingue a cada persona.
people-mapping-doubled = «{ $other }» ya es: { $column }. Hay que dejar fuera una de las dos.
people-mapping-no-key = El nombre de un atributo empieza por una letra minúscula y solo lleva minúsculas sin tilde, cifras y guiones.
people-mapping-no-purpose = Hay que indicar para qué sirve esta columna, o dejarla fuera.
people-mapping-no-basis = Esta columna parece contener datos de categoría especial ({ $special }). Queda fuera mientras no consten una finalidad y una base jurídica (RGPD, art. 9).
people-mapping-special = Esta columna parece contener datos de categoría especial ({ $special }). Solo puede entrar como atributo para las reglas de emparejamiento, con una finalidad y una base jurídica (RGPD, art. 9).

# Lo que falla en una fila
people-problem = Problema
people-row-address-missing = Falta el correo electrónico.
people-row-address-malformed = «{ $value }» no es una dirección de correo electrónico.
people-row-address-doubled = { $value } ya figura en la fila { $row }.
people-row-name-missing = Falta el nombre.
people-row-capacity-no-number = «{ $value }» no es un número de plazas: un número entero de 0 a 1000.
people-row-level-outside = «{ $competency }» tiene el nivel { $level }; los niveles van del 1 al 5.
people-row-competency-nameless = «{ $value }» no nombra ninguna competencia.
people-row-zone-unknown = «{ $value }» no es una zona horaria. Se escribe, por ejemplo, Europe/Madrid.
people-row-language-unknown = «{ $value }» no es un idioma conocido aquí. Vale su nombre o su código (es, en).
people-row-role-unknown = «{ $value }» no es un papel en el programa. Vale mentor, mentora, mentee, mentorizado, mentorizada o ambos.
people-row-both-unknown = «{ $value }» no es ni sí ni no.
people-row-person-unknown = El elemento { $entry } de la lista no nombra a nadie: vale un correo electrónico, o el identificador o el nombre completo de alguien de las hojas.
people-row-external-id-doubled = El identificador «{ $value }» ya figura en la fila { $row }, con otro correo electrónico.
people-row-external-id-taken = Este identificador ya pertenece a { $address }.
people-row-disagrees = Difiere de la fila { $row } de «{ $sheet }», que es la que vale.
people-row-manager-unknown = «{ $value }», como responsable, no figura en las hojas ni en los registros; la línea jerárquica queda abierta.
people-row-manager-self = Nadie es su propio responsable.
people-row-manager-circle = La línea jerárquica vuelve a su origen: { $chain }.
