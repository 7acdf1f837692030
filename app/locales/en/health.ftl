health-state-on-track = On track
health-state-quiet = Quiet
health-state-silent = Silent
health-state-stuck = Stuck
health-state-ended = Ended
health-means-on-track = they met lately or have a date to meet, and nothing has been waiting for long.
health-means-quiet = nothing has been heard for more than five weeks, or the date for the first meeting has gone.
health-means-silent = nothing has been heard for more than two months, or they should have met for the first time two weeks ago.
health-means-stuck = proposed times or a signature have been waiting for more than two weeks, or they meet without a signed agreement.
health-shown = Show
health-shown-attention = To look after ({ $count })
health-shown-all = All ({ $count })
health-shown-on-track = On track ({ $count })
health-shown-quiet = Quiet ({ $count })
health-shown-silent = Silent ({ $count })
health-shown-stuck = Stuck ({ $count })
health-list-empty = No mentorship is running
health-list-well = { $all ->
    [one] The mentorship needs nobody
   *[other] None of the { $all } mentorships needs you
 }
health-list-look = { $count ->
    [one] One mentorship needs you, of { $all }
   *[other] { $count } mentorships need you, of { $all }
 }
health-empty-title = There is nobody to look after yet
health-empty = Once you publish the mentorships you will see here how each one goes, and by what one can tell.
health-empty-button = See who has answered
health-search = Name or e-mail of either
health-none-shown = None is like that.
health-none-found = Nobody matches the search.
health-see-all = See all of them
health-with = with { $name }
health-own = This is a mentorship of your own: another coordinator looks after it.
health-do-for = For the mentorship of { $name }
health-how = What each state means
health-seen = Dates and counts; nothing of what they write. What each answers to “did you meet?” nobody sees: it only counts towards the state, and not as anybody’s.
health-mentee = Mentee
health-mentee-address = Mentee’s e-mail
health-mentor = Mentor
health-mentor-address = Mentor’s e-mail
health-since = Since
health-since-day = since { $day }
health-state = State
health-late-with = Late with
health-late = Late: { $what } (due on { $day }).
health-evidence = By what one can tell
health-taken = What was done
health-sheet = Health of mentorships
health-back = How the mentorships go
health-one-on-track = The mentorship of { $mentee } with { $mentor } is on track
health-one-quiet = The mentorship of { $mentee } with { $mentor } is quiet
health-one-silent = The mentorship of { $mentee } with { $mentor } is silent
health-one-stuck = The mentorship of { $mentee } with { $mentor } is stuck
health-one-ended = The mentorship of { $mentee } with { $mentor } has ended
health-nudge-title = Remind whoever can do something
health-nudge-text = A notice to the one who has to answer, sign or propose a time; to both where either can.
health-nudge-button = Send the reminder
health-nudge-done = The reminder is sent.
health-ask-title = Ask each of them apart
health-ask-text = Each gets the question “did you meet?” with a link of their own. Nobody sees the answer, nor do you: it only counts towards the state.
health-ask-button = Ask both
health-ask-done = Both are asked.
health-help-title = Offer help
health-help-text = Both get the same words: that they can write to you, and that leaving is nobody’s fault.
health-help-button = Offer both help
health-help-done = Help is offered to both.
health-taken-nudge = Reminded on { $day }.
health-taken-ask = Asked on { $day }.
health-taken-help = Help offered on { $day }.
health-nothing-title = There is nothing to do
health-late-title = It goes well, with something left to do
health-late-text = The mentorship is moving. Below is what is past its date; if need be, remind whoever can do it.
health-nothing = The mentorship goes well. If something worries you, what you can do stands below.
health-wait-title = Give it a few days
health-wait = What was done last may still bear fruit. After five working days you will see the next step here.
health-others = You can also
health-again = It was done just now; it can be done again from { $day } on.
health-ended = This mentorship has ended.
health-ended-title = It ended on { $day }
health-ended-text = Only the follow-up is left. If it does not come, ask for it in person.
health-write-title = Write yourself
health-write = Write a mail to both
health-free-title = Free the seat
health-free = Only a coordinator can end a mentorship for somebody else. It is nobody’s fault, and the seat is free again.
health-free-link = Go to the mentorship to end it
health-side-mentee = the mentee
health-side-mentor = the mentor
health-met = { $count ->
    [one] One meeting, on { $day }.
   *[other] { $count } meetings, the last on { $day }.
 }
