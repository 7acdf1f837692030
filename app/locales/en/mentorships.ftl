mentorships-list-title = { $count ->
    [0] No mentorship is running
    [one] One mentorship is running
   *[other] { $count } mentorships are running
}
mentorships-empty-title = There are no mentorships yet
mentorships-empty = A mentorship begins when both sides have accepted and you publish the result.
mentorships-empty-button = See who has answered
mentorships-search = Name or e-mail of either
mentorships-shown = Show
mentorships-shown-running = Running ({ $count })
mentorships-shown-ended = Ended ({ $count })
mentorships-none-running = No mentorship is running. Those that ended are in the other list.
mentorships-none-ended = No mentorship has ended.
mentorships-none-found = Nobody matches the search.
mentorships-sheet = Mentorships
mentorships-mentee = Mentee
mentorships-mentee-address = Mentee’s e-mail
mentorships-mentor = Mentor
mentorships-mentor-address = Mentor’s e-mail
mentorships-since = Since
mentorships-since-day = since { $day }
mentorships-until = Until
mentorships-ending = How it ended
mentorships-ending-exit = Somebody asked to leave it, without fault
mentorships-ending-withdrawal = Somebody left the edition
mentorships-ending-closure = It came to its end
mentorships-ending-missing = Choose how it ended
mentorships-another = Asks for another match
mentorships-yes = yes
mentorships-reason = Reason
mentorships-reason-label = Reason, if you want to give one
mentorships-seen-parting = Only the coordinators read the reason. The other person does not see it, nor that there is one.
mentorships-reason-long = The reason has more than { $letters } characters
mentorships-again-title = Find another match without moving anybody else
mentorships-again = Whoever is left without a match enters the next run. All other mentorships and accepted proposals stay as they are.
mentorships-again-button = Go to the pairing board
mentorships-mine-none = You have no mentorship yet
mentorships-mine-mentor = { $name } is your mentor
mentorships-mine-mentees = { $count ->
    [one] You mentor one person
   *[other] You mentor { $count } people
}
mentorships-mine-both = { $count ->
    [one] { $name } mentors you, and you mentor one person
   *[other] { $name } mentors you, and you mentor { $count } people
}
mentorships-mine-empty = Once both sides have accepted and the coordinators publish the result, you will see it here.
mentorships-mine-proposals = See my proposals
mentorships-mine-editions = See the editions I take part in
mentorships-is-mentor = mentors you
mentorships-is-mentee = learns with you
mentorships-tag-running = running
mentorships-tag-ended = ended
mentorships-one-mentor = { $name } is your mentor
mentorships-one-mentee = { $name } learns with you
mentorships-one-ended = Your mentorship with { $name } has ended
mentorships-one-pair = { $mentor } mentors { $mentee }
mentorships-one-pair-ended = The mentorship of { $mentee } with { $mentor } has ended
mentorships-contact = Contact
mentorships-further = Besides
mentorships-seen = The two people of the mentorship and the coordinators see this page.
mentorships-end = Leave this mentorship
mentorships-end-text = It happens, and it is nobody’s fault. The coordinators will know at once; the other person gets an e-mail that says neither who asked nor why. A mentorship that has ended is not opened again, but another one can be found.
mentorships-end-manage = End this mentorship
mentorships-end-manage-text = Both get the same e-mail, without the reason. A mentorship that has ended is not opened again.
mentorships-end-button = End the mentorship
mentorships-another-label = I would like another match
mentorships-ended = The mentorship has ended. Both of the pair get the same e-mail.
mentorships-changed-meanwhile = It changed meanwhile. This is how it stands now; what you wrote was not saved and is still here.
mentorships-unsaved = What you wrote, not saved
mentorships-ended-on = It ended on { $day }
mentorships-ended-next = It is nobody’s fault. The coordinators look after what comes next.
mentorships-mail-end-subject = A mentorship of “{ $edition }” has ended
mentorships-mail-end = Your mentorship in “{ $edition }” has ended. It is nobody’s fault. The coordinators look after what comes next.
mentorships-mail-end-link = See the mentorship
mentorships-said-running = { $count ->
    [0] Nobody has a mentor yet.
    [one] One person has a mentor.
   *[other] { $count } people have a mentor.
 }
