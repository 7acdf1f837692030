loops-crumb = Observations
loops-title-none = There is no observation yet
loops-title-ahead = { $count ->
    [one] One observation is ahead
   *[other] { $count } observations are ahead
}
loops-finding = { $observed ->
    [0] No observation has taken place yet
    [one] { $closed ->
        [0] One observation, and its loop is still open
       *[other] One observation, with its loop closed
    }
   *[other] { $closed ->
        [0] { $observed } observations, and no loop closed yet
        [one] { $observed } observations, and one loop closed
       *[other] { $observed } observations, and { $closed } loops closed
    }
}
loops-none-title = Look for a seat
loops-none-text = Once a seat is agreed, this is where to choose what to watch for and to write what you expect, before you go in. Observations that are planned stand in the plan.
loops-none-button = Go to the activity plan
loops-ahead = Ahead
loops-past = Past
loops-session = Sitting { $number }
loops-closed = loop closed
loops-now-predict = prediction missing
loops-now-observe = ready to observe
loops-now-debrief = debrief missing
loops-now-late = debrief overdue
loops-now-practise = still to be practised
loops-now-again = still to be seen again
loops-figure-alternative = Observations and closed loops of each competency: { $rows }
loops-figure-observed = observations
loops-figure-closed = closed loops
loops-figure-table = The figures
loops-figure-not-all = The first { $count } are drawn; the table has them all.
loops-figure-text = A loop is closed once somebody has predicted, observed, debriefed, practised and observed again. The loop is what counts, not the visit.
loops-competency = Competency
loops-no-competency = No competency
loops-score-of = { $count ->
    [one] Brier score, from one prediction.
   *[other] Brier score on average, from { $count } predictions.
}
loops-score-text = It goes from 0, the best, to 1; whoever always says 50 % gets 0.25. Only you see this figure.
loops-scored = Brier score of what was predicted: { $score }. From 0, the best, to 1.
loops-seen = What is written here is read by the two of the mentorship alone, or by its writer alone. Coordinators and faculty see how many observations there were, their hours and how many loops were closed.

loops-title-predict = Sitting { $number }: choose what to watch for and write what you expect
loops-title-observe = Sitting { $number }: now observe
loops-title-debrief = Sitting { $number }: the debrief is missing
loops-title-practise = Sitting { $number }: now practise it
loops-title-again = Sitting { $number }: practised; still to be seen again
loops-title-closed = Sitting { $number }: loop closed
loops-title-destroyed = Sitting { $number }: its notes are gone

loops-step-predict = Predict
loops-step-observe = Observe
loops-step-debrief = Debrief
loops-step-practise = Practise
loops-step-again = Observe again
loops-step-next = next
loops-step-predict-title = Prepare sitting { $number }: what to watch for and what you expect
loops-step-predict-text = One to three lenses and a prediction with its probability, before it begins. Later it cannot be done.
loops-step-predict-button = Prepare the observation
loops-step-debrief-title = Write the debrief of sitting { $number }
loops-step-debrief-text = What you saw through each lens, what became of what you expected, and what you will try. Best within 48 hours.
loops-step-debrief-button = Write the debrief

loops-prepare-title = What to watch for
loops-competency-for = The competency to be seen
loops-lenses = Lenses
loops-lenses-hint = One to three. With more, you look at everything and see nothing.
loops-lenses-missing = Choose at least one lens
loops-lenses-many = { $most } lenses at most
loops-lens-unchosen = Write only of the lenses that were chosen beforehand
loops-competency-unknown = The edition's framework does not have that competency
loops-prepare-button = Save what I will watch for
loops-prepared = Saved: you know what to watch for.
loops-watch = What to watch for
loops-prediction = What I expect
loops-prediction-hint = What they will concede, what will be decided. Each with the probability that you give it. It can be changed until the sitting begins; not after.
loops-prediction-missing = Write at least one thing that you expect
loops-prediction-many = { $most } predictions at most
loops-prediction-none = There is no prediction yet.
loops-prediction-missed = No prediction was written before it began.
loops-prediction-hidden = There is a prediction, and it is its writer's alone.
loops-prediction-below = What was predicted stands below, beside what happened.
loops-what = What I expect
loops-what-else = What else I expect
loops-what-missing = Say what is expected
loops-percent = Probability (%)
loops-percent-wrong = Write a number from 0 to 100
loops-predict-button = Save the prediction
loops-predicted = Prediction saved.
loops-predict-late = The sitting has begun: the prediction is neither written nor changed any more
loops-too-late = The sitting has begun: what to watch for is chosen before
loops-too-early = The sitting is not over yet

loops-debrief = Debrief
loops-debrief-due = Best written before { $at }: later you remember what you think of it and not what you saw.
loops-debrief-was-due = It was due before { $at }. It is still worth it: write what you remember.
loops-debrief-change = Change the debrief
loops-debrief-hint = No figures and no names: what helps to learn does not need them. What looks like a figure or a name is marked before it is saved. It is a help, not a guarantee.
loops-debrief-none = Nothing is written yet. Whoever observed writes it.
loops-through = What I saw: { $name }
loops-seen-label = What I saw
loops-seen-else = What else I saw
loops-held = I gave it { $percent } %
loops-came-yes = it happened
loops-came-no = it did not happen
loops-came-unknown = it cannot be known
loops-came-missing = Say what became of this
loops-against = What the difference between what I expected and what happened teaches me
loops-try = What I will try next time
loops-debrief-button = Save the debrief
loops-debriefed = Debrief saved.
loops-visibility = Who reads it
loops-visibility-unknown = The pair reads it, or its writer alone
loops-visibility-back = The other can read it already: it cannot be yours alone again

