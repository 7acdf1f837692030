journal-crumb = Decision journal
journal-title-none = No decision has been noted yet
journal-title-resolved = Of every decision it is known what came
journal-title-open = { $count ->
    [one] It is still to be seen what comes of one decision
   *[other] It is still to be seen what comes of { $count } decisions
}
journal-title-due = { $count ->
    [one] Of one decision it can now be said what came
   *[other] Of { $count } decisions it can now be said what came
}
journal-none = { $name } has opened no decision here.
journal-begin-title = Note a decision that you face
journal-begin-text = What may come and how probable it is. Once it is known, you compare: that is how judgement is learnt, and not from memory, which remembers having known.
journal-begin-button = Note the first decision
journal-due-title = It can be known by now what came
journal-due-button = Say what came
journal-open = Still to be seen
journal-resolved-ones = Known by now
journal-only-me = yours alone
journal-known-by = known on { $day }
journal-known-since = said on { $day }
journal-due = can be said now
journal-unscored = no score
journal-score = How your forecasts come out
journal-score-of = { $count ->
    [one] Brier score, of one forecast
   *[other] mean Brier score, of { $count } forecasts
}
journal-score-text = It runs from 0, the best, to 1. Whoever always says 50 % gets 0.25. It is half of Brier's sum (1950) over everything that might have come; of a single forecast, the square of what was missing. What cannot be known any more does not count.
journal-figure-missing = { $count ->
    [one] One more forecast with an outcome, and a figure shows whether what you hold to be 70 % probable comes seven times in ten.
   *[other] { $count } more forecasts with an outcome, and a figure shows whether what you hold to be 70 % probable comes seven times in ten.
}
journal-figure-apt = What you say comes about as often as you say
journal-figure-too-sure = What you hold to be very probable comes less often than you say
journal-figure-too-careful = You could say it with more confidence: it comes more often than you say
journal-figure-alternative = { $finding }. Each mark is a group of forecasts of about the same probability; on the line, what was said and what came agree.
journal-figure-said = said
journal-figure-came = came
journal-figure-yours = your forecasts
journal-figure-line = if they agreed
journal-figure-group = Probability
journal-figure-many = how many
journal-figure-table = The figures
journal-seen = Each decision says who sees it. The score is yours alone to see.
journal-seen-mentor = Here are the decisions that the other has opened to the pair.
journal-new-button = Note another decision
journal-scored = score { $score }
journal-came-title = What came?
journal-came-was = What came
journal-shelf-came = What came of a decision
journal-shelf-foreseen = One of the things that were expected
journal-came-again = Correct what came
journal-came-early = It is known by now what came
journal-came-which = What came
journal-came-missing = Say what came
journal-came-not = It did not come
journal-came-none = None of these
journal-came-unknown = It cannot be known any more
journal-came-button = Save what came
journal-held = { $percent } % was said
journal-lesson = What you take from it
journal-lesson-hint = Did it come because of what you thought, or in spite of it? A good decision may turn out badly.
journal-resolved = Saved. It counts in the score, if it can be known.
journal-edit-button = Change the decision
journal-edit-title = Change the decision
journal-new-title = Note a decision
journal-edit-lead = It can be changed until the day on which it is known.
journal-stands-now = How it stands now
journal-field-question = The decision
journal-field-alternatives = Alternatives
journal-field-choice = What you decide
journal-field-expected = What you expect to come
journal-field-why = Why you expect it
journal-field-known-on = When it will be known
journal-question-hint = In one sentence: “Do I take the northern project?”
journal-question-missing = Say what the decision is
journal-alternatives-hint = One a line, doing nothing among them.
journal-expected-hint = Something that can be checked, and how probable it is. If there are several, they exclude one another: together they make 100 at most, and what is missing is “none of these”.
journal-expected-missing = Say what may come
journal-expected-many = There is room for { $most }
journal-what = It may come that
journal-what-else = or that
journal-what-missing = Say what may come
journal-percent = Probability in %
journal-percent-wrong = Write a whole number from 0 to 100
journal-sum = Together they make { $sum }: 100 at most
journal-why-hint = What you know today. In a few months it will be hard to remember.
journal-known-on-hint = The day on which you will look at what came.
journal-known-on-missing = The day is missing
journal-known-on-past = It has to be a day that is still to come
journal-visibility = Who sees it
journal-visibility-unknown = A decision is yours alone or the pair's
journal-visibility-back = The other has read it: it cannot be yours alone again
journal-too-long = The text is too long: there is room for { $most } characters
journal-too-late = Its day has come: what was expected is not changed any more. Now say what came.
journal-many = There are { $most } decisions already, and that is all there is room for
journal-ended = The mentorship has ended: its journal is not changed any more.
journal-save = Save the decision
journal-saved = Decision saved.
journal-added = Decision saved. On the day that you named you will be asked what came.
journal-edited-meanwhile = It was changed in another window while you were writing. What you wrote is still here; save again if it is what should stand.
journal-changed-meanwhile = The decision changed while you were reading. This is how it stands.
journal-share = Open it to { $name } as well
journal-share-text = From then on both of you read it, with what came. There is no way back.
journal-share-button = Open it to { $name }
journal-shared = Both of you read it now.
journal-voice-title = Decision journal
journal-voice-none = There are none yet
journal-voice-counts = { $open ->
    [0] None still to be seen
    [one] One still to be seen
   *[other] { $open } still to be seen
}, { $resolved ->
    [0] none known
    [one] one known
   *[other] { $resolved } known
}.
journal-voice-link = See the journal
journal-step-due-title = It can be known by now what came of a decision
journal-step-due-text = You wrote it down with its probability. Saying what came takes a minute.
journal-step-due-button = Say what came
journal-notice-due = It can be known by now what came of a decision of yours: say what came
journal-notice-due-label = A decision of yours whose day has come
journal-notice-due-mail = There is something to look back on in Telémaco
