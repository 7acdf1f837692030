# Before the run: preferences and conflicts
consent-wishes-mentee-title = Say whom you would like as your mentor
consent-wishes-mentor-title = Say whom you would like to mentor
consent-wishes-mentee-lead = You can rank up to five of the people whom the rules allow, and say with whom you have a conflict. None of this is required: preferences count, but do not decide alone.
consent-wishes-mentor-lead = You can rank up to five of the people whom the rules allow, and say with whom you have a conflict. None of this is required: preferences count, but do not decide alone.
consent-wishes-mentee-empty = The rules do not allow any of the mentors yet. Come back when more people have enrolled.
consent-wishes-mentor-empty = The rules do not allow any of those who want to learn yet. Come back when more people have enrolled.
consent-wishes-mentee-competencies = Can teach
consent-wishes-mentor-competencies = Wants to learn
consent-wishes-mentee-conflicts = Whom you do not want this mentorship with, one name or e-mail a line
consent-wishes-mentor-conflicts = Whom you cannot mentor, one name or e-mail a line
consent-wishes-seen = Only you and the rules see this.
consent-rank-seen = Only you and the rules see this. If it helps to make a pair, the coordinators read it among the reasons; the other side will never know.
consent-wishes-hidden-title = Say whom you cannot mentor
consent-wishes-hidden-lead = If you have a conflict with somebody, the rules will not pair the two of you. None of this is required.
consent-wishes-as-mentor = You are a mentor in this edition too: say whom you would like to mentor
consent-wishes-as-mentee = You are a mentee in this edition too: say whom you would like as your mentor
consent-wishes-save = Save my preferences
consent-wishes-saved = Saved. It counts from the next run on.
consent-wishes-stale-title = You had saved something else in another window
consent-wishes-stale = What you see below has not been saved yet. If you save it, it replaces this:
consent-wishes-stale-empty = You had ranked nobody.
consent-rank-title = Your preferences
consent-rank-lead = Choose a place for each person, from 1 for the one you prefer to 5. Searching does not lose what you chose.
consent-rank-hidden = In this edition it is kept private who is mentored, so there is no list to choose from. When there is a proposal for you, you will know who it is and decide.
consent-wishes-mentee-search = Name, title, unit, place or competency
consent-wishes-mentor-search = Name or competency
consent-rank-none-found = Nobody matches the search.
consent-rank-name = Name
consent-rank-place = Place
consent-rank-of = Place of { $name }
consent-rank-nowhere = no place
consent-rank-beyond = { $count ->
    [one] There is one more: search by name.
   *[other] There are { $count } more: search by name.
}
consent-rank-twice = Two people have the same place
consent-rank-person-twice = Somebody stands in the list twice
consent-rank-many = You can rank up to { $count } people
consent-rank-unknown = Somebody in the list can no longer be chosen; open the page again
consent-conflicts-title = Conflicts
consent-conflicts-hint = A relative, say, or an open dispute. You need not say why.
consent-conflicts-unchecked = Write the full name or the e-mail. It is not checked here, so as not to reveal who takes part; the rules will heed it.
consent-conflicts-many = You can write up to { $count } names, of up to 200 characters each
consent-conflicts-unknown = We do not find “{ $name }”; write the full name or the e-mail

