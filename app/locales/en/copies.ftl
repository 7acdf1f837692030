copies-title = { $count ->
    [0] No copy has been handed over yet
    [one] One copy handed over
   *[other] { $count } copies handed over
}
copies-lead = What you write stays between the two of you. If you want the coordination or your academic tutor to read something of yours, hand a copy over: it stays as it was that day, until you take it back.
copies-of = By { $name }, in the mentorship with { $other }
copies-is-pair-and-coordinator = to the coordination
copies-is-submitted = to the faculty
copies-new = Hand a copy over
copies-nobody = There is nobody here to hand a copy to: no coordinator and no faculty outside this mentorship.
copies-nobody-coordination = There is nobody else in the coordination
copies-nobody-faculty = There is nobody else in the faculty
copies-to = To whom
copies-to-coordination = To the coordination
copies-to-faculty = To the faculty
copies-to-missing = Say to whom
copies-field-title = What it is
copies-field-title-hint = For example “Final essay” or “Debrief of the visit to the port”.
copies-title-missing = Say what it is
copies-field-note = A note to whoever reads it
copies-field-note-hint = It may be the work itself, if you write it here.
copies-field-texts = Texts of yours from this mentorship
copies-field-texts-hint = They are copied as they stand now. What is for you alone is not listed.
copies-no-texts = You have written nothing yet that the two of you share.
copies-too-long = The text is too long: there is room for { $most } characters
copies-changed = One of the texts has changed since you opened the page: look at it and tick it again
copies-empty = Tick a text or write a note
copies-many-texts = A copy has room for { $most } texts: make two
copies-many = There are { $most } copies of yours already: take one back first
copies-hand-over = Hand the copy over
copies-handed = Copy handed over. Whoever receives it has been told.
copies-handed-title = Copies handed to you
copies-handed-lead = What somebody decided to hand over from their mentorship. Everything else stays between the two.
copies-handed-none = Nobody has handed anything over yet.
copies-crumb = Copies handed over
copies-take-back = Take it back
copies-take-back-text = It is gone for everybody, also for whoever has read it.
copies-take-back-button = Take the copy back
copies-taken-back = Copy taken back.
copies-notice-handed = { $name } hands you a copy of something they wrote
copies-notice-handed-label = Copies handed to you
copies-notice-handed-mail = There is something to read in Telémaco
copies-voice-title = Copies handed over
copies-voice-handed = { $count ->
    [0] None.
    [one] One.
   *[other] { $count }.
}
copies-voice-link = See copies or hand one over
copies-voice-for-you = { $count ->
    [one] One was handed to you.
   *[other] { $count } were handed to you.
}
copies-voice-read = Read them
