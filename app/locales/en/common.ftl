common-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
