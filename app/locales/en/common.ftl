common-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
common-somebody-gone = somebody who is no longer here
