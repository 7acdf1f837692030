baselines-lead = { $programme }, { $edition }
baselines-mine-none = There is no baseline to give yet
baselines-mine-done = You have given what you were asked for
baselines-mine-left = { $count ->
    [one] One baseline is still to be given
   *[other] { $count } baselines are still to be given
}
baselines-mine-empty = As soon as there is a mentorship that you are part of, or somebody of your team joins this edition, it will stand here.
baselines-why = It says where each person stands before the first meeting. Afterwards it cannot be rebuilt, and without it nobody would know what has changed.
baselines-of-self = Your own
baselines-as-own = How you see yourself
baselines-as-mentor = As a mentor
baselines-as-supervisor = As a line manager
baselines-begun = draft saved
baselines-begin = Begin
baselines-go-on = Go on
baselines-read = Read
baselines-form-own = At which level are you today?
baselines-form-other = At which level do you see { $name } today?
baselines-how-own = For each competency, choose the level whose behaviours you already show as a matter of course. It is no exam and no appraisal: it is there to see later what has changed.
baselines-how-mentor = For each competency, choose the level whose behaviours you have seen as a matter of course. It is normal not to be able to say of all of them yet: say so.
baselines-how-supervisor = For each competency, choose the level whose behaviours you see as a matter of course in their work. It is not used to appraise, nor to decide on a promotion.
baselines-seen-own = Until you give it, only you see it. Afterwards your mentor reads it, once they have given theirs. Neither your line manager nor coordinators see the levels; coordinators see whether it was given.
baselines-seen-mentor = Until you give it, only you see it. Afterwards your mentee reads it, once they have given theirs. Coordinators see whether it was given, not the levels.
baselines-seen-supervisor = Until you give it, only you see it. Afterwards the person of your team reads it, once they have given theirs. Coordinators see whether it was given, not the levels.
baselines-cannot-own = I cannot say
baselines-cannot-mentor = I cannot know yet
baselines-cannot-supervisor = I cannot know
baselines-cannot-say = Cannot say
baselines-draft-at = Draft saved on { $at }
baselines-draft-saved = Draft saved. Only you see it.
baselines-saved-meanwhile = Something else was saved or given in another window in the meantime. What you chose is still here; save or give it again if it is what holds.
baselines-save = Save the draft
baselines-give-text = Once given, it is not changed or deleted. If there is an error, a correction can be added with its date.
baselines-give = Give the baseline
baselines-give-correction = Give the correction
baselines-correcting = You have given it already. What you give now is added as a correction, and what stood before stays.
baselines-correct = Add a correction
baselines-given = Baseline given.
baselines-given-own = Your baseline is given
baselines-given-other = Your baseline of { $name } is given
baselines-others-later = When your mentor and your line manager give theirs, you will read it here beside your own.
baselines-same = { $same ->
    [one] The views agree on 1 of { $all } competencies.
   *[other] The views agree on { $same } of { $all } competencies.
}
baselines-widest = { $gap ->
    [one] The widest difference, one level, is in “{ $name }”: a good subject for a meeting.
   *[other] The widest difference, { $gap } levels, is in “{ $name }”: a good subject for a meeting.
}
baselines-view-own = { $name }, of themselves
baselines-view-mentor = { $name }, mentor
baselines-view-supervisor = { $name }, line manager
baselines-given-at = given on { $at }
baselines-corrected-at = corrected on { $at }
baselines-column-competency = Competency
baselines-column-mentee = Mentee
baselines-column-own = Their own
baselines-column-mentor = The mentor's
baselines-column-supervisor = The line manager's
baselines-missing = “{ $name }”: choose a level, or say that you cannot know.
baselines-level-unknown = Choose one of the levels.
baselines-not-open = No baselines can be given in this edition at present.
baselines-closed = The baseline cannot be given at present
baselines-closed-setting-up = The edition is still being set up. It can be given as soon as it opens.
baselines-closed-ended = The edition has ended.
baselines-closed-framework = The edition has no competency framework yet. Coordinators can choose one in the edition's settings.
baselines-to-progress = See who has given theirs
baselines-progress-nobody = There is nobody in the edition yet whose starting point could be told
baselines-progress-done = All baselines are given
baselines-progress-left = { $count ->
    [one] 1 of { $all } baselines is missing
   *[other] { $count } of { $all } baselines are missing
}
baselines-progress-seen = This shows whether it was given, never the levels. Only coordinators see this page
baselines-progress-empty = As soon as mentees are enrolled, they will stand here.
baselines-none-found = Nobody matches the search.
baselines-total = { $given } of { $all }
baselines-who = Who has given the baseline
baselines-state-missing = missing
baselines-state-no-own = not asked for
baselines-state-no-mentor = no mentor yet
baselines-state-no-supervisor = no line manager on record
baselines-competency-unknown = There is no competency “{ $key }” in this framework
baselines-mail-subject = A mentorship begins in your team ({ $edition })
baselines-mail-began = { $count ->
    [one] The mentorship of somebody in your team has begun in the edition “{ $edition }”.
   *[other] In the edition “{ $edition }”, { $count } people in your team now have a mentorship.
}
baselines-mail-asks = { $count ->
    [one] Before their first meeting your baseline is needed: at which level you see their competencies today. Afterwards it cannot be rebuilt. It takes ten minutes.
   *[other] Before their first meeting your baseline of { $count } of them is needed: at which level you see their competencies today. Afterwards it cannot be rebuilt. It takes ten minutes a person.
}
baselines-mail-content = Of what they talk and write about in the mentorship you will see nothing: it stays between the two.
baselines-mail-link = Give my baseline
baselines-mail-link-lent = See who in my team takes part
baselines-began-label = Mentorships that begin in your team
baselines-began-mail = A mentorship begins in your team
