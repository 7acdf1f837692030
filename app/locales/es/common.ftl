common-rows = { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
common-somebody-gone = alguien que ya no está