mentorships-comes-mentee = You learn with { $name }. Before the first meeting, read the orientation and say where you start from.
mentorships-comes-mentee-button = See my mentorship
mentorships-comes-mentor = { $count ->
    [one] You accompany { $name }. Before the first meeting, read the orientation and say how you see their competencies.
   *[other] You accompany { $count } people. Before the first meeting with each, read the orientation and say how you see their competencies.
 }
mentorships-comes-mentor-button = { $count ->
    [one] See the mentorship
   *[other] See my mentorships
 }
mentorships-comes-ended = Your mentorship with { $name } has ended. If you want another, coordination takes it into account in the next run.
mentorships-comes-ended-button = See the mentorship
mentorships-another-hint = Without this, nobody pairs you again in this edition until you ask for it.
mentorships-another-button = Ask for another match
mentorships-another-asked = Noted. The next run counts on this person again.
mentorships-asked = You asked for another match: the next run counts on you, and nobody will propose this same pair again.
mentorships-rests = You did not ask for another match, so nobody will propose one in this edition. If you change your mind, say so here.
mentorships-rests-managed = { $name } left this mentorship and asked for no other: the next run leaves them out until it is asked for here.
mentorships-calendar-end = Mentoring ends
mentorships-agreed = Agreement signed
mentorships-not-agreed = not signed
mentorships-agreement = Agreement
mentorships-agreement-none = Not signed yet
mentorships-agreement-draft = There is a draft
mentorships-agreement-proposed = Waits for a signature
mentorships-agreement-holds = Signed by both on { $day }
mentorships-agreement-read = See the agreement
mentorships-asked-title = Read the agreement that is proposed to you
mentorships-asked-text = It holds as soon as you sign it. If something does not suit you, you can propose changes.
mentorships-asked-button = Read the agreement
mentorships-seen-only-me = Only whoever writes it sees it.
mentorships-seen-pair = The two people of the mentorship see it; nobody else, unless your agreement lets it be opened for a serious matter.
mentorships-seen-pair-and-coordinator = The two people of the mentorship and the coordinators see it.
mentorships-seen-submitted = A copy handed in: whoever writes it and faculty see it.
mentorships-seen-outcome = Agreed outcome: the two people of the mentorship see it and, once both have released it, the readers named.
mentorships-notice-ended = Your mentorship with { $name } has ended
mentorships-notice-ended-label = The end of a mentorship
mentorships-notice-ended-mail = A mentorship of yours has ended
mentorships-notice-ended-needed = It always comes: nobody should go on waiting for somebody who has left.
mentorships-agree-title = Your mentorship has no agreement yet
mentorships-agree-text = What for, how often, and what stays between you. The text is begun already: adapt it, and both of you sign.
mentorships-agree-button = Prepare the agreement
mentorships-mail-close = Your mentorship in “{ $edition }” has come to its end. Everything that was written can still be read, and the follow-up will come in its time.
mentorships-closed-next = It came to its end. Everything that was written can still be read.
mentorships-seen-reported = Its writer and whoever receives it read it; the other of the mentorship, the coordinators and the line managers do not know that it exists.
mentorships-seen-grounds = Whoever asks reads it, whoever is asked and, if it is opened and they have been told, the two of the mentorship.
mentorships-hinder = { $count ->
    [one] One mentorship is running. End it first, on the page of mentorships.
   *[other] { $count } mentorships are running. End them first, on the page of mentorships.
 }
mentorships-end-all-title = The edition is over
mentorships-end-all = All mentorships that are running come to their end, and everybody gets the same e-mail. They keep what they wrote, and the closure and the follow-up stay open.
mentorships-end-all-button = { $count ->
    [one] End the mentorship that is running
   *[other] End the { $count } mentorships that are running
 }
mentorships-end-all-done = { $count ->
    [one] The mentorship is ending now; its two people get an e-mail.
   *[other] The { $count } mentorships are ending one after another; everybody gets an e-mail.
 }
mentorships-keeps = { $count ->
    [one] A mentorship of theirs is under way: end it first.
   *[other] { $count } mentorships of theirs are under way: end them first.
}