# Proposals, as the two see them
consent-mine-none = You have no proposal
consent-mine-title = { $count ->
    [0] You have nothing to answer
    [one] You have one proposal to answer
   *[other] You have { $count } proposals to answer
}
consent-mine-empty = When there is one for you, you will get an e-mail and see it here.
consent-mine-editions = See the editions I take part in
consent-mine-changed = An earlier proposal
consent-mine-until = until { $day }
consent-to-mine = See my proposals
consent-to-mentorships = See my mentorships
consent-sign-in = Sign in to Telémaco
consent-tag-asked-mentor = to be answered
consent-tag-asked-mentee = to be answered
consent-tag-yes = accepted
consent-tag-silent-yes = accepted by silence
consent-tag-no = you said no
consent-tag-silent-no = not in time
consent-tag-changed = the coordinators changed the proposal
consent-tag-published = published
consent-title-asked-mentor = Would you like to mentor { $name }?
consent-title-asked-mentee = { $name } can be your mentor
consent-title-yes = You have accepted
consent-title-silent-yes = The time to answer ran out, which counts as a yes
consent-title-no = You have said no
consent-title-silent-no = The time to answer ran out, which counts as a no
consent-title-changed = The coordinators changed the proposal
consent-title-published = This proposal has become a mentorship
consent-lead-asked-mentor = Your answer is awaited.
consent-lead-asked-mentee = Your answer is awaited.
consent-lead-yes = Thank you. We will write to you when the coordinators publish the result. You need do nothing else.
consent-lead-silent-yes = As you did not answer in time, it counts as accepted. We will write to you when the coordinators publish the result.
consent-lead-no = Thank you for saying so. Nobody tells the other person: at most they will read that the coordinators changed the proposal. If there is another proposal, we will write to you.
consent-lead-silent-no = As you did not answer in time, it counts as a no. The other person will not know. If there is another proposal, we will write to you.
consent-lead-changed = You need do nothing. If there is another proposal, we will write to you.
consent-lead-published = Both of you have accepted and the coordinators have published it.
consent-wants = Wants to learn
consent-teaches = Can teach
consent-why = Why
consent-why-plain = The coordinators propose it by the criteria of the edition.
consent-seen-mentor = You and the coordinators see this. The other person does not know of this proposal, and will not if you say no.
consent-seen-mentee = You and the coordinators see this. The other person will not learn your answer until the result is published.
consent-your-answer = Your answer
consent-until-mentor = You can answer until the end of { $day } ({ $zone } time). If you do not, it counts as a no.
consent-until-mentee = You can answer until the end of { $day } ({ $zone } time). If you do not, it counts as accepted.
consent-until-mailed = You can answer now. Your time begins when the e-mail reaches you.
consent-accept = Accept this proposal
consent-decline-open = Say no
consent-decline = Say no to this proposal
consent-reason-label = Reason, if you want to give one
consent-reason-seen = Only the coordinators read it. Nobody tells the other person that you said no: at most they will read that the coordinators changed the proposal.
consent-answer-missing = Choose whether you accept or say no
consent-expired-title = This link no longer works
consent-expired = Links work for as long as an answer is awaited. Sign in to Telémaco to see how your proposal stands.

