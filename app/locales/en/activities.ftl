activities-kind-teaching = Teaching
activities-kind-meeting-observation = Observation of a meeting
activities-kind-negotiation-observation = Observation of a negotiation
activities-kind-field-trip = Field trip
activities-kind-negotiation-practice = Negotiation practice
activities-kind-speaking-practice = Speaking practice
activities-kind-workshop = Workshop
activities-kind-reading = Reading
activities-way-taught = being taught it
activities-way-seen = seeing it done
activities-way-practised = practising it
activities-state-planned = Planned
activities-state-done = Done
activities-state-let-go = Let go
activities-crumb = Activity plan
activities-title-none = There is no activity plan yet
activities-title-next = Next: { $kind }, { $day }
activities-title-owed = { $count ->
    [one] The debrief of one activity is missing
   *[other] { $count } debriefs are missing
}
activities-title-done = Nothing more is planned
activities-title-overdue = { $count ->
    [one] One activity is past its date
   *[other] { $count } activities are past their date
}
activities-begin-title-mentor = Write the plan in one sitting
activities-begin-title-mentee = The mentor usually writes the plan
activities-begin-text = There is a proposal: what to teach, what to see, where to go and what to practise, with dates. You change what has to be changed and save once.
activities-begin-button = See the proposal and adjust it
activities-begin-empty = Begin with an empty plan
activities-owed-title = Write the debrief
activities-owed-button = Write it
activities-overdue-title = This activity should have been by now
activities-overdue-button = Say what became of it
activities-planned = Planned
activities-done = Done
activities-let-go = Let go
activities-overdue = past its date
activities-debrief-owed = debrief missing
activities-debrief-late = debrief overdue
activities-debrief-written = with debrief
activities-coordinator-sees = The coordinator sees how many activities there are, of which kind and when; not what they say or what is written afterwards.
activities-edit-button = Change the plan
activities-to-standing = See competency by competency
activities-minutes-shown = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
activities-edit-title = The activity plan of { $name }
activities-edit-proposal = This is the proposal. Nothing is saved until you press the button at the end: change what does not fit and take out what is too much.
activities-edit-lead = Everything that is planned, on one page. What was done or let go does not change here.
activities-row = Activity { $number }
activities-what = What
activities-shelf-activity = Activity
activities-shelf-let-go = Why an activity was let go
activities-kind = Kind
activities-competency = Competency
activities-competency-none = None in particular
activities-on = Date
activities-month = No day yet: only the month
activities-watch = What to watch for
activities-drop = Take it out of the plan
activities-more-rows = Are more rows needed? Save and come back: there are always three empty ones at the end.
activities-save = Save the plan
activities-saved = Plan saved. Both of you see it.
activities-stands-now = How it stands now
activities-what-missing = Say what it is
activities-date-missing = The date is missing
activities-too-long = The text is too long: there is room for { $most } letters
activities-many = A plan has { $most } activities at most
activities-competency-unknown = One of the competencies is not in the edition's framework
activities-drop-debriefed = One of the activities that you remove has its debrief already: it was done, and stays in the plan.
activities-ended = The mentorship has ended: its plan is not changed any more.
activities-edited-meanwhile = Somebody changed it while you were writing. What you wrote is still here; save again if it is what should stand.
activities-changed-meanwhile = The plan changed while you were reading. This is how it stands.
activities-finish-title = Has it been?
activities-day = It ended on
activities-time = At (time of { $zone })
activities-minutes = Minutes it took, if you know
activities-finish-button = Say it is done
activities-finished = Done. The debrief is written within the next 48 hours.
activities-ended-future = That moment has not come yet
activities-ended-missing = Say on which day and at what time it ended
activities-minutes-wrong = Write the minutes as a number
activities-let-go-title = It is not going to be
activities-let-go-button = Let it go
activities-reason = Why it is let go
activities-reason-missing = Say why it is let go
activities-let-go-debriefed = This activity has its debrief already: it was done, and is not let go.
activities-gone = Let go. It can be planned again.
activities-reopen = Plan it again
activities-reopened = It is planned again.
activities-debrief = Debrief
activities-before = Before you go
activities-debrief-due = Best written before { $at }: later one remembers what one thinks of it and not what one saw.
activities-debrief-was-due = It was due before { $at }. It is still worth it: write what you remember.
activities-debrief-hint = No figures and no names of people: what helps to learn does not need them, and so the note can stay here.
activities-figures = There are figures in what is written. If they are not needed to learn, better take them out.
activities-expected = What you expected beforehand
activities-seen = What you saw
activities-practise = What you will practise
activities-visibility = Who sees it
activities-visibility-unknown = A debrief is the pair's or yours alone
activities-visibility-back = The other has read it: it cannot be yours alone again
activities-debrief-save = Save the debrief
activities-before-save = Save what I expect
activities-debriefed = Saved.
activities-debrief-none = Nothing is written yet. The mentee writes it.
activities-debrief-hidden = It is written, and it is its writer's alone.
activities-debrief-let-go = This activity was let go: there is nothing to debrief
activities-debrief-elsewhere = The debrief of this observation is written on its own page, with what was predicted and the lenses.
activities-debrief-elsewhere-button = Go to the observation
activities-debrief-closed = The notes of this activity were destroyed: nothing is written of it any more
activities-seen-missing = Say what you saw
activities-expected-missing = Say what you expect
activities-standing-no-framework = The edition has no framework of competencies
activities-standing-all = Something is done or planned for every competency
activities-standing-left = { $count ->
    [one] The plan does not touch one of { $all } competencies
   *[other] The plan does not touch { $count } of { $all } competencies
}
activities-standing-lead = Where { $name } stands on each competency, and what is still to be seen
activities-standing-none = Without a framework the plan cannot be looked at competency by competency. The coordinator chooses it.
activities-levels = Baseline
activities-level = { $name }: { $level }
activities-missing = Still to come by
activities-missing-nothing = nothing: taught, seen and practised
activities-voice-title = Activity plan
activities-voice-none = There is no plan yet
activities-voice-counts = { $done ->
    [0] Nothing done yet
    [one] One activity done
   *[other] { $done } activities done
}, { $planned ->
    [0] nothing planned
    [one] one planned
   *[other] { $planned } planned
}.
activities-voice-next = The next on { $day }.
activities-voice-owed = { $count ->
    [one] One debrief is missing.
   *[other] { $count } debriefs are missing.
}
activities-voice-link = See the plan
activities-step-plan-title = Write the activity plan
activities-step-plan-text = There is a proposal with dates: to adjust it takes a quarter of an hour.
activities-step-plan-button = See the proposal
activities-step-debrief-title = Write the debrief of an activity
activities-step-debrief-text = Three lines are enough: what you expected, what you saw, and what you will practise.
activities-step-debrief-button = Go to the plan
activities-calendar-title = Mentoring activity
activities-open-next = The next of the plan is on { $day }
activities-open-debriefs = { $count ->
    [one] One debrief is still to be written.
   *[other] { $count } debriefs are still to be written.
 }
activities-owed = A debrief of yours is due two days after its activity: three lines are enough
activities-owed-label = A debrief that is due
activities-owed-mail = A few lines of yours are due in Telémaco
activities-mail-link = Write the debrief
activities-link-done = The debrief is written
activities-link-done-text = In Telémaco you can read and change it.
activities-link-over = There is nothing to write
activities-link-over-text = No debrief of yours is due for this activity.
activities-waits = The day of an activity of the plan has gone: say whether it took place, change its date or let it go
activities-waits-label = An activity whose day has gone
activities-waits-mail = The day of something that you planned has gone: say in Telémaco whether it took place
activities-waits-mail-link = Say whether it took place
activities-took-place-title = Did it take place?
activities-took-place-day = On which day
activities-took-place-button = Yes, on that day
activities-took-place-seen = You will both see it. For another date to come, change the plan in Telémaco.
activities-link-took-place = Noted: it took place
activities-link-took-place-text = The debrief is for whoever learns to write.
activities-link-gone = Noted: it is not going to be
activities-link-gone-text = It is let go in the plan, with the reason.
