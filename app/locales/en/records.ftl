records-sitting = Sitting { $number }
records-sitting-head = Sitting
records-item = Item
records-items = Items
records-item-number = Item { $item }
records-class = Class
records-kind = What it is
records-from = From
records-until = Until
records-day = Day
records-time = Time ({ $zone })
records-times-in = Time in { $zone }
records-observer = Observer
records-observers = Observers
records-nobody = Nobody was observing.
records-record = Record
records-not-classified = not classified
records-title-in = Item { $item }: in the room, { $names }
records-title-out = Item { $item }: nobody is observing
records-title-between = Between two items: in the room, { $names }
records-title-empty = No item is running and nobody is observing
records-title-closed = The record is closed
records-waiting-one = No connection. One entry waits on this phone and will be sent by itself.
records-waiting-many = No connection. { $count } entries wait on this phone, in order, and will be sent by themselves.
records-lost = No connection. Go on: entries will be sent when it is back.
records-signed-out = Your session has ended. What you entered is still on this phone: sign in again and it will be sent.
records-no-items = The sitting has no items yet. The record needs their numbers and classes.
records-no-observers = Nobody has a seat at this sitting.
records-must-be-out = { $count ->
    [one] { $names } must leave first
   *[other] These must leave first: { $names }
 }
records-before = { $count ->
    [one] Item { $item } ({ $class }): { $names } must leave first
   *[other] Item { $item } ({ $class }): these must leave first: { $names }
 }
records-leave-and-begin = { $count ->
    [one] Begin item { $item } once they have left
   *[other] Begin item { $item } once all of them have left
 }
records-all-the-same = Begin with observers inside
records-begin = Item { $item } begins
records-end = Item { $item } ends
records-leaves = { $name } has left
records-comes = { $name } comes in
records-leave-now = Leave now
records-told = told to leave
records-exposed-now = in what is closed to them
records-has-not-come = has not come in
records-in-since = in since { $at }
records-out-since = out since { $at }
records-close-title = The sitting is over
records-close-says = The item that runs ends, whoever is still in goes out, and the sitting counts as held. Whatever is missing is then typed in from the sheet.
records-close = Close the record
records-to-record = Record of the room
records-to-place = Where to be now
records-to-entries = Every entry
records-to-sheet = Sheet to print
records-to-annex = Annex to the minutes
records-to-privilege = Attendance under legal privilege
records-to-file = The record as a file, to be checked
records-to-register = Secretary's register
records-to-insiders = Insider list
records-to-columns = Columns of the list
records-meanwhile = Somebody made an entry at the same time. The page shows the latest now; press again.
records-many = At most { $most } entries at once.
records-not-open = This sitting is not open: there is nothing to record.
records-time-wrong = That time cannot be: it is more than a day away from the sitting, or has not come yet.
records-time-missing = The time is missing.
records-runs = Item { $item } has not ended yet.
records-does-not-run = That item is not running.
records-is-in = Is in the room already.
records-is-out = Is out of the room already.
records-closed = The record is closed. Whatever is missing goes on the sheet, with its time.
records-no-such-entry = That entry cannot be corrected.
records-place-over = The sitting is over
records-place-over-says = The debrief is best written by { $at }.
records-place-leave-now = Leave the room now
records-place-leave-now-says = Do not wait for the sentence to end. This page will say when you may come back.
records-place-in = You may be in the room
records-place-in-says = This page tells you when you have to leave.
records-place-stay-out = Wait outside
records-place-stay-out-says = What is being discussed is closed to an observer. This page will say when you may come back.
records-place-may-come-in = You may come in now
records-place-may-come-in-says = The item that is running is open to you.
records-place-waiting = Wait for the next item to begin
records-place-waiting-says = This page will say whether you may come in.
records-place-lost = No connection: this page may be out of date. When in doubt, stay out of the room.
records-place-follows = The page keeps itself up to date.
records-entries-title = Every entry of sitting { $sitting }
records-entries-lead = Nothing is deleted or changed. A correction is another entry, which says which one it corrects.
records-entries-none = There is no entry yet. The record begins with the first item, or with whoever comes in.
records-entries-more = Show the next ones
records-entries-count = { $count } entries
records-entry-number = Entry { $number }
records-noted-late = received { $at }
records-is-corrected = corrected
records-correct = Correct it
records-correct-time = Correct the time
records-corrected = The correction is entered.
records-strike = It did not happen
records-head = Digest of the last entry (SHA-256): { $digest }
records-did-item-begins = Item { $item } begins ({ $class })
records-did-item-ends = Item { $item } ends
records-did-enters = { $name } comes in
records-did-leaves = { $name } leaves
records-did-told-to-leave = { $name } is told to leave
records-did-returns = { $name } comes back
records-did-class-changed = Item { $item } is now: { $class }
records-did-exposure = { $withdrawn ->
    [yes] { $name } was not exposed in item { $item } ({ $class })
   *[no] Exposure of { $name } in item { $item } ({ $class })
 }
