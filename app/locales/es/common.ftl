common-rows = { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