loops-marked = { $count ->
    [one] Something here looks like a figure, a date or a name
   *[other] { $count } things here look like figures, dates or names
}
loops-marked-text = It has not been saved yet. Notes of an observation carry no figures and no names: look at what is marked. The check is a help and guarantees nothing: it may pass something over, or mark what need not be. You decide.
loops-marked-change = Save what I changed
loops-marked-keep = Save it as it is
loops-mark-figure = figure
loops-mark-amount = amount
loops-mark-percentage = percentage
loops-mark-date = date or hour
loops-mark-name = name
loops-mark-address = address

loops-together = Talk it over
loops-line = A line of yours on this debrief
loops-line-hint = The pair reads it. A question is worth as much as advice.
loops-line-again = Write another line
loops-practice = What will be practised
loops-practice-hint = One proposes it and the other says yes; then it comes into the plan in these words, and stays there when the notes are destroyed.
loops-practice-kind-missing = Choose what kind of practice it is
loops-practice-on-missing = Write a day that is still to come
loops-practice-missing = Say what will be practised
loops-practice-what = What exactly
loops-practice-on = On which day
loops-practice-planned = The agreed practice is in the plan
loops-practice-waits = { $name } has still to say yes.
loops-propose-other = Propose another practice
loops-saying-missing = Write a line or propose a practice
loops-talk-button = Save
loops-talked = Saved.
loops-agree-button = Agreed: put it into the plan
loops-agreed = Agreed: the practice is in the plan.
loops-again-title = Where it can be seen again
loops-again-none = No other sitting that shows this competency is open at present.
loops-from-sitting = What to watch for, prediction and debrief
loops-next-held = Sitting { $number } · { $kind } · { $at } · seat given
loops-next-asked = Sitting { $number } · { $kind } · { $at } · seat asked for
loops-next = Sitting { $number } · { $kind } · { $at }

loops-destroyed-on = These notes will be destroyed on { $day }, as the undertaking says. Dates and counts stay.
loops-destroyed-note = The notes of this observation were destroyed on the day that the undertaking said. Dates and counts stay.
loops-destroyed = The notes of this observation have been destroyed: nothing is written of it any more
loops-ended = The mentorship has ended: nothing is written here any more
loops-changed-meanwhile = Something else was saved meanwhile, in another window or by the other. What you wrote is still here: compare and save again.
loops-stands-now = How it stands now
loops-too-long = { $most } characters at most
loops-activity = Observe sitting { $number }

loops-voice-title = Loops of observations
loops-voice-link = See the observations and their loops
loops-voice-ahead = An observation is ahead.
loops-voice-counts = { $observed ->
    [one] One observation done
   *[other] { $observed } observations done
}, { $closed ->
    [0] no loop closed yet.
    [one] one loop closed.
   *[other] { $closed } loops closed.
}
loops-said = { $observed ->
    [one] One observation
   *[other] { $observed } observations
}, { $time }, { $closed ->
    [0] no loop closed yet.
    [one] one loop closed.
   *[other] { $closed } loops closed.
}
loops-numbers-none = No observation has taken place in this edition yet
loops-numbers-empty = Once there is one, this page says how many there are, their hours and how many loops are closed for each competency.
loops-numbers-hours = Observations, hours and loops by competency
loops-numbers-time = time
loops-numbers-seen = Counts and hours of the whole edition. What pairs write is not here, nor who observed what.

loops-notice-owed-label = A debrief that is missing
loops-notice-owed-mail = The debrief of an observation has still to be written.
loops-notice-said-label = What the other writes of an observation
loops-notice-said-mail = There is something new about an observation.
loops-notice-destroyed-label = Notes of an observation that were destroyed
loops-notice-destroyed-mail = The notes of an observation were destroyed, as the undertaking said.
loops-told-ask = Sitting { $number } is over: write the debrief within 48 hours.
loops-told-soon = The debrief of sitting { $number } is still to be written, and few hours are left.
loops-told-late = The debrief of sitting { $number } is overdue. It is still worth it.
loops-told-debriefed = { $name } has written the debrief of an observation.
loops-told-line = { $name } has written a line on a debrief.
loops-told-proposed = { $name } proposes what to practise after an observation.
loops-told-agreed = { $name } agrees: the practice is in the plan.
loops-told-destroyed = The notes of sitting { $number } were destroyed, as the undertaking said.
loops-missed = no attendance on record
loops-title-missed = Sitting { $number }: no attendance on record
loops-was-missed = No attendance at this sitting is on record: there is nothing to debrief
loops-practice-do = Once it is done, say so in the plan: that closes this step.
loops-practice-see = See the practice
loops-numbers-title = What was observed in { $edition }
loops-running-title = While the sitting lasts, only observe
loops-running-text = Once it is over, the debrief is written here: best within 48 hours.
loops-shut-out = There is nothing to debrief yet: nobody has said that the sitting took place, and as far as is known no item was open to you. If you were there, whoever keeps the record can note it.
loops-practice-destroyed = Practice that followed observation { $number }; what was written was destroyed
