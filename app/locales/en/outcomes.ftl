outcomes-title = { $count ->
    [0] There is no agreed outcome yet
    [one] One agreed outcome
   *[other] { $count } agreed outcomes
}
outcomes-title-asked = { $count ->
    [one] An agreed outcome is proposed to you
   *[other] { $count } agreed outcomes are proposed to you
}
outcomes-none = An agreed outcome is a line that both of you show to whom you name: “Lucía leads a committee of her own by now”. Nothing else leaves this place.
outcomes-asked-title = { $name } proposes to show this line
outcomes-release-to = To whom
outcomes-release-hint = Only those whom both of you have named will read it.
outcomes-release = Show it
outcomes-released = Done. Those whom you have named can read it now.
outcomes-released-on = since { $day }
outcomes-is-released = shown
outcomes-proposed-on = proposed on { $day }
outcomes-waits = waits for { $name }
outcomes-new = Propose a line
outcomes-nobody = There is nobody to show it to yet: no coordinator, no sponsor, no line manager.
outcomes-line = The line
outcomes-line-hint = A fact that both of you can stand by, with nothing of what was said.
outcomes-line-missing = The line is missing
outcomes-too-long = The text is too long: there is room for { $most } letters
outcomes-readers = To whom it is shown
outcomes-readers-missing = Say to whom it is shown
outcomes-propose = Propose it to { $name }
outcomes-proposed = Proposed. Nobody else sees it before the other says yes.
outcomes-many = There are { $most } lines already: withdraw one first
outcomes-withdraw = Withdraw it
outcomes-withdraw-text = It is gone for everybody, also for who has read it.
outcomes-withdraw-button = Withdraw the line
outcomes-withdrawn = Line withdrawn.
outcomes-meanwhile = It changed while you were reading. This is how it stands.
outcomes-notice-proposed = { $name } proposes an agreed outcome
outcomes-notice-proposed-label = An agreed outcome that waits for you
outcomes-notice-proposed-mail = There is something to look at in Telémaco
outcomes-notice-released = There is an agreed outcome of the mentorship of { $name }
outcomes-notice-released-label = Agreed outcomes that are shown to you
outcomes-notice-released-mail = There is something to read in Telémaco
outcomes-voice-title = Agreed outcomes
outcomes-voice-released = { $count ->
    [0] None is shown.
    [one] One is shown.
   *[other] { $count } are shown.
}
outcomes-voice-proposed = { $count ->
    [one] One waits for the other.
   *[other] { $count } wait for the other.
}
outcomes-voice-named = { $count ->
    [one] They have decided to show you one.
   *[other] They have decided to show you { $count }.
}
outcomes-voice-link = See the agreed outcomes
outcomes-voice-read = Read them
outcomes-step-title = An agreed outcome is proposed to you
outcomes-step-text = A line that would be shown to whom you name. Without your yes nobody sees it.
outcomes-step-button = Look at the line