health-never-met = No meeting yet.
health-next = The next is on { $day }.
health-times-wait = Since { $day } proposed times have been waiting for an answer of { $side }.
health-no-next = None is planned.
health-agreed = Agreement signed on { $day }.
health-agreement-waits = The agreement has been waiting for a signature since { $day }.
health-not-agreed = No signed agreement.
health-unread = The orientation is still to be read by { $side }.
health-unread-both = Neither has read the orientation.
health-goals = { $count ->
    [one] One open goal, { $overdue } overdue; { $last }.
   *[other] { $count } open goals, { $overdue } overdue; { $last }.
 }
health-goals-last = last check-in on { $day }
health-goals-never = no check-in yet
health-no-goals = They have no open goal that both see.
health-promises = { $count ->
    [one] One open promise, past its date.
   *[other] { $count } open promises, the first past its date.
 }
health-debriefs = { $count ->
    [one] One debrief is still to be written.
   *[other] { $count } debriefs are still to be written.
 }
health-notice-clock-label = Dates of your mentorships
health-notice-clock-mail = A date of your mentorship draws near or has gone
health-notice-late-label = Mentorships that are late
health-notice-late-mail = There are mentorships that are late with something
health-notice-nudged-label = Reminders from coordinators
health-notice-nudged-mail = A coordinator reminds you of something in your mentorship
health-notice-helped-label = Offers of help from coordinators
health-notice-helped-mail = A coordinator offers you help with your mentorship
health-clock-orientation = reading the orientation
health-clock-first-meeting = the first meeting
health-clock-agreement = signing the agreement
health-clock-pulse = telling how the goals go
health-clock-midpoint = the mid-point review
health-clock-closure = the closure
health-clock-follow-up = the follow-up after the closure
health-told-soon = Your mentorship with { $name }: the date for { $what } draws near
health-told-overdue = Your mentorship with { $name }: the date for { $what } has gone
health-told-late = { $count ->
    [one] In { $edition }, one mentorship is late with something
   *[other] In { $edition }, { $count } mentorships are late with something
 }
health-mailed-soon = Your mentorship: the date for { $what } draws near
health-mailed-overdue = Your mentorship: the date for { $what } has gone
health-nudge-times = A coordinator reminds you that { $name } is waiting for you to choose a time
health-nudge-agreement = A coordinator reminds you that your signature is missing on the agreement with { $name }
health-nudge-meeting = A coordinator encourages you to propose a time to { $name }
health-nudge-mail-times = A coordinator reminds you that proposed times are waiting for your answer
health-nudge-mail-agreement = A coordinator reminds you that your signature is missing on an agreement
health-nudge-mail-meeting = A coordinator encourages you to propose a meeting
health-help = { $name } coordinates the programme and offers you both help: { $address }. Leaving is nobody’s fault.
health-task-look-title = { $count ->
    [one] Look what is wrong with one mentorship
   *[other] Look what is wrong with { $count } mentorships
 }
health-task-look-text = { $all ->
    [one] One is running: { $silent } silent, { $stuck } stuck and { $quiet } quiet.
   *[other] Of { $all }: { $silent } silent, { $stuck } stuck, { $quiet } quiet and { $well } on track.
 }
health-task-well-title = How the mentorships go
health-task-well-text = { $all ->
    [one] One is running, and needs nobody.
   *[other] Of { $all }: { $well } are on track and { $quiet } are quiet.
 }
health-said = { $all ->
    [one] One mentorship: { $well } on track, { $quiet } quiet, { $silent } silent and { $stuck } stuck.
   *[other] Of { $all } mentorships: { $well } on track, { $quiet } quiet, { $silent } silent and { $stuck } stuck.
 }
health-waits = { $count ->
    [one] one mentorship that needs you
   *[other] { $count } mentorships that need you
 }
health-month-title = { $meetings ->
    [0] In { $month }: no meeting yet, { $people ->
        [one] one person
       *[other] { $people } people
     }
    [one] In { $month }: one meeting, { $people ->
        [one] one person
       *[other] { $people } people
     }
   *[other] In { $month }: { $meetings } meetings, { $people ->
        [one] one person
       *[other] { $people } people
     }
 }
health-month-nobody = In { $month } you mentor nobody
health-month-empty = Once you mentor somebody you will see the month at a glance here.
health-month-empty-button = See my mentorships
health-month-due = After that
health-month-free-title = Nothing waits for you
health-month-free = There is nothing to be done on your side. What is to come stands below.
health-month-no-meeting = No meeting this month.
health-month-propose = Propose times
health-month-minutes = { $minutes } minutes
health-month-held = held
health-month-seen = Only you see this page. What is behind each link is seen by whoever its page says.
