reviews-kind-midpoint = Mid-point review
reviews-kind-closure = Closure of the mentorship
reviews-kind-follow-up = Follow-up
reviews-crumb = Reviews
reviews-title = The reviews of the mentorship
reviews-title-closed = The mentorship is closed
reviews-title-midpoint = The mid-point review is due
reviews-title-closure = It is time to close the mentorship
reviews-title-follow-up = The follow-up is due
reviews-due = By { $day }.
reviews-state-both = done by both
reviews-state-own = yours is done
reviews-state-other = yours is missing
reviews-state-draft = a draft
reviews-state-not = not done
reviews-state-none = to be done
reviews-list-text = Each of you writes apart. They are read once both have given theirs, so that neither writes by what the other said.
reviews-coordinator-sees = The coordinator sees which reviews are done and when, not what they say.
reviews-ask-works = What works
reviews-ask-hard = What is hard
reviews-ask-change = What you would change from here to the end
reviews-ask-reached = What was reached
reviews-ask-open = What stays open
reviews-ask-grew = What you take along
reviews-ask-stays = What of it you still use
reviews-ask-since = What has changed in your work since then
reviews-ask-line = The line of both
reviews-apart = You write apart; { $name } reads it once theirs is given too.
reviews-other-gave = { $name } has given theirs.
reviews-waits-title = You have given yours
reviews-waits-text = It is shown once { $name } gives theirs. Until then you can change it.
reviews-give = Give it
reviews-save = Save as a draft
reviews-given = Given. It is read once both have given theirs.
reviews-saved = Saved as a draft. Only you see it.
reviews-seen = As a draft only you see it. Given, both of you read it once both parts are there; nobody else, unless your agreement lets it be opened for a serious matter.
reviews-empty = Answer one question at least
reviews-too-long = The text is too long: there is room for { $most } letters
reviews-shown-already = Both have read it: it is not changed any more
reviews-meanwhile = It changed while you were writing. What you wrote is still here; send it again if it is what should stand.
reviews-stands-now = How it stands now
reviews-ended = The mentorship has ended: this review is not written any more.
reviews-parted = The mentorship ended before its closure: there is no follow-up.
reviews-early = The follow-up opens on { $day }.
reviews-print = To have it on paper or as a PDF, print this page from the browser.
reviews-contact = Contact
reviews-contact-ask = Stay in contact?
reviews-contact-hint = It is kept only if both say yes. Nobody is told who said what.
reviews-contact-yes = Yes, I would like to
reviews-contact-no = No, it ends well here
reviews-contact-missing = Say whether you would stay in contact
reviews-contact-kept = Both want to stay in contact.
reviews-contact-not = The mentorship ends here, and the contact with it.
reviews-line-none = There is none yet. Either of you may write it.
reviews-line-write = Write or change it
reviews-line-label = A line on which both of you agree
reviews-line-button = Save the line
reviews-line-saved = Line saved.
reviews-line-missing = The line is missing
reviews-close-title = Both parts are there: it can be closed
reviews-close-text = The mentorship is closed. Everything that was written can still be read, and the follow-up will come in its time.
reviews-close-button = Close the mentorship
reviews-close-early = Before it is closed, each of you gives their part
reviews-closed-already = The mentorship is closed already.
reviews-closed = Mentorship closed. Well done, both of you.
reviews-thanks-link = See the page of thanks
reviews-thanks-title = Thank you, { $name }
reviews-thanks-title-mentee = What { $name } gave you
reviews-thanks-since = from { $from } to { $to }
reviews-thanks-text = This is what you gave { $name }, counted; what it was worth the two of you know.
reviews-thanks-text-mentee = This is what { $name } gave you, counted; what it was worth the two of you know.
reviews-thanks-hours = { $count ->
    [one] One hour
   *[other] { $count } hours
}
reviews-thanks-meetings = { $count ->
    [0] No meeting noted
    [one] One meeting
   *[other] { $count } meetings
}
reviews-thanks-doors = { $count ->
    [0] No door opened
    [one] One door opened
   *[other] { $count } doors opened
}
reviews-thanks-goals = { $count ->
    [0] No goal reached yet
    [one] One goal reached
   *[other] { $count } goals reached
}
reviews-thanks-done = What was seen and practised
reviews-thanks-seen = The two of the mentorship see it. It says nothing of what you talked about.
reviews-letter = Your letter
reviews-letter-about = At the start you may write yourself a letter and seal it. It comes with the follow-up; until then nobody reads it, not even you.
reviews-letter-link = Go to your letter
reviews-letter-title-none = Write a letter to yourself, for afterwards
reviews-letter-title-sealed = Your letter is sealed
reviews-letter-title-due = Your letter has come
reviews-letter-title-open = The letter that you wrote to yourself
reviews-letter-text = What you expect of this mentorship, what frightens you, who you want to be when it ends. It opens on { $day } or later.
reviews-letter-label = The letter
reviews-letter-hint = Once you seal it, nobody reads it until that day, not even you. You can withdraw it unread.
reviews-letter-seen = You alone will read it, and only once the day has come. Nobody else knows that it exists.
reviews-letter-button = Seal the letter
reviews-letter-missing = The letter is empty
reviews-letter-sealed = Letter sealed.
reviews-letter-ended = The mentorship has ended, and there was no letter.
reviews-letter-due = It can be opened now
reviews-letter-due-text = You sealed it on { $day }. Find a quiet moment.
reviews-letter-open = Open the letter
reviews-letter-opened = Letter opened.
reviews-letter-early = The day has not come yet
reviews-letter-waits = It can be opened on { $day }.
reviews-letter-withdraw = Withdraw the letter
reviews-letter-withdraw-text = It is gone, and there is no way to have it back.
reviews-letter-withdraw-button = Withdraw the letter for good
reviews-letter-withdrawn = Letter withdrawn.
reviews-letter-meanwhile = There is a letter already, or it is gone. This is how it stands.
reviews-letter-unsaved = What you have just written, unsaved
reviews-notice-label = Reviews of the mentorship
reviews-notice-mail = There is a review to look at in Telémaco
reviews-notice-midpoint = { $name } has given their part of the mid-point review
reviews-notice-closure = { $name } has given their part of the closure
reviews-notice-follow-up = { $name } has given their part of the follow-up
reviews-voice-title = Reviews
reviews-voice-none = None was done.
reviews-voice-link = See the reviews
reviews-voice-midpoint = { $count ->
    [one] Mid-point review: one of the two has handed theirs in.
   *[other] Mid-point review: done.
}
reviews-voice-closure = { $count ->
    [one] Closure: one of the two has handed theirs in.
   *[other] Closure: done.
}
reviews-voice-follow-up = { $count ->
    [one] Follow-up: one of the two has handed theirs in.
   *[other] Follow-up: done.
}
reviews-voice-next-midpoint = The mid-point review is due on { $day }.
reviews-voice-next-closure = The closure is due on { $day }.
reviews-voice-next-follow-up = The follow-up is due on { $day }.
reviews-step-midpoint-title = The mid-point review is due
reviews-step-midpoint-text = What works, what is hard and what to change: three questions, each of you apart.
reviews-step-midpoint-button = Write the review
reviews-step-closure-title = It is time to close the mentorship
reviews-step-closure-text = What was reached, what stays open and whether you stay in contact, each of you apart.
reviews-step-closure-button = Write the closure
reviews-step-follow-up-title = What stays of the mentorship?
reviews-step-follow-up-text = Two questions, some months later.
reviews-step-follow-up-button = Answer the follow-up
reviews-step-close-title = The mentorship can be closed
reviews-step-close-text = Both have given their part. Read them, write the line of both if you like, and close it.
reviews-step-close-button = Read the closure
reviews-step-letter-open-title = Your letter has come
reviews-step-letter-open-text = The one that you wrote to yourself at the start can be opened now.
reviews-step-letter-open-button = Go to the letter
reviews-step-letter-write-title = Write a letter to yourself, for afterwards
reviews-step-letter-write-text = It is sealed and comes with the follow-up; until then nobody reads it, not even you. It is up to you.
reviews-step-letter-write-button = Write the letter
reviews-come-label = The letter to your later self
reviews-come-mail = Something that you kept is waiting for you in Telémaco
reviews-come-notice = Your letter has come: you can open it now
reviews-mail-link = Write my part
reviews-link-seen = You both read it once both parts are there; nobody else does, unless your agreement lets it be opened for a serious matter.
reviews-link-given = You have given your part
reviews-link-given-text = You both read it once { $name } and you have given yours. In Telémaco you can change it until then.
reviews-link-begun = You have begun it already
reviews-link-begun-text = What you have written so far is not shown behind a mail’s link. Sign in to Telémaco to finish it and give it to { $name }.
reviews-link-not-now = This review is not written now
reviews-link-shown-text = So has { $name }: you can both read it in Telémaco now.
