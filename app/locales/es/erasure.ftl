erasure-nameless = Persona borrada
erasure-nobody = Nadie tiene la dirección { $address }.
erasure-several = Varias organizaciones conocen esta dirección: { $organisations }. Di cuál con --organisation.
erasure-gone = Ya no hay nadie con quien hacer esto.
erasure-written = Lo que se sabe de esta persona está en { $path }. Contiene lo que escribió en confianza: entrégaselo solo a ella y bórralo.
erasure-table = { $deleted } borradas, { $emptied } vaciadas
erasure-jobs = { $count ->
    [one] una tarea descartada
   *[other] { $count } tareas descartadas
}
erasure-rehearsed = Esto es lo que haría borrar { $address }; no se ha hecho nada. Repite la orden con --yes para hacerlo. No se puede deshacer: ofrécele antes sus datos (telemaco person export).
erasure-done = { $address } está borrada. Las copias de antes lo conservan todo: bórralas cuando les toque.
