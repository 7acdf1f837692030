erasure-nameless = Erased person
erasure-nobody = Nobody has the address { $address }.
erasure-several = Several organisations know this address: { $organisations }. Say which with --organisation.
erasure-gone = There is nobody to do this for any more.
erasure-written = What is known of them stands in { $path }. It holds what they wrote in confidence: hand it over to them alone, and delete it.
erasure-table = { $deleted } deleted, { $emptied } emptied
erasure-jobs = { $count ->
    [one] one task dropped
   *[other] { $count } tasks dropped
}
erasure-rehearsed = This is what erasing { $address } would do; nothing was done. Say it again with --yes to do it. It cannot be undone: offer them their data first (telemaco person export).
erasure-done = { $address } is erased. Backups of before still hold everything: delete them when their time comes.