records-did-correction = { $instead ->
    [yes] Entry { $entry } happened at another time
   *[no] Entry { $entry } did not happen
 }
records-did-closed = The record is closed
records-sheet-title = Sheet for sitting { $sitting }
records-sheet-lead = To be filled in by hand where there is no phone: when each item begins and ends, and when each observer comes in and leaves.
records-planned = Planned
records-sheet-begin = Begins
records-sheet-end = Ends
records-sheet-out = Have to be out
records-sheet-in-at = In
records-sheet-out-at = Out
records-sheet-type = Type the sheet in
records-sheet-says = One line for each thing, with its time, in the order in which it happened. What is typed here counts as having happened; whoever was in what was closed to them was exposed.
records-sheet-what = What happened ({ $number })
records-sheet-time = At what time
records-sheet-begins = Item { $item } begins
records-sheet-ends = Item { $item } ends
records-sheet-comes = { $name } comes in
records-sheet-leaves = { $name } leaves
records-sheet-closed = The sitting is over
records-sheet-empty = The sheet is empty.
records-sheet-save = Put it into the record
records-sheet-taken = The sheet is in the record.
records-column-attended = Attendance
records-column-in = in
records-column-exposed = in, while closed
records-column-exposed-no-seat = in, without a seat
records-column-in-from = In from
records-column-in-until = In until
records-column-left = Left
records-column-back = Came back
records-column-text = Text of the undertaking
records-column-signed = Signed
records-column-ends = Binds until
records-column-digest = Digest of what was signed
records-column-head = Digest of the record
records-column-others = Waiting for others
records-column-entries = Entries
records-column-closed = Closed
records-ran = Times
records-who = Observers
records-was-out = out
records-was-away = out, though free to be in
records-was-in = in, { $spans }
records-was-exposed = in, { $spans }, although it was closed: exposure
records-annex-title = Annex to the minutes of sitting { $sitting }: who observed
records-annex-lead = Those who attended as observers, item by item. It does not say what was discussed.
records-annex-none = Nothing was recorded of this sitting.
records-sign-secretary = Signed by the secretary
records-sign-chair = Approved by the chair
records-annex-exposures = { $count ->
    [one] There was one accidental exposure.
   *[other] There were { $count } accidental exposures.
 }
records-annex-corrections = { $count ->
    [one] The record holds one correction.
   *[other] The record holds { $count } corrections.
 }
records-annex-chain = The record has { $entries ->
    [one] one entry; its digest
   *[other] { $entries } entries; the digest of the last one
 } is { $digest }.
records-undertakings = Undertakings
records-undertaking-number = text { $number }, signed
records-undertaking-none = not signed
records-privilege-title = Attendance at the items under legal privilege of sitting { $sitting }
records-privilege-lead = Where each observer was while they were discussed.
records-privilege-none = No item of this sitting was under legal privilege.
records-register-title = Secretary's register
records-register-lead = Coming sittings, what waits for an answer, undertakings that run out, and exposures to closed items.
records-register-nothing = Nothing waits for an answer
records-register-waiting = { $count ->
    [one] One sitting waits for something from the secretary or the chair
   *[other] { $count } sittings wait for something from the secretary or the chair
 }
records-register-answers = Waiting for an answer
records-register-exposed = Exposures
records-register-exposed-none = Nobody has heard anything that was closed to them.
records-register-coming = Coming sittings
records-register-coming-none = No sitting is open to observers. A host or the secretary opens one.
records-register-ending = Undertakings that run out soon
records-register-ending-none = None runs out within the next sixty days.
records-register-cut = There is no room for all of it: the rest stands in the records of the sittings.
records-register-kept = Records
records-register-more = Show more
records-register-kept-none = No record has been kept yet.
records-keep = Open
records-missing-asked = { $count ->
    [one] one seat asked for
   *[other] { $count } seats asked for
 }