# What the coordinator sees
consent-overview-none = You have not sent any proposals yet
consent-overview-waiting = { $count ->
    [one] One answer is still awaited
   *[other] { $count } answers are still awaited
}
consent-overview-settled = { $count ->
    [one] Everything is answered: one pair has accepted
   *[other] Everything is answered: { $count } pairs have accepted
}
consent-overview-done = Nothing is left to answer or to publish
consent-next-run-title = Run the pairing and send the proposals
consent-next-run = Mentors answer first. Nobody sees scores or what others chose.
consent-to-board = Go to the pairing board
consent-next-wait-title = Wait for the answers, or remind people
consent-next-wait-only-title = Wait for the answers
consent-next-wait-only = All of them were written to within the last day. After a day you can remind here whoever is missing.
consent-next-wait = The last answer that is awaited is due by { $day }. A mentor’s silence counts as a no, a mentee’s as a yes.
consent-next-unreached-title = { $count ->
    [one] The question could not be delivered to one person
   *[other] The question could not be delivered to { $count } people
}
consent-next-unreached = The e-mail did not go out, so their time does not run: their silence does not count. Check their addresses and ask again. Whoever has not answered for a day is reminded at the same time.
consent-ask-again = { $count ->
    [one] Ask one person again
   *[other] Ask { $count } people again
}
consent-see-unreached = See who they are
consent-remind = { $count ->
    [one] Remind one person
   *[other] Remind { $count } people
}
consent-reminded = { $count ->
    [one] One person was written to.
   *[other] { $count } people were written to.
}
consent-reminded-none = Nothing was sent: each person is reminded once a day at most, and not before a day from the question.
consent-next-publish-title = Publish what both sides have accepted
consent-next-publish = Both of each pair get an e-mail. If somebody was left without a match, you can run again before or after: what is accepted stays as it is.
consent-publish = { $count ->
    [one] Publish one mentorship
   *[other] Publish { $count } mentorships
}
consent-run-again = Run again with what was said
consent-next-again-title = No proposal is under way
consent-next-again = What was accepted is published. If somebody is still without a match, run again: mentorships that run are left alone.
consent-see-mentorships = See the mentorships
consent-publish-waiting = { $count ->
    [one] One answer is still awaited. Wait until it comes or its time runs out, or take the proposal back.
   *[other] { $count } answers are still awaited. Wait until they come or their time runs out, or take those proposals back.
}
consent-publish-without = { $count ->
    [one] One person would have neither a mentor nor a member of the faculty who stands in: { $names }. Run again, or name somebody of the faculty in their enrolment.
   *[other] { $count } people would have neither a mentor nor a member of the faculty who stands in: { $names }. Run again, or name somebody of the faculty in their enrolments.
}
consent-under-way = { $count ->
    [one] One proposal is under way. Publish it or take it back, then close the edition.
   *[other] { $count } proposals are under way. Publish those that are accepted, wait for the answers that are missing or take those proposals back, then close the edition.
}
consent-published = { $count ->
    [one] One mentorship is published. Both get an e-mail.
   *[other] { $count } mentorships are published. Everybody gets an e-mail.
}
consent-published-none = There was nothing to publish.
consent-sent = { $count ->
    [one] One proposal was sent.
   *[other] { $count } proposals were sent.
}
consent-sent-again = New proposals: { $asked }. Left as they were: { $kept }. Changed: { $changed }.
consent-sent-none = There was nothing new to send.
consent-sending-begun = The proposals are being sent. You can leave this page: it goes on without you.
consent-publishing-begun = The mentorships are being published. You can leave this page: it goes on without you.
consent-sending-title = The proposals are being sent
consent-publishing-title = The mentorships are being published
consent-progress = { $done } of { $all } pairs so far
consent-still-sending = Proposals are still being sent: { $done } of { $all } pairs so far. Wait until it is done.
consent-still-publishing = Mentorships are still being published: { $done } of { $all } pairs so far. Wait until it is done.
consent-still-sending-lead = Each proposal goes out with its mail, and whoever has one can answer. Nobody is asked twice, even if the server starts again.
consent-still-publishing-lead = Each mentorship begins with its two mails. None is published twice, even if the server starts again.
consent-look-again = See how far it is
consent-go-on-sending = Go on sending, if it has stopped
consent-go-on-publishing = Go on publishing, if it has stopped
consent-count-mentor-asked = await the mentor
consent-count-mentee-asked = await the mentee
consent-count-accepted = accepted by both
consent-count-declined = declined
consent-count-published = published
consent-search = Name or e-mail
consent-filter-waiting = Not answered
consent-filter-unreached = Question not delivered
consent-filter-accepted = Accepted
consent-filter-declined = Declined
consent-filter-published = Published
consent-filter-taken-back = Taken back or changed
consent-filter-all = All
consent-none-found = No proposal matches the search.
consent-sheet = Proposals
consent-mentee = Mentee
consent-mentor = Mentor
consent-state = How it stands
consent-until = Due
consent-reason = Reason
consent-actions = Actions
consent-state-mentor-asked = Awaits the mentor
consent-state-mentee-asked = Awaits the mentee
consent-state-unreached-mentor = The mentor could not be written to
consent-state-unreached-mentee = The mentee could not be written to
consent-state-accepted = Accepted by both
consent-state-silent-yes = Accepted; the mentee did not answer in time
consent-state-published = Published
consent-state-declined-mentor = The mentor said no
consent-state-declined-mentee = The mentee said no
consent-state-silent-no = The mentor did not answer in time
consent-state-own = Yours: another coordinator looks after it
consent-state-taken-back = Taken back or changed
consent-take-back = Take back
consent-take-back-of = Take back the proposal for { $name }
consent-taken-back = The proposal was taken back. Whoever had seen it is told that the coordinators changed it.
consent-seen-coordinator = Only the coordinators see who said no and why. Everybody else reads that the coordinators changed the proposal.

# Mails
consent-mail-ask-subject = You have a proposal to answer in “{ $edition }”
consent-mail-ask = There is a mentoring proposal for you in “{ $edition }”.
consent-mail-ask-mentor = The page says who it is and why. You can answer until the end of { $day } ({ $zone } time); if you do not, it counts as a no.
consent-mail-ask-mentee = The page says who it is and why. You can answer until the end of { $day } ({ $zone } time); if you do not, it counts as accepted.
consent-mail-ask-link = See the proposal and answer, without a password
consent-mail-remind-subject = You can still answer your proposal in “{ $edition }”
consent-mail-remind = Your mentoring proposal in “{ $edition }” has not been answered yet.
consent-mail-remind-link = See the proposal and answer, without a password
consent-mail-changed-subject = The coordinators changed a proposal of “{ $edition }”
consent-mail-changed = The coordinators changed the proposal that you had seen in “{ $edition }”. You need do nothing; if there is another one, we will write to you.
consent-mail-changed-link = See my proposals
consent-mail-published-subject = Your mentorship of “{ $edition }” has begun
consent-mail-published = Both of you have accepted and the coordinators have published your mentorship of “{ $edition }”. Its page has the contact and what comes next.
consent-mail-published-link = See the mentorship
consent-notice-published-label = The beginning of a mentorship
consent-notice-published-mail = A mentorship of yours has begun
consent-notice-published-needed = It always comes: the other one is waiting to hear from you.
consent-keeps = { $count ->
    [one] A proposal of theirs is under way: take it back first.
   *[other] { $count } proposals of theirs are under way: take them back first.
}