records-missing-class = { $count ->
    [one] one item not classified
   *[other] { $count } items not classified
 }
records-missing-agreed = { $count ->
    [one] one item without the chair's agreement
   *[other] { $count } items without the chair's agreement
 }
records-missing-conflicts = { $count ->
    [one] one conflict of interest not settled
   *[other] { $count } conflicts of interest not settled
 }
records-missing-signed = { $count ->
    [one] one undertaking not signed
   *[other] { $count } undertakings not signed
 }
records-insiders-title = Insider list
records-insiders-nobody = Nobody is on the insider list
records-insiders-count = { $count ->
    [one] One exposure on the insider list
   *[other] { $count } exposures on the insider list
 }
records-insiders-lead = Only for accidental exposure: an observer never attends an item of inside information. All times are in UTC.
records-insiders-more = Show the next ones
records-insiders-law = Regulation (EU) No 596/2014, Article 18, and Implementing Regulation (EU) 2022/1210, Annex I, Template 1. It is kept for at least five years after it was last changed.
records-insider-title = { $name } on the insider list
records-insider-lead = Times follow the record. The name, the organisation and what is typed are kept with their versions. Write dates as 2027-01-31, and with a time as 2027-01-31, 09:05 UTC.
records-insider-section = Sitting { $sitting }, item { $item }
records-insider-reason = Observer in the mentoring programme; was in the room by mistake during item { $item } of sitting { $sitting }, from { $from } to { $until }
records-insider-lasts = still
records-insider-missing = { $count ->
    [one] One value is missing.
   *[other] { $count } values are missing.
 }
records-insider-complete = Complete it
records-insider-edit = Change it
records-insider-own = Your own line: another secretary completes it
records-insider-seen = The secretary reads it, and the competent authority to whom it is given.
records-insider-shut = What was typed before does not open. What is saved now will be another version.
records-insider-save = Save this version
records-insider-saved = The list is saved.
records-insider-meanwhile = The list has changed meanwhile. What you typed is still here; look at the list and save again.
records-of-the-record = from the record
records-columns-title = Columns of the insider list
records-columns-lead = Those of the regulation's template until somebody changes them. What was typed in a column that goes is kept.
records-columns-number = Between one column and { $most }.
records-columns-save = Save these columns
records-columns-saved = The columns are saved.
records-column = Column { $number }
records-column-es = In Spanish
records-column-en = In English
records-column-source = Where it comes from
records-column-place = Place
records-column-drop = Remove
records-column-missing = The column has no name in one of the languages.
records-long = At most { $most } characters fit here.
records-source-typed = typed by the secretary
records-source-section = sitting and item
records-source-created = when it was noted, unless something else is typed
records-source-updated = when it changed
records-source-first-names = first names
records-source-surnames = surnames
records-source-company = organisation
records-source-reason = reason, with the times
records-source-obtained = when the exposure began
records-source-left = when they left the room
records-told-exposed = { $name } was in the room during item { $item } of sitting { $sitting }, which was closed to them ({ $class }).
records-notice-exposed-label = Accidental exposures in the room
records-notice-exposed-mail = An accidental exposure was recorded at a sitting
records-notice-exposed-needed = The secretary has to know at once: there may be an insider list to complete.
records-fault-changed = Entry { $number } is not the one that was written.
records-fault-missing = Entry { $number } is missing, or stands elsewhere.
records-fault-length = There are { $is } entries and there were { $was }.
records-fault-head = Entry { $number } is not the one with which the record ended.
records-fault-no-head = Nothing says where the record ends.
records-fault-exposure = An exposure follows from the entries that is not there.
records-verify-right = The record is whole: { $entries ->
    [one] one entry
   *[other] { $entries } entries
 }, and the digest of the last is { $digest }. It has to be the one on the annex to the minutes.
records-verify-wrong = { $path } is not the record that was written.
records-verify-all = { $chains ->
    [one] One record was checked
   *[other] { $chains } records were checked
 }, with { $entries ->
    [one] one entry
   *[other] { $entries } entries
 }, and nothing is wrong with them. { $undertakings ->
    [0] No undertakings have been signed.
    [one] The one undertaking is as it was signed.
   *[other] The { $undertakings } undertakings are as they were signed.
 }
records-verify-found = { $count ->
    [one] One thing is not as it was written.
   *[other] { $count } things are not as they were written.
 }
records-digest = SHA-256 { $digest }
records-is-kept = From this record come the annex to the minutes, the attendance at privileged items, and the hours.
records-was-not-kept = It was held without a record. If there is a filled-in sheet, it is typed in here, and what it says is what counts.
records-is-not-kept = Nothing is noted yet. It is kept with a phone, or with the printed sheet where there is none; once it is closed, the sitting counts as held.
records-by-link = by the link of a mail
records-not-yours = You no longer keep this record, or it is gone. What is tapped here is not recorded.
records-place-not-yours = You no longer have a seat at this sitting. When in doubt, stay out of the room.
records-refused-title = Not recorded
records-refused-says = This was tapped on this phone and is not in the record. If it happened, enter it from the sheet, with its time.
records-refused-seen = Seen, take it away
records-time-old = What is more than { $hours } hours old is not taken from a phone: enter it from the sheet, with its time.
records-why = Why
records-cause-wrong-time = its time was another
records-cause-mistaken = it was noted by mistake
records-cause-somebody-else = it was somebody else
records-cause-told-later = what was noted later shows it
records-did-signs = { $name } signs the undertaking
records-did-correction-why = { $instead ->
    [yes] Entry { $entry } happened at another time ({ $why })
   *[no] Entry { $entry } did not happen ({ $why })
 }
records-told-moved = A correction changed the times of the exposure of { $name } to item { $item } of sitting { $sitting } ({ $class }).
records-told-withdrawn = The exposure of { $name } to item { $item } of sitting { $sitting } ({ $class }) was withdrawn: by the record there was none.
records-notice-corrected-label = Exposures that are corrected or withdrawn
records-notice-corrected-mail = A correction changed or withdrew an exposure
records-notice-corrected-needed = The secretary answers for the insider list, and has to know what changed in it.
records-withdrawn = Withdrawn
records-insider-withdrawn = Withdrawn on { $at }: { $why }. The line is kept.
records-to-versions = All versions of this line
records-versions-title = { $name } on the insider list: versions
records-versions-lead = What the record said and what was typed, with its time in UTC. The latest comes first.
records-version-recorded = The record: { $times }
records-version-withdrawn = The record: there was no exposure ({ $why })
records-version-shut = What was typed cannot be opened, or was deleted.
records-version-empty = It was saved without anything typed.
records-columns-before = The columns that the list has had
records-fault-undertaking = An undertaking of confidentiality is not the one that was signed.
records-fault-attendance = The minutes that stand for somebody, or whether the record is begun and closed, do not follow from the record.
records-insider-kept = It has to be kept at least until { $day }.
records-insider-past-keeping = Since { $day } it need not be kept any longer.
records-insider-not-told = Nothing says that they know what they are bound to
records-insider-told = They have still to read what they are bound to
records-insider-read = They read what they are bound to: { $at }
records-insider-read-column = Read what they are bound to
records-insider-tell = Tell them what they are bound to
records-insider-now-told = They have been told: they have a notice and a mail.
records-insider-destroy = Delete what was written of this line
records-insider-destroy-text = Their name, their details and what they read go, from the versions too. The line stays in the record without them. This cannot be undone.
records-insider-destroyed = What was written of that line is deleted.
records-insider-was-destroyed = Its details were deleted on { $at }, once its five years were over.
records-version-destroyed = What was kept of this line was deleted.
records-version-proposed = Name and organisation, as they were when the list was taken out.
records-insider-no-day = Write the date as 1990-01-31.
records-fault-acknowledgement = What somebody said to have read is not what they read.
records-register-unread = { $count ->
    [one] One person who heard inside information has not confirmed that they know what they are bound to.
   *[other] { $count } people who heard inside information have not confirmed that they know what they are bound to.
 }
records-register-past-keeping = { $count ->
    [one] One line of the insider list has been kept for its five years: its details can be deleted.
   *[other] { $count } lines of the insider list have been kept for their five years: their details can be deleted.
 }
records-insiders-taken = { $organisation }, as of { $at }.
records-held = Recorded
records-other-side-until = { $from }, until { $until }
records-other-side = The other side agreed
records-annex-provisional = Provisional: the record is not closed, and this may still change.
records-annex-taken = As it stood on { $at }.
records-undertaking-until = binds until { $day }
records-was-out-between = out; left at { $left }, came back at { $back }
records-was-out-since = out; left at { $left }
records-was-out-before = out; came in at { $back }
records-missing-host = the answer of the host
records-is-open = not closed
records-since = since { $at }
records-closed-at = closed at { $at }
records-out-names = Out: { $names }
records-out-why = Out, { $name }: { $why }
records-all-the-same-says = It is recorded as an exposure of { $names } to item { $item } ({ $class }), and { $told ->
    [secretary] the secretary knows at once
    [host] the host knows at once
   *[keeper] whoever keeps the record is told so
 }. It cannot be undone.
records-all-the-same-go = Begin item { $item } and record the exposure
records-again = Item { $item } is taken up again
records-place-before = Leave before item { $item }
records-place-before-says = The next item is closed to you. You will be told here when you may come back.
records-place-in-says-until = Item { $item } is closed to you: leave as soon as this one ends. This page will tell you.
records-item-over = It is over.
records-ends-too-early = The item would end before it began.
records-sheet-else = Anything else to be recorded:
records-sheet-by = Kept by:
records-without-seat = Without a seat
records-without-seat-says = They have asked for a seat and have none: they must be out of everything. If one of them comes in, enter it: it is recorded as an exposure.
records-early = The sitting is more than an hour away. Whatever happened before goes on the sheet, with its time.
records-did-sitting = Record of sitting { $sitting }: { $what }, times of { $zone }{ $side ->
    [yes] ; the other side has agreed
   *[no] {""}
 }
records-did-inside = The secretary states that something closed was dealt with in item { $item } ({ $class })
records-inside-open = Choose a closed class: of an open or confidential one there is nothing to state.
records-inside-title = Was something closed dealt with in an item?
records-inside-says = Inside information, legal privilege or a supervisory matter, whatever class the item had, or none. Whoever observed then was exposed and, where it was inside information, comes into the insider list. It is stated with an entry; a secretary alone can take it back.
records-inside-save = State it
records-inside-noted = It is in the record. Where it was inside information, complete the insider list.
records-inside-not-been = That item has not been dealt with.
records-fault-standing = Who could be in an item, or its class, does not follow from the classes, seats, answers and rules of then.
records-fault-sitting = The number, the kind, the zone, the times, who keeps the record or when the other side agreed is not what the record says.
records-notice-exposed-here-label = Accidental exposures at the sittings that you receive or record, where nobody is secretary
records-notice-exposed-here-needed = Whoever answers for the room has to know at once: there may be an insider list to complete.
records-insiders-no-secretary = Somebody heard inside information and nobody is secretary, who completes the insider list: somebody has to be given that part.
records-place-over-absent = According to the record you were not in the room.
records-missing-other-side = { $count ->
   *[other] the answer of the other side
 }
records-missing-host-answer = { $count ->
    [one] one seat that waits for the host
   *[other] { $count } seats that wait for the host
 }
records-missing-declared = { $count ->
    [one] one answer about conflicts of interest
   *[other] { $count } answers about conflicts of interest
 }
records-was-exposed-no-seat = in, { $spans }, without a seat: exposure
records-no-seat = no seat
records-place-over-no-seat = You were in the room without a seat. It stands in the record.
records-unseated-link = Did somebody come in who never asked for a seat?
records-unseated-title = Somebody without a seat was in the room
records-unseated-says = Say who, and from when until when. Everything was closed to them: what was dealt with while they were in is recorded as an exposure, and the secretary is told.
records-unseated-who = Who
records-unseated-who-hint = Address or name of somebody who learns in the edition of the sitting.
records-unseated-from = Came in at
records-unseated-until = Left at
records-unseated-until-hint = Leave it empty if they are still in.
records-unseated-save = Enter it
records-unseated-noted = It is entered. If they are still in, enter here when they leave.
records-unseated-other = That is nobody who learns in the edition of this sitting, or it is you.
records-unseated-backwards = They would have left before they came in.
records-unseated-name = { $name } (no seat)
records-did-stated = The secretary states that something closed was dealt with in item { $item } ({ $class })
records-missing-held = the sheet to be typed in, or whether it was held
